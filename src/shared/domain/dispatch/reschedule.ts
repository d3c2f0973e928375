import { z } from 'zod'
import { type Change, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { type ArrivalWindow, arrivalWindowFields, isSameWindow, refusedWindow } from './arrivalWindow.ts'
import { asksCapacity, type Capacity, capacityInput, overbookedWords, refusedFull } from './capacity.ts'
import { mayClaim } from './claim.ts'
import { claimOf, loadMove, moveChanges } from './moving.ts'
import { type Appointment, appointmentTable } from './tables.ts'
import { historyNote, loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit } from './visit.ts'

/** One that is promised now is owed, one that is not is sent no more; what was sent for the old window is owed anew by the move itself. */
function confirmationSaid(appointment: Appointment, promised: boolean | undefined): readonly Change[] {
  if (promised === undefined || appointment.confirmation !== (promised ? 'none' : 'owed')) return []
  return [update(appointmentTable, appointment, { confirmation: promised ? 'owed' : 'none' })]
}

/**
 * Said of the window that it has, with no word on its capacity: nothing moves, and nothing is claimed anew. A window whose time
 * was lost is promised again with what is known of it.
 */
const onlyConfirms = (input: ArrivalWindow & { readonly capacity?: Capacity | undefined; readonly confirmation?: boolean | undefined }, appointment: Appointment): boolean =>
  input.confirmation !== undefined && input.capacity === undefined && appointment.slot !== 'lost' && isSameWindow(input, appointment)

export const reschedule = defineIntention({
  name: 'appointment.reschedule',
  version: 1,
  summary: 'Promise another arrival window.',
  permission: 'job.book',
  input: z.strictObject({
    appointmentId: idInput,
    ...arrivalWindowFields,
    reason: lineInput('The reason', 300),
    /** Was a confirmation of it promised? Absent where nothing was said of one. */
    confirmation: z.boolean().optional(),
    expectedVersion: versionInput.optional(),
    /** Whether the window was promised as one with somebody free in it, or knowing that nobody is. */
    capacity: capacityInput.optional(),
    /** Had the window a free skilled technician when it was promised? Filled in where it is asked: on a hub, or with `capacity`. */
    claimed: z.boolean().optional(),
  }),
  *prepare(input, by) {
    const visit = asksCapacity(input.capacity, by.shared) ? yield* loadVisit(input.appointmentId) : undefined
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
    if (onlyConfirms(input, appointment)) return accept(confirmationSaid(appointment, input.confirmation))
    const unpromisable = refusedWindow(input, context.at, '') ?? refusedFull(input.capacity, input.claimed, input, '')
    if (unpromisable) return unpromisable
    const overbooked = overbookedWords(input.capacity, input)
    return accept(
      moveChanges(visit, input, move, context.at),
      confirmationSaid(appointment, input.confirmation),
      historyNote(visit, 'reschedule', `Window moved from ${appointment.windowDay} to ${input.windowDay}: ${input.reason}`, context),
      overbooked === '' ? [] : historyNote(visit, 'overbooked', overbooked, context),
    )
  },
})
