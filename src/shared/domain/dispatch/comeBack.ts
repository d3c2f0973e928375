import type { Instant } from '../../base/time.ts'
import type { Loading } from '../kernel/load.ts'
import { type ClaimFacts, loadClaim, slotSince } from './claim.ts'
import { claimOf } from './moving.ts'
import { keepsPromisedTime, letsGoOfTime } from './promisedTime.ts'
import { WAITING_STATES } from './states.ts'
import type { Appointment, AppointmentState } from './tables.ts'
import type { Visit } from './visit.ts'

/** How a visit stands once it is back. */
type Back = Pick<Appointment, 'state' | 'slot' | 'technicianId' | 'startsAt' | 'partsState' | 'partsExpectedAt'>

/** Whether a canceled visit, or one on hold, comes back to time that it once claimed and that others could claim meanwhile. */
function claimsAgain(appointment: Appointment, back: Back): boolean {
  const { state, windowStartsAt, windowEndsAt } = appointment
  // Whoever kept its technician on hold kept its time, and so did whoever waits for parts with a window of its own.
  const wasAway = state === 'canceled' || letsGoOfTime(appointment)
  const takesTime = WAITING_STATES.includes(back.state) || keepsPromisedTime({ ...back, windowEndsAt })
  // Planned outside its window, it takes other time than it was promised.
  const inWindow = back.startsAt === null || (back.startsAt >= windowStartsAt && back.startsAt < windowEndsAt)
  return wasAway && back.slot !== 'none' && takesTime && inWindow
}

/** The state it comes back to, by itself: with the slot and the plan that it kept. */
export const backTo = (appointment: Appointment, state: AppointmentState): Back => ({ ...appointment, state })

/** What its claim is decided on; null where it claims nothing. */
export function* loadClaimAgain(visit: Visit, back: Back): Loading<ClaimFacts | null> {
  return claimsAgain(visit.appointment, back) ? yield* loadClaim(claimOf(visit.appointment, visit)) : null
}

/**
 * Since when a visit that somebody brings back has been away, where its row says so: nothing touches a canceled one until it is
 * settled with the customer, while one on hold is written to with every word about its parts. One that was canceled on hold
 * had let go of its time before, and is told from this one by its slot.
 */
export const awaySince = ({ state, rebooking, updatedAt }: Appointment): Instant | null => (state === 'canceled' && (rebooking === 'none' || rebooking === 'owed') ? updatedAt : null)

/**
 * What becomes of the time that it had claimed; undefined where it stands as it stood: it claims nothing anew, its window is
 * over, or there was no room in it before it went away either. Whoever claimed it meanwhile keeps it.
 * @param away since when it was away; null where nobody knows: then others may have come in between
 */
export function slotAgain(visit: Visit, claim: ClaimFacts | null, away: Instant | null, at: Instant): 'held' | 'lost' | undefined {
  if (claim === null || visit.appointment.windowEndsAt <= at) return undefined
  return slotSince(claimOf(visit.appointment, visit), claim, away)
}
