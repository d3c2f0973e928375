import { z } from 'zod'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, versionInput } from '../kernel/inputs.ts'
import { getIf } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { technicianTable } from '../people/tables.ts'
import { acceptanceInput, acceptedChanges, keepsWindow, refuseBroken } from './acceptance.ts'
import { loadPromised, planInstant } from './assign.ts'
import { type Appointment, appointmentTable, type BrokenPromise } from './tables.ts'
import { loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit } from './visit.ts'

interface Promising {
  readonly technicianId: string | null
  readonly startsAt: number | null
}

/** A promise that is taken back, or made about another time than the customer was given, breaks one. */
function brokenByPromising(visit: Appointment, { technicianId, startsAt }: Promising): BrokenPromise | undefined {
  if (visit.promisedTechnicianId !== null && visit.promisedTechnicianId !== technicianId) return 'technician'
  if (visit.promisedAt !== null && visit.promisedAt !== startsAt) return 'time'
  return startsAt !== null && !keepsWindow(visit, startsAt) ? 'window' : undefined
}

export const promiseExactly = defineIntention({
  name: 'appointment.promise',
  version: 1,
  summary: 'Say that the customer was promised this technician, or this very time: the visit is locked.',
  permission: 'job.book',
  input: z.strictObject({
    appointmentId: idInput,
    /** Null: whoever can. */
    technicianId: idInput.nullable(),
    /** Null: any time of the window. */
    startsAt: planInstant.nullable(),
    expectedVersion: versionInput.optional(),
    /** Needed where another promise stands. */
    acceptance: acceptanceInput.optional(),
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return { visit, technician: yield* getIf(technicianTable, input.technicianId), names: yield* loadPromised(visit) }
  },
  decide(input, { visit, technician, names }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    if (appointment.state === 'working' || appointment.state === 'done' || appointment.state === 'canceled') {
      return refuse('dispatch.notPromisable', 'Only a visit that has not begun can be promised more exactly.')
    }
    if (input.technicianId !== null && !technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    const broke = brokenByPromising(appointment, input)
    if (broke && !input.acceptance) return refuseBroken(broke, appointment, names)
    const stand = appointment.technicianId === null || appointment.startsAt === null ? null : { technicianId: appointment.technicianId, startsAt: appointment.startsAt }
    return accept(
      broke && input.acceptance ? acceptedChanges(visit, stand, broke, input.acceptance, context) : [],
      update(appointmentTable, appointment, { promisedTechnicianId: input.technicianId, promisedAt: input.startsAt }),
    )
  },
})
