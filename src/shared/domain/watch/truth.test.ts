import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { HOUR, MINUTE } from '../../base/time.ts'
import { instantOf } from '../../base/zone.ts'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { type Standing, standingOf } from '../dispatch/standing.ts'
import { APPOINTMENT_STATES, type Appointment, appointmentTable, assignmentTable } from '../dispatch/tables.ts'
import { rowsSeen } from '../kernel/clockWord.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { DISPATCH_QUEUES } from '../promises/dispatchQueues.ts'
import { promiseTable, type Promised } from '../promises/tables.ts'
import { leftOver } from './leftOver.ts'
import { truthHourTable } from './tables.ts'
import { classify, isRemaining, REGARDS, TRUTH_LISTS, type TruthTechnician, type TruthVisit } from './truth.ts'

const DAY = Date.UTC(2026, 6, 14)
const at = (hour: number): number => DAY + hour * HOUR

const visit = (more: Partial<TruthVisit> = {}): TruthVisit => ({
  id: newId(),
  state: 'confirmed',
  technicianId: 'al',
  crewIds: [],
  promisedAt: null,
  startsAt: at(15),
  endsAt: at(16),
  windowStartsAt: at(14),
  windowEndsAt: at(16),
  overbooked: false,
  skills: [],
  priorityRank: 3,
  letDown: false,
  ...more,
})

const AL: TruthTechnician = { id: 'al', active: true, skills: [], shiftEndsAt: at(17), blocks: [] }

const listOf = (visits: readonly TruthVisit[], now: number, technician: TruthTechnician = AL) => classify(visits, [technician], now).map(({ list, reason }) => `${list} ${reason}`)

describe('the three lists', () => {
  it('say what is kept, what is at risk and what must move', () => {
    expect(listOf([visit()], at(14))).toEqual(['kept inTime'])
    expect(listOf([visit()], at(16.2))).toEqual(['atRisk afterWindow'])
    expect(listOf([visit({ startsAt: at(16.5), endsAt: at(17.5), windowEndsAt: at(18) })], at(14))).toEqual(['atRisk runsIntoOvertime'])
    expect(listOf([visit({ startsAt: at(13), windowStartsAt: at(14) })], at(12))).toEqual(['atRisk outsideWindow'])
    // Agreed with the customer outside the window: that time is the promise, with the grace of every alert.
    const agreed = { startsAt: at(13), endsAt: at(14), promisedAt: at(13) }
    expect([12, 13.2, 13.3].map((hour) => listOf([visit(agreed)], at(hour))[0])).toEqual(['kept inTime', 'kept inTime', 'atRisk afterWindow'])
    expect(listOf([visit({ ...agreed, startsAt: at(12.5) })], at(12))).toEqual(['atRisk outsideWindow'])
    expect(listOf([visit()], at(17.1))).toEqual(['mustMove afterShift'])
    expect(listOf([visit({ technicianId: null, startsAt: null, endsAt: null })], at(14))).toEqual(['mustMove noTechnician'])
    expect(listOf([visit({ skills: ['gas'] })], at(14))).toEqual(['mustMove notSkilled'])
    expect(listOf([visit({ state: 'hold' })], at(14))).toEqual(['mustMove onHold'])
    expect(listOf([visit()], at(14), { ...AL, shiftEndsAt: null })).toEqual(['mustMove technicianOff'])
    expect(listOf([visit()], at(14), { ...AL, active: false })).toEqual(['mustMove technicianOff'])
  })

  it('carry work that runs over on to what comes after it', () => {
    const working = visit({ state: 'working', startsAt: at(12), endsAt: at(14) })
    expect(listOf([working, visit()], at(15.9))).toEqual(['kept inTime'])
    expect(listOf([working, visit()], at(16.1))).toEqual(['atRisk afterWindow'])
  })

  it('hold every remaining visit in exactly one list, whom we must love on top', () => {
    const anyVisit = fc.record({
      id: fc.uuid(),
      state: fc.constantFrom(...APPOINTMENT_STATES),
      technicianId: fc.constantFrom('al', 'tess', 'gone', null),
      crewIds: fc.subarray(['al', 'tess']),
      promisedAt: fc.option(fc.integer({ min: 7, max: 18 }).map(at)),
      start: fc.integer({ min: 6, max: 20 }),
      length: fc.integer({ min: 0, max: 30 }),
      window: fc.integer({ min: 7, max: 18 }),
      overbooked: fc.boolean(),
      skills: fc.subarray(['gas', 'drains']),
      priorityRank: fc.integer({ min: 1, max: 5 }),
      letDown: fc.boolean(),
    })
    const technicians: readonly TruthTechnician[] = [AL, { id: 'tess', active: true, skills: ['gas'], shiftEndsAt: at(19), blocks: [{ startsAt: at(12), endsAt: at(12.5) }] }]
    fc.assert(
      fc.property(fc.uniqueArray(anyVisit, { selector: ({ id }) => id, maxLength: 30 }), fc.integer({ min: 8, max: 22 }), (drawn, hour) => {
        const visits = drawn.map(({ start, length, window, ...rest }): TruthVisit => ({
          ...rest,
          startsAt: rest.technicianId === null ? null : at(start),
          endsAt: rest.technicianId === null ? null : at(start + length),
          windowStartsAt: at(window),
          windowEndsAt: at(window + 2),
        }))
        const standings = classify(visits, technicians, at(hour))
        expect(standings.map(({ visitId }) => visitId).sort()).toEqual(visits.filter(isRemaining).map(({ id }) => id).sort())
        const places = standings.map(({ list, regard }) => TRUTH_LISTS.indexOf(list) * REGARDS.length + REGARDS.indexOf(regard))
        expect(places).toEqual([...places].sort((left, right) => left - right))
      }),
    )
  })
})

