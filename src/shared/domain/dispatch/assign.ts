import { z } from 'zod'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention, type Decision } from '../kernel/command.ts'
import { idInput, instantInput, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { appointmentTable, type Appointment } from './tables.ts'
import {
  loadConflicts,
  loadTechnician,
  loadVisit,
  LONGEST_VISIT,
  planChanges,
  PLAN_STEP,
  refuseDoubleBooking,
  refuseMovedOn,
  refuseSettled,
  refuseUnknownVisit,
  refuseWithoutLine,
  unplanChanges,
} from './visit.ts'

const planInstant = instantInput.refine((at) => at % PLAN_STEP === 0, 'Visits are planned to the five minutes.')

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

export const assign = defineIntention({
  name: 'appointment.assign',
  version: 1,
  summary: 'Give a visit to a technician at a time, or move it.',
  permission: 'visit.assign',
  input: z
    .strictObject({
      appointmentId: idInput,
      technicianId: idInput,
      startsAt: planInstant,
      endsAt: planInstant,
      overbookAccepted: z.boolean(),
      expectedVersion: versionInput.optional(),
    })
    .refine((input) => input.startsAt < input.endsAt, { message: 'A visit must end after it starts.', path: ['endsAt'] })
    .refine((input) => input.endsAt - input.startsAt <= LONGEST_VISIT, { message: 'A visit can\u2019t be planned longer than a day.', path: ['endsAt'] }),
  *load(input) {
    return {
      visit: yield* loadVisit(input.appointmentId),
      technician: yield* loadTechnician(input.technicianId),
      conflicts: yield* loadConflicts(input.technicianId, input, input.appointmentId),
    }
  },
  decide(input, { visit, technician, conflicts }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit) ?? refuseByState(visit.appointment, input.technicianId) ?? refuseWithoutLine(visit)
    if (refused) return refused
    if (!technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    if (conflicts.length > 0) {
      if (!input.overbookAccepted) return refuseDoubleBooking(technician, conflicts)
      if (!context.may('visit.overbook')) {
        return refuse('dispatch.overbookRight', 'Only a dispatcher, a service manager or the owner may overbook a technician.', { field: 'overbookAccepted' })
      }
    }
    const plan = { technicianId: input.technicianId, startsAt: input.startsAt, endsAt: input.endsAt, overbookAccepted: conflicts.length > 0 }
    return accept(planChanges(visit, plan, context), update(appointmentTable, visit.appointment, { ...stateAfterHandover(visit.appointment, input.technicianId), ...slotAfterPlan(visit.appointment, input.startsAt) }))
  },
})

export const unassign = defineIntention({
  name: 'appointment.unassign',
  version: 1,
  summary: 'Take a visit off its technician; it waits in the tray.',
  permission: 'visit.assign',
  input: z.strictObject({ appointmentId: idInput, expectedVersion: versionInput.optional() }),
  *load(input) {
    return yield* loadVisit(input.appointmentId)
  },
  decide(input, visit) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit) ?? refuseByState(visit.appointment, null)
    if (refused) return refused
    if (visit.appointment.technicianId === null) return refuse('dispatch.notAssigned', 'No technician has this visit.')
    return accept(unplanChanges(visit), update(appointmentTable, visit.appointment, stateAfterHandover(visit.appointment, null)))
  },
})
