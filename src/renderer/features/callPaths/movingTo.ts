import type { CallVisit } from '../../../shared/contract/methods/calls.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import type { Instant } from '../../../shared/base/time.ts'
import { isSameWindow } from '../../../shared/domain/dispatch/arrivalWindow.ts'
import type { DraftWindow } from '../../stores/booking.ts'
import type { OfferedWindow } from '../booking/offeredWindows.ts'
import { heldWindow, proposalOf } from '../windowPick/pick.ts'

/** The window that a visit is to move to, as it stands now. */
export interface MovingTo {
  /** What the visit can move to; undefined while that is not known. */
  readonly others: readonly WindowProposal[] | undefined
  /** It has the window: what is left is to finish the call. */
  readonly moved: boolean
  /** The window that was told the customer, before the visit has it. */
  readonly held: OfferedWindow | undefined
}

const isWindowOf = ({ windowDay, windowStart, windowEnd }: Pick<CallVisit, 'windowDay' | 'windowStart' | 'windowEnd'>, { day, start, end }: Pick<DraftWindow, 'day' | 'start' | 'end'>): boolean =>
  isSameWindow({ windowDay, windowStart, windowEnd }, { windowDay: day, windowStart: start, windowEnd: end })

/**
 * Its own window is none to move to. Once the visit has the one that it was to move to, that is its own: nobody has taken it,
 * and it is not promised once more.
 */
export function movingTo(window: DraftWindow | null, visit: Pick<CallVisit, 'windowDay' | 'windowStart' | 'windowEnd'> | undefined, windows: readonly WindowProposal[] | undefined, now: Instant): MovingTo {
  const others = visit && windows?.filter((proposal) => !isWindowOf(visit, proposal))
  const moved = visit !== undefined && window !== null && isWindowOf(visit, window)
  return { others, moved, held: window && !moved ? heldWindow(proposalOf(window), others, now, null) : undefined }
}
