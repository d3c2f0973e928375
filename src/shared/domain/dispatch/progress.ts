import { z } from 'zod'
import { assertNever } from '../../base/assertNever.ts'
import { MINUTE, type Instant } from '../../base/time.ts'
import { loadHandOff, refuseHoles } from '../handoff/handOff.ts'
import { jobTable } from '../jobs/tables.ts'
import { update, type Change } from '../kernel/changes.ts'
import { accept, defineIntention, type DecisionContext } from '../kernel/command.ts'
import { idInput, optionalLine, versionInput } from '../kernel/inputs.ts'
import { range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { loadOffered, loadWaiting, withdrawOffer } from '../waitlist/openings.ts'
import { hourAfter } from '../watch/atTheDoor.ts'
import { needsReason, needsTechnician, STATE_NAMES, transitionBetween, type Transition } from './states.ts'
import { appointmentTable, APPOINTMENT_STATES, type Appointment, type AppointmentState } from './tables.ts'
import { handOf, loadHands } from './assign.ts'
import { awaySince, backTo, loadClaimAgain, slotAgain } from './comeBack.ts'
import { cancelChanges } from './moving.ts'
import type { Asked } from './conflicts.ts'
import {
  historyNote,
  loadVisit,
  LONGEST_VISIT,
  PLAN_STEP,
  planChanges,
  refuseMovedOn,
  refuseSettled,
  refuseUnknownVisit,
  refuseWithoutLine,
  type Span,
  type Visit,
} from './visit.ts'

/** How far a state is along the way; hold and canceled lie beside it. */
const PROGRESS: Readonly<Partial<Record<AppointmentState, number>>> = { scheduled: 0, confirmed: 1, dispatched: 2, working: 3, done: 4 }

/** Each stamp is set on reaching its state, kept while beyond it, and taken away on going back before it. */
function stamps(appointment: Appointment, to: AppointmentState, at: Instant): Pick<Appointment, 'dispatchedAt' | 'arrivedAt' | 'doneAt' | 'closedOutAt'> {
  const reached = PROGRESS[to] ?? 0
  return {
    dispatchedAt: reached >= 2 ? (appointment.dispatchedAt ?? at) : null,
    arrivedAt: reached >= 3 ? (appointment.arrivedAt ?? at) : null,
    doneAt: reached >= 4 ? at : null,
    closedOutAt: null,
  }
}

/** The customer who has said yes needs no confirmation any more. */
function confirmation(appointment: Appointment, to: AppointmentState, at: Instant): Partial<Pick<Appointment, 'confirmation' | 'confirmationSentAt'>> {
  return to === 'confirmed' && appointment.confirmation === 'owed' ? { confirmation: 'sent', confirmationSentAt: at } : {}
}

function planOf(appointment: Appointment): (Span & { readonly technicianId: string }) | undefined {
  const { technicianId, startsAt, endsAt } = appointment
  return technicianId === null || startsAt === null || endsAt === null ? undefined : { technicianId, startsAt, endsAt }
}

/** The time the visit would take again when it is brought back: its plan, or its full length after being done early. */
function spanAgain(appointment: Appointment): (Span & { readonly technicianId: string }) | undefined {
  const plan = planOf(appointment)
  if (!plan || appointment.state !== 'done') return plan
  const whole = Math.min(Math.ceil((appointment.durationMinutes * MINUTE) / PLAN_STEP) * PLAN_STEP, LONGEST_VISIT)
  return { ...plan, endsAt: Math.max(plan.endsAt, plan.startsAt + whole) }
}

/** A visit done early gives the rest of its time back to the technician's day. */
function endEarly(visit: Visit, at: Instant, context: DecisionContext): readonly Change[] {
  const plan = planOf(visit.appointment)
  const endsAt = Math.ceil(at / PLAN_STEP) * PLAN_STEP
  if (!plan || endsAt <= plan.startsAt || endsAt >= plan.endsAt) return []
  return planChanges(visit, { ...plan, endsAt, overbookAccepted: visit.assignment?.overbookAccepted ?? false, crew: visit.crew.map(({ technicianId, overbookAccepted }) => ({ technicianId, overbookAccepted })) }, context)
}

/** What a visit comes back to. */
interface Again {
  readonly hands: readonly Asked[]
  /** What becomes of the time that it had claimed; undefined where it claims nothing anew. */
  readonly slot: 'held' | 'lost' | undefined
}

/**
 * Brought back from canceled or done: it takes its time again where that is still free and nobody was promised it meanwhile,
 * else it waits in the tray or stays short. Those who went along come along again where they can.
 */
function takeTimeAgain(visit: Visit, { hands, slot }: Again, context: DecisionContext): readonly Change[] {
  const plan = spanAgain(visit.appointment)
  if (!plan) return []
  const [lead, ...others] = hands
  if (lead?.conflicts.length === 0 && slot !== 'lost') {
    const crew = others.filter(({ technician, conflicts }) => technician?.active && conflicts.length === 0)
    return planChanges(visit, { ...plan, overbookAccepted: false, crew: crew.map(handOf) }, context)
  }
  return visit.assignment ? [] : [update(appointmentTable, visit.appointment, { technicianId: null, startsAt: null, endsAt: null, crewIds: null })]
}

function changesFor(transition: Transition, visit: Visit, reason: string, again: Again, context: DecisionContext): readonly Change[] {
  const { appointment } = visit
  const { to, kind } = transition
  const stamped = stamps(appointment, to, context.at)
  const advanced = update(appointmentTable, appointment, {
    state: to,
    holdReason: null,
    cancelReason: null,
    rebooking: 'none',
    ...stamped,
    ...hourAfter(appointment, to, stamped.arrivedAt),
    ...confirmation(appointment, to, context.at),
    ...(again.slot === undefined ? {} : { slot: again.slot }),
  })
  switch (kind) {
    case 'forward':
      return [advanced, ...(to === 'done' ? endEarly(visit, context.at, context) : [])]
    case 'resume':
      return [advanced]
    case 'stop':
      return to === 'canceled'
        ? // What its time means to others is decided with what it leaves.
          []
        : // Parts that another hold waited for are not what this one waits for.
          [update(appointmentTable, appointment, { state: to, holdReason: reason, partsState: null })]
    case 'back':
      return [
        advanced,
        ...(appointment.state === 'canceled' || appointment.state === 'done' ? takeTimeAgain(visit, again, context) : []),
        // Closing out the job's last visit had finished the job.
        ...(visit.job.state === 'done' ? [update(jobTable, visit.job, { state: 'open' })] : []),
        historyNote(visit, 'back', `Set back from ${STATE_NAMES[appointment.state]} to ${STATE_NAMES[to]}: ${reason}`, context),
      ]
    default:
      return assertNever(kind, 'transition')
  }
}

/** A visit that sends somebody on the way for the first time: a wrong click mended, or work resumed, sends nobody. */
function sendsOut({ appointment }: Visit, to: AppointmentState): boolean {
  const kind = transitionBetween(appointment.state, to)?.kind
  return (to === 'dispatched' || to === 'working') && kind !== 'back' && appointment.dispatchedAt === null
}

export const changeState = defineIntention({
  name: 'appointment.changeState',
  version: 1,
  summary: 'Say how far a visit is: confirmed, dispatched, working, on hold, done, canceled.',
  permission: 'visit.progress',
  input: z.strictObject({
    appointmentId: idInput,
    to: z.enum(APPOINTMENT_STATES),
    reason: optionalLine('The reason', 300).nullable().default(null),
    expectedVersion: versionInput.optional(),
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    const again = visit ? spanAgain(visit.appointment) : undefined
    const siblings = visit ? yield* range(appointmentTable, 'byJob', [visit.job.id]) : []
    return {
      siblings,
      visit,
      handOff: visit && sendsOut(visit, input.to) ? yield* loadHandOff(visit) : null,
      waiting: input.to === 'canceled' ? yield* loadWaiting() : [],
      offered: visit?.appointment.state === 'canceled' ? yield* loadOffered() : [],
      claim: visit ? yield* loadClaimAgain(visit, backTo(visit.appointment, input.to)) : null,
      hands: visit && again ? yield* loadHands(visit, [again.technicianId, ...(visit.appointment.crewIds ?? [])], again) : [],
    }
  },
  decide(input, { visit, handOff, siblings, waiting, offered, claim, hands }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    const transition = transitionBetween(appointment.state, input.to)
    if (!transition) {
      return appointment.state === input.to
        ? refuse('dispatch.sameState', `This visit is ${STATE_NAMES[input.to]} already.`)
        : refuse('dispatch.transition', `A visit can\u2019t go from ${STATE_NAMES[appointment.state]} to ${STATE_NAMES[input.to]}.`, { field: 'to' })
    }
    const reason = input.reason ?? ''
    if (needsReason(transition) && reason === '') {
      return refuse('dispatch.reason', transition.kind === 'back' ? 'Say why it goes back.' : `Say why it is ${input.to === 'hold' ? 'on hold' : 'canceled'}.`, { field: 'reason' })
    }
    if (needsTechnician(input.to)) {
      if (appointment.technicianId === null) return refuse('dispatch.noTechnician', 'Give this visit to a technician first.', { field: 'technicianId' })
      const withoutLine = refuseWithoutLine(visit)
      if (withoutLine) return withoutLine
      const holes = handOff && refuseHoles(handOff, visit)
      if (holes) return holes
    }
    const slot = slotAgain(visit, claim, awaySince(appointment), context.at)
    return accept(
      changesFor(transition, visit, reason, { hands, slot }, context),
      input.to === 'canceled' ? cancelChanges(visit, reason, { waiting, siblings }, context.at) : [],
      // What it does not get stays with whoever it was offered to.
      appointment.state === 'canceled' && slot !== 'lost' ? withdrawOffer(appointment, offered) : [],
    )
  },
})
