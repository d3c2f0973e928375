import { expect, it } from 'vitest'
import { chosenWindow, isForNoEmergency, isWished, windowForWish } from './wishedWindow.ts'

const window = (day: string, from: number, to: number, available = true) => ({ day, start: from * 60, end: to * 60, available })
const windows = [window('2026-07-14', 14, 16), window('2026-07-15', 10, 12), window('2026-07-15', 8, 10), window('2026-07-15', 12, 14, false), window('2026-07-16', 8, 10)]
const wish = (day: string, from: number, to: number) => ({ day, start: from * 60, end: to * 60 })

it('is the earliest of those that lie within their hours', () => {
  expect(windowForWish([wish('2026-07-15', 8, 12)], windows)).toEqual(window('2026-07-15', 8, 10))
  expect(windowForWish([wish('2026-07-15', 9, 12)], windows)).toEqual(window('2026-07-15', 10, 12))
})

it('is never a full one, and the next time they asked for where the first has none', () => {
  expect(windowForWish([wish('2026-07-15', 12, 14), wish('2026-07-16', 8, 17)], windows)).toEqual(window('2026-07-16', 8, 10))
  expect(windowForWish([wish('2026-07-15', 12, 14)], windows)).toBeUndefined()
  expect(windowForWish([wish('2026-08-15', 8, 14)], windows)).toBeUndefined()
})

it('takes a day without hours, or with hours that end before they begin, for the whole day', () => {
  expect(windowForWish([wish('2026-07-16', 12, 8)], windows)).toEqual(window('2026-07-16', 8, 10))
  expect(isWished([wish('2026-07-16', 0, 0)], window('2026-07-16', 8, 10))).toBe(true)
  expect(isWished([wish('2026-07-16', 10, 12)], window('2026-07-16', 8, 10))).toBe(false)
})

it('is full without a reason only for an emergency, today, while the day has slots for them', () => {
  const room = { emergency: true, today: '2026-07-14', slotsLeft: 1 }
  const taken = (day: string, more: Partial<typeof room> = {}) =>
    chosenWindow({ ...window(day, 14, 16, false), startsAt: 0, endsAt: 1, zone: 'America/Chicago', fullness: 100, summary: 'Full', technicians: [], whyNot: [] }, { ...room, ...more })
  expect(taken('2026-07-14').full).toBe('emergency')
  expect(taken('2026-07-15').full).toBe('asked')
  expect(taken('2026-07-14', { slotsLeft: 0 }).full).toBe('asked')
  expect(taken('2026-07-14', { emergency: false }).full).toBe('asked')
})

it('asks for the reason once the emergency is taken back, whoever has its slot by then', () => {
  const full = { day: '2026-07-14', start: 840, end: 960, startsAt: 0, endsAt: 1, zone: 'America/Chicago', technicianName: null }
  expect(isForNoEmergency({ ...full, full: 'emergency' }, { emergency: true, today: '2026-07-14' })).toBe(false)
  expect(isForNoEmergency({ ...full, full: 'emergency' }, { emergency: false, today: '2026-07-14' })).toBe(true)
  expect(isForNoEmergency({ ...full, full: 'emergency' }, { emergency: true, today: '2026-07-13' })).toBe(true)
  expect(isForNoEmergency({ ...full, full: 'asked' }, { emergency: false, today: '2026-07-14' })).toBe(false)
  expect(isForNoEmergency(full, { emergency: false, today: '2026-07-14' })).toBe(false)
})
