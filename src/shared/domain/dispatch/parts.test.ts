import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { addDays, DAY, HOUR, MINUTE } from '../../base/time.ts'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { jobTable } from '../jobs/tables.ts'
import { DEFAULT_QUEUES, queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { expr } from '../promises/expression.ts'
import { type Promised, promiseTable, queueTable } from '../promises/tables.ts'
import { waitEntryTable } from '../waitlist/tables.ts'
import type { ArrivalWindow } from './arrivalWindow.ts'
import { mayClaim } from './claim.ts'
import { isReturnTrip } from './closeOut.ts'
import { type Appointment, appointmentTable } from './tables.ts'

const refusedAs = (code: string) => ({ kind: 'refused', refusal: { code } })

describe('parts and the debrief', () => {
  let desk: FrontDesk
  let technicianId: string
  let visit: Appointment

  const now = (): Appointment => desk.office.engine.row(appointmentTable, visit.id) ?? visit
  const owed = (key: string): Promised | undefined => {
    const promise = desk.office.engine.row(promiseTable, promiseId(queueId(key), visit.id))
    return promise?.state === 'open' ? promise : undefined
  }
  const order = (more: Readonly<Record<string, unknown>> = {}) => ({ appointmentId: visit.id, what: 'Blower motor', from: 'Hale Supply', expectedAt: desk.office.now + 3 * DAY, reason: 'Waiting for parts: blower motor', ...more })
  const come = (key: string, outcomeKey: string, more: Readonly<Record<string, unknown>> = {}) =>
    desk.office.run('promise.recordOutcome', { promiseId: promiseId(queueId(key), visit.id), outcomeKey, note: 'They said so', ...more }, desk.ownerId)
  const to = (state: string, reason: string | null = null) => desk.office.must('appointment.changeState', { appointmentId: visit.id, to: state, reason }, desk.dispatcherId)

  beforeEach(() => {
    desk = new FrontDesk()
    technicianId = newId()
    const shifts = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 0, end: 1440 }))
    desk.office.must('technician.save', { id: technicianId, name: 'Theo Barnard', businessUnitId: desk.unitId, skills: ['cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }, desk.ownerId)
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    const booked = desk.office.engine.rows(appointmentTable).find(({ jobId }) => jobId === booking.jobId)
    if (!booked) throw new Error('The visit was not booked')
    visit = booked
    desk.office.must('appointment.assign', { appointmentId: visit.id, technicianId, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + HOUR, overbookAccepted: false }, desk.dispatcherId)
  })

  it('holds the visit, has the parts chased by their day and the customer told every two days until they are in', () => {
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    expect(now()).toMatchObject({ state: 'hold', partsState: 'awaited', partsWhat: 'Blower motor', partsFrom: 'Hale Supply' })
    expect(owed('parts-to-come')?.dueAt).toBe(now().partsExpectedAt)
    expect(owed('visits-on-hold')).toBeUndefined()

    const first = owed('parts-updates')
    expect(first?.dueAt).toBe((first?.openedAt ?? 0) + 2 * DAY)
    desk.office.now += 2 * DAY
    expect(come('parts-updates', 'told')).toMatchObject({ kind: 'accepted' })
    expect(owed('parts-updates')?.dueAt).toBeGreaterThan(desk.office.now + 2 * DAY - HOUR)
    const agreed = desk.office.now + 5 * DAY
    expect(come('parts-updates', 'told', { dueAt: agreed })).toMatchObject({ kind: 'accepted' })
    expect(owed('parts-updates')?.dueAt).toBe(agreed)

    expect(come('parts-to-come', 'received')).toMatchObject({ kind: 'accepted' })
    expect(owed('parts-to-come')).toBeUndefined()
    expect(owed('parts-updates')).toBeUndefined()
    expect(owed('parts-are-in')?.dueAt).toBe((now().partsReceivedAt ?? 0) + 4 * HOUR)
    to('scheduled')
    expect(owed('parts-are-in')).toBeUndefined()
  })

  it('keeps all that is owed while the parts are on their way, though another window is promised', () => {
    for (const state of ['dispatched', 'working']) to(state)
    const { arrivedAt } = now()
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    const due = [owed('parts-to-come')?.dueAt, owed('parts-updates')?.dueAt]
    const windowDay = addDays(visit.windowDay, 4)
    const window = { windowDay, windowStart: visit.windowStart, windowEnd: visit.windowEnd, windowStartsAt: visit.windowStartsAt + 4 * DAY, windowEndsAt: visit.windowEndsAt + 4 * DAY }
    desk.office.must('appointment.reschedule', { appointmentId: visit.id, ...window, reason: 'The motor comes on Friday' }, desk.csrId)
    expect(now()).toMatchObject({ windowDay, state: 'hold', holdReason: 'Waiting for parts: blower motor', partsState: 'awaited', technicianId: null, arrivedAt })
    expect([owed('parts-to-come')?.dueAt, owed('parts-updates')?.dueAt]).toEqual(due)
    expect(owed('jobs-to-assign')).toBeUndefined()
    come('parts-to-come', 'received')
    expect(owed('parts-are-in')).toBeDefined()
    // What they came in for is promised: there is nothing left to wait for.
    desk.office.must('appointment.reschedule', { appointmentId: visit.id, ...window, windowStart: visit.windowStart + 30, windowStartsAt: window.windowStartsAt + 30 * MINUTE, reason: 'Half an hour later' }, desk.csrId)
    expect(now()).toMatchObject({ state: 'scheduled', holdReason: null })
    expect(owed('parts-are-in')).toBeUndefined()
    expect(owed('jobs-to-assign')).toBeDefined()
  })

  it('keeps the window that is promised for when they come: nobody else is promised it, and it leaves it to whoever waits', () => {
    desk.office.shared = true
    desk.office.must('appointment.unassign', { appointmentId: visit.id }, desk.dispatcherId)
    const isFree = (ahead: number): boolean => {
      const window = desk.window(ahead) as unknown as ArrivalWindow
      return desk.office.engine.run(mayClaim({ window, durationMinutes: 90, jobTypeId: desk.jobTypeId, appointmentId: null }))
    }
    // The one technician has time for one visit a day.
    const shifts = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 960, end: 1080 }))
    desk.office.must('technician.save', { id: technicianId, name: 'Theo Barnard', businessUnitId: desk.unitId, skills: ['cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }, desk.ownerId)
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = desk.window(4) as unknown as ArrivalWindow
    desk.office.must('appointment.reschedule', { appointmentId: visit.id, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, reason: 'The motor comes before' }, desk.csrId)
    expect(now()).toMatchObject({ state: 'hold', slot: 'held', technicianId: null })
    expect([isFree(4), isFree(5)]).toEqual([false, true])
    come('parts-to-come', 'received')
    expect(isFree(4)).toBe(false)
    to('scheduled')
    expect(now()).toMatchObject({ state: 'scheduled', slot: 'held' })
    // Where they are not needed after all nobody knows when it goes on.
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    expect(isFree(4)).toBe(false)
    come('parts-to-come', 'notNeeded')
    expect(isFree(4)).toBe(true)
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    const [customerId, locationId, entryId] = [newId(), newId(), newId()]
    desk.office.must('customer.create', desk.customer({ customerId, firstName: 'Nora', lastName: 'Whitfield', phones: [], emails: [], location: desk.location({ id: locationId }) }), desk.csrId)
    desk.office.must('waitList.add', { entryId, customerId, locationId, jobTypeId: desk.jobTypeId, callId: null, summary: 'No cooling', phone: null, fromDay: windowDay, toDay: windowDay, part: 'any', callBackBy: desk.office.now + 4 * HOUR }, desk.csrId)
    to('canceled', 'Bought another one')
    expect(desk.office.engine.row(waitEntryTable, entryId)).toMatchObject({ state: 'offered', offerFromId: visit.id })
  })

  it('keeps no window that is over before they come, and claims it again where they come sooner or are ordered for sooner', () => {
    desk.office.shared = true
    const shifts = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 960, end: 1080 }))
    desk.office.must('technician.save', { id: technicianId, name: 'Theo Barnard', businessUnitId: desk.unitId, skills: ['cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }, desk.ownerId)
    const book = (ahead: number): string => {
      const appointment = desk.window(ahead)
      desk.office.must('job.book', desk.booking({ appointment }), desk.csrId)
      return String(appointment['id'])
    }
    const slot = (id: string) => desk.office.engine.row(appointmentTable, id)?.slot
    const resume = (id: string) => desk.office.must('appointment.changeState', { appointmentId: id, to: 'scheduled', reason: null }, desk.dispatcherId)
    for (const [ahead, again] of [[2, () => undefined], [3, (id: string) => desk.office.must('appointment.awaitParts', { ...order(), appointmentId: id, expectedAt: desk.office.now + DAY }, desk.dispatcherId)]] as const) {
      const first = book(ahead)
      desk.office.must('appointment.awaitParts', { ...order(), appointmentId: first, expectedAt: desk.office.now + 9 * DAY }, desk.dispatcherId)
      const second = book(ahead)
      expect([slot(first), slot(second)], String(ahead)).toEqual(['held', 'held'])
      again(first)
      resume(first)
      expect([slot(first), slot(second)], String(ahead)).toEqual(['lost', 'held'])
    }
  })

  it('goes on as any visit on hold where the parts are not needed any more', () => {
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    expect(come('parts-to-come', 'notNeeded')).toMatchObject({ kind: 'accepted' })
    expect(owed('visits-on-hold')).toBeDefined()
  })

  it('is owed once in a company that began before parts had queues of their own, and as a manager wrote it where one did', () => {
    const shipped = DEFAULT_QUEUES.find(({ key }) => key === 'visits-on-hold')
    const former = { ...shipped, condition: expr.is('state', 'hold'), name: 'Held' }
    desk.office.must('queue.save', former, desk.ownerId)
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    expect([owed('visits-on-hold'), owed('parts-to-come')].filter(Boolean)).toHaveLength(2)
    desk.office.must('queue.adopt', { queues: DEFAULT_QUEUES })
    expect(owed('visits-on-hold')).toBeUndefined()
    expect(owed('parts-to-come')).toBeDefined()
    expect(desk.office.engine.row(queueTable, queueId('visits-on-hold'))).toMatchObject({ name: 'Held', condition: shipped?.condition })
    desk.office.must('queue.save', { ...former, condition: expr.all(expr.is('state', 'hold'), expr.isNot('holdReason', 'Weather')) }, desk.ownerId)
    expect(desk.office.run('queue.adopt', { queues: DEFAULT_QUEUES })).toMatchObject({ changes: [] })
    expect(owed('visits-on-hold')).toBeDefined()
  })

  it('waits for no parts where the visit went on and is held for something else', () => {
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    to('scheduled')
    expect(owed('parts-to-come')).toBeUndefined()
    to('hold', 'Waiting for the customer')
    expect(owed('parts-to-come')).toBeUndefined()
    expect(owed('visits-on-hold')).toBeDefined()
  })

  it('changes the note where it is said again, and refuses a day that is over and a visit that is', () => {
    desk.office.must('appointment.awaitParts', order(), desk.dispatcherId)
    const expectedAt = desk.office.now + 6 * DAY
    desk.office.must('appointment.awaitParts', order({ from: 'Pell & Sons', expectedAt }), desk.dispatcherId)
    expect(owed('parts-to-come')?.dueAt).toBe(expectedAt)
    expect(desk.office.run('appointment.awaitParts', order({ expectedAt: desk.office.now }), desk.dispatcherId)).toMatchObject(refusedAs('parts.past'))
    to('canceled', 'Found another company')
    expect(owed('parts-to-come')).toBeUndefined()
    expect(desk.office.run('appointment.awaitParts', order(), desk.dispatcherId)).toMatchObject(refusedAs('dispatch.transition'))
  })

  it('asks why somebody had to come again before a second visit is closed out', () => {
    const restId = newId()
    desk.office.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 30 }, desk.dispatcherId)
    const doAll = (id: string, startsAt: number): void => {
      if (id === restId) desk.office.must('appointment.assign', { appointmentId: id, technicianId, startsAt, endsAt: startsAt + 30 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
      for (const state of ['dispatched', 'working', 'done']) desk.office.must('appointment.changeState', { appointmentId: id, to: state, reason: null }, desk.dispatcherId)
    }
    doAll(visit.id, visit.windowStartsAt)
    desk.office.must('appointment.closeOut', { appointmentId: visit.id, notes: 'Diagnosed', afterVisit: 'Come again with the motor' }, desk.dispatcherId)
    expect(now()).toMatchObject({ causeCode: null, afterVisit: 'Come again with the motor' })
    desk.office.now += HOUR
    doAll(restId, visit.windowStartsAt + HOUR)
    const debrief = { appointmentId: restId, notes: 'Motor in', equipment: 'Heat pump' }
    expect(desk.office.run('appointment.closeOut', debrief, desk.dispatcherId)).toMatchObject({ ...refusedAs('dispatch.cause'), refusal: { field: 'causeCode' } })
    desk.office.must('appointment.closeOut', { ...debrief, causeCode: 'Part was not on the van' }, desk.dispatcherId)
    expect(desk.office.engine.row(appointmentTable, restId)).toMatchObject({ causeCode: 'Part was not on the van', afterVisit: null })
  })

  it('promises a return trip as its work is approved: the time is taken, the job goes on, the customer is owed the confirmation', () => {
    const window = { windowDay: visit.windowDay, windowStart: visit.windowStart, windowEnd: visit.windowEnd, windowStartsAt: visit.windowStartsAt, windowEndsAt: visit.windowEndsAt }
    const trip = { appointmentId: visit.id, returnId: newId(), ...window, durationMinutes: 60, work: 'Replace the blower motor' }
    expect(desk.office.run('appointment.returnTrip', trip, desk.dispatcherId)).toMatchObject(refusedAs('dispatch.notBegun'))
    for (const state of ['dispatched', 'working', 'done']) to(state)
    desk.office.must('appointment.closeOut', { appointmentId: visit.id, notes: 'Diagnosed' }, desk.dispatcherId)
    expect(desk.office.engine.row(jobTable, visit.jobId)?.state).toBe('done')
    desk.office.must('appointment.returnTrip', trip, desk.dispatcherId)
    expect(desk.office.engine.row(appointmentTable, trip.returnId)).toMatchObject({ jobId: visit.jobId, state: 'scheduled', technicianId: null, confirmation: 'owed', durationMinutes: 60 })
    expect(desk.office.engine.row(jobTable, visit.jobId)?.state).toBe('open')
    expect(desk.office.engine.row(promiseTable, promiseId(queueId('jobs-to-assign'), trip.returnId))?.state).toBe('open')
    expect(desk.office.run('appointment.returnTrip', trip, desk.dispatcherId)).toMatchObject(refusedAs('dispatch.doubledVisit'))
    expect(desk.office.run('appointment.returnTrip', { ...trip, returnId: newId(), windowEnd: trip.windowStart }, desk.dispatcherId)).toMatchObject(refusedAs('dispatch.windowOrder'))
  })

  it('takes a visit of the job that nobody came to for none', () => {
    const second = { id: 'b', arrivedAt: 2 * HOUR, doneAt: 3 * HOUR }
    const first = { id: 'a', state: 'done', arrivedAt: 1, doneAt: HOUR } as const
    expect(isReturnTrip(second, [{ ...second, state: 'done' }, first])).toBe(true)
    expect(isReturnTrip(second, [{ ...first, state: 'canceled' }])).toBe(false)
    expect(isReturnTrip(second, [{ ...first, arrivedAt: null, doneAt: null, state: 'scheduled' }])).toBe(false)
    expect(isReturnTrip({ ...first }, [{ ...second, state: 'done' }])).toBe(false)
  })
})
