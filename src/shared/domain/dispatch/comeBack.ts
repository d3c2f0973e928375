import type { Loading } from '../kernel/load.ts'
import { type ClaimFacts, loadClaim, slotOf } from './claim.ts'
import { claimOf } from './moving.ts'
import { WAITING_STATES } from './states.ts'
import type { Appointment, AppointmentState } from './tables.ts'
import type { Visit } from './visit.ts'

/** How a visit stands once it is back. */
type Back = Pick<Appointment, 'state' | 'slot' | 'startsAt'>

/** Whether a canceled visit, or one on hold, comes back to time that it once claimed and that others could claim meanwhile. */
function claimsAgain({ state, technicianId, windowStartsAt, windowEndsAt }: Appointment, back: Back): boolean {
  // Whoever kept its technician on hold kept its time.
  const wasAway = state === 'canceled' || (state === 'hold' && technicianId === null)
  // Planned outside its window, it takes other time than it was promised.
  const inWindow = back.startsAt === null || (back.startsAt >= windowStartsAt && back.startsAt < windowEndsAt)
  return wasAway && back.slot !== 'none' && WAITING_STATES.includes(back.state) && inWindow
}

/** The state it comes back to, by itself: with the slot and the plan that it kept. */
export const backTo = ({ slot, startsAt }: Appointment, state: AppointmentState): Back => ({ state, slot, startsAt })

/** What its claim is decided on; null where it claims nothing. */
export function* loadClaimAgain(visit: Visit, back: Back): Loading<ClaimFacts | null> {
  return claimsAgain(visit.appointment, back) ? yield* loadClaim(claimOf(visit.appointment, visit)) : null
}

/** What becomes of the time that it had claimed; undefined where it claims nothing anew. Whoever claimed it meanwhile keeps it. */
export function slotAgain(visit: Visit, claim: ClaimFacts | null): 'held' | 'lost' | undefined {
  const slot = slotOf(claimOf(visit.appointment, visit), claim)
  return slot === 'none' ? undefined : slot
}
