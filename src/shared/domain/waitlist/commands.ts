import { z } from 'zod'
import { addDays, DAY, isFutureDay, isPastDay, overlaps } from '../../base/time.ts'
import { isPractice } from '../calls/rules.ts'
import { callTable } from '../calls/tables.ts'
import { customerTable, locationTable } from '../customers/tables.ts'
import { type ArrivalWindow, arrivalWindowFields, refusedWindow } from '../dispatch/arrivalWindow.ts'
import { mayClaim } from '../dispatch/claim.ts'
import { claimOf, loadMove, moveChanges } from '../dispatch/moving.ts'
import { WAITING_STATES } from '../dispatch/states.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import { historyNote, loadVisit, refuseSettled } from '../dispatch/visit.ts'
import { jobTable, jobTypeTable } from '../jobs/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { allAsSeen, isNow, rowsSeenInput } from '../kernel/clockWord.ts'
import { accept, type Command, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput, instantInput, optionalLine, phoneInput, textInput, zoneInput } from '../kernel/inputs.ts'
import { all, get, getIf, range } from '../kernel/load.ts'
import { isRefused, refuse, type Refused } from '../kernel/refusal.ts'
import { companyTable } from '../people/tables.ts'
import { loadStandings, lookOverList } from './lookOver.ts'
import { isHeldOut, loadOffered, loadWaiting, NO_OFFER, offerOf, passOn } from './openings.ts'
import { DAY_PARTS, type WaitEntry, waitEntryTable } from './tables.ts'

/** Nobody waits longer than this for a visit that could be booked. */
const LONGEST_WAIT_DAYS = 60

/** A call back is promised within the queue's bound. */
const LONGEST_CALL_BACK = 14 * DAY

const callBackObjection = (callBackBy: number, at: number): Refused | undefined => {
  if (callBackBy <= at) return refuse('waitList.past', 'Promise the call back for later than now.', { field: 'callBackBy' })
  if (callBackBy > at + LONGEST_CALL_BACK) return refuse('waitList.tooFar', 'Promise a call back within two weeks, gap or no gap.', { field: 'callBackBy' })
  return undefined
}

/** The entry while it waits or has an offer, or how it ended. */
function openEntry(entry: WaitEntry | undefined): WaitEntry | Refused {
  if (!entry) return refuse('waitList.unknown', 'This entry is not on the wait list. Look at the list again.', { field: 'entryId' })
  const subject = { subject: { kind: 'wait_entry', id: entry.id } }
  switch (entry.state) {
    case 'waiting':
    case 'offered':
      return entry
    case 'accepted':
      return refuse('waitList.accepted', 'They said yes already and the visit is booked.', subject)
    case 'declined':
      return refuse('waitList.declined', 'They do not want it any more. Put them on the list again if they do.', subject)
    case 'expired':
      return refuse('waitList.expired', 'Their days are over. Put them on the list again if they still want to come sooner.', subject)
  }
}

/** The time that whoever acts has seen held out. Absent in what an older Baton gave. */
const seenOffer = z.strictObject({ startsAt: instantInput, endsAt: instantInput }).optional()

/** What is said about a time is said about that one: meanwhile another may be held out to them, of which nobody has told them. */
function otherOffer(entry: WaitEntry, seen: z.output<typeof seenOffer>): Refused | undefined {
  if (seen === undefined || entry.state !== 'offered' || isHeldOut(entry, seen)) return undefined
  return refuse('waitList.otherOffer', 'Meanwhile another time is held out to them than the one you saw. Look at it, and ask them about that one.', { subject: { kind: 'wait_entry', id: entry.id } })
}

/** Whether a visit takes any of the time that is held out to an entry: what is left of it is no window that could be promised. */
function takesOffer({ state, windowStartsAt, windowEndsAt }: Appointment, { offerStartsAt, offerEndsAt }: WaitEntry): boolean {
  return state !== 'canceled' && offerStartsAt !== null && offerEndsAt !== null && overlaps(windowStartsAt, windowEndsAt, offerStartsAt, offerEndsAt)
}

/** Everybody whom the time that is held out to an entry may go on to. */
function* loadNext(entry: WaitEntry | undefined) {
  return entry?.state === 'offered' ? yield* loadWaiting() : []
}

