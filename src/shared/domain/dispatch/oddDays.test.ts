import { describe, expect, it } from 'vitest'
import { DispatchDesk, refusedAs } from '../../../../tests/support/dispatchDesk.ts'
import { newId } from '../../base/id.ts'
import { HOUR, MINUTE } from '../../base/time.ts'
import { instantOf } from '../../base/zone.ts'
import { clockOf } from '../../base/zoneClock.ts'
import { alertStandings } from '../watch/alerts.ts'
import { loadDispatchDay, technicianDays, truthVisit } from '../watch/day.ts'
import { classify } from '../watch/truth.ts'
import { expectedArrivals, type ExpectedVisit } from './expected.ts'
import { type AlertedTechnician, dayAlerts, DEFAULT_LATENESS, type PlannedVisit } from './lateness.ts'
import { appointmentTable, datedShiftTable, technicianTimeTable } from './tables.ts'
import { type WorkFacts, workWithin } from './workTime.ts'

const CHICAGO = 'America/Chicago'
const message = (text: RegExp) => ({ kind: 'refused', refusal: { message: expect.stringMatching(text) as string } })

const NOTHING: WorkFacts = { companyZone: CHICAGO, clocks: [], lunch: null, dated: [], blocks: [], onCall: [] }

/** The shifts of a technician on a day, by the clock of a zone. */
function shiftsOn(day: string, weekday: number, start: number, end: number, zone = CHICAGO) {
  const { clock } = clockOf(zone, Date.parse(`${day}T00:00:00Z`))
  const span = { startsAt: instantOf(day, 0, zone), endsAt: instantOf(day, 1440, zone) }
  return workWithin({ id: 'theo', shifts: [{ weekday, start, end }], lunches: [], active: true }, NOTHING, clock, span).shifts
}

describe('days on which the clocks change', () => {
  it('keep the hours that the clock shows: a night is an hour shorter in March and an hour longer in November', () => {
    const hours = (day: string, weekday: number, start: number, end: number): readonly number[] => shiftsOn(day, weekday, start, end).map((shift) => (shift.endsAt - shift.startsAt) / HOUR)
    expect(hours('2027-03-14', 0, 420, 1140)).toEqual([12])
    expect(hours('2026-11-01', 0, 420, 1140)).toEqual([12])
    // From ten in the evening to six in the morning, begun the day before.
    expect(hours('2027-03-14', 6, 1320, 1800)).toEqual([7])
    expect(hours('2026-11-01', 6, 1320, 1800)).toEqual([9])
    expect(hours('2026-07-12', 6, 1320, 1800)).toEqual([8])
    expect(shiftsOn('2027-03-14', 0, 420, 1140)[0]?.startsAt).toBe(instantOf('2027-03-14', 420, CHICAGO))
  })
})

describe('a shift across midnight', () => {
  it('holds a visit after midnight without overtime, and belongs to the evening', () => {
    const desk = new DispatchDesk()
    const from = instantOf('2026-07-16', 1320, CHICAGO)
    desk.must('shift.set', { technicianId: desk.theo, day: '2026-07-16', spans: [{ startsAt: from, endsAt: from + 8 * HOUR }] })
    const visit = desk.book({ ahead: 2, windowStart: 1320, windowEnd: 1440 })
    const startsAt = instantOf('2026-07-17', 60, CHICAGO)
    desk.assign(visit, { startsAt, endsAt: startsAt + HOUR, acceptance: { acceptedBy: 'Dana', customer: 'told', words: 'At one in the night.' } })
    const today = desk.office.engine.run(loadDispatchDay('2026-07-16', instantOf('2026-07-16', 0, CHICAGO)))
    const theo = technicianDays(today).find(({ technician }) => technician.id === desk.theo)
    const { technicianId, endsAt } = desk.visit(visit.id)
    if (!theo || technicianId === null || endsAt === null) throw new Error('The visit has no technician')
    const planned: PlannedVisit = { ...desk.visit(visit.id), technicianId, startsAt, endsAt, crewIds: [], overbooked: false, skills: [] }
    expect([...dayAlerts([planned], { ...theo.technician, ...theo.work }, from)]).toEqual([])
    expect(classify(today.visits.map(truthVisit), [theo.truth], from)).toMatchObject([{ list: 'kept' }])
    // The morning after is not part of it.
    expect(desk.run('shift.clear', { technicianId: desk.theo, day: '2026-07-17' })).toMatchObject(refusedAs('dispatch.usualShift'))
  })
})

