import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../base/time.ts'
import { opensNext } from './hours.ts'
import { recordingKeptUntil } from './retention.ts'
import { type Answerer, ringFirst, ringsAt } from './routing.ts'
import { afterEntering, type Entered, type Standing, standingAt } from './status.ts'
import { type LineHours, WORK_STATUSES } from './tables.ts'

const SKILLS = ['Sales', 'Spanish'] as const
const person = fc.record({
  userId: fc.uuid(),
  roles: fc.subarray(['inboundCsr', 'leadCoordinator', 'dispatcher'] as const),
  skills: fc.subarray([...SKILLS]),
  free: fc.boolean(),
})
const line = fc.option(fc.record({ skills: fc.subarray([...SKILLS]), roles: fc.subarray(['leadCoordinator'] as const) }), { nil: undefined })

const csr = (userId: string, more: Partial<Answerer> = {}): Answerer => ({ userId, roles: ['inboundCsr'], skills: [], free: true, ...more })

describe('whom a ring goes to first', () => {
  it('is somebody from the first moment, and everybody in the end, whatever the line asks for', () => {
    fc.assert(
      fc.property(line, fc.array(person, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 200_000 }), (wishes, present, seconds, later) => {
        const first = ringFirst(wishes, present, seconds)
        const seeing = (rungMs: number): number => present.filter(({ userId }) => ringsAt(first, userId, rungMs)).length
        expect(seeing(0)).toBeGreaterThan(0)
        expect(seeing(later)).toBeGreaterThanOrEqual(seeing(0))
        expect(seeing(seconds * 1000)).toBe(present.length)
      }),
    )
  })

  it('never is somebody who is busy while somebody is free', () => {
    fc.assert(
      fc.property(line, fc.array(person, { minLength: 1, maxLength: 8 }), (wishes, present) => {
        const first = ringFirst(wishes, present, 10)
        if (first === null) return
        const free = new Set(present.filter((one) => one.free).map(({ userId }) => userId))
        expect(first.userIds.every((userId) => free.has(userId))).toBe(true)
      }),
    )
  })

  it('is the lead coordinator on the line for estimates, and the others while she is at lunch', () => {
    const sales = { skills: ['Sales'], roles: [] }
    const lena = csr('lena', { skills: ['Sales'] })
    expect(ringFirst(sales, [lena, csr('kim'), csr('rosa')], 12)).toEqual({ userIds: ['lena'], untilMs: 12_000 })
    expect(ringFirst(sales, [{ ...lena, free: false }, csr('kim'), csr('rosa')], 12)).toEqual({ userIds: ['kim', 'rosa'], untilMs: 12_000 })
    expect(ringFirst(sales, [{ ...lena, free: false }, csr('kim', { free: false })], 12)).toBeNull()
    expect(ringFirst(undefined, [lena, csr('kim')], 12)).toBeNull()
  })
})

const entered = fc.record({
  status: fc.constantFrom(...WORK_STATUSES),
  at: fc.integer({ min: 0, max: 1000 }),
  callId: fc.option(fc.constantFrom('one', 'two'), { nil: null }),
  until: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: null }),
})

const follow = (steps: readonly Entered[]): Standing | undefined => steps.reduce<Standing | undefined>((now, step) => afterEntering(now, step) ?? now, undefined)