const ZONE = 'America/Chicago'

/** What is planned outside its window here was agreed with the customer. */
const AGREED = { acceptedBy: 'Dana Wray', customer: 'told', words: 'At another time, as she asked.' }

/** A day with visits in a company whose queues are there. */
class TruthDay {
  readonly desk = new FrontDesk()
  readonly technicianId = newId()
  readonly day = '2026-07-15'
  readonly zeroAt = instantOf('2026-07-15', 0, ZONE)

  constructor(visits: number) {
    const { desk } = this
    for (const queue of DISPATCH_QUEUES) desk.office.must('queue.save', { roleField: null, escalateRole: null, ...queue }, desk.ownerId)
    const shifts = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 420, end: 1140 }))
    desk.office.must('technician.save', { id: this.technicianId, name: 'Al', businessUnitId: desk.unitId, skills: ['cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }, desk.ownerId)
    for (let index = 0; index < visits; index++) desk.office.must('job.book', desk.booking(), desk.csrId)
  }

  rows(): readonly Appointment[] {
    return this.desk.office.engine.rows(appointmentTable)
  }

  row(index: number): Appointment {
    const row = this.rows()[index]
    if (!row) throw new Error('There is no such visit')
    return row
  }

  plan(index: number, startMinute: number, length = 60, technicianId = this.technicianId): void {
    const startsAt = this.zeroAt + startMinute * MINUTE
    this.desk.office.must('appointment.assign', { appointmentId: this.row(index).id, technicianId, startsAt, endsAt: startsAt + length * MINUTE, overbookAccepted: true, acceptance: AGREED }, this.desk.dispatcherId)
  }

  clock(minute: number): void {
    this.desk.office.now = this.zeroAt + minute * MINUTE
  }

  say(name: string): string {
    return this.desk.office.run(name, { day: this.day, zeroAt: this.zeroAt, at: this.desk.office.now }).kind
  }

  settle(index: number, how: unknown, said = '') {
    return this.desk.office.run('truthHour.settle', { appointmentId: this.row(index).id, zeroAt: this.zeroAt, how, said }, this.desk.dispatcherId)
  }

  open(key: string): readonly Promised[] {
    return this.desk.office.engine.rows(promiseTable).filter((promise) => promise.queueId === queueId(key) && promise.state === 'open')
  }
}

describe('the hour', () => {
  it('opens a promise for every remaining visit once, and ends when each is settled', () => {
    const day = new TruthDay(4)
    // Promised 4 to 6 PM: kept, too late by another's work, nobody's, done already.
    day.plan(0, 16 * 60)
    day.plan(1, 17 * 60, 90)
    day.plan(3, 9 * 60)
    for (const to of ['dispatched', 'working', 'done']) day.desk.office.must('appointment.changeState', { appointmentId: day.row(3).id, to, reason: null }, day.desk.dispatcherId)
    day.clock(14 * 60)
    day.say('truthHour.begin')
    day.say('truthHour.begin')
    expect(day.open('truth-hour')).toHaveLength(3)
    expect(day.desk.office.engine.rows(truthHourTable)).toMatchObject([{ day: day.day, visits: 3 }])

    expect(day.settle(0, { kind: 'standsBy' }).kind).toBe('accepted')
    expect(day.settle(0, { kind: 'standsBy' })).toMatchObject({ refusal: { code: 'truthHour.settled' } })
    expect(day.settle(1, { kind: 'told', expectedAt: day.zeroAt + 18 * HOUR }, '')).toMatchObject({ refusal: { code: 'truthHour.said' } })
    expect(day.settle(1, { kind: 'told', expectedAt: day.zeroAt + 18 * HOUR }, 'Fine with her').kind).toBe('accepted')
    expect(day.row(1)).toMatchObject({ updateCall: 'told', expectedAt: day.zeroAt + 18 * HOUR })
    expect(day.settle(2, { kind: 'standsBy' })).toMatchObject({ refusal: { code: 'truthHour.mustMove' } })
    day.desk.office.must('appointment.reschedule', { appointmentId: day.row(2).id, windowDay: '2026-07-16', windowStart: 480, windowEnd: 600, windowStartsAt: instantOf('2026-07-16', 480, ZONE), windowEndsAt: instantOf('2026-07-16', 600, ZONE), reason: 'Nobody left today' }, day.desk.dispatcherId)
    expect(day.open('truth-hour')).toEqual([])
  })

  it('is over with its day: what a technician had and never did is asked after until it is done, moved, canceled or planned again', () => {
    const day = new TruthDay(5)
    const { office, dispatcherId } = day.desk
    for (const index of [0, 1, 2, 3]) day.plan(index, (16 + index) * 60, 60)
    for (const to of ['dispatched', 'working']) office.must('appointment.changeState', { appointmentId: day.row(1).id, to, reason: null }, dispatcherId)
    day.clock(14 * 60)
    day.say('truthHour.begin')
    const left = () => day.open('left-over').map(({ subjectId }) => day.rows().findIndex(({ id }) => id === subjectId)).sort()
    const next = { day: '2026-07-16', zeroAt: instantOf('2026-07-16', 0, ZONE) }
    const look = (today = next) => {
      const changes = leftOver(day.rows(), today)
      return office.run('dispatch.leaveOver', { ...today, at: office.now, saw: rowsSeen(changes) })
    }
    day.clock(23 * 60)
    expect(look({ day: day.day, zeroAt: day.zeroAt })).toMatchObject({ changes: [] })
    day.clock(18 * 60 + 5)
    day.say('dispatch.lookAround')
    expect(day.open('next-in-line').length).toBeGreaterThan(0)
    day.clock(24 * 60 + 5)
    // What somebody has changed since it was seen is looked at again.
    const saw = rowsSeen(leftOver(day.rows(), next))
    office.must('appointment.unassign', { appointmentId: day.row(3).id, acceptance: AGREED }, dispatcherId)
    expect(office.run('dispatch.leaveOver', { ...next, at: office.now, saw }, undefined, 'hub').kind).toBe('accepted')
    expect([day.open('truth-hour').length, left()]).toEqual([1, [0, 1, 2]])
    look()
    // Nobody has the fourth and the fifth: those wait to be assigned, on a list of their own.
    expect([day.open('truth-hour'), left(), day.open('jobs-to-assign').length]).toEqual([[], [0, 1, 2], 2])
    // Nobody is called today about a time of yesterday.
    expect(day.open('next-in-line')).toEqual([])
    expect(look()).toMatchObject({ changes: [] })

    office.must('appointment.changeState', { appointmentId: day.row(0).id, to: 'canceled', reason: 'So' }, dispatcherId)
    office.must('appointment.changeState', { appointmentId: day.row(1).id, to: 'done', reason: null }, dispatcherId)
    expect(left()).toEqual([2])
    day.plan(2, 24 * 60 + 600)
    look()
    expect(left()).toEqual([])
    day.clock(48 * 60 + 5)
    look({ day: '2026-07-17', zeroAt: instantOf('2026-07-17', 0, ZONE) })
    expect(left()).toEqual([2])
    office.must('appointment.reschedule', { appointmentId: day.row(2).id, windowDay: '2026-07-18', windowStart: 480, windowEnd: 600, windowStartsAt: instantOf('2026-07-18', 480, ZONE), windowEndsAt: instantOf('2026-07-18', 600, ZONE), reason: 'So' }, dispatcherId)
    expect(left()).toEqual([])
  })

  it('is left for good by whoever has somebody at the door, and looks again where a wrong click is mended', () => {
    const day = new TruthDay(3)
    const { office, dispatcherId } = day.desk
    const go = (index: number, to: string) => office.must('appointment.changeState', { appointmentId: day.row(index).id, to, reason: 'Waiting for parts' }, dispatcherId)
    const open = () => day.open('truth-hour').map(({ subjectId }) => day.rows().findIndex(({ id }) => id === subjectId)).sort()
    for (const index of [0, 1, 2]) day.plan(index, (10 + 3 * index) * 60)
    // Held for parts since somebody was there in the morning: of no hour.
    for (const to of ['dispatched', 'working', 'hold']) go(0, to)
    // Nobody was there: it is on hold, and its promise is open.
    go(2, 'hold')
    day.clock(14 * 60)
    day.say('truthHour.begin')
    expect(open()).toEqual([1, 2])
    for (const to of ['dispatched', 'working']) go(1, to)
    expect(open()).toEqual([2])
    go(1, 'hold')
    expect(open()).toEqual([2])
    for (const to of ['dispatched', 'hold']) go(1, to)
    expect(open()).toEqual([2])

    const undo = (standing: Standing) => office.must('appointment.putBack', { appointmentId: day.row(2).id, standing, expectedVersion: day.row(2).version }, dispatcherId)
    const standing = (): Standing => standingOf(day.row(2), office.engine.rows(assignmentTable).filter(({ appointmentId }) => appointmentId === day.row(2).id))
    const held = standing()
    go(2, 'working')
    expect(open()).toEqual([])
    undo(held)
    expect(open()).toEqual([2])
    go(2, 'working')
    const working = standing()
    go(2, 'dispatched')
    expect(open()).toEqual([2])
    undo(working)
    expect(open()).toEqual([])
    go(2, 'done')
    expect(open()).toEqual([])
    expect(day.rows().some(({ truthState }) => truthState === 'open')).toBe(false)
  })

  it('stands by nothing that will be late', () => {
    const day = new TruthDay(1)
    day.plan(0, 17 * 60 + 30)
    day.clock(14 * 60)
    day.say('truthHour.begin')
    day.clock(18 * 60 + 5)
    expect(day.settle(0, { kind: 'standsBy' })).toMatchObject({ refusal: { code: 'truthHour.late' } })
  })

  it('is not begun by a clock that is hours off, nor on a day without visits', () => {
    const day = new TruthDay(1)
    day.clock(14 * 60)
    const { office } = day.desk
    expect(office.run('truthHour.begin', { day: day.day, zeroAt: day.zeroAt, at: office.now - 3 * HOUR }).kind).toBe('accepted')
    expect(office.run('truthHour.begin', { day: '2026-07-20', zeroAt: instantOf('2026-07-20', 0, ZONE), at: office.now }).kind).toBe('accepted')
    expect(day.open('truth-hour')).toEqual([])
  })

  it('ends at zero whatever the day looks like, one action for each list', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ planned: fc.boolean(), start: fc.integer({ min: 14 * 12, max: 22 * 12 }), hold: fc.boolean() }), { minLength: 1, maxLength: 6 }), (drawn) => {
        const day = new TruthDay(drawn.length)
        const { office, dispatcherId } = day.desk
        drawn.forEach(({ planned, start, hold }, index) => {
          if (planned) day.plan(index, start * 5)
          if (hold) office.must('appointment.changeState', { appointmentId: day.row(index).id, to: 'hold', reason: 'Waiting for parts' }, dispatcherId)
        })
        day.clock(14 * 60)
        day.say('truthHour.begin')
        expect(day.open('truth-hour')).toHaveLength(drawn.length)
        drawn.forEach((_drawn, index) => {
          const stood = day.settle(index, { kind: 'standsBy' })
          if (stood.kind === 'accepted') return
          const told = day.settle(index, { kind: 'told', expectedAt: office.now + 4 * HOUR }, 'Agreed')
          if (told.kind === 'accepted') return
          office.must('appointment.reschedule', { appointmentId: day.row(index).id, windowDay: '2026-07-16', windowStart: 480, windowEnd: 600, windowStartsAt: instantOf('2026-07-16', 480, ZONE), windowEndsAt: instantOf('2026-07-16', 600, ZONE), reason: 'Moved' }, dispatcherId)
        })
        expect(day.open('truth-hour')).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

describe('calls to the next in line', () => {
  /** Al is at work since 2 PM for what was planned until 4; two wait for 4 to 6 PM. */
  const overrun = (): TruthDay => {
    const day = new TruthDay(3)
    day.plan(0, 14 * 60, 120)
    day.plan(1, 16 * 60, 60)
    day.plan(2, 17 * 60, 60)
    day.clock(14 * 60)
    for (const to of ['dispatched', 'working']) day.desk.office.must('appointment.changeState', { appointmentId: day.row(0).id, to, reason: null }, day.desk.dispatcherId)
    return day
  }
  const owed = (day: TruthDay) => day.open('next-in-line').map(({ subjectId }) => day.rows().findIndex(({ id }) => id === subjectId)).sort()

  it('are owed to the next customer once we are late, and to those whose window will pass', () => {
    const day = overrun()
    day.clock(16 * 60 + 10)
    day.say('dispatch.lookAround')
    expect(owed(day)).toEqual([])
    day.clock(16 * 60 + 20)
    day.say('dispatch.lookAround')
    expect(owed(day)).toEqual([1])
    expect(day.row(1).expectedAt).toBe(day.zeroAt + (16 * 60 + 35) * MINUTE)
    day.clock(17 * 60 + 5)
    day.say('dispatch.lookAround')
    expect(owed(day)).toEqual([1, 2])
  })

  it('are made by one key with what was said, and owed again when it becomes later still', () => {
    const day = overrun()
    day.clock(16 * 60 + 20)
    day.say('dispatch.lookAround')
    const [promise] = day.open('next-in-line')
    const told = (note: string) => day.desk.office.run('promise.recordOutcome', { promiseId: promise?.id, outcomeKey: 'told', note }, day.desk.dispatcherId)
    expect(told('')).toMatchObject({ refusal: { code: 'promise.note' } })
    expect(told('Half past four is fine').kind).toBe('accepted')
    expect(day.row(1)).toMatchObject({ updateCall: 'told', toldAt: day.desk.office.now })
    day.clock(16 * 60 + 30)
    day.say('dispatch.lookAround')
    expect(owed(day)).toEqual([])
    day.clock(16 * 60 + 50)
    day.say('dispatch.lookAround')
    expect(owed(day)).toEqual([1])
  })

  it('end by themselves: another technician, another time, somebody at the door, work done early', () => {
    const ways: readonly ((day: TruthDay) => void)[] = [
      (day) => {
        const other = newId()
        day.desk.office.must('technician.save', { id: other, name: 'Tess', businessUnitId: day.desk.unitId, skills: ['cooling'], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 1, active: true }, day.desk.ownerId)
        day.plan(1, 16 * 60, 60, other)
      },
      (day) => day.plan(1, 17 * 60 + 30, 60),
      (day) => {
        for (const to of ['dispatched', 'working']) day.desk.office.must('appointment.changeState', { appointmentId: day.row(1).id, to, reason: null }, day.desk.dispatcherId)
      },
    ]
    for (const way of ways) {
      const day = overrun()
      day.clock(16 * 60 + 20)
      day.say('dispatch.lookAround')
      expect(owed(day)).toEqual([1])
      way(day)
      expect(owed(day)).toEqual([])
    }
    // And once nothing runs over any more, the next look takes the call back.
    const day = overrun()
    day.clock(16 * 60 + 20)
    day.say('dispatch.lookAround')
    day.desk.office.must('appointment.changeState', { appointmentId: day.row(0).id, to: 'done', reason: null }, day.desk.dispatcherId)
    day.clock(16 * 60 + 21)
    day.say('dispatch.lookAround')
    expect(owed(day)).toEqual([])
    expect(day.row(1)).toMatchObject({ updateCall: null, expectedAt: null })
  })
})