describe('two time zones', () => {
  it('each technician works, and eats, by the own clock', () => {
    const eight = (zone: string): number | undefined => shiftsOn('2026-07-15', 3, 480, 1020, zone)[0]?.startsAt
    expect((eight('America/Denver') ?? 0) - (eight(CHICAGO) ?? 0)).toBe(HOUR)
    const desk = new DispatchDesk()
    for (const zone of [CHICAGO, 'America/Denver']) desk.must('clock.learn', { clocks: [{ zone, changes: [...clockOf(zone, desk.office.now).clock], until: clockOf(zone, desk.office.now).until }] }, null)
    desk.saveTechnician(desk.lena, 'Lena Ruiz', { zone: 'America/Denver' })
    const visit = desk.book()
    desk.block(desk.lena, 'training', [{ startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + HOUR }])
    // Five in Chicago is four where she is.
    expect(desk.tryAssign(visit, { technicianId: desk.lena })).toMatchObject(message(/^Lena Ruiz is at training until 4:00 PM/))
  })
})

describe('visits of odd lengths', () => {
  it('are refused with what to do: nothing at all, and thirty hours, be it in two halves', () => {
    const desk = new DispatchDesk()
    const visit = desk.book()
    expect(desk.tryAssign(visit, { endsAt: visit.windowStartsAt })).toMatchObject(message(/at least five minutes/))
    expect(desk.run('job.book', desk.booking({ appointment: desk.window(1, { durationMinutes: 30 * 60 }) }), desk.csrId)).toMatchObject(message(/at most 24 hours/))
    const restId = newId()
    desk.assign(visit, { endsAt: visit.windowStartsAt + 24 * HOUR })
    desk.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 18 * 60 })
    desk.assign(visit, { endsAt: visit.windowStartsAt + 24 * HOUR })
    const join = { appointmentId: visit.id, restId, durationMinutes: 1440, overbookAccepted: true, expectedVersion: desk.visit(visit.id).version, restVersion: 1 }
    expect(desk.run('appointment.join', join)).toMatchObject(refusedAs('dispatch.tooLong'))
  })

  it('are put together again over other work only knowingly, and no return trip is swallowed', () => {
    const desk = new DispatchDesk()
    const [visit, other] = [desk.book(), desk.book()]
    desk.assign(visit)
    const restId = newId()
    desk.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 30 })
    desk.assign(other, { startsAt: visit.windowStartsAt + 30 * MINUTE, endsAt: visit.windowStartsAt + 60 * MINUTE })
    const join = { appointmentId: visit.id, restId, durationMinutes: 90, expectedVersion: desk.visit(visit.id).version, restVersion: 1 }
    expect(desk.run('appointment.join', { ...join, overbookAccepted: false })).toMatchObject(refusedAs('dispatch.doubleBooked'))
    desk.must('appointment.join', { ...join, overbookAccepted: true })
    expect(desk.assignments(visit.id)).toMatchObject([{ overbookAccepted: true }])

    for (const to of ['dispatched', 'working']) desk.must('appointment.changeState', { appointmentId: other.id, to, reason: null })
    const returnId = newId()
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = desk.window(3) as Record<string, unknown>
    desk.must('appointment.returnTrip', { appointmentId: other.id, returnId, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, durationMinutes: 60, work: 'Blower motor' })
    expect(desk.run('appointment.join', { appointmentId: other.id, restId: returnId, durationMinutes: 90, overbookAccepted: true, expectedVersion: desk.visit(other.id).version, restVersion: 1 })).toMatchObject(refusedAs('dispatch.restInUse'))
  })
})

