import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inSight, reuse, rowAt, rowsInSight, rowTops, SMALL_ROWS, stretchInSight } from './windowing.ts'

const rows = fc.array(fc.constantFrom({ kind: 'technician' as const }, { kind: 'group' as const }), { minLength: 1, maxLength: 300 })

describe('the rows in sight', () => {
  it('are found by their distance from the first, the nearest beyond the ends', () => {
    const tops = rowTops([{ kind: 'group' }, { kind: 'technician' }, { kind: 'technician' }, { kind: 'group' }, { kind: 'technician' }], SMALL_ROWS)
    expect(tops).toEqual([0, 16, 44, 72, 88, 116])
    expect([-5, 0, 15, 16, 60, 90, 999].map((y) => rowAt(tops, y))).toEqual([0, 0, 0, 1, 2, 4, 4])
    expect(rowsInSight(tops, 44, 20, 0)).toEqual({ from: 2, to: 3 })
    expect(rowsInSight([0], 0, 500, 2)).toEqual({ from: 0, to: 0 })
  })

  it('are all those of which anything is seen, however the board is scrolled, and few besides', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 1, max: 1500 }), fc.integer({ min: 0, max: 4 }), (models, scrollTop, height, beyond) => {
        const tops = rowTops(models, SMALL_ROWS)
        const { from, to } = rowsInSight(tops, scrollTop, height, beyond)
        models.forEach((_, index) => {
          const seen = (tops[index] ?? 0) < scrollTop + height && (tops[index + 1] ?? 0) > scrollTop
          if (seen) expect(index >= from && index < to).toBe(true)
        })
        expect(to - from).toBeLessThanOrEqual(Math.ceil(height / SMALL_ROWS.group) + 2 + 2 * beyond)
      }),
    )
  })
})

describe('the stretch in sight', () => {
  it('covers what is shown, stays the same within a step, and is never more than two steps wider', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 1, max: 2600 }), fc.constantFrom(48, 96, 240), (scrollLeft, width, step) => {
        const stretch = stretchInSight(scrollLeft, width, step)
        expect(stretch.from).toBeLessThanOrEqual(scrollLeft)
        expect(stretch.to).toBeGreaterThanOrEqual(scrollLeft + width)
        expect(stretch.to - stretch.from).toBeLessThanOrEqual(width + 3 * step)
      }),
    )
    expect(stretchInSight(110, 500, 96)).toEqual(stretchInSight(120, 500, 96))
  })

  it('has in it what begins before it and ends after it, and what has no length', () => {
    const stretch = { from: 100, to: 200 }
    expect(inSight(stretch, 0, 5000)).toBe(true)
    expect(inSight(stretch, 150, 0)).toBe(true)
    expect(inSight(stretch, 40, 59)).toBe(false)
    expect(inSight(stretch, 201, 10)).toBe(false)
  })
})

describe('elements put to new use', () => {
  const keys = (most: number) => fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: most })

  it('show each wanted key exactly once; who shows one already goes on, and none is made while one is spare', () => {
    fc.assert(
      fc.property(keys(40), keys(40), (shown, wanted) => {
        const { elements, left } = reuse(shown, wanted)
        expect(elements).toHaveLength(wanted.length)
        const used = elements.filter((index) => index !== -1)
        expect(new Set(used).size).toBe(used.length)
        wanted.forEach((key, place) => {
          const before = shown.indexOf(key)
          if (before !== -1) expect(elements[place]).toBe(before)
        })
        // Every element is used once or left over; new ones are made only where none is left.
        expect([...used, ...left].sort((a, b) => a - b)).toEqual(shown.map((_, index) => index))
        expect(left.length === 0 || !elements.includes(-1)).toBe(true)
      }),
    )
  })

  it('follow any sequence of scrolls: after each of them what is in sight is shown exactly once', () => {
    const models = Array.from({ length: 400 }, (_, index) => ({ kind: index % 12 === 0 ? ('group' as const) : ('technician' as const), key: String(index) }))
    const tops = rowTops(models, SMALL_ROWS)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: (tops.at(-1) ?? 0) - 800 }), { minLength: 1, maxLength: 30 }), (scrolls) => {
        let shown: readonly string[] = []
        let made = 0
        for (const scrollTop of scrolls) {
          const { from, to } = rowsInSight(tops, scrollTop, 800, 1)
          const wanted = models.slice(from, to).map(({ key }) => key)
          const { elements, left } = reuse(shown, wanted)
          made += elements.filter((index) => index === -1).length
          const next = elements.map((index, place) => (index !== -1 && shown[index] === wanted[place] ? shown[index] : wanted[place]))
          expect(next).toEqual(wanted)
          // What is left over may be taken again: nothing is made as long as there is some.
          shown = [...wanted, ...left.map((index) => `spare ${index} ${made}`)]
        }
        expect(made).toBeLessThanOrEqual(60)
      }),
    )
  })
})
