import { z } from 'zod'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { arrivalWindowFields, refusedWindow } from './arrivalWindow.ts'
import { appointmentTable } from './tables.ts'
import { historyNote, loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit, unplanChanges } from './visit.ts'

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
  }),
  *load(input) {
    return yield* loadVisit(input.appointmentId)
  },
  decide(input, visit, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    if (appointment.state === 'working' || appointment.state === 'done' || appointment.state === 'canceled') {
      return refuse('dispatch.notReschedulable', 'Only a visit that has not begun gets another window. Book another visit instead.')
    }
    const unpromisable = refusedWindow(input, context.at, '')
    if (unpromisable) return unpromisable
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = input
    const stillFits = appointment.startsAt !== null && appointment.startsAt >= windowStartsAt && appointment.startsAt < windowEndsAt
    return accept(
      stillFits ? [] : unplanChanges(visit),
      update(appointmentTable, appointment, {
        windowDay,
        windowStart,
        windowEnd,
        windowStartsAt,
        windowEndsAt,
        state: 'scheduled',
        holdReason: null,
        dispatchedAt: null,
        arrivedAt: null,
        // Whoever was told the old window must be told the new one.
        ...(appointment.confirmation === 'sent' ? { confirmation: 'owed', confirmationSentAt: null } : {}),
      }),
      historyNote(visit, 'reschedule', `Window moved from ${appointment.windowDay} to ${windowDay}: ${input.reason}`, context),
    )
  },
})
