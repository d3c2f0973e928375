import { z } from 'zod'
import { jobTable } from '../jobs/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { type ArrivalWindow, arrivalWindowFields, refusedWindow } from './arrivalWindow.ts'
import { asksCapacity, capacityInput, overbookedWords, refusedFull, slotWith } from './capacity.ts'
import { type Claim, loadClaim, mayClaim, slotOf } from './claim.ts'
import { appointmentTable } from './tables.ts'
import { historyNote, loadVisit, NEW_VISIT, refuseSettled, refuseUnknownVisit, type Visit } from './visit.ts'

/** Before somebody was there, the visit itself gets another window. */
const BEGUN: ReadonlySet<string> = new Set(['working', 'hold', 'done'])

const claimOf = (window: ArrivalWindow & { readonly durationMinutes: number }, { job }: Visit): Claim => ({ window, durationMinutes: window.durationMinutes, jobTypeId: job.jobTypeId, appointmentId: null })

export const returnTrip = defineIntention({
  name: 'appointment.returnTrip',
  version: 1,
  summary: 'Promise another visit of the same job at once, as the work is approved, so that its time is taken before anybody else is promised it.',
  permission: 'job.book',
  input: z.strictObject({
    /** The visit that somebody has to come back for. */
    appointmentId: idInput,
    returnId: idInput,
    ...arrivalWindowFields,
    durationMinutes: z.int().min(15, 'A visit lasts at least 15 minutes.').max(24 * 60, 'A visit lasts at most 24 hours.'),
    /** What was approved. */
    work: lineInput('The approved work', 300),
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
    return { visit, taken: yield* get(appointmentTable, input.returnId), claim: visit && input.claimed ? yield* loadClaim(claimOf(input, visit)) : null }
  },
  decide(input, { visit, taken, claim }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseSettled(visit)
    if (refused) return refused
    const { appointment, job } = visit
    if (taken) return refuse('dispatch.doubledVisit', 'This return trip is made already.')
    if (!BEGUN.has(appointment.state)) return refuse('dispatch.notBegun', 'Nobody was there yet. Promise this visit another window instead.')
    const unpromisable = refusedWindow(input, context.at, '') ?? refusedFull(input.capacity, input.claimed, input, '')
    if (unpromisable) return unpromisable
    const overbooked = overbookedWords(input.capacity, input)
    const { jobId, customerId, locationId, businessUnitId, zone } = appointment
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, durationMinutes } = input
    return accept(
      insert(appointmentTable, {
        ...NEW_VISIT,
        id: input.returnId,
        jobId,
        customerId,
        locationId,
        businessUnitId,
        windowDay,
        windowStart,
        windowEnd,
        zone,
        windowStartsAt,
        windowEndsAt,
        durationMinutes,
        slot: slotWith(input.capacity, slotOf(claimOf(input, visit), claim)),
        // The technician agreed on it at the door; in writing the customer has nothing yet.
        confirmation: 'owed',
        practice: false,
      }),
      job.state === 'done' ? update(jobTable, job, { state: 'open' }) : [],
      historyNote(visit, 'returnTrip', `Return trip on ${windowDay}: ${input.work}`, context),
      overbooked === '' ? [] : historyNote(visit, 'overbooked', overbooked, context),
    )
  },
})