describe('a board of nobody, and of two thousand', () => {
  const at = Date.UTC(2026, 6, 15, 15)
  const visit = (index: number, technicianId: string | null) => ({ ...PLAIN, id: `visit-${index}`, technicianId: technicianId ?? '', startsAt: at + HOUR, endsAt: at + 2 * HOUR })
  const PLAIN = { state: 'confirmed' as const, crewIds: [], windowStartsAt: at, windowEndsAt: at + 2 * HOUR, overbooked: false, skills: ['cooling'], promisedAt: null, priorityRank: 3, letDown: false }
  const technician = (index: number): AlertedTechnician => ({ id: `technician-${index}`, skills: ['cooling'], shifts: [{ startsAt: at, endsAt: at + 9 * HOUR }], onCall: [], blocks: [], active: true })

  it('has nothing to say of nobody, and every promise must move', () => {
    expect(alertStandings({ visits: [], technicians: [], seen: [], present: new Set() }, at, DEFAULT_LATENESS)).toEqual([])
    expect(classify([{ ...visit(1, null), technicianId: null, startsAt: null, endsAt: null }], [], at)).toMatchObject([{ list: 'mustMove', reason: 'noTechnician' }])
  })

  it('says each thing once of two thousand with two visits each', () => {
    const technicians = Array.from({ length: 2000 }, (_, index) => technician(index))
    const visits = technicians.flatMap(({ id }, index) => [visit(index, id), { ...visit(index + 2000, id), startsAt: at + 3 * HOUR, endsAt: at + 4 * HOUR }])
    const standings = alertStandings({ visits, technicians, seen: [], present: new Set() }, at, DEFAULT_LATENESS)
    expect(standings).toHaveLength(2000)
    expect(new Set(standings.map(({ alert }) => alert.kind))).toEqual(new Set(['planMissesWindow']))
    expect(classify(visits, technicians.map((one) => ({ ...one, shiftEndsAt: at + 9 * HOUR })), at).map(({ list }) => list).filter((list) => list === 'kept')).toHaveLength(2000)
  })
})

describe('a technician who left', () => {
  it('keeps nothing to themselves: the work is said to need somebody, and goes to who is here', () => {
    const desk = new DispatchDesk()
    const visit = desk.book()
    desk.assign(visit)
    desk.saveTechnician(desk.theo, 'Theo Barnard', { active: false })
    const today = desk.office.engine.run(loadDispatchDay(visit.windowDay, instantOf(visit.windowDay, 0, CHICAGO)))
    expect(classify(today.visits.map(truthVisit), technicianDays(today).map(({ truth }) => truth), visit.windowStartsAt - HOUR)).toMatchObject([{ list: 'mustMove', reason: 'technicianOff' }])
    expect(desk.tryAssign(visit, { startsAt: visit.windowStartsAt + 15 * MINUTE })).toMatchObject(refusedAs('dispatch.unknownTechnician'))
    expect(desk.tryAssign(visit, { technicianId: desk.lena })).toMatchObject({ kind: 'accepted' })
  })
})

