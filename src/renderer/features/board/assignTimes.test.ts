import { describe, expect, it } from 'vitest'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { assignDay, endDayWords, standingStart, typedEnd, typedInstant, usualStart } from './assignTimes.ts'

const ZONE = 'America/Chicago'
const at = (day: string, hour: number): number => instantOf(day, hour * 60, ZONE)
const NOW = at('2026-07-14', 10.1)
const promised = (windowDay: string, startsAt: number | null = null) => ({ windowDay, windowStart: 8 * 60, startsAt })
const shown = (instant: number | undefined) => (instant === undefined ? undefined : `${wallTimeOf(instant, ZONE).day} ${wallTimeOf(instant, ZONE).minute / 60}`)

describe('the day a visit is assigned on', () => {
  it('is the one of its plan, else the promised one, and never one that is over', () => {
    expect(assignDay(promised('2026-07-13'), ZONE, NOW)).toBe('2026-07-14')
    expect(assignDay(promised('2026-07-16'), ZONE, NOW)).toBe('2026-07-16')
    expect(assignDay(promised('2026-07-13', at('2026-07-14', 9)), ZONE, NOW)).toBe('2026-07-14')
    expect(assignDay(promised('2026-07-14', at('2026-07-17', 9)), ZONE, NOW)).toBe('2026-07-17')
    expect(assignDay(promised('2026-07-13', at('2026-07-13', 9)), ZONE, NOW)).toBe('2026-07-14')
    // Half past eleven in the evening is another day in UTC.
    expect(assignDay(promised('2026-07-14'), ZONE, at('2026-07-14', 23.5))).toBe('2026-07-14')
  })

  it('has the start of the plan only where the plan is of that day', () => {
    expect(standingStart(promised('2026-07-13', at('2026-07-14', 9)), '2026-07-14', ZONE)).toBe(at('2026-07-14', 9))
    expect(standingStart(promised('2026-07-13', at('2026-07-13', 9)), '2026-07-14', ZONE)).toBeUndefined()
    expect(standingStart(promised('2026-07-13'), '2026-07-14', ZONE)).toBeUndefined()
  })
})

describe('the start where nobody is free', () => {
  it('is the window\u2019s, on the day it is assigned on, and nothing that is over', () => {
    expect(shown(usualStart(promised('2026-07-16'), '2026-07-16', ZONE, NOW))).toBe('2026-07-16 8')
    expect(shown(usualStart(promised('2026-07-14'), '2026-07-17', ZONE, NOW))).toBe('2026-07-17 8')
    expect(shown(usualStart(promised('2026-07-13'), '2026-07-14', ZONE, NOW))).toBe('2026-07-14 10.25')
  })
})

describe('typed times', () => {
  it('are of that day, to the five minutes', () => {
    expect(shown(typedInstant('2:13 PM', '2026-07-14', ZONE))).toBe('2026-07-14 14.25')
    expect(typedInstant('soon', '2026-07-14', ZONE)).toBeUndefined()
  })

  it('end on the next day where the hour is not after the start, at most a day later', () => {
    expect(shown(typedEnd('3 PM', at('2026-07-14', 14), ZONE))).toBe('2026-07-14 15')
    expect(shown(typedEnd('1 AM', at('2026-07-14', 22), ZONE))).toBe('2026-07-15 1')
    expect(shown(typedEnd('2 PM', at('2026-07-14', 14), ZONE))).toBe('2026-07-15 14')
    expect(typedEnd('late', at('2026-07-14', 14), ZONE)).toBeUndefined()
    // From an autumn noon to the next there are 25 hours.
    expect(typedEnd('8 PM', at('2026-10-31', 20), ZONE)).toBeUndefined()
  })

  it('say the day on which they end where it is another', () => {
    expect(endDayWords(at('2026-07-14', 22), at('2026-07-15', 1), ZONE)).toBe('Wed, Jul 15')
    expect(endDayWords(at('2026-07-14', 22), at('2026-07-15', 0), ZONE)).toBe('')
  })
})
