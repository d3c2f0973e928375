import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../base/time.ts'
import { type AlertedTechnician, dayAlerts, DEFAULT_LATENESS, missesWindow, type PlannedVisit } from './lateness.ts'

const at = (hour: number): number => Date.UTC(2026, 6, 14) + hour * HOUR

const visit = (id: string, start: number, end: number, more: Partial<PlannedVisit> = {}): PlannedVisit => ({
  id,
  state: 'confirmed',
  technicianId: 'al',
  crewIds: [],
  startsAt: at(start),
  endsAt: at(end),
  windowStartsAt: at(Math.floor(start / 2) * 2),
  windowEndsAt: at(Math.floor(start / 2) * 2 + 2),
  overbooked: false,
  skills: [],
  ...more,
})

const technician: AlertedTechnician = { id: 'al', skills: ['cooling'], shifts: [{ startsAt: at(8), endsAt: at(17) }], onCall: [], blocks: [], active: true }
const kinds = (visits: readonly PlannedVisit[], now: number) => Object.fromEntries([...dayAlerts(visits, technician, now)].map(([id, alerts]) => [id, alerts.map(({ kind }) => kind)]))

describe('dayAlerts', () => {
  it('is silent about a day that goes well', () => {
    expect(kinds([visit('a', 8, 9.5, { state: 'done' }), visit('b', 10, 11, { state: 'working' }), visit('c', 12, 13)], at(10.5))).toEqual({})
  })

  it('passes an overrun on to the visits that will be late for it', () => {
    const visits = [visit('a', 8, 10, { state: 'working' }), visit('b', 10.5, 11.5), visit('c', 14, 15)]
    expect(kinds(visits, at(12.1))).toEqual({ a: ['overrun'], b: ['windowMissed'] })
    expect(dayAlerts([visits[0] as PlannedVisit, visit('b', 10.5, 12), visit('c', 12, 13.9), visit('d', 13.9, 15)], technician, at(11.5)).get('d')).toEqual([{ kind: 'atRisk', expectedAt: at(14.9) }])
  })

  it('gives a quarter hour of grace before it asks where the technician is', () => {
    expect(kinds([visit('a', 10, 11, { state: 'dispatched' })], at(10) + 14 * MINUTE)).toEqual({})
    expect(kinds([visit('a', 10, 11, { state: 'dispatched' })], at(10) + 15 * MINUTE)).toEqual({ a: ['notOnSite'] })
    expect(kinds([visit('a', 10, 11)], at(10.5))).toEqual({ a: ['notDispatched'] })
  })

  it('waits as long as the company wants before it tells', () => {
    const rules = { ...DEFAULT_LATENESS, overrunAfterMinutes: 20, overtimeAfterMinutes: 30, riskBeforeMinutes: 15 }
    const told = (visits: readonly PlannedVisit[], now: number) => [...dayAlerts(visits, technician, now, rules).values()].flatMap((alerts) => alerts.map(({ kind }) => kind))
    expect(told([visit('a', 8, 9, { state: 'working' })], at(9) + 20 * MINUTE)).toEqual([])
    expect(told([visit('a', 8, 9, { state: 'working' })], at(9) + 21 * MINUTE)).toEqual(['overrun'])
    expect(told([visit('a', 16, 17.5)], at(8))).toEqual([])
    expect(told([visit('a', 16, 17.75)], at(8))).toEqual(['overtime'])
    // Ten minutes of the window are left when they are expected; a plan that lies there from the start is nobody's alert.
    const behind = [visit('a', 8, 9.5, { state: 'working' }), visit('b', 9.6, 10.5)]
    expect(told(behind, at(9.8))).toEqual(['atRisk'])
    expect(told([visit('b', 9.9, 10.5)], at(8))).toEqual([])
  })

  it('says that a waiver is missing until somebody is at work', () => {
    expect(kinds([visit('a', 10, 11, { waiverMissing: true })], at(8))).toEqual({ a: ['waiverMissing'] })
    expect(kinds([visit('a', 10, 11, { waiverMissing: true, state: 'working' })], at(10))).toEqual({})
  })

  it('names missing skills, overtime, overbooking and a plan outside the window', () => {
    const accepted = visit('a', 16, 18, { skills: ['gas'], overbooked: true, windowStartsAt: at(12), windowEndsAt: at(14) })
    const other = visit('b', 17, 17.5, { windowStartsAt: at(16), windowEndsAt: at(19) })
    expect(kinds([accepted, other], at(8))).toMatchObject({ a: ['planMissesWindow', 'overbooked', 'skillMissing', 'overtime'] })
  })

  it('says overbooked as long as somebody is in two places, and no longer', () => {
    const accepted = visit('a', 10, 12, { overbooked: true })
    const other = visit('b', 11, 11.5)
    expect(kinds([accepted, other], at(8))).toEqual({ a: ['overbooked'] })
    expect(kinds([accepted], at(8))).toEqual({})
    expect(kinds([accepted, visit('b', 12, 13)], at(8))).toEqual({})
    expect(kinds([accepted, { ...other, state: 'canceled' }], at(8))).toEqual({})
    // Along with somebody else at that time, or at lunch.
    expect(kinds([accepted, { ...other, technicianId: 'tess', crewIds: ['al'] }], at(8))).toEqual({ a: ['overbooked'] })
    const lunch = { ...technician, blocks: [{ kind: 'lunch' as const, startsAt: at(11.5), endsAt: at(12) }] }
    expect(dayAlerts([accepted], lunch, at(8)).get('a')).toEqual([{ kind: 'overbooked' }])
  })

  it('counts on-call time as theirs, a shift through the night as one, and asks for the technician who is elsewhere or left', () => {
    const late = visit('a', 20, 22, { windowStartsAt: at(20), windowEndsAt: at(22) })
    const of = (more: Partial<AlertedTechnician>, one = late) => dayAlerts([one], { ...technician, ...more }, at(8)).get('a') ?? []
    expect(of({}).map(({ kind }) => kind)).toEqual(['overtime'])
    expect(of({ onCall: [{ startsAt: at(17), endsAt: at(32) }] })).toEqual([])
    expect(of({ shifts: [{ startsAt: at(18), endsAt: at(26) }] }, visit('a', 23, 26, { windowStartsAt: at(23), windowEndsAt: at(25) }))).toEqual([])
    expect(of({ blocks: [{ kind: 'training', startsAt: at(21), endsAt: at(23) }], onCall: [{ startsAt: at(17), endsAt: at(32) }] })).toEqual([{ kind: 'notThere', block: 'training', until: at(23) }])
    expect(of({ active: false, shifts: [] })).toEqual([{ kind: 'technicianLeft' }])
  })

  it('holds the very time that was promised against the plan, in place of the window', () => {
    const agreed = { promisedAt: at(15), windowStartsAt: at(8), windowEndsAt: at(10) }
    expect(kinds([visit('a', 15, 16, agreed)], at(14))).toEqual({})
    expect(kinds([visit('a', 9, 10, agreed)], at(8))).toEqual({ a: ['planMissesWindow'] })
    expect(kinds([visit('a', 15, 16, agreed)], at(15.5))).toEqual({ a: ['windowMissed'] })
  })

  it('leaves done, canceled and held visits alone', () => {
    expect(kinds([visit('a', 8, 9, { state: 'done' }), visit('b', 8, 9, { state: 'canceled' }), visit('c', 8, 9, { state: 'hold' })], at(15))).toEqual({})
  })
})

describe('missesWindow', () => {
  it('counts the start of the window in and its end out', () => {
    const window = { windowStartsAt: at(8), windowEndsAt: at(10) }
    expect([missesWindow(window, at(8)), missesWindow(window, at(10)), missesWindow(window, at(7.9))]).toEqual([false, true, true])
  })
})
