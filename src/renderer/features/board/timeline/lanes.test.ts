import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR, QUARTER_HOUR } from '../../../../shared/base/time.ts'
import { lanesOf } from './lanes.ts'

const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 })), { maxLength: 30 })
  .map((list) => list.map(([start, quarters]) => ({ startsAt: start * QUARTER_HOUR, endsAt: (start + quarters) * QUARTER_HOUR })).sort((left, right) => left.startsAt - right.startsAt))

describe('bars that share a row', () => {
  it('stand alone, side by side, or at most three deep', () => {
    const at = (from: number, to: number) => ({ startsAt: from * HOUR, endsAt: to * HOUR })
    expect(lanesOf([at(8, 9), at(9, 10)])).toEqual([{ lane: 0, lanes: 1 }, { lane: 0, lanes: 1 }])
    expect(lanesOf([at(8, 10), at(9, 11), at(10, 12), at(13, 14)])).toEqual([{ lane: 0, lanes: 2 }, { lane: 1, lanes: 2 }, { lane: 0, lanes: 2 }, { lane: 0, lanes: 1 }])
    expect(lanesOf([at(8, 9), at(8, 9), at(8, 9), at(8, 9)]).map(({ lanes }) => lanes)).toEqual([3, 3, 3, 3])
    // Where hours are narrow a short visit is wider than its time.
    expect(lanesOf([at(8, 9), at(9, 10), at(12, 13)], 2.5 * HOUR)).toEqual([{ lane: 0, lanes: 2 }, { lane: 1, lanes: 2 }, { lane: 0, lanes: 1 }])
    // Two visits of no length at one moment can both be seen.
    expect(lanesOf([at(8, 8), at(8, 8)])).toEqual([{ lane: 0, lanes: 2 }, { lane: 1, lanes: 2 }])
  })

  it('never lie over each other while there are lanes for them', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const lanes = lanesOf(list)
        expect(lanes).toHaveLength(list.length)
        list.forEach((span, index) => {
          const mine = lanes[index]
          expect(mine && mine.lane < mine.lanes && mine.lanes <= 3).toBe(true)
          list.slice(0, index).forEach((other, before) => {
            const overlap = other.startsAt < Math.max(span.endsAt, span.startsAt + QUARTER_HOUR) && span.startsAt < Math.max(other.endsAt, other.startsAt + QUARTER_HOUR)
            if (overlap && lanes[before]?.lane === mine?.lane) expect(mine?.lanes).toBe(3)
            if (overlap) expect(mine?.lanes).toBeGreaterThan(1)
          })
        })
      }),
    )
  })
})
