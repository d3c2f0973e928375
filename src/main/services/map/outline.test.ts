import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outlineOf, withoutStrays } from './outline.ts'

const place = fc.record({ latitude: fc.integer({ min: -60, max: 60 }), longitude: fc.integer({ min: -60, max: 60 }) })
type Place = { readonly latitude: number; readonly longitude: number }

const side = (from: Place, to: Place, of: Place): number => (to.longitude - from.longitude) * (of.latitude - from.latitude) - (to.latitude - from.latitude) * (of.longitude - from.longitude)

describe('an outline', () => {
  it('has every place inside or on it, turns left at each corner, and is made of places', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 40 }), (places) => {
        const outline = outlineOf(places)
        fc.pre(outline.length > 2)
        outline.forEach((from, index) => {
          const to = outline[(index + 1) % outline.length] ?? from
          const next = outline[(index + 2) % outline.length] ?? from
          expect(side(from, to, next)).toBeGreaterThan(0)
          for (const each of places) expect(side(from, to, each)).toBeGreaterThanOrEqual(0)
        })
        for (const corner of outline) expect(places).toContainEqual(corner)
      }),
    )
  })

  it('of few places, or of some in a row, is what there is', () => {
    const [one, two] = [{ latitude: 1, longitude: 1 }, { latitude: 5, longitude: 5 }]
    expect(outlineOf([])).toEqual([])
    expect(outlineOf([one, one])).toEqual([one])
    expect(outlineOf([two, { latitude: 3, longitude: 3 }, one])).toEqual([one, two])
  })

  it('does not reach across the county for one that was put there wrongly', () => {
    const town = Array.from({ length: 30 }, (_, index) => ({ latitude: 44_000_000 + index * 700, longitude: -93_000_000 + (index % 7) * 900 }))
    const stray = { latitude: 41_000_000, longitude: -87_000_000 }
    expect(withoutStrays([...town, stray])).toEqual(town)
    expect(withoutStrays(town)).toEqual(town)
    expect(withoutStrays([stray])).toEqual([stray])
  })
})
