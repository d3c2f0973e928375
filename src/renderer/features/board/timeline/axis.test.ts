import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, HOUR, MINUTE } from '../../../../shared/base/time.ts'
import { instantOf } from '../../../../shared/base/zone.ts'
import { type Axis, fittingHourWidth, homeOf, HOUR_WIDTHS, instantAt, narrowestHour, ticksOf, wallClock, xOf, zoomed } from './axis.ts'

const CHICAGO = 'America/Chicago'
const axisFrom = (day: string, days = 1, zone = CHICAGO): Axis => {
  const dayStarts = Array.from({ length: days }, (_, index) => instantOf(addDays(day, index), 0, zone))
  return { startsAt: dayStarts[0] ?? 0, endsAt: instantOf(addDays(day, days), 0, zone), dayStarts, zone }
}
const labels = (axis: Axis, hourWidth: number): readonly string[] => ticksOf(axis, wallClock(axis.zone), hourWidth).map(({ label }) => label)

describe('the axis', () => {
  it('is 23 hours long when the clocks go forward, and 25 when they go back; every hour on the wall is there', () => {
    const spring = axisFrom('2026-03-08')
    expect((spring.endsAt - spring.startsAt) / HOUR).toBe(23)
    expect(labels(spring, 60).slice(0, 4)).toEqual(['12 AM', '1 AM', '3 AM', '4 AM'])
    const autumn = axisFrom('2026-11-01')
    expect((autumn.endsAt - autumn.startsAt) / HOUR).toBe(25)
    expect(labels(autumn, 60).slice(0, 4)).toEqual(['12 AM', '1 AM', '1 AM', '2 AM'])
    expect(labels(autumn, 60)).toHaveLength(25)
  })

  it('names fewer hours where they would touch, by what the wall shows, and the days of a week', () => {
    expect(labels(axisFrom('2026-03-08'), 20).slice(0, 4)).toEqual(['12 AM', '3 AM', '6 AM', '9 AM'])
    expect(labels(axisFrom('2026-07-13', 7), 5)).toEqual(['Mon, Jul 13', 'Tue, Jul 14', 'Wed, Jul 15', 'Thu, Jul 16', 'Fri, Jul 17', 'Sat, Jul 18', 'Sun, Jul 19'])
    expect(labels(axisFrom('2026-07-13', 2), 24).slice(0, 7)).toEqual(['Mon, Jul 13', '4 AM', '6 AM', '8 AM', '10 AM', '12 PM', '2 PM'])
  })

  it('shows 7 to 7 first, somewhat further where work reaches further, on days of a clock change too', () => {
    const axis = axisFrom('2026-03-08')
    const clock = wallClock(CHICAGO)
    const shown = (spans: readonly { readonly startsAt: number; readonly endsAt: number }[]): readonly string[] => {
      const { startsAt, endsAt } = homeOf(axis, clock, spans)
      return [clock.time(startsAt), clock.time(endsAt)]
    }
    const wall = (hour: number): number => instantOf('2026-03-08', hour * 60, CHICAGO)
    expect(shown([])).toEqual(['7:00 AM', '7:00 PM'])
    expect(shown([{ startsAt: wall(6), endsAt: wall(20) }])).toEqual(['6:00 AM', '8:00 PM'])
    // A night shift and a visit of thirty hours do not push the day aside.
    expect(shown([{ startsAt: wall(22), endsAt: axis.endsAt + 6 * HOUR }, { startsAt: wall(1), endsAt: wall(2) }])).toEqual(['5:00 AM', '7:00 PM'])
    expect(homeOf(axisFrom('2026-07-13', 7), clock, [])).toEqual({ startsAt: axisFrom('2026-07-13', 7).startsAt, endsAt: axisFrom('2026-07-13', 7).endsAt })
  })

  it('says times and spans as the wall of the zone shows them, over midnight too', () => {
    const clock = wallClock(CHICAGO)
    const wall = (day: string, hour: number): number => instantOf(day, hour * 60, CHICAGO)
    expect(clock.span(wall('2026-07-14', 13.25), wall('2026-07-14', 14.75))).toBe('1:15\u20132:45 PM')
    expect(clock.span(wall('2026-07-14', 22), wall('2026-07-15', 6))).toBe('10:00 PM\u20136:00 AM')
    expect(clock.span(wall('2026-07-14', 9), wall('2026-07-15', 15))).toBe('9:00 AM\u2013Wed 3:00 PM')
    expect(clock.time(instantOf('2026-03-08', 0, CHICAGO) + 2 * HOUR)).toBe('3:00 AM')
  })

  it('agrees with the zone everywhere, in any zone and on any day', () => {
    fc.assert(
      fc.property(fc.constantFrom(CHICAGO, 'America/Denver', 'America/Phoenix', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'), fc.integer({ min: 0, max: 730 }), fc.integer({ min: 0, max: 1439 }), (zone, later, minute) => {
        const at = instantOf(addDays('2026-01-01', later), minute, zone)
        const clock = wallClock(zone)
        expect(clock.minuteAt(at)).toBe(Math.floor((at - clock.zeroFor(at)) / MINUTE))
        // A minute the clocks skip is resolved to the one after the gap.
        expect([minute, minute + 30, minute + 60]).toContain(clock.minuteAt(at))
      }),
    )
  })

  it('turns instants into px and back without a loss', () => {
    const axis = axisFrom('2026-11-01', 7)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 * 25 * 60 }), fc.constantFrom(...HOUR_WIDTHS), (minute, hourWidth) => {
        const at = axis.startsAt + minute * MINUTE
        expect(instantAt(axis, hourWidth, xOf(axis, hourWidth, at))).toBeCloseTo(at, 3)
      }),
    )
  })

  it('zooms up and down a ladder with two ends, and fits a day or a week into what is there', () => {
    expect(zoomed(73, 1)).toBe(80)
    expect(zoomed(73, -1)).toBe(60)
    expect(zoomed(480, 1)).toBe(480)
    expect(zoomed(4, -1)).toBe(4)
    const day = { startsAt: 0, endsAt: 12 * HOUR }
    expect(fittingHourWidth(900, day, 1)).toBe(75)
    expect(fittingHourWidth(300, day, 1)).toBe(60)
    expect(fittingHourWidth(1680, { startsAt: 0, endsAt: 168 * HOUR }, 7)).toBe(10)
  })

  it('is never narrower than the board, nor wider by a hair where all of it is to be seen', () => {
    for (const [day, days] of [['2026-07-14', 1], ['2026-03-08', 1], ['2026-11-01', 1], ['2026-07-14', 7]] as const) {
      const axis = axisFrom(day, days)
      for (const width of [300, 911, 1773]) {
        const drawn = xOf(axis, narrowestHour(width, axis), axis.endsAt)
        expect(drawn).toBeLessThanOrEqual(width)
        expect(drawn).toBeGreaterThan(width - 2)
      }
    }
  })
})
