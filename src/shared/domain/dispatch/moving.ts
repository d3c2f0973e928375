import { type Change, update } from '../kernel/changes.ts'
import { type Loading, range } from '../kernel/load.ts'
import { loadOffered, loadWaiting, offerFreed, withdrawOffer } from '../waitlist/openings.ts'
import type { WaitEntry } from '../waitlist/tables.ts'
import { type ArrivalWindow, isSameWindow } from './arrivalWindow.ts'
import { type Capacity, slotWith } from './capacity.ts'
import { type Claim, type ClaimFacts, loadClaim, slotOf } from './claim.ts'
import { type Appointment, appointmentTable } from './tables.ts'
import { assignmentsOf, cancelVisitChanges, unplanChanges, type Visit } from './visit.ts'

/** What moving a visit to another window, or taking it off the board, is decided on. */
export interface MoveFacts {
  readonly claim: ClaimFacts | null
  readonly waiting: readonly WaitEntry[]
  readonly offered: readonly WaitEntry[]
  /** The visits of its job. */
  readonly siblings: readonly Appointment[]
}

export function claimOf(window: ArrivalWindow, { appointment, job }: Visit): Claim {
  return { window, durationMinutes: appointment.durationMinutes, jobTypeId: job.jobTypeId, appointmentId: appointment.id }
}

/** @param claimed the window whose time was free when it was promised; null where nothing is claimed */
export function* loadMove(visit: Visit | undefined, claimed: ArrivalWindow | null): Loading<MoveFacts> {
  return {
    claim: visit && claimed ? yield* loadClaim(claimOf(claimed, visit)) : null,
    waiting: yield* loadWaiting(),
    offered: yield* loadOffered(),
    siblings: visit ? yield* range(appointmentTable, 'byJob', [visit.job.id]) : [],
  }
}

/** Whether another time is owed to the customer. */
function isRescheduleOpen({ reschedule }: Pick<Appointment, 'reschedule'>): boolean {
  return reschedule === 'asked' || reschedule === 'needed'
}

/** Another window brings no parts: they are chased, the customer hears how they stand, and who has been at the door has been there. */
const waitsForParts = ({ state, partsState }: Pick<Appointment, 'state' | 'partsState'>): boolean => state === 'hold' && partsState === 'awaited'

/** How a visit begins again that is promised another window. */
const BEGINS_AGAIN = { state: 'scheduled', holdReason: null, cancelReason: null, rebooking: 'none', dispatchedAt: null, arrivedAt: null } as const satisfies Partial<Appointment>

/**
 * Promises a visit another window: its plan stays where it still fits, what it leaves is offered to whoever waits, and what
 * was offered of a window that it comes back to is withdrawn. A canceled visit is on the board again with it; one that waits
 * for parts goes on waiting.
 */
export function moveChanges(visit: Visit, window: ArrivalWindow & { readonly capacity?: Capacity | undefined }, { claim, waiting, offered }: MoveFacts, at: number): readonly Change[] {
  const { appointment } = visit
  const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = window
  const canceled = appointment.state === 'canceled'
  const stillFits = !canceled && appointment.startsAt !== null && appointment.startsAt >= windowStartsAt && appointment.startsAt < windowEndsAt
  const stays = isSameWindow(window, appointment)
  return [
    ...(stillFits ? [] : unplanChanges(visit)),
    update(appointmentTable, appointment, {
      windowDay,
      windowStart,
      windowEnd,
      windowStartsAt,
      windowEndsAt,
      ...(waitsForParts(appointment) ? {} : BEGINS_AGAIN),
      // Whoever was promised the very time is promised this window now.
      promisedAt: null,
      newTime: null,
      ...(isRescheduleOpen(appointment) ? { reschedule: 'moved' as const } : {}),
      // A technician who has it in the new window as well is all the time it needs.
      slot: claim && stillFits ? 'held' : slotWith(window.capacity, slotOf(claimOf(window, visit), claim)),
      // Whoever was told the old window must be told the new one.
      ...(appointment.confirmation === 'sent' ? { confirmation: 'owed' as const, confirmationSentAt: null } : {}),
    }),
    // Promised its own window once more it frees nothing; what a canceled visit left is offered since.
    ...(stays || canceled ? [] : offerFreed([appointment], waiting, at)),
    ...(stays && !canceled ? [] : withdrawOffer({ ...appointment, windowStartsAt, windowEndsAt }, offered)),
  ]
}

/** A job that is still open must not be left without a visit and without anybody who calls the customer. */
function oweRebooking({ appointment, job }: Visit, siblings: readonly Appointment[]): readonly Change[] {
  const others = siblings.some(({ id, state }) => id !== appointment.id && state !== 'canceled')
  return others || job.state !== 'open' ? [] : [update(appointmentTable, appointment, { rebooking: 'owed' })]
}

/** Takes a visit off the board: its time is offered to whoever waits, and the customer is called until rebooked or declined. */
export function cancelChanges(visit: Visit, reason: string, { waiting, siblings }: Pick<MoveFacts, 'waiting' | 'siblings'>, at: number): readonly Change[] {
  const { appointment } = visit
  return [
    ...cancelVisitChanges(appointment, assignmentsOf(visit), reason),
    ...(isRescheduleOpen(appointment) ? [update(appointmentTable, appointment, { reschedule: 'canceled' })] : []),
    ...oweRebooking(visit, siblings),
    ...offerFreed([appointment], waiting, at),
  ]
}
