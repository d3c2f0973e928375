import { z } from 'zod'
import { jobTable } from '../jobs/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine, textInput, versionInput } from '../kernel/inputs.ts'
import { range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { OPEN_STATES } from './states.ts'
import { type Appointment, appointmentTable } from './tables.ts'
import { loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit } from './visit.ts'

/** Somebody was there before for the same job: this is a return trip or a call-back, and the office wants to know why. */
export function isReturnTrip(visit: Pick<Appointment, 'id' | 'arrivedAt' | 'doneAt'>, ofTheJob: readonly Pick<Appointment, 'id' | 'state' | 'arrivedAt' | 'doneAt'>[]): boolean {
  const begun = visit.arrivedAt ?? visit.doneAt ?? 0
  return ofTheJob.some(({ id, state, arrivedAt, doneAt }) => id !== visit.id && state !== 'canceled' && arrivedAt !== null && (doneAt ?? arrivedAt) <= begun)
}

export const closeOut = defineIntention({
  name: 'appointment.closeOut',
  version: 1,
  summary: 'Debrief a visit that is done: what was done, on which equipment.',
  permission: 'visit.closeOut',
  input: z.strictObject({
    appointmentId: idInput,
    notes: textInput('The notes').pipe(z.string().min(1, 'Say what was done.')),
    equipment: textInput('The equipment note', 500).default(''),
    /** Why somebody had to come again: asked where the job had a visit before. */
    causeCode: lineInput('The cause', 80).nullable().default(null),
    /** What comes next, or that nothing does. */
    afterVisit: optionalLine('The next step', 300).nullable().default(null),
    expectedVersion: versionInput.optional(),
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return { visit, siblings: visit ? yield* range(appointmentTable, 'byJob', [visit.job.id]) : [] }
  },
  decide(input, { visit, siblings }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment, job } = visit
    if (appointment.state !== 'done') return refuse('dispatch.notDone', 'A visit is closed out once it is done.')
    if (job.lineCount === 0) {
      return refuse('dispatch.noLine', `Job ${job.number} has no line item. Add what was done, even at $0.00.`, { subject: { kind: 'job', id: job.id } })
    }
    if (input.causeCode === null && isReturnTrip(appointment, siblings)) {
      return refuse('dispatch.cause', `Somebody was there before for job ${job.number}. Say why somebody had to come again.`, { field: 'causeCode', subject: { kind: 'appointment', id: appointment.id } })
    }
    const othersOpen = siblings.some((other) => other.id !== appointment.id && (OPEN_STATES.includes(other.state) || (other.state === 'done' && other.closedOutAt === null)))
    return accept(
      update(appointmentTable, appointment, {
        closedOutAt: appointment.closedOutAt ?? context.at,
        causeCode: input.causeCode,
        afterVisit: input.afterVisit === '' ? null : input.afterVisit,
        closeOutNotes: input.equipment === '' ? input.notes : `${input.notes}\n\nEquipment: ${input.equipment}`,
      }),
      othersOpen ? [] : update(jobTable, job, { state: 'done' }),
    )
  },
})
