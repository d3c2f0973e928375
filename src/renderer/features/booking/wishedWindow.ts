import type { IsoDay } from '../../../shared/base/time.ts'
import type { DeskStanding } from '../../../shared/contract/methods/alerts.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import type { DraftWindow, WishedTime } from '../../stores/booking.ts'

export const windowKey = (window: Pick<DraftWindow, 'day' | 'start' | 'end'>): string => `${window.day}/${window.start}-${window.end}`

/** What an emergency may be promised of today though it is full. */
export interface EmergencyRoom {
  readonly emergency: boolean
  readonly today: IsoDay
  /** How many more emergencies of today may be promised a full window. */
  readonly slotsLeft: number
}

export function emergencyRoom({ emergency, today, desk }: { readonly emergency: boolean; readonly today: IsoDay; readonly desk: Pick<DeskStanding, 'emergencySlots' | 'emergenciesToday'> | undefined }): EmergencyRoom {
  return { emergency, today, slotsLeft: Math.max(0, (desk?.emergencySlots ?? 0) - (desk?.emergenciesToday ?? 0)) }
}

/** Why a full window may be promised: it is an emergency’s, today, while the day has emergency slots left; else the reason is asked. */
export function fullFor({ day }: Pick<DraftWindow, 'day'>, { emergency, today, slotsLeft }: EmergencyRoom): 'asked' | 'emergency' {
  return emergency && day === today && slotsLeft > 0 ? 'emergency' : 'asked'
}

/** As it is taken of those that are offered. */
export function chosenWindow(proposal: WindowProposal, room: EmergencyRoom): DraftWindow {
  const { day, start, end, startsAt, endsAt, zone, technicians, available } = proposal
  return { day, start, end, startsAt, endsAt, zone, technicianName: technicians[0]?.name ?? null, ...(available ? {} : { full: fullFor(proposal, room) }) }
}

/** A full window that was taken for an emergency asks for its reason once it is none any more; slots that others take meanwhile change nothing. */
export function isForNoEmergency({ full, day }: DraftWindow, { emergency, today }: Pick<EmergencyRoom, 'emergency' | 'today'>): boolean {
  return full === 'emergency' && !(emergency && day === today)
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
