import { z } from 'zod'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, optionalLine, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { loadOffered, loadWaiting, offerFreed, withdrawOffer } from '../waitlist/openings.ts'
import { hourAfter } from '../watch/atTheDoor.ts'
import { loadHands } from './assign.ts'
import { awaySince, loadClaimAgain, slotAgain } from './comeBack.ts'
import { isUnaccepted, refuseDoubleBooking } from './conflicts.ts'
import { letsGoOfTime } from './promisedTime.ts'
import { needsTechnician, STATE_NAMES, transitionBetween } from './states.ts'
import { APPOINTMENT_STATES, type Appointment, appointmentTable, type Assignment, RESCHEDULES } from './tables.ts'
import { assignmentsOf, cancelVisitChanges, historyNote, loadVisit, LONGEST_VISIT, planChanges, PLAN_STEP, refuseMovedOn, refuseSettled, refuseUnknownVisit, unplanChanges } from './visit.ts'

/**
 * How a visit stands: everything that one act on the board can change of it. Taken before the act, it is what undoing puts
 * back, so that nothing of the act remains: neither a stamp nor an acceptance.
 */
const standingFields = {
  state: z.enum(APPOINTMENT_STATES),
  technicianId: idInput.nullable(),
  crewIds: z.array(idInput).max(8).nullable(),
  startsAt: instantInput.nullable(),
  endsAt: instantInput.nullable(),
  holdReason: optionalLine('The reason', 300).nullable(),
  cancelReason: optionalLine('The reason', 500).nullable(),
  dispatchedAt: instantInput.nullable(),
  arrivedAt: instantInput.nullable(),
  doneAt: instantInput.nullable(),
  confirmation: z.enum(['none', 'owed', 'sent']),
  confirmationSentAt: instantInput.nullable(),
  rebooking: z.enum(['none', 'owed', 'rebooked', 'declined']),
  slot: z.enum(['none', 'held', 'lost']),
  promisedTechnicianId: idInput.nullable(),
  promisedAt: instantInput.nullable(),
  newTime: z.enum(['owed', 'told', 'none']).nullable(),
  reschedule: z.enum(RESCHEDULES).nullable().default(null),
} as const

export const standingInput = z.strictObject({
  ...standingFields,
  /** Who of those on it is knowingly in two places. */
  overbookedIds: z.array(idInput).max(9),
})

export type Standing = z.output<typeof standingInput>

/** How a visit stands now. */
export function standingOf(appointment: Appointment, assignments: readonly Assignment[]): Standing {
  const { state, technicianId, startsAt, endsAt, holdReason, cancelReason, dispatchedAt, arrivedAt, doneAt, confirmation, confirmationSentAt, rebooking, slot, promisedTechnicianId, promisedAt, newTime, reschedule } = appointment
  return {
    state,
    technicianId,
    crewIds: appointment.crewIds === null ? null : [...appointment.crewIds],
    startsAt,
    endsAt,
    holdReason,
    cancelReason,
    dispatchedAt,
    arrivedAt,
    doneAt,
    confirmation,
    confirmationSentAt,
    rebooking,
    slot,
    promisedTechnicianId,
    promisedAt,
    newTime,
    reschedule,
    overbookedIds: assignments.filter(({ overbookAccepted }) => overbookAccepted).map(({ technicianId: id }) => id).sort(),
  }
}

/** How a visit waits for somebody to find time for it. */
const UNPLANNED = { technicianId: null, startsAt: null, endsAt: null, crewIds: null } as const

/** What no visit ever looks like: it was put together by hand, or by a page that is wrong. */
function isImpossible(to: Standing, at: number): boolean {
  const { technicianId, startsAt, endsAt } = to
  const planned = technicianId !== null && startsAt !== null && endsAt !== null
  const unplanned = technicianId === null && startsAt === null && endsAt === null && to.crewIds === null
  if (!planned && !unplanned) return true
  if (startsAt !== null && endsAt !== null && (startsAt % PLAN_STEP !== 0 || endsAt % PLAN_STEP !== 0 || endsAt <= startsAt || endsAt - startsAt > LONGEST_VISIT)) return true
  return (
    (needsTechnician(to.state) && unplanned) ||
    (to.state === 'hold') !== (to.holdReason !== null) ||
    (to.state === 'canceled') !== (to.cancelReason !== null) ||
    [to.dispatchedAt, to.arrivedAt, to.doneAt].some((stamp) => stamp !== null && stamp > at)
  )
}

