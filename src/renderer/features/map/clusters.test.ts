import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clustersOf } from './clusters.ts'
import { worldWidth } from './mercator.ts'

const RADIUS = 26
const point = fc.record({ x: fc.double({ min: 0.24, max: 0.25, noNaN: true }), y: fc.double({ min: 0.36, max: 0.37, noNaN: true }) })
const points = fc.array(point, { maxLength: 120 })
const zoom = fc.integer({ min: 6, max: 36 }).map((halves) => halves / 2)

describe('marks that would lie over one another', () => {
  it('become one, and each place is in just one of them', () => {
    fc.assert(
      fc.property(points, zoom, (list, near) => {
        const members = clustersOf(list, near, RADIUS).flatMap((cluster) => cluster.members)
        expect(members.toSorted((left, right) => left - right)).toEqual(list.map((_, index) => index))
      }),
    )
  })

  it('stand at least their own width apart, and hold only what is nearer than that', () => {
    fc.assert(
      fc.property(points, zoom, (list, near) => {
        const clusters = clustersOf(list, near, RADIUS)
        const apart = (left: { x: number; y: number }, right: { x: number; y: number }): number => Math.hypot(left.x - right.x, left.y - right.y) * worldWidth(near)
        clusters.forEach(({ at, members }, index) => {
          for (const other of clusters.slice(index + 1)) expect(apart(at, other.at)).toBeGreaterThanOrEqual(RADIUS)
          for (const member of members) expect(apart(at, list[member] ?? at)).toBeLessThan(RADIUS)
        })
      }),
    )
  })

  it('stay where they are when others come behind them', () => {
    fc.assert(
      fc.property(points, points, zoom, (list, more, near) => {
        const before = clustersOf(list, near, RADIUS)
        const after = clustersOf([...list, ...more], near, RADIUS)
        expect(after.slice(0, before.length).map(({ at }) => at)).toEqual(before.map(({ at }) => at))
      }),
    )
  })

  it('do not follow from where on the world one looks', () => {
    const here = { x: 0.25, y: 0.37 }
    expect(clustersOf([here, here, { x: 0.26, y: 0.37 }], 10, RADIUS).map(({ members }) => members)).toEqual([[0, 1], [2]])
  })
})
