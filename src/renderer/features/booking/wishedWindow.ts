import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import type { DraftWindow, WishedTime } from '../../stores/booking.ts'

export const windowKey = (window: Pick<DraftWindow, 'day' | 'start' | 'end'>): string => `${window.day}/${window.start}-${window.end}`

/** @param emergency a full window of today needs no reason of its own */
export function chosenWindow(proposal: WindowProposal, emergency = false): DraftWindow {
  const { day, start, end, startsAt, endsAt, zone, technicians, available } = proposal
  return { day, start, end, startsAt, endsAt, zone, technicianName: technicians[0]?.name ?? null, ...(available ? {} : { full: emergency ? 'emergency' : 'asked' }) }
}

type Span = Pick<WishedTime, 'day' | 'start' | 'end'>

/** Minutes of the window that lie within the wish; a wish without hours is the whole day. */
function shared(wish: Span, window: Span): number {
  if (wish.day !== window.day) return 0
  return wish.end > wish.start ? Math.min(wish.end, window.end) - Math.max(wish.start, window.start) : window.end - window.start
}

/** Whether a window lies in one of the times that they asked for. */
export const isWished = (wished: readonly WishedTime[], window: Span): boolean => wished.some((wish) => shared(wish, window) > 0)

/** The free window that suits what they asked for first, most of it within their hours; undefined where none is free then. */
export function windowForWish<Proposal extends Span & Pick<WindowProposal, 'available'>>(wished: readonly WishedTime[], windows: readonly Proposal[]): Proposal | undefined {
  for (const wish of wished) {
    const fitting = windows.filter((window) => window.available && shared(wish, window) > 0)
    const [best] = fitting.toSorted((left, right) => shared(wish, right) - shared(wish, left) || left.start - right.start)
    if (best) return best
  }
  return undefined
}
