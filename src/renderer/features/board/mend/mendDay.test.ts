import { describe, expect, it } from 'vitest'
import { DAY } from '../../../../shared/base/time.ts'
import { at, day, visit, ZERO } from '../boardFixtures.ts'
import { meantDay, mendDaysOf } from './mendDay.ts'

const tomorrow = (id: string, technicianId: string | null) => visit(id, technicianId, 33, 34)
const shown = day([visit('today', 'theo', 9, 10), tomorrow('tomorrow', 'lena')], {
  dayStarts: [ZERO, ZERO + DAY],
  endsAt: ZERO + 2 * DAY,
  unassigned: [visit('waits', null, 10, 11), tomorrow('waits tomorrow', null), visit('forgotten', null, -14, -13), visit('next week', null, 200, 201)],
})
const names = (visits: readonly { readonly id: string }[] | undefined) => visits?.map(({ id }) => id)

describe('the day that is mended', () => {
  it('has only what waits for it, be it that the board lists what waits of every day', () => {
    const [first, second] = mendDaysOf(shown)
    expect([names(first?.waiting), names(second?.waiting)]).toEqual([['waits'], ['waits tomorrow']])
    expect([names(first?.running), names(second?.running)]).toEqual([['today'], ['tomorrow']])
    expect([names(first?.comingIn), names(second?.comingIn)]).toEqual([['waits', 'forgotten'], ['waits', 'waits tomorrow', 'forgotten']])
  })

  it('is the one of what the person stands on, else today, else the first', () => {
    const days = mendDaysOf(shown)
    const meant = (standsAt: number | null, now: number) => meantDay(days, standsAt, now)?.day
    expect(meant(at(33), at(9))).toBe('2026-07-15')
    expect(meant(null, at(30))).toBe('2026-07-15')
    expect(meant(at(200), at(30))).toBe('2026-07-15')
    expect(meant(null, at(-30))).toBe('2026-07-14')
  })
})
