import type { CallKind } from '../../../shared/domain/calls/kinds.ts'
import { type BookingDraft, changeDraft, currentDraft, dropDraft, EMPTY_PATH } from '../../stores/booking.ts'
import { afterCall } from '../../stores/roleMode.ts'
import { navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { concludeCall } from '../calls/concludeCall.ts'
import { isOnScreen } from '../drafts/draftKeys.ts'

/** How a call without a booking ended: the log's outcome and reason, and what the person is told was done. */
export interface PathEnd {
  readonly outcome: 'excused' | 'notLead'
  readonly reason: string
  readonly done: string
  /** The caller's name, where it is nobody on file. */
  readonly callerName?: string
}

const begunToBook = ({ jobTypeId, summary, window }: BookingDraft): boolean => jobTypeId !== null || summary.trim() !== '' || window !== null

/** Records how the call ended, tells what was done, and goes on: to the booking that was begun, else to the customer. */
export async function finishPath(key: string, kind: CallKind, end: PathEnd, userId: string): Promise<void> {
  const draft = currentDraft(key)
  if (!draft) return
  const { outcome, reason, callerName } = end
  if (draft.callId !== null) await concludeCall(draft.callId, draft.callNotes, { outcome, reason, kind, ...(callerName === undefined ? {} : { callerName }) })
  toast(end.done)
  if (begunToBook(draft)) return changeDraft(key, { kind: null, path: EMPTY_PATH })
  // Whoever has answered another caller meanwhile stays with that caller.
  const here = isOnScreen(key, userId)
  dropDraft(key)
  if (here) navigate(afterCall(draft.customerId === null ? { area: 'calls' } : { area: 'customers', path: [draft.customerId] }), { replace: true })
}