/** The way back of one act is one step of the table, in either direction. */
const isOneStep = (from: Appointment['state'], to: Appointment['state']): boolean => from === to || transitionBetween(from, to) !== undefined || transitionBetween(to, from) !== undefined

/**
 * No promise is looked at: whoever undoes their own last act, with nothing in between, moves nothing that the act had not moved,
 * and what it had accepted is taken back with it.
 */
export const putBack = defineIntention({
  name: 'appointment.putBack',
  version: 1,
  summary: 'Undo your last act on a visit: it stands as it stood before.',
  permission: 'visit.assign',
  input: z.strictObject({ appointmentId: idInput, standing: standingInput, expectedVersion: versionInput }),
  *load({ appointmentId, standing }) {
    const visit = yield* loadVisit(appointmentId)
    const { technicianId, startsAt, endsAt, state } = standing
    const planned = visit && state !== 'canceled' && technicianId !== null && startsAt !== null && endsAt !== null
    return {
      visit,
      claim: visit && standing.slot === 'held' ? yield* loadClaimAgain(visit, { ...visit.appointment, ...standing }) : null,
      hands: planned ? yield* loadHands(visit, [technicianId, ...(standing.crewIds ?? [])], { startsAt, endsAt }) : [],
      waiting: state === 'canceled' ? yield* loadWaiting() : [],
      offered: visit?.appointment.state === 'canceled' ? yield* loadOffered() : [],
    }
  },
  decide({ standing, expectedVersion }, { visit, claim, hands, waiting, offered }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    if (appointment.updatedBy !== context.actorId) return refuse('dispatch.notYours', `${visit.changedBy?.name ?? 'Somebody else'} changed this visit last. Only your own last act can be undone.`)
    if (isImpossible(standing, context.at) || !isOneStep(appointment.state, standing.state)) return refuse('dispatch.noWayBack', 'This can\u2019t be undone any more. Look at the visit and put it right by hand.')
    if (appointment.state !== standing.state && !context.may('visit.progress')) return refuse('people.notAllowed', 'You may not say how far a visit is.')
    // Whoever claimed its time in between keeps it, and with it the technician. Lost to them, it is not found again by an undo.
    const isGone = appointment.slot === 'lost' || (standing.state === 'canceled' && letsGoOfTime(appointment))
    const slot = slotAgain(visit, claim, awaySince(appointment), context.at) ?? (isGone && standing.slot === 'held' ? 'lost' : standing.slot)
    const isLost = claim !== null && slot === 'lost'
    const { technicianId, startsAt, endsAt, crewIds } = isLost ? UNPLANNED : standing
    const plan = technicianId === null || startsAt === null || endsAt === null ? null : { technicianId, startsAt, endsAt }
    const taken = plan && hands.find(({ technicianId: id, conflicts }) => conflicts.some(isUnaccepted) && !(standing.overbookedIds.includes(id) && context.may('visit.overbook')))
    if (taken) return refuseDoubleBooking(taken)
    const { overbookedIds, ...values } = standing
    const set = update(appointmentTable, appointment, { ...values, ...hourAfter(appointment, standing.state, standing.arrivedAt), technicianId, startsAt, endsAt, crewIds, slot, closedOutAt: standing.state === appointment.state ? appointment.closedOutAt : null })
    const note =
      appointment.state === standing.state ? [] : [historyNote(visit, 'putBack', `Set back from ${STATE_NAMES[appointment.state]} to ${STATE_NAMES[standing.state]}: undone at once`, context)]
    if (standing.state === 'canceled') return accept(cancelVisitChanges(appointment, assignmentsOf(visit), standing.cancelReason ?? ''), set, offerFreed([appointment], waiting, context.at), note)
    const hand = (id: string) => ({ technicianId: id, overbookAccepted: overbookedIds.includes(id) })
    return accept(
      plan === null ? unplanChanges(visit) : planChanges(visit, { ...plan, ...hand(plan.technicianId), crew: (crewIds ?? []).map(hand) }, context),
      set,
      appointment.state === 'canceled' && slot !== 'lost' ? withdrawOffer(appointment, offered) : [],
      note,
    )
  },
})
