import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { drivesOf, type Place, placeOf, type Stop, straightLine } from './travel.ts'

const place = (latitude: number, longitude: number): Place => ({ latitude: latitude * 1_000_000, longitude: longitude * 1_000_000 })

const [home, first, second] = [place(41.8, -87.6), place(41.9, -87.6), place(41.9, -87.7)]

const stop = (visitId: string, hour: number, where: Place | null): Stop => ({ visitId, startsAt: hour * HOUR, endsAt: (hour + 1) * HOUR, place: where })

describe('drives', () => {
  it('are the straight line times 1.3 at the speed, there and back alike', () => {
    const travel = straightLine(45)
    // A tenth of a degree of latitude is 11.12 km: 14.46 km of road, 19.3 minutes.
    expect(travel.minutesBetween(home, first)).toBe(19)
    expect(travel.minutesBetween(first, home)).toBe(19)
    expect(straightLine(90).minutesBetween(home, first)).toBe(10)
  })

  it('end as the visit begins: from home first and after a long break, else from the stop before', () => {
    const travel = { minutesBetween: (from: Place) => (from === home ? 20 : 10) }
    expect(drivesOf([stop('a', 8, first), stop('b', 10, second), stop('c', 17, first)], home, travel)).toEqual([
      { fromVisitId: null, toVisitId: 'a', startsAt: 8 * HOUR - 20 * MINUTE, endsAt: 8 * HOUR, minutes: 20 },
      { fromVisitId: 'a', toVisitId: 'b', startsAt: 10 * HOUR - 10 * MINUTE, endsAt: 10 * HOUR, minutes: 10 },
      { fromVisitId: null, toVisitId: 'c', startsAt: 17 * HOUR - 20 * MINUTE, endsAt: 17 * HOUR, minutes: 20 },
    ])
  })

  it('are none from or to a place that is not on the map', () => {
    const travel = { minutesBetween: () => 10 }
    expect(placeOf(1, null)).toBeNull()
    expect(drivesOf([stop('a', 8, null), stop('b', 10, second), stop('c', 12, first)], null, travel).map(({ toVisitId }) => toVisitId)).toEqual(['c'])
  })
})
