import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { waitListProblems } from '../../../../tests/simulation/properties/drafts.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { newId } from '../../base/id.ts'
import { addDays, DAY, HOUR } from '../../base/time.ts'
import { wallTimeOf } from '../../base/zone.ts'
import { callIdOf } from '../calls/facts.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import type { NetChange } from '../kernel/changes.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { SETTABLE_FIELDS } from '../promises/subjects.ts'
import { promiseTable, queueTable } from '../promises/tables.ts'
import { waitEntryTable } from './tables.ts'

const ZONE = 'America/Chicago'

let desk: FrontDesk
let entryId: string
let today: string

const accepted = { kind: 'accepted' }
const refusal = (code: string, more: object = {}) => ({ kind: 'refused', refusal: { code, ...more } })
const entry = (id = entryId) => desk.office.engine.row(waitEntryTable, id)
const promise = (queue: 'wait-list' | 'wait-list-offers', id = entryId) => desk.office.engine.row(promiseTable, promiseId(queueId(queue), id))

function add(more: Readonly<Record<string, unknown>> = {}, actorId = desk.csrId) {
  entryId = newId()
  return desk.office.run(
    'waitList.add',
    {
      entryId, customerId: desk.customerId, locationId: desk.locationId, jobTypeId: desk.jobTypeId, callId: null, summary: 'No cooling', phone: null,
      fromDay: today, toDay: addDays(today, 3), part: 'any', callBackBy: desk.office.now + 4 * HOUR, ...more,
    },
    actorId,
  )
}

/** Another customer, with a place of their own. */
function somebodyElse(): { readonly customerId: string; readonly locationId: string } {
  const [customerId, locationId] = [newId(), newId()]
  desk.office.must('customer.create', desk.customer({ customerId, firstName: 'Nora', lastName: 'Whitfield', phones: [], emails: [], location: desk.location({ id: locationId }) }), desk.csrId)
  return { customerId, locationId }
}

/** Somebody else's visit on the day `ahead` of today, 4 to 6 PM. */
function booked(ahead = 1, more: Readonly<Record<string, unknown>> = {}) {
  const window = desk.window(ahead)
  const booking = desk.booking({ appointment: window, ...somebodyElse(), ...more })
  desk.office.must('job.book', booking, desk.csrId)
  return { jobId: booking.jobId, appointmentId: String(window['id']) }
}

