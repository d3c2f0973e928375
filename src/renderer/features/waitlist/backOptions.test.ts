import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../shared/base/zone.ts'
import { spokenDue } from '../callPaths/due.ts'
import { backOptions, nextCall } from './backOptions.ts'

const ZONE = 'America/Chicago'
const office = (minute: number) => ({ now: instantOf('2026-07-14', minute, ZONE), zone: ZONE, opensAt: 7 * 60, closesAt: 17 * 60 })
const words = (minute: number): readonly string[] => backOptions(office(minute)).map(({ label, at }) => `${label}, ${spokenDue(at, office(minute))}`)

describe('when somebody on the wait list is called', () => {
  it('is in two hours, on the quarter, while the office is open then', () => {
    expect(words(10 * 60 + 24)).toEqual(['In two hours, by 12:30 PM', 'Later today, by 5:00 PM', 'Tomorrow morning, tomorrow by 8:00 AM', 'Tomorrow noon, tomorrow by 12:00 PM'])
  })

  it('is in the first hour before the office opens', () => {
    expect(spokenDue(nextCall(office(3 * 60)), office(3 * 60))).toBe('by 8:00 AM')
  })

  it('is by closing where two hours are too long, and tomorrow where the day is nearly over', () => {
    expect(words(15 * 60 + 30)[0]).toBe('Later today, by 5:00 PM')
    for (const minute of [16 * 60 + 30, 17 * 60, 23 * 60]) expect(words(minute)[0]).toBe('Tomorrow morning, tomorrow by 8:00 AM')
  })

  it('is never later than the office closes nor sooner than it opens, at whatever minute it is asked', () => {
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      for (const { at } of backOptions(office(minute))) {
        const days = [0, 1].map((after) => [instantOf(after === 0 ? '2026-07-14' : '2026-07-15', 7 * 60, ZONE), instantOf(after === 0 ? '2026-07-14' : '2026-07-15', 17 * 60, ZONE)] as const)
        expect(days.some(([opens, closes]) => at > opens && at <= closes)).toBe(true)
        expect(at).toBeGreaterThan(office(minute).now)
      }
    }
  })
})
