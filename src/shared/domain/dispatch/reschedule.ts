import { z } from 'zod'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { arrivalWindowFields, refusedWindow } from './arrivalWindow.ts'
import { mayClaim } from './claim.ts'
import { claimOf, loadMove, moveChanges } from './moving.ts'
import { historyNote, loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit } from './visit.ts'

export const reschedule = defineIntention({
  name: 'appointment.reschedule',
  version: 1,
  summary: 'Promise another arrival window.',
  permission: 'job.book',
  input: z.strictObject({
    appointmentId: idInput,
    ...arrivalWindowFields,
    reason: lineInput('The reason', 300),
    expectedVersion: versionInput.optional(),
    /** Had the window a free skilled technician when it was promised? Filled in where the company is on a hub. */
    claimed: z.boolean().optional(),
  }),
  *prepare(input, by) {
    const visit = by.shared ? yield* loadVisit(input.appointmentId) : undefined
    return { ...input, claimed: visit !== undefined && (yield* mayClaim(claimOf(input, visit))) }
  },
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return { visit, move: yield* loadMove(visit, input.claimed ? input : null) }
  },
  decide(input, { visit, move }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    if (appointment.state === 'working' || appointment.state === 'done' || appointment.state === 'canceled') {
      return refuse('dispatch.notReschedulable', 'Only a visit that has not begun gets another window. Book another visit instead.')
    }
    const unpromisable = refusedWindow(input, context.at, '')
    if (unpromisable) return unpromisable
    return accept(
      moveChanges(visit, input, move, context.at),
      historyNote(visit, 'reschedule', `Window moved from ${appointment.windowDay} to ${input.windowDay}: ${input.reason}`, context),
    )
  },
})