/** Days that are over, or too far away, never come free: nobody may be promised a call about them. */
function daysObjection({ fromDay, toDay }: Pick<WaitEntry, 'fromDay' | 'toDay'>, at: number): Refused | undefined {
  if (toDay < fromDay) return refuse('waitList.days', 'The last day comes before the first.', { field: 'toDay' })
  if (isPastDay(toDay, at)) return refuse('waitList.daysOver', 'These days are over. Choose days that are still to come.', { field: 'toDay' })
  if (isFutureDay(addDays(toDay, -LONGEST_WAIT_DAYS), at)) return refuse('waitList.tooLong', `The list is for the next ${LONGEST_WAIT_DAYS} days. Book a visit for later.`, { field: 'toDay' })
  return undefined
}

/** Why this cannot be the visit that they keep while they wait, if it cannot. */
function keptVisitObjection({ visitId, customerId, fromDay }: { readonly visitId: string | null; readonly customerId: string; readonly fromDay: string }, visit: Appointment | undefined, keeping: readonly WaitEntry[]): Refused | undefined {
  if (!visit || visit.customerId !== customerId) return refuse('waitList.visitOfOther', 'This visit is not theirs. Look at the customer again.', { field: 'visitId' })
  const subject = { subject: { kind: 'appointment', id: visit.id } }
  if (!WAITING_STATES.includes(visit.state)) return refuse('waitList.visitBegun', 'Only a visit that nobody has set out for can come sooner.', subject)
  if (keeping.some((entry) => entry.visitId === visitId)) return refuse('waitList.exists', 'They are on the wait list with this visit already.', subject)
  if (fromDay > visit.windowDay) return refuse('waitList.notEarlier', 'Their visit comes before these days. Choose earlier ones.', { field: 'fromDay' })
  return undefined
}

const add = defineIntention({
  name: 'waitList.add',
  version: 1,
  summary: 'Put a customer on the wait list, with the days that would do and a call back by a time.',
  permission: 'job.book',
  input: z.strictObject({
    entryId: idInput,
    customerId: idInput,
    locationId: idInput.nullable(),
    jobTypeId: idInput,
    callId: idInput.nullable(),
    summary: textInput('The problem', 2000),
    phone: phoneInput.nullable(),
    fromDay: dayInput,
    toDay: dayInput,
    part: z.enum(DAY_PARTS),
    callBackBy: instantInput,
    /** The visit that they keep while they wait for an earlier one. Absent in what an older Baton gave. */
    visitId: idInput.nullable().default(null),
  }),
  *load(input) {
    return {
      visit: yield* getIf(appointmentTable, input.visitId),
      keeping: input.visitId === null ? [] : [...(yield* loadWaiting()), ...(yield* loadOffered())],
      existing: yield* get(waitEntryTable, input.entryId),
      customer: yield* get(customerTable, input.customerId),
      location: yield* getIf(locationTable, input.locationId),
      jobType: yield* get(jobTypeTable, input.jobTypeId),
      call: yield* getIf(callTable, input.callId),
      company: (yield* all(companyTable))[0],
    }
  },
  decide(input, { existing, customer, location, jobType, call, company, visit, keeping }, context) {
    if (existing) return refuse('waitList.exists', 'They are on the wait list already.', { subject: { kind: 'wait_entry', id: existing.id } })
    if (!customer) return refuse('waitList.unknownCustomer', 'This customer is not on file. Record them first.', { field: 'customerId' })
    if (customer.doNotService && !context.may('settings.edit')) {
      return refuse('waitList.doNotService', `${customer.name} is marked \u201cdo not service\u201d. Only a service manager or an owner can put them on the list.`, { field: 'customerId' })
    }
    if (input.locationId !== null && location?.customerId !== customer.id) return refuse('waitList.locationOfOther', 'This location belongs to another customer.', { field: 'locationId' })
    if (!jobType?.active) return refuse('waitList.unknownJobType', 'Choose a job type from the list.', { field: 'jobTypeId' })
    if (input.callId !== null && !call) return refuse('waitList.unknownCall', 'This call is not in the log. Reload the call list.', { field: 'callId' })
    const wrongTime = daysObjection(input, context.at) ?? callBackObjection(input.callBackBy, context.at)
    if (wrongTime) return wrongTime
    if (input.visitId !== null) {
      const wrongVisit = keptVisitObjection(input, visit, keeping)
      if (wrongVisit) return wrongVisit
    }
    const { entryId, ...said } = input
    return accept(
      insert(waitEntryTable, {
        id: entryId,
        ...said,
        businessUnitId: jobType.businessUnitId,
        durationMinutes: visit?.durationMinutes ?? jobType.durationMinutes,
        askedAt: context.at,
        state: 'waiting',
        ...NO_OFFER,
        offersMade: 0,
        jobId: null,
        resolution: '',
        settledAt: null,
        settledBy: null,
        practice: isPractice(call, company),
        keptStartsAt: visit?.windowStartsAt ?? null,
        lapsedStartsAt: null,
        news: null,
      }),
    )
  },
})

