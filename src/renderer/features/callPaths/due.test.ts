import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../shared/base/zone.ts'
import { bySameDay, spokenDue, theDayAfter } from './due.ts'

const ZONE = 'America/Chicago'
const office = (day: string, minute: number) => ({ now: instantOf(day, minute, ZONE), zone: ZONE, opensAt: 7 * 60, closesAt: 17 * 60 })

describe('what is promised on the telephone', () => {
  it('is promised for the end of the day', () => {
    const morning = office('2026-07-14', 9 * 60)
    expect(spokenDue(bySameDay(morning), morning)).toBe('by 5:00 PM')
  })

  it('is promised for the next noon where the day is nearly over', () => {
    for (const minute of [16 * 60 + 1, 17 * 60, 23 * 60]) {
      const late = office('2026-07-14', minute)
      expect(spokenDue(bySameDay(late), late)).toBe('tomorrow by 12:00 PM')
    }
  })

  it('is followed up by the end of the day after', () => {
    const late = office('2026-07-14', 16 * 60 + 1)
    expect(spokenDue(theDayAfter(bySameDay(late), late), office('2026-07-15', 9 * 60))).toBe('tomorrow by 5:00 PM')
  })

  it('keeps its wall time over a night in which the clocks change', () => {
    const eve = office('2026-10-31', 20 * 60)
    expect(spokenDue(bySameDay(eve), eve)).toBe('tomorrow by 12:00 PM')
  })
})
