import { z } from 'zod'
import { customerTable } from '../customers/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention, type Decision } from '../kernel/command.ts'
import { idInput, instantInput, versionInput } from '../kernel/inputs.ts'
import { getIf, type Loading } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { technicianTable } from '../people/tables.ts'
import { acceptanceInput, acceptedChanges, brokenBy, refuseBroken } from './acceptance.ts'
import { windowClock } from './claim.ts'
import { type Asked, loadAsked, refuseOverlap } from './conflicts.ts'
import { appointmentTable, type Appointment } from './tables.ts'
import {
  type Hand,
  loadVisit,
  LONGEST_VISIT,
  planChanges,
  PLAN_STEP,
  refuseMovedOn,
  refuseSettled,
  refuseUnknownVisit,
  refuseWithoutLine,
  type Span,
  unplanChanges,
  type Visit,
} from './visit.ts'

export const planInstant = instantInput.refine((at) => at % PLAN_STEP === 0, 'Visits are planned to the five minutes.')

/** Where it stands, a visit can change hands or hours; a technician at the door can only run longer or shorter. */
function refuseByState(appointment: Appointment, technicianId: string | null): Decision | undefined {
  const subject = { kind: 'appointment', id: appointment.id }
  if (appointment.state === 'done') return refuse('dispatch.alreadyDone', 'This visit is done. Set it back to Working first if that was a mistake.', { subject })
  if (appointment.state === 'canceled') return refuse('dispatch.alreadyCanceled', 'This visit is canceled. Bring it back first.', { subject })
  if (appointment.state === 'working' && appointment.technicianId !== technicianId) {
    return refuse('dispatch.atWork', 'The technician is at work on this visit. Put it on hold or set it back to Dispatched first.', { subject })
  }
  return undefined
}

/** A technician who was sent and is taken off was sent for nothing: the next one has to be sent anew. */
function stateAfterHandover(appointment: Appointment, technicianId: string | null): Partial<Pick<Appointment, 'state' | 'dispatchedAt'>> {
  if (appointment.state !== 'dispatched' || appointment.technicianId === technicianId) return {}
  return { state: 'scheduled', dispatchedAt: null }
}

/** A visit whose time somebody else had taken has time again once a dispatcher finds it in the window, overbooked or not. */
function slotAfterPlan(appointment: Appointment, startsAt: number): Partial<Pick<Appointment, 'slot'>> {
  const inWindow = startsAt >= appointment.windowStartsAt && startsAt < appointment.windowEndsAt
  return appointment.slot === 'lost' && inWindow ? { slot: 'held' } : {}
}

/** Everybody who is to be on the visit, with what is in their way. */
export function* loadHands(visit: Visit, technicianIds: readonly string[], span: Span): Loading<readonly Asked[]> {
  const asked: Asked[] = []
  for (const technicianId of new Set(technicianIds)) asked.push(yield* loadAsked(technicianId, span, windowClock(visit.appointment), { appointmentId: visit.appointment.id }))
  return asked
}

export const handOf = ({ technicianId, conflicts }: Asked): Hand => ({ technicianId, overbookAccepted: conflicts.length > 0 })

/** The names that a refusal for want of an acceptance says. */
export function* loadPromised(visit: Visit | undefined) {
  return {
    customer: yield* getIf(customerTable, visit?.appointment.customerId),
    promisedTechnician: yield* getIf(technicianTable, visit?.appointment.promisedTechnicianId),
  }
}

export const assign = defineIntention({
  name: 'appointment.assign',
  version: 1,
  summary: 'Give a visit to a technician at a time, or move it with everybody on it.',
  permission: 'visit.assign',
  input: z
    .strictObject({
      appointmentId: idInput,
      technicianId: idInput,
      startsAt: planInstant,
      endsAt: planInstant,
      overbookAccepted: z.boolean(),
      expectedVersion: versionInput.optional(),
      /** Needed where the customer was promised something else. */
      acceptance: acceptanceInput.optional(),
    })
    .refine((input) => input.startsAt < input.endsAt, { message: 'A visit takes at least five minutes.', path: ['endsAt'] })
    .refine((input) => input.endsAt - input.startsAt <= LONGEST_VISIT, { message: 'A visit can\u2019t be planned longer than a day. Split it: the rest becomes a second visit of the job.', path: ['endsAt'] }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return {
      visit,
      hands: visit ? yield* loadHands(visit, [input.technicianId, ...(visit.appointment.crewIds ?? [])], input) : [],
      names: yield* loadPromised(visit),
    }
  },
  decide(input, { visit, hands, names }, context) {
    if (!visit) return refuseUnknownVisit()
    const { appointment } = visit
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit) ?? refuseByState(appointment, input.technicianId) ?? refuseWithoutLine(visit)
    if (refused) return refused
    const [lead, ...others] = hands
    if (!lead?.technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    // Who went along and has left since goes nowhere any more.
    const crew = others.filter(({ technician }) => technician?.active)
    const broke = brokenBy(appointment, input)
    if (broke && !input.acceptance) return refuseBroken(broke, appointment, names)
    const overlap = refuseOverlap([lead, ...crew], input.overbookAccepted, context)
    if (overlap) return overlap
    return accept(
      planChanges(visit, { ...handOf(lead), startsAt: input.startsAt, endsAt: input.endsAt, crew: crew.map(handOf) }, context),
      update(appointmentTable, appointment, { ...stateAfterHandover(appointment, input.technicianId), ...slotAfterPlan(appointment, input.startsAt) }),
      broke && input.acceptance ? acceptedChanges(visit, input, broke, input.acceptance, context) : [],
    )
  },
})

export const unassign = defineIntention({
  name: 'appointment.unassign',
  version: 1,
  summary: 'Take a visit off its technician; it waits in the tray.',
  permission: 'visit.assign',
  input: z.strictObject({
    appointmentId: idInput,
    expectedVersion: versionInput.optional(),
    /** Needed where the customer was promised that technician or the very time. */
    acceptance: acceptanceInput.optional(),
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return { visit, names: yield* loadPromised(visit) }
  },
  decide(input, { visit, names }, context) {
    if (!visit) return refuseUnknownVisit()
    const { appointment } = visit
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit) ?? refuseByState(appointment, null)
    if (refused) return refused
    if (appointment.technicianId === null) return refuse('dispatch.notAssigned', 'No technician has this visit.')
    const broke = brokenBy(appointment, null)
    if (broke && !input.acceptance) return refuseBroken(broke, appointment, names)
    return accept(
      unplanChanges(visit),
      update(appointmentTable, appointment, stateAfterHandover(appointment, null)),
      broke && input.acceptance ? acceptedChanges(visit, null, broke, input.acceptance, context) : [],
    )
  },
})