const offer = defineIntention({
  name: 'waitList.offer',
  version: 1,
  summary: 'Hold a time that came free out to somebody on the wait list.',
  permission: 'job.book',
  input: z.strictObject({ entryId: idInput, ...arrivalWindowFields, zone: zoneInput }),
  *load(input) {
    const loaded = yield* get(waitEntryTable, input.entryId)
    return { loaded, waiting: yield* loadNext(loaded) }
  },
  decide(input, { loaded, waiting }, context) {
    const entry = openEntry(loaded)
    if (isRefused(entry)) return entry
    const unpromisable = refusedWindow(input, context.at, '')
    if (unpromisable) return unpromisable
    // What was held out to them until now is somebody else's.
    const next = isHeldOut(entry, { startsAt: input.windowStartsAt, endsAt: input.windowEndsAt }) ? [] : passOn(entry, waiting, context.at)
    return accept(offerOf(entry, { ...input, fromId: null }, context.at), next)
  },
})

const acceptOffer = defineIntention({
  name: 'waitList.accept',
  version: 1,
  summary: 'Say that somebody on the wait list was booked.',
  permission: 'job.book',
  input: z.strictObject({ entryId: idInput, jobId: idInput }),
  *load(input) {
    const loaded = yield* get(waitEntryTable, input.entryId)
    return { loaded, job: yield* get(jobTable, input.jobId), visits: yield* range(appointmentTable, 'byJob', [input.jobId]), waiting: yield* loadNext(loaded) }
  },
  decide(input, { loaded, job, visits, waiting }, context) {
    const entry = openEntry(loaded)
    if (isRefused(entry)) return entry
    if (!job) return refuse('waitList.notBooked', 'Nothing is booked yet. Book the job first.', { field: 'jobId' })
    if (job.customerId !== entry.customerId) return refuse('waitList.otherCustomer', `Job ${job.number} is another customer\u2019s.`, { field: 'jobId', subject: { kind: 'job', id: job.id } })
    const took = visits.some((visit) => takesOffer(visit, entry))
    return accept(update(waitEntryTable, entry, { state: 'accepted', jobId: input.jobId, settledAt: context.at, settledBy: context.actorId }), took ? [] : passOn(entry, waiting, context.at))
  },
})

/** The time that is held out to an entry, as a window to promise; undefined where none is. */
function offeredWindow({ state, offerDay, offerStart, offerEnd, offerStartsAt, offerEndsAt }: WaitEntry): ArrivalWindow | undefined {
  if (state !== 'offered' || offerDay === null || offerStart === null || offerEnd === null || offerStartsAt === null || offerEndsAt === null) return undefined
  return { windowDay: offerDay, windowStart: offerStart, windowEnd: offerEnd, windowStartsAt: offerStartsAt, windowEndsAt: offerEndsAt }
}

const moveUp = defineIntention({
  name: 'waitList.moveUp',
  version: 1,
  summary: 'They take the time that came free: the visit they kept moves up to it, and its old time goes to the next.',
  permission: 'job.book',
  input: z.strictObject({ entryId: idInput, offer: seenOffer, claimed: z.boolean().optional() }),
  *prepare(input, by) {
    const entry = by.shared ? yield* get(waitEntryTable, input.entryId) : undefined
    const visit = entry?.visitId ? yield* loadVisit(entry.visitId) : undefined
    const window = entry && offeredWindow(entry)
    return { ...input, claimed: visit !== undefined && window !== undefined && (yield* mayClaim(claimOf(window, visit))) }
  },
  *load(input) {
    const loaded = yield* get(waitEntryTable, input.entryId)
    const visit = loaded?.visitId ? yield* loadVisit(loaded.visitId) : undefined
    return { loaded, visit, move: yield* loadMove(visit, input.claimed && loaded ? (offeredWindow(loaded) ?? null) : null) }
  },
  decide(input, { loaded, visit, move }, context) {
    const entry = openEntry(loaded)
    if (isRefused(entry)) return entry
    const other = otherOffer(entry, input.offer)
    if (other) return other
    const window = offeredWindow(entry)
    if (!window) return refuse('waitList.noOffer', 'No time is held out to them. Look for one, and offer it.')
    if (!visit) return refuse('waitList.keepsNone', 'They keep no visit that could move up. Book the time for them.')
    const refused = refuseSettled(visit) ?? (WAITING_STATES.includes(visit.appointment.state) ? undefined : refuse('waitList.visitBegun', 'Only a visit that nobody has set out for can come sooner.')) ?? refusedWindow(window, context.at, '')
    if (refused) return refused
    return accept(
      // The offer is theirs now: it is taken, not withdrawn.
      moveChanges(visit, window, { ...move, offered: move.offered.filter(({ id }) => id !== entry.id) }, context.at),
      update(waitEntryTable, entry, { state: 'accepted', jobId: visit.job.id, resolution: 'Moved up', settledAt: context.at, settledBy: context.actorId }),
      historyNote(visit, 'moveUp', `Moved up from ${visit.appointment.windowDay} to ${window.windowDay}: from the wait list`, context),
    )
  },
})

