import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantShown, shownAt } from './clock.ts'
import { addDays, DAY } from './time.ts'
import { instantOf, wallTimeOf } from './zone.ts'
import { clockOf } from './zoneClock.ts'

const AROUND = Date.UTC(2026, 6, 14)

it('says of every minute and every instant what the tables of the zone say, nights of clock changes included', () => {
  const zone = fc.constantFrom('America/Chicago', 'America/New_York', 'America/Phoenix', 'America/Los_Angeles', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata')
  const day = fc.oneof(fc.integer({ min: -300, max: 3000 }).map((days) => addDays('2026-07-14', days)), fc.constantFrom('2026-11-01', '2027-03-14', '2027-11-07', '2026-10-25', '2027-03-28', '2026-10-04'))
  fc.assert(
    fc.property(zone, day, fc.integer({ min: 0, max: 2879 }), (name, on, minute) => {
      const { clock } = clockOf(name, AROUND)
      const at = instantShown(clock, on, minute)
      expect(at).toBe(instantOf(on, minute, name))
      expect(shownAt(clock, at)).toEqual(wallTimeOf(at, name))
    }),
    { numRuns: 2000 },
  )
})

it('is written down for years', () => {
  const { clock, until } = clockOf('America/Chicago', AROUND)
  expect(until).toBeGreaterThan(AROUND + 4000 * DAY)
  expect(clock.length).toBeGreaterThan(24)
  expect(clockOf('America/Phoenix', AROUND).clock).toHaveLength(1)
})
