import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { bordersOf } from './borders.ts'
import { project } from './mercator.ts'

type Atlas = Parameters<typeof bordersOf>[0]

const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('us-atlas/counties-10m.json'), 'utf8')) as Atlas
const borders = bordersOf(atlas)

describe('the borders of the map', () => {
  test('every state and county has a name that stands in it', () => {
    expect(borders.stateNames.map(({ words }) => words)).toEqual(expect.arrayContaining(['Illinois', 'Texas', 'Hawaii', 'Puerto Rico']))
    expect(borders.countyNames.length).toBeGreaterThan(3100)
    const [cook] = borders.countyNames.filter(({ words, at }) => words === 'Cook' && Math.abs(at.x - project(0, -87_800_000).x) < 0.002)
    expect(cook?.at.y).toBeCloseTo(project(41_800_000, 0).y, 2)
  })

  test('a line lies in the box that it is looked for by', () => {
    for (const { points, left, right, top, bottom } of [...borders.states, ...borders.counties])
      for (const { x, y } of points) if (x < left || x > right || y < top || y > bottom) throw new Error(`${x}, ${y} is outside`)
  })

  test('no border is drawn twice', () => {
    const pieces = [...borders.states, ...borders.counties].flatMap(({ points }) => points.slice(1).map((point, index) => [points[index], point].map((end) => `${end?.x} ${end?.y}`).toSorted().join(' to ')))
    // A few islets of the source are lines there and back.
    expect(pieces.length - new Set(pieces).size).toBeLessThan(20)
  })
})
