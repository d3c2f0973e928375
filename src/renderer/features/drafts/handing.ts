import { newId } from '../../../shared/base/id.ts'
import type { Role } from '../../../shared/domain/people/permissions.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { currentDraft, dropDraft, putDraft } from '../../stores/booking.ts'
import { currentPin, putPin } from '../../stores/callPin.ts'
import { navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { scriptOf } from '../scripts/draftScript.ts'
import { draftAbout, draftTarget } from './draftList.ts'
import { packed, unpacked } from './handedBody.ts'
import { isOthers, joined } from './twoCopies.ts'

export interface Receiver {
  readonly toUserId: string | null
  readonly toRole: Role | null
}

/**
 * Hands a draft over with everything typed. It leaves this desk only after the office has it.
 * @throws what refused it; the draft is still here then
 */
export async function handOver(key: string, who: string, receiver: Receiver, note: string): Promise<void> {
  const draft = currentDraft(key)
  if (!draft) return
  const pin = currentPin(key)
  const body = packed({ draft, pin })
  await api.command('draft.handOver', { handedId: newId(), who, about: draftAbout(draft, pin ? scriptOf(draft, pin).content : undefined), callId: draft.callId, customerId: draft.customerId, body, note, ...receiver })
  // What was typed while it travelled is not in it: then both have it, and nothing is lost.
  if (currentDraft(key)?.revision === draft.revision) dropDraft(key)
}

/**
 * Goes on with a draft that was handed over, or takes one back that nobody took. It is kept here first and taken then: a fall
 * in between, or an answer that was lost, leaves it in two places, never in none.
 */
export async function pickUp(handedId: string): Promise<void> {
  try {
    const handed = await api.query('drafts.open', { handedId })
    if (!handed) throw new Error('This draft is not there any more.')
    const key = handed.callId === null ? `handed/${handed.handedId}` : `call/${handed.callId}`
    const came = unpacked(key, handed.body)
    if (!came) throw new Error('This draft can\u2019t be read. Ask who handed it over, and begin anew.')
    const [here, pinHere] = [currentDraft(key), currentPin(key)]
    putDraft(joined(came.draft, here))
    if (came.pin) putPin(key, came.pin)
    try {
      await api.command(handed.given ? 'draft.takeBack' : 'draft.take', { handedId })
    } catch (thrown) {
      if (!isOthers(thrown)) {
        // The caller may be on the line already, and whose it is shows at the next try.
        toast(`${asContractError(thrown).message} The draft is kept at this desk; Alt+P settles whose it is.`)
        return navigate(draftTarget(came.draft), { replace: true })
      }
      // What is here is not ours to go on with.
      if (here) {
        putDraft({ ...here, revision: currentDraft(key)?.revision ?? here.revision })
        if (pinHere) putPin(key, pinHere)
      } else dropDraft(key)
      throw thrown
    }
    toast(handed.given ? 'Taken back, with everything typed.' : `You go on with ${handed.who}, where ${handed.from} stopped.`)
    navigate(draftTarget(came.draft), { replace: true })
  } catch (thrown) {
    toast(asContractError(thrown).message)
    navigate({ area: 'queues' }, { replace: true })
  }
}

/** Goes on with the draft that came with a call, or that comes back with it; false where nothing was typed. */
export async function pickUpWithCall(callId: string): Promise<boolean> {
  const { items } = await api.query('drafts.handed', {})
  const handed = items.findLast((item) => item.callId === callId)
  if (!handed) return false
  await pickUp(handed.handedId)
  return true
}

/** Puts the caller of a draft through after it was handed over; where that fails the caller is still here, and this says so. */
export async function putThrough(callId: string, receiver: { readonly userId: string; readonly name: string }, who: string): Promise<void> {
  try {
    await api.action('phone.transfer', { callId, toUserId: receiver.userId })
    toast(`Handed to ${receiver.name}, whose telephone rings with ${who}. F7 takes both back until they answer.`)
  } catch (thrown) {
    toast(`What you typed is handed to ${receiver.name}, but ${who} is still with you. ${asContractError(thrown).message}`)
  }
}
