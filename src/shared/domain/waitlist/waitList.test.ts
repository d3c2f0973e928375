import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { waitListProblems } from '../../../../tests/simulation/properties/drafts.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { newId } from '../../base/id.ts'
import { addDays, DAY, HOUR } from '../../base/time.ts'
import { wallTimeOf } from '../../base/zone.ts'
import { callIdOf } from '../calls/facts.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { waitEntryTable } from './tables.ts'

const ZONE = 'America/Chicago'

let desk: FrontDesk
let entryId: string
let today: string

const accepted = { kind: 'accepted' }
const refusal = (code: string, more: object = {}) => ({ kind: 'refused', refusal: { code, ...more } })
const entry = (id = entryId) => desk.office.engine.row(waitEntryTable, id)
const promise = (queue: 'wait-list' | 'wait-list-offers', id = entryId) => desk.office.engine.row(promiseTable, promiseId(queueId(queue), id))

function add(more: Readonly<Record<string, unknown>> = {}) {
  entryId = newId()
  return desk.office.run(
    'waitList.add',
    {
      entryId, customerId: desk.customerId, locationId: desk.locationId, jobTypeId: desk.jobTypeId, callId: null, summary: 'No cooling', phone: null,
      fromDay: today, toDay: addDays(today, 3), part: 'any', callBackBy: desk.office.now + 4 * HOUR, ...more,
    },
    desk.csrId,
  )
}

/** Somebody else's visit on the day `ahead` of today, 4 to 6 PM. */
function booked(ahead = 1, more: Readonly<Record<string, unknown>> = {}) {
  const window = desk.window(ahead)
  const booking = desk.booking({ appointment: window, ...more })
  desk.office.must('job.book', booking, desk.csrId)
  return { jobId: booking.jobId, appointmentId: String(window['id']) }
}

const cancel = (jobId: string) => desk.office.must('job.cancel', { jobId, reason: 'Found somebody else' }, desk.csrId)

beforeEach(() => {
  desk = new FrontDesk()
  today = wallTimeOf(desk.office.now, ZONE).day
})

