import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVERYTHING, fitted, fromScreen, isOnScreen, kept, MAX_LATITUDE, MAX_ZOOM, MIN_ZOOM, panned, project, resized, scaleBar, toScreen, unproject, zoomedAt } from './mercator.ts'

const latitude = fc.integer({ min: -85_000_000, max: 85_000_000 })
const longitude = fc.integer({ min: -180_000_000, max: 180_000_000 })
const place = fc.record({ latitude, longitude }).map((at) => project(at.latitude, at.longitude))
const zoom = fc.integer({ min: MIN_ZOOM * 2, max: MAX_ZOOM * 2 }).map((halves) => halves / 2)
const view = fc.record({ x: fc.double({ min: 0.2, max: 0.8, noNaN: true }), y: fc.double({ min: 0.2, max: 0.8, noNaN: true }), zoom })
const extent = fc.record({ width: fc.integer({ min: 300, max: 3000 }), height: fc.integer({ min: 300, max: 2000 }) })
const pixel = fc.record({ x: fc.integer({ min: 0, max: 3000 }), y: fc.integer({ min: 0, max: 2000 }) })

describe('the projection', () => {
  it('has the published values', () => {
    expect(project(0, 0)).toEqual({ x: 0.5, y: 0.5 })
    expect(project(0, -180_000_000).x).toBe(0)
    // The northern edge of the square world.
    expect(project(MAX_LATITUDE * 1e6, 0).y).toBeCloseTo(0, 7)
    expect(project(89_000_000, 0).y).toBeCloseTo(0, 7)
    // Chicago, 41.85° N 87.65° W, lies in tile 1050/1522 at zoom 12.
    const chicago = project(41_850_000, -87_650_000)
    expect([Math.floor(chicago.x * 4096), Math.floor(chicago.y * 4096)]).toEqual([1050, 1522])
  })

  it('comes back to where it went from', () => {
    fc.assert(
      fc.property(latitude, longitude, (north, east) => {
        const back = unproject(project(north, east))
        expect(Math.abs(back.latitude - north)).toBeLessThan(0.01)
        expect(Math.abs(back.longitude - east)).toBeLessThan(0.01)
      }),
    )
  })

  it('puts a place on the screen and takes it from there', () => {
    fc.assert(
      fc.property(place, view, extent, (at, from, size) => {
        const back = fromScreen(toScreen(at, from, size), from, size)
        expect(back.x).toBeCloseTo(at.x, 9)
        expect(back.y).toBeCloseTo(at.y, 9)
      }),
    )
  })
})

describe('the view', () => {
  it('stays on the world whatever is done to it', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e6, max: 1e6 }), (from, right, down) => {
        const to = panned(from, right, down)
        expect(to).toEqual(kept(to))
      }),
    )
  })

  it('keeps what lies under the pointer there while zooming', () => {
    fc.assert(
      fc.property(view, extent, pixel, fc.constantFrom(-0.5, 0.5, 1), (from, size, anchor, by) => {
        fc.pre(from.zoom >= 6)
        const under = fromScreen(anchor, from, size)
        fc.pre(under.x > 0.01 && under.x < 0.99 && under.y > 0.01 && under.y < 0.99)
        const to = zoomedAt(from, by, anchor, size)
        const still = toScreen(under, to, size)
        expect(still.x).toBeCloseTo(anchor.x, 3)
        expect(still.y).toBeCloseTo(anchor.y, 3)
      }),
    )
  })

  it('shows everything that is to be fitted, and something where there is nothing', () => {
    expect(fitted([], { width: 800, height: 600 })).toBe(EVERYTHING)
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), extent, (points, size) => {
        const to = fitted(points, size)
        // From the farthest zoom the world itself may be wider than the screen.
        fc.pre(to.zoom > MIN_ZOOM)
        for (const point of points) expect(isOnScreen(point, to, size)).toBe(true)
      }),
    )
  })

  it('leaves everything in its place when its piece of screen grows or shrinks at the right and below', () => {
    fc.assert(
      fc.property(place, view, extent, extent, (at, from, size, next) => {
        fc.pre(from.zoom >= 6)
        const [before, after] = [toScreen(at, from, size), toScreen(at, resized(from, size, next), next)]
        expect(after.x).toBeCloseTo(before.x, 3)
        expect(after.y).toBeCloseTo(before.y, 3)
      }),
    )
  })

  it('has a scale bar of a round length that fits', () => {
    fc.assert(
      fc.property(view, (from) => {
        const { miles, width } = scaleBar(from, 120)
        expect(miles).toBeGreaterThan(0)
        expect(width).toBeLessThanOrEqual(120)
      }),
    )
  })
})
