import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../shared/base/time.ts'
import { dueParts, formatDue, formatRelative } from './Due.tsx'

const noon = Date.UTC(2026, 6, 14, 17, 0)

test.each([
  [0, 4],
  [14, 4],
  [16, 3],
  [31, 2],
  [46, 1],
  [60, 1],
])('an hour allowed, %i minutes gone: %i pips', (gone, pips) => {
  expect(dueParts(noon + HOUR, noon, noon + gone * MINUTE)).toEqual({ tone: pips === 1 ? 'soon' : 'ok', pips })
})

test('past the due time it is late', () => {
  expect(dueParts(noon, noon - HOUR, noon + 1)).toEqual({ tone: 'late', pips: 0 })
})

test('the absolute time: a clock today, a weekday this week, a day beyond', () => {
  const zone = 'America/Chicago'
  expect(formatDue(noon + 110 * MINUTE, noon, zone)).toBe('1:50 PM')
  expect(formatDue(noon + 24 * HOUR, noon, zone)).toBe('Wed, Jul 15')
  expect(formatDue(noon + 17 * 24 * HOUR, noon, zone)).toBe('Jul 31')
})

test('the relative time, for the one in hand', () => {
  expect(formatRelative(noon + 8 * MINUTE, noon)).toBe('in 8 min')
  expect(formatRelative(noon - 6 * MINUTE, noon)).toBe('6 min over')
  expect(formatRelative(noon + 3 * HOUR, noon)).toBe('in 3 h')
  expect(formatRelative(noon - 72 * HOUR, noon)).toBe('3 days over')
})
