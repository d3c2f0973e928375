import { expect, it } from 'vitest'
import { addDays, MINUTE } from '../base/time.ts'
import { instantOf, wallTimeOf } from '../base/zone.ts'
import { contactBy } from './contactBy.ts'

const hours = { zone: 'America/Chicago', opensAt: 7 * 60, closesAt: 17 * 60 }
// A Friday.
const FRIDAY = '2026-07-17'
const said = (day: string, minute: number, minutes: number) => {
  const { day: on, minute: at } = wallTimeOf(contactBy(instantOf(day, minute, hours.zone), minutes, hours), hours.zone)
  return [on, at]
}

it('counts minutes in which the office is open', () => {
  expect(said(FRIDAY, 10 * 60, 5)).toEqual([FRIDAY, 10 * 60 + 5])
  expect(said(FRIDAY, 3 * 60, 5)).toEqual([FRIDAY, 7 * 60 + 5])
  expect(said(FRIDAY, 16 * 60, 240)).toEqual([addDays(FRIDAY, 1), 10 * 60])
  expect(said(FRIDAY, 20 * 60, 5)).toEqual([addDays(FRIDAY, 1), 7 * 60 + 5])
})

it('passes over Sunday', () => {
  expect(said(addDays(FRIDAY, 1), 17 * 60, 5)).toEqual([addDays(FRIDAY, 3), 7 * 60 + 5])
})

it('is never before it came, and never missing, whatever the hours are', () => {
  const at = instantOf(FRIDAY, 600, hours.zone)
  expect(contactBy(at, 5, { ...hours, opensAt: 0, closesAt: 0 })).toBe(at + 5 * MINUTE)
  for (let minute = 0; minute < 1440; minute += 13) expect(contactBy(instantOf(FRIDAY, minute, hours.zone), 5, hours)).toBeGreaterThan(instantOf(FRIDAY, minute, hours.zone))
})