const decline = defineIntention({
  name: 'waitList.decline',
  version: 1,
  summary: 'Say that an offered time was not wanted: they keep waiting, or come off the list, and the time goes to the next.',
  permission: 'job.book',
  input: z.strictObject({
    entryId: idInput,
    /** When to call next, while they keep waiting; null takes them off the list. */
    callBackBy: instantInput.nullable(),
    reason: optionalLine('The reason', 300),
    offer: seenOffer,
  }),
  *load(input) {
    const loaded = yield* get(waitEntryTable, input.entryId)
    return { loaded, waiting: yield* loadNext(loaded) }
  },
  decide(input, { loaded, waiting }, context) {
    const entry = openEntry(loaded)
    if (isRefused(entry)) return entry
    const next = passOn(entry, waiting, context.at)
    if (input.callBackBy === null) {
      if (input.reason === '') return refuse('waitList.reason', 'Say in a few words why they come off the list.', { field: 'reason' })
      return accept(update(waitEntryTable, entry, { state: 'declined', resolution: input.reason, settledAt: context.at, settledBy: context.actorId }), next)
    }
    const wrong = callBackObjection(input.callBackBy, context.at) ?? otherOffer(entry, input.offer)
    if (wrong) return wrong
    return accept(update(waitEntryTable, entry, { state: 'waiting', ...NO_OFFER, callBackBy: input.callBackBy, resolution: input.reason, lapsedStartsAt: entry.offerStartsAt ?? entry.lapsedStartsAt }), next)
  },
})

const expire = defineIntention({
  name: 'waitList.expire',
  version: 1,
  summary: 'Take somebody off the wait list whose days are over, after telling them.',
  permission: 'job.book',
  input: z.strictObject({ entryId: idInput, reason: optionalLine('What they were told', 300) }),
  *load(input) {
    const loaded = yield* get(waitEntryTable, input.entryId)
    return { loaded, waiting: yield* loadNext(loaded) }
  },
  decide(input, { loaded, waiting }, context) {
    const entry = openEntry(loaded)
    if (isRefused(entry)) return entry
    if (!isPastDay(entry.toDay, context.at)) return refuse('waitList.stillOpen', 'Their days are not over yet. Call them, or say that they do not want it any more.', { field: 'entryId' })
    return accept(update(waitEntryTable, entry, { state: 'expired', ...NO_OFFER, news: 'told', resolution: input.reason, settledAt: context.at, settledBy: context.actorId }), passOn(entry, waiting, context.at))
  },
})

// A clock that sees nothing to say leaves no trace, and what it saw long ago is about nothing any more.
const lookOver = defineIntention({
  name: 'waitList.lookOver',
  version: 1,
  summary: 'What the clock sees on the wait list: days that are over, visits that have begun, offers that nobody answered.',
  permission: 'dispatch.watch',
  input: z.strictObject({ day: dayInput, at: instantInput, saw: rowsSeenInput }),
  *load() {
    return yield* loadStandings()
  },
  decide(input, standings, context) {
    // A time goes from one to the next: half of that would be held out to two.
    return isNow(input.at, context) ? accept(allAsSeen(lookOverList(standings, input.day, input.at), input.saw)) : accept()
  },
})

export const waitListCommands = [add, offer, acceptOffer, moveUp, decline, expire, lookOver] as const satisfies readonly Command[]
