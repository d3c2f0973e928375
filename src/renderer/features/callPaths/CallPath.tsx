import { assertNever } from '../../../shared/base/assertNever.ts'
import { useState } from 'react'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { changeDraft } from '../../stores/booking.ts'
import { type Booking, type BookingData } from '../booking/useBooking.ts'
import { useFieldFlow } from '../booking/useFieldFlow.ts'
import { Billing } from './Billing.tsx'
import { Cancel } from './Cancel.tsx'
import { Complaint } from './Complaint.tsx'
import { Estimate } from './Estimate.tsx'
import { FollowUp } from './FollowUp.tsx'
import { Solicitor, WrongNumber } from './NotLead.tsx'
import type { PathProps } from './PathFrame.tsx'
import { type PathKind, sayKind } from './paths.ts'
import { Reschedule } from './Reschedule.tsx'
import { TechnicianCall } from './TechnicianCall.tsx'
import { Vendor } from './Vendor.tsx'
import { WhereIs } from './WhereIs.tsx'

function Path({ kind, booking }: PathProps & { readonly kind: PathKind }) {
  switch (kind) {
    case 'estimate':
      return <Estimate booking={booking} />
    case 'followUp':
      return <FollowUp booking={booking} />
    case 'reschedule':
      return <Reschedule booking={booking} />
    case 'cancel':
      return <Cancel booking={booking} />
    case 'whereIsTechnician':
      return <WhereIs booking={booking} />
    case 'billing':
      return <Billing booking={booking} />
    case 'complaint':
      return <Complaint booking={booking} />
    case 'vendor':
      return <Vendor booking={booking} />
    case 'technician':
      return <TechnicianCall booking={booking} />
    case 'solicitor':
      return <Solicitor booking={booking} />
    case 'wrongNumber':
      return <WrongNumber booking={booking} />
    default:
      return assertNever(kind, 'path of a call')
  }
}

/** A call that is not a booking (C15): each kind has its own few steps, and ends in a record with a holder, or a reason. */
export function CallPath({ kind, data }: { readonly kind: PathKind; readonly data: BookingData & Pick<Booking, 'draft' | 'form' | 'words' | 'desk'> }) {
  const flow = useFieldFlow()
  const [errors] = useState<Booking['errors']>({})
  const { key, callId } = data.draft
  // Back to the script, with the safety words above it: the alert goes out as it opens.
  useHotkeys('Call', [{ keys: 'Alt+E', label: 'Emergency: alert dispatch, safety words', run: () => sayKind(key, callId, 'emergency') }])
  return <Path kind={kind} booking={{ ...data, change: (change) => changeDraft(key, change), errors, flow }} />
}