const ofCustomer = () => ({ customerId: desk.customerId, locationId: desk.locationId })
const changeState = (appointmentId: string, to: string, reason = 'Said so') => desk.office.must('appointment.changeState', { appointmentId, to, reason }, desk.dispatcherId)

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
    changeState(canceled.appointmentId, 'canceled')
    expect(entry()).toMatchObject({ state: 'offered' })
  })

  it('offers nobody the time that they gave up themselves', () => {
    add()
    const own = booked(1, ofCustomer())
    cancel(own.jobId)
    expect(entry()).toMatchObject({ state: 'waiting', offersMade: 0 })
    const moved = booked(1, ofCustomer())
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = desk.window(2)
    desk.office.must('appointment.reschedule', { appointmentId: moved.appointmentId, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, reason: 'At work' }, desk.csrId)
    expect(entry()).toMatchObject({ state: 'waiting', offersMade: 0 })
  })

  it('offers no time that was somebody else\u2019s all along, nor any of a visit on hold that nobody has', () => {
    add()
    const lost = booked()
    const row = desk.office.engine.row(appointmentTable, lost.appointmentId)
    desk.office.engine.apply([{ kind: 'update', table: appointmentTable, id: lost.appointmentId, before: row, after: { ...row, slot: 'lost' } } as unknown as NetChange])
    cancel(lost.jobId)
    expect(entry()).toMatchObject({ state: 'waiting' })
    const held = booked()
    changeState(held.appointmentId, 'hold')
    cancel(held.jobId)
    expect(entry()).toMatchObject({ state: 'waiting' })
  })

  it('takes an offer back where the visit was canceled by mistake, and one for each visit', () => {
    add()
    const first = entryId
    desk.office.now += HOUR
    add()
    const [one, other] = [booked(), booked()]
    changeState(one.appointmentId, 'canceled')
    changeState(other.appointmentId, 'canceled')
    expect([entry(first)?.state, entry()?.state]).toEqual(['offered', 'offered'])
    changeState(other.appointmentId, 'scheduled')
    expect(entry(first)).toMatchObject({ state: 'offered' })
    expect(entry()).toMatchObject({ state: 'waiting', offerDay: null, offerUntil: null, offersMade: 1 })
    expect(promise('wait-list-offers')).toMatchObject({ state: 'closed' })
    expect(promise('wait-list')).toMatchObject({ state: 'open', dueAt: entry()?.callBackBy })
    expect(waitListProblems((table) => desk.office.engine.rows(table))).toEqual([])
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
    const { jobId } = booked(1, ofCustomer())
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

  it.each([
    ['keep waiting', () => desk.office.now + DAY],
    ['come off the list', () => null],
  ])('passes a time on to the next where those who do not want it %s', (_how, callBackBy) => {
    add()
    const first = entryId
    desk.office.now += HOUR
    add({ ...somebodyElse() })
    cancel(booked().jobId)
    expect([entry(first)?.state, entry()?.state]).toEqual(['offered', 'waiting'])
    desk.office.must('waitList.decline', { entryId: first, callBackBy: callBackBy(), reason: 'At work then' }, desk.csrId)
    expect(entry(first)?.state).not.toBe('offered')
    expect(entry()).toMatchObject({ state: 'offered', offerDay: addDays(today, 1), offerStart: 960, offerEnd: 1080, offerUntil: desk.office.now + HOUR })
    expect(promise('wait-list-offers')).toMatchObject({ state: 'open', dueAt: desk.office.now + HOUR })
  })

  it('ends a held out time only by what is said on the list, where it goes to the next', () => {
    add()
    cancel(booked().jobId)
    const settling = desk.office.engine.row(queueTable, queueId('wait-list-offers'))?.outcomes.filter(({ effect }) => effect.kind === 'settle')
    expect(settling).toEqual([])
    expect(desk.office.run('promise.recordOutcome', { promiseId: promiseId(queueId('wait-list'), entryId), outcomeKey: 'expired', note: 'Over' }, desk.csrId)).toMatchObject({ kind: 'refused' })
    expect(Object.keys(SETTABLE_FIELDS.wait_entry)).toEqual(['state', 'news'])
    expect(SETTABLE_FIELDS.wait_entry['state']?.values).toEqual(['declined'])
  })

  it('lets somebody go only once their days are over, by the time of whoever says so', () => {
    add({ toDay: today })
    expect(desk.office.run('waitList.expire', { entryId, reason: 'Told so' }, desk.csrId)).toMatchObject(refusal('waitList.stillOpen'))
    expect(desk.office.run('waitList.expire', { entryId, today: addDays(today, 1), reason: 'Told so' }, desk.csrId)).toMatchObject(refusal('input.invalid'))
    // Seven in the morning in Chicago.
    desk.office.now = Date.UTC(2026, 6, 15, 12)
    expect(desk.office.run('waitList.expire', { entryId, reason: 'Told so' }, desk.csrId)).toMatchObject(accepted)
    expect(entry()).toMatchObject({ state: 'expired' })
  })

  it('takes no entry that could not be kept', () => {
    expect(add({ callBackBy: desk.office.now - HOUR })).toMatchObject(refusal('waitList.past'))
    expect(add({ callBackBy: desk.office.now + 20 * DAY })).toMatchObject(refusal('waitList.tooFar'))
    expect(add({ toDay: addDays(today, -1) })).toMatchObject(refusal('waitList.days'))
    expect(add({ toDay: addDays(today, 90) })).toMatchObject(refusal('waitList.tooLong'))
    expect(add({ fromDay: addDays(today, -9), toDay: addDays(today, -2) })).toMatchObject(refusal('waitList.daysOver'))
    expect(add({ fromDay: '2030-01-01', toDay: '2030-01-09' })).toMatchObject(refusal('waitList.tooLong'))
    expect(add({ toDay: addDays(today, 60) })).toMatchObject(accepted)
    expect(add({ customerId: newId() })).toMatchObject(refusal('waitList.unknownCustomer'))
    expect(add({ locationId: newId() })).toMatchObject(refusal('waitList.locationOfOther'))
    expect(add({ jobTypeId: newId() })).toMatchObject(refusal('waitList.unknownJobType'))
  })

  it('leaves it to a manager whether somebody who is not to be serviced goes on it', () => {
    desk.office.must('customer.flag', { customerId: desk.customerId, flag: 'doNotService', raised: true, reason: 'Threats.' }, desk.ownerId)
    expect(add()).toMatchObject(refusal('waitList.doNotService'))
    expect(add({}, desk.ownerId)).toMatchObject(accepted)
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
