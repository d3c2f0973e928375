import { z } from 'zod'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { loadWaiting, offerFreed } from '../waitlist/openings.ts'
import { type ArrivalWindow, arrivalWindowFields, refusedWindow } from './arrivalWindow.ts'
import { asksCapacity, capacityInput, overbookedWords, refusedFull, slotWith } from './capacity.ts'
import { type Claim, loadClaim, mayClaim, slotOf } from './claim.ts'
import { appointmentTable } from './tables.ts'
import { historyNote, loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit, unplanChanges, type Visit } from './visit.ts'

const claimOf = (window: ArrivalWindow, { appointment, job }: Visit): Claim => ({
  window,
  durationMinutes: appointment.durationMinutes,
  jobTypeId: job.jobTypeId,
  appointmentId: appointment.id,
})

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
    return { visit, claim: visit && input.claimed ? yield* loadClaim(claimOf(input, visit)) : null, waiting: yield* loadWaiting() }
  },
  decide(input, { visit, claim, waiting }, context) {
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
    const full = refusedFull(input.capacity, input.claimed, input, '')
    if (full) return full
    const overbooked = overbookedWords(input.capacity, input)
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
        // Whoever was promised the very time is promised this window now.
        promisedAt: null,
        newTime: null,
        // A technician who has it in the new window as well is all the time it needs.
        slot: claim && stillFits ? 'held' : slotWith(input.capacity, slotOf(claimOf(input, visit), claim)),
        // Whoever was told the old window must be told the new one.
        ...(appointment.confirmation === 'sent' ? { confirmation: 'owed', confirmationSentAt: null } : {}),
      }),
      // Moved within its window's day and hours it frees nothing.
      windowDay === appointment.windowDay && windowStart === appointment.windowStart ? [] : offerFreed([appointment], waiting, context.at),
      historyNote(visit, 'reschedule', `Window moved from ${appointment.windowDay} to ${windowDay}: ${input.reason}`, context),
      overbooked === '' ? [] : historyNote(visit, 'overbooked', overbooked, context),
    )
  },
})