describe('the wait list', () => {
  it('owes everybody on it a call, gap or no gap', () => {
    expect(add()).toMatchObject(accepted)
    expect(entry()).toMatchObject({ state: 'waiting', businessUnitId: desk.unitId, durationMinutes: 90, offersMade: 0 })
    expect(promise('wait-list')).toMatchObject({ state: 'open', holderRole: 'inboundCsr', dueAt: entry()?.callBackBy })
  })

  it('offers the time of a canceled visit to whoever has waited longest for one like it', () => {
    add()
    const first = entryId
    add()
    const { jobId } = booked()
    cancel(jobId)
    expect(entry(first)).toMatchObject({ state: 'offered', offerDay: addDays(today, 1), offerStart: 960, offerEnd: 1080, offersMade: 1, offerUntil: desk.office.now + HOUR })
    expect(entry()).toMatchObject({ state: 'waiting' })
    expect(promise('wait-list', first)).toMatchObject({ state: 'closed' })
    expect(promise('wait-list-offers', first)).toMatchObject({ state: 'open', dueAt: desk.office.now + HOUR })
  })

  it('offers what a moved or a canceled visit of the board frees, each time to one', () => {
    add()
    const moved = booked()
    const window = desk.window(2)
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = window
    desk.office.must('appointment.reschedule', { appointmentId: moved.appointmentId, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, reason: 'At work' }, desk.csrId)
    expect(entry()).toMatchObject({ state: 'offered', offerDay: addDays(today, 1) })
    add()
    const canceled = booked()
    desk.office.must('appointment.changeState', { appointmentId: canceled.appointmentId, to: 'canceled', reason: 'Sold the house' }, desk.dispatcherId)
    expect(entry()).toMatchObject({ state: 'offered' })
  })

  it.each([
    ['another trade', () => add({ jobTypeId: desk.otherJobTypeId })],
    ['other days', () => add({ fromDay: addDays(today, 2) })],
    ['mornings only', () => add({ part: 'morning' })],
  ])('offers nothing to those who wait for %s', (_whom, begin) => {
    expect(begin()).toMatchObject(accepted)
    cancel(booked().jobId)
    expect(entry()).toMatchObject({ state: 'waiting' })
  })

  it('ends where the visit is booked, and only with a job of that customer', () => {
    add()
    const { jobId } = booked()
    expect(desk.office.run('waitList.accept', { entryId, jobId: newId() }, desk.csrId)).toMatchObject(refusal('waitList.notBooked'))
    expect(desk.office.run('waitList.accept', { entryId, jobId }, desk.csrId)).toMatchObject(accepted)
    expect(entry()).toMatchObject({ state: 'accepted', jobId, settledBy: desk.csrId })
    expect(promise('wait-list')).toMatchObject({ state: 'closed' })
    expect(desk.office.run('waitList.decline', { entryId, callBackBy: null, reason: 'No' }, desk.csrId)).toMatchObject(refusal('waitList.accepted'))
  })

  it('keeps those who decline one time waiting for the next, with another call promised', () => {
    add()
    cancel(booked().jobId)
    const callBackBy = desk.office.now + DAY
    expect(desk.office.run('waitList.decline', { entryId, callBackBy, reason: 'At work then' }, desk.csrId)).toMatchObject(accepted)
    expect(entry()).toMatchObject({ state: 'waiting', offerDay: null, offerUntil: null, callBackBy, offersMade: 1 })
    expect(promise('wait-list')).toMatchObject({ state: 'open', dueAt: callBackBy, occurrence: 2 })
    expect(desk.office.run('waitList.decline', { entryId, callBackBy: null, reason: '' }, desk.csrId)).toMatchObject(refusal('waitList.reason'))
    expect(desk.office.run('waitList.decline', { entryId, callBackBy: null, reason: 'Bought a fan' }, desk.csrId)).toMatchObject(accepted)
    expect(entry()).toMatchObject({ state: 'declined', resolution: 'Bought a fan' })
  })

  it('lets somebody go only once their days are over', () => {
    add({ toDay: today })
    expect(desk.office.run('waitList.expire', { entryId, today, reason: 'Told so' }, desk.csrId)).toMatchObject(refusal('waitList.stillOpen'))
    expect(desk.office.run('waitList.expire', { entryId, today: addDays(today, 1), reason: 'Told so' }, desk.csrId)).toMatchObject(accepted)
    expect(entry()).toMatchObject({ state: 'expired' })
  })

  it('takes no entry that could not be kept', () => {
    expect(add({ callBackBy: desk.office.now - HOUR })).toMatchObject(refusal('waitList.past'))
    expect(add({ callBackBy: desk.office.now + 20 * DAY })).toMatchObject(refusal('waitList.tooFar'))
    expect(add({ toDay: addDays(today, -1) })).toMatchObject(refusal('waitList.days'))
    expect(add({ toDay: addDays(today, 90) })).toMatchObject(refusal('waitList.tooLong'))
    expect(add({ customerId: newId() })).toMatchObject(refusal('waitList.unknownCustomer'))
    expect(add({ locationId: newId() })).toMatchObject(refusal('waitList.locationOfOther'))
    expect(add({ jobTypeId: newId() })).toMatchObject(refusal('waitList.unknownJobType'))
  })

  it('keeps the ledger and its own story whole', () => {
    add()
    cancel(booked().jobId)
    add()
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(queueId('wait-list'), entryId), outcomeKey: 'declined', note: 'Bought a fan.' }, desk.csrId)
    expect(entry()).toMatchObject({ state: 'declined', settledAt: desk.office.now })
    expect([...waitListProblems((table) => desk.office.engine.rows(table)), ...ledgerProblems((table) => desk.office.engine.rows(table))]).toEqual([])
  })

  it('takes a practice caller of a rehearsal for one like any other, as their booking is', () => {
    const call = { externalId: 'practice:1', direction: 'in', lineName: '', lineNumber: '', fromNumber: null, offeredAt: desk.office.now, practice: true }
    desk.office.must('call.offered', call)
    add({ callId: callIdOf(desk.office.companyId, call.externalId) })
    expect(entry()).toMatchObject({ practice: false })
    cancel(booked().jobId)
    expect(entry()).toMatchObject({ state: 'offered' })
  })
})
