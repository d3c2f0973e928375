import { expect, it } from 'vitest'
import { HOUR } from './time.ts'
import { weeklySpans } from './weekly.ts'
import { wallTimeOf } from './zone.ts'

const ZONE = 'America/Chicago'

it('keeps the hour on the wall over a clock change, and nights whole', () => {
  const spans = weeklySpans({ day: '2026-10-27', until: '2026-11-10', start: 480, end: 540 }, ZONE)
  expect(spans?.map(({ startsAt }) => wallTimeOf(startsAt, ZONE))).toEqual(['2026-10-27', '2026-11-03', '2026-11-10'].map((day) => ({ day, minute: 480 })))
  const [night] = weeklySpans({ day: '2026-10-31', until: '2026-10-31', start: 1320, end: 1800 }, ZONE) ?? []
  // The clocks go back in it: eight hours on the wall are nine.
  expect((night?.endsAt ?? 0) - (night?.startsAt ?? 0)).toBe(9 * HOUR)
})

it('makes nothing of days that are none, turned round, or too many', () => {
  expect(weeklySpans({ day: '2026-13-01', until: '2026-13-01', start: 0, end: 60 }, ZONE)).toBeNull()
  expect(weeklySpans({ day: '2026-11-02', until: '2026-11-01', start: 0, end: 60 }, ZONE)).toBeNull()
  expect(weeklySpans({ day: '2026-11-02', until: '2028-11-01', start: 0, end: 60 }, ZONE)).toBeNull()
})