describe('the status of a person', () => {
  it('never goes back in time, and is a wrap-up only of a call', () => {
    fc.assert(
      fc.property(fc.array(entered, { maxLength: 12 }), (steps) => {
        let since = 0
        let now: Standing | undefined
        for (const step of steps) {
          const next = afterEntering(now, step)
          if (next) {
            expect(next.since).toBeGreaterThanOrEqual(since)
            if (next.status !== 'wrapUp') expect(next.callId).toBeNull()
            since = next.since
            now = next
          }
        }
      }),
    )
  })

  it('is what a person has said, whatever the telephone says afterwards', () => {
    fc.assert(
      fc.property(fc.constantFrom('lunch', 'break', 'meeting', 'gone'), fc.array(fc.record({ status: fc.constantFrom('wrapUp', 'available'), callId: fc.constantFrom('one', 'two') }), { maxLength: 8 }), (status, calls) => {
        const steps = calls.map((call, index): Entered => ({ ...call, at: 10 + index, until: 500 }))
        expect(follow([{ status, at: 5, callId: null, until: null }, ...steps])?.status).toBe(status)
      }),
    )
  })

  it('wraps up until the call is concluded, the next one ends, or the time is over', () => {
    const wrapsUp = follow([{ status: 'wrapUp', at: 10, callId: 'one', until: 100 }])
    expect(standingAt(wrapsUp, 99)).toMatchObject({ status: 'wrapUp' })
    expect(standingAt(wrapsUp, 100)).toMatchObject({ status: 'available', since: 100 })
    expect(afterEntering(wrapsUp, { status: 'available', at: 50, callId: 'two', until: null })).toBeNull()
    expect(afterEntering(wrapsUp, { status: 'available', at: 50, callId: 'one', until: null })).toEqual({ status: 'available', since: 50, callId: null, until: null })
    expect(afterEntering(wrapsUp, { status: 'wrapUp', at: 60, callId: 'two', until: 160 })).toMatchObject({ callId: 'two', until: 160 })
    expect(standingAt(undefined, 5)).toMatchObject({ status: 'available' })
  })

  it('lets a person end their own wrap-up, and go to lunch in the middle of it', () => {
    const wrapsUp = follow([{ status: 'wrapUp', at: 10, callId: 'one', until: 100 }])
    expect(afterEntering(wrapsUp, { status: 'available', at: 20, callId: null, until: null })).toMatchObject({ status: 'available' })
    expect(afterEntering(wrapsUp, { status: 'lunch', at: 20, callId: null, until: null })).toMatchObject({ status: 'lunch' })
  })
})

describe('when a line opens', () => {
  const office = { opensAt: 7 * 60, closesAt: 18 * 60 }
  const weekdays: readonly LineHours[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opensAt: 8 * 60, closesAt: 17 * 60 }))

  it('is now in its hours, later today before them, and on the next open day after them', () => {
    expect(opensNext({ weekday: 2, minute: 9 * 60 }, weekdays, office)).toBeNull()
    expect(opensNext({ weekday: 2, minute: 5 * 60 }, weekdays, office)).toEqual({ inDays: 0, minute: 480 })
    expect(opensNext({ weekday: 2, minute: 17 * 60 }, weekdays, office)).toEqual({ inDays: 1, minute: 480 })
    expect(opensNext({ weekday: 5, minute: 20 * 60 }, weekdays, office)).toEqual({ inDays: 3, minute: 480 })
    expect(opensNext({ weekday: 0, minute: 12 * 60 }, [{ weekday: 0, opensAt: 60, closesAt: 120 }], office)).toEqual({ inDays: 7, minute: 60 })
  })

  it('is as the office opens where the line has no hours of its own', () => {
    expect(opensNext({ weekday: 6, minute: 17 * 60 + 59 }, [], office)).toBeNull()
    expect(opensNext({ weekday: 6, minute: 18 * 60 }, [], office)).toEqual({ inDays: 1, minute: 420 })
  })
})

describe('how long a recording is kept', () => {
  const rules = { recordingDays: 90 }
  it('is the line\u2019s days, and never shorter than a complaint runs', () => {
    expect(recordingKeptUntil(0, { recordingDays: 10 }, rules, [])).toBe(10 * DAY)
    expect(recordingKeptUntil(0, { recordingDays: null }, rules, [])).toBe(90 * DAY)
    expect(recordingKeptUntil(0, undefined, rules, [])).toBe(90 * DAY)
    expect(recordingKeptUntil(0, { recordingDays: 10 }, rules, [{ state: 'open', settledAt: null }])).toBeNull()
    expect(recordingKeptUntil(0, { recordingDays: 10 }, rules, [{ state: 'done', settledAt: 20 * DAY }])).toBe(50 * DAY)
  })
})