describe('time off over booked visits', () => {
  const busy = (visits: number) => {
    const desk = new DispatchDesk()
    const booked = Array.from({ length: visits }, (_, index) => {
      const visit = desk.book()
      desk.assign(visit, { startsAt: visit.windowStartsAt + index * 15 * MINUTE, endsAt: visit.windowStartsAt + (index + 1) * 15 * MINUTE })
      return desk.visit(visit.id)
    })
    const [first] = booked
    if (!first) throw new Error('Nothing was booked')
    return { desk, booked, first }
  }

  it('names the visits before it is kept, and each needs somebody once it was accepted', () => {
    const { desk, first } = busy(2)
    const span = { startsAt: first.windowStartsAt, endsAt: first.windowStartsAt + 2 * HOUR }
    expect(desk.tryBlock(desk.theo, 'timeOff', [span])).toMatchObject(message(/^Theo Barnard is with Martin Okonjo, job \d+; with Martin Okonjo, job \d+ at that time/))
    expect(desk.rows(technicianTimeTable)).toEqual([])
    expect(desk.tryBlock(desk.theo, 'timeOff', [span], { overbookAccepted: true })).toMatchObject({ kind: 'accepted' })
    const planned = desk.rows(appointmentTable).flatMap((row): readonly PlannedVisit[] => (row.technicianId === null || row.startsAt === null || row.endsAt === null ? [] : [{ ...row, technicianId: row.technicianId, startsAt: row.startsAt, endsAt: row.endsAt, crewIds: [], overbooked: false, skills: [] }]))
    const theo: AlertedTechnician = { id: desk.theo, skills: [], shifts: [], onCall: [], blocks: [{ kind: 'timeOff', ...span }], active: true }
    expect([...dayAlerts(planned, theo, span.startsAt - HOUR).values()].flat().map(({ kind }) => kind)).toEqual(['atRisk', 'notThere', 'atRisk', 'notThere'])
  })

  it('is asked about as well where a shift or a day off leaves them outside the hours', () => {
    const { desk, first } = busy(5)
    const set = { technicianId: desk.theo, day: first.windowDay, spans: [] }
    expect(desk.run('shift.set', set)).toMatchObject(message(/^Theo Barnard has 5 visits outside these hours: Martin Okonjo, job \d+; Martin Okonjo, job \d+; Martin Okonjo, job \d+; and 2 more\. Give them to somebody else/))
    expect(desk.run('shift.set', { ...set, spans: [{ startsAt: first.windowStartsAt - HOUR, endsAt: first.windowEndsAt }] })).toMatchObject({ kind: 'accepted' })
    expect(desk.run('shift.set', { ...set, visitsAccepted: true })).toMatchObject({ kind: 'accepted' })
    expect(desk.rows(datedShiftTable)).toMatchObject([{ startsAt: null }])
  })

  it('is asked about where the usual hours come back and leave them outside', () => {
    const { desk, first } = busy(2)
    const { windowDay: day, windowStartsAt } = first
    const late = windowStartsAt + 6 * HOUR
    const clear = { technicianId: desk.theo, day }
    desk.must('shift.set', { ...clear, spans: [{ startsAt: windowStartsAt - HOUR, endsAt: late + 2 * HOUR }] })
    // By the week Theo works until 7 PM.
    desk.must('appointment.assign', { appointmentId: first.id, technicianId: desk.theo, startsAt: late - HOUR, endsAt: late + HOUR, overbookAccepted: true, acceptance: { acceptedBy: 'Dana Wray', customer: 'toCall' } })
    expect(desk.run('shift.clear', clear)).toMatchObject(message(/^Theo Barnard has a visit outside the usual hours: Martin Okonjo, job \d+\. Give it to somebody else, or set the hours all the same\./))
    expect(desk.rows(datedShiftTable)).toHaveLength(1)
    expect(desk.run('shift.clear', { ...clear, visitsAccepted: true })).toMatchObject({ kind: 'accepted' })
    expect(desk.rows(datedShiftTable)).toEqual([])
  })

  it('is not asked about where the usual hours hold them', () => {
    const { desk, first } = busy(2)
    desk.must('shift.set', { technicianId: desk.theo, day: first.windowDay, spans: [], visitsAccepted: true })
    expect(desk.run('shift.clear', { technicianId: desk.theo, day: first.windowDay })).toMatchObject({ kind: 'accepted' })
  })
})

describe('when somebody can be there', () => {
  const at = (hour: number): number => Date.UTC(2026, 6, 15) + hour * HOUR
  const visit = (id: string, start: number, end: number, more: Partial<ExpectedVisit> = {}): ExpectedVisit => ({ id, state: 'confirmed', startsAt: at(start), endsAt: at(end), overbooked: false, ...more })

  it('is after lunch where work ran into it, and as planned where lunch is over by then', () => {
    const lunch = [{ startsAt: at(12), endsAt: at(12.5) }]
    const day = [visit('first', 10, 11.5, { state: 'working' }), visit('next', 11.75, 13)]
    expect(expectedArrivals(day, lunch, at(12.2)).get('next')).toEqual({ expectedAt: at(12.5), behind: 'first', next: true })
    expect(expectedArrivals(day, lunch, at(12.7)).get('next')?.expectedAt).toBe(at(12.7))
    expect(expectedArrivals([visit('over it', 12, 13, { overbooked: true })], lunch, at(8)).get('over it')?.expectedAt).toBe(at(12))
  })
})
