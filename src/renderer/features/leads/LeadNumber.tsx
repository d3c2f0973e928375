import type { LeadDetail } from '../../../shared/contract/methods/leads.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { toast } from '../../stores/toast.ts'
import { callNumber, type Wanted } from '../calls/callNumber.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

type Called = Pick<LeadDetail, 'leadId' | 'state' | 'name' | 'customerId'>

/** Whom a call about a lead is for. */
const wanted = ({ name, customerId }: Called, number: string): Wanted => ({ number, name, customerId })

/** Who calls a lead that nobody has is who sees to it. */
async function takeOnCall({ leadId, state }: Called): Promise<void> {
  try {
    if (state === 'new') await api.command('lead.accept', { leadId })
  } catch (thrown) {
    toast(asContractError(thrown).message)
  }
}

/** Calls them, and takes the lead where nobody has. */
export async function callLead(lead: Called, number: string, userId: string): Promise<void> {
  if (await callNumber(wanted(lead, number), userId)) await takeOnCall(lead)
}

/** A number of a lead: press it, and it is called about the lead. What is no number stands as they wrote it. */
export function LeadNumber({ lead, number }: { readonly lead: Called; readonly number: string }) {
  return <PhoneNumber {...wanted(lead, number)} onCalled={() => void takeOnCall(lead)} />
}
