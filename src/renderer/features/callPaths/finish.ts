import type { CallKind } from '../../../shared/domain/calls/kinds.ts'
import { api } from '../../api/api.ts'
import { RequestError } from '../../api/errors.ts'
import { type BookingDraft, changeDraft, currentDraft, dropDraft, EMPTY_PATH } from '../../stores/booking.ts'
import { said } from '../../stores/calls.ts'
import { afterCall } from '../../stores/roleMode.ts'
import { navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { keepCallNotes } from '../booking/submit.ts'

/** How a call without a booking ended: the log's outcome and reason, and what the person is told was done. */
export interface PathEnd {
  readonly outcome: 'excused' | 'notLead'
  readonly reason: string
  readonly done: string
  /** The caller's name, where it is nobody on file. */
  readonly callerName?: string
}

/** An answer may have been lost on the way: what is recorded already is what was wanted. */
export async function unlessDone(codes: readonly string[], send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (thrown) {
    if (!(thrown instanceof RequestError) || !codes.includes(thrown.code)) throw thrown
  }
}

async function concludeCall(callId: string, draft: BookingDraft, kind: CallKind, end: PathEnd): Promise<void> {
  if (draft.callNotes.trim() !== '') await keepCallNotes(callId, draft.callNotes)
  const call = await api.query('calls.detail', { callId })
  await api.command('call.setKind', { callId, kind })
  // A job was booked on this call before: then the log says Booked, and this was a second wish.
  if (call.outcome === 'booked') return
  await api.command('call.conclude', {
    callId,
    outcome: end.outcome,
    reason: end.reason,
    callBackBy: null,
    callBackNumber: null,
    callerName: end.callerName ?? (call.callerName === '' ? call.name : call.callerName),
    notes: call.notes,
  })
  said(callId)
}

const begunToBook = ({ jobTypeId, summary, window }: BookingDraft): boolean => jobTypeId !== null || summary.trim() !== '' || window !== null

/** Records how the call ended, tells what was done, and goes on: to the booking that was begun, else to the customer. */
export async function finishPath(key: string, kind: CallKind, end: PathEnd): Promise<void> {
  const draft = currentDraft(key)
  if (!draft) return
  if (draft.callId !== null) await concludeCall(draft.callId, draft, kind, end)
  toast(end.done)
  if (begunToBook(draft)) return changeDraft(key, { kind: null, path: EMPTY_PATH })
  dropDraft(key)
  navigate(afterCall(draft.customerId === null ? { area: 'calls' } : { area: 'customers', path: [draft.customerId] }), { replace: true })
}
