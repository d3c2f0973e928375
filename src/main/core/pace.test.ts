import { describe, expect, it } from 'vitest'
import { Pace, UNIT_MS } from './pace.ts'

function paced(millisecondsEach: () => number): { readonly pace: Pace; work(size: number): void } {
  let now = 0
  const pace = new Pace({ first: 40, least: 5, most: 200, elapsed: () => now })
  return { pace, work: (size) => pace.of(size, () => void (now += size * millisecondsEach())) }
}

describe('how much work makes a unit', () => {
  it('comes to what fits into its time, and follows when the work becomes harder', () => {
    let each = 0.1
    const { pace, work } = paced(() => each)
    for (let turn = 0; turn < 20; turn++) work(pace.size)
    expect(pace.size).toBe(UNIT_MS / 0.1)
    each = 1
    work(pace.size)
    expect(pace.size).toBe(UNIT_MS)
  })

  it('stays within its bounds', () => {
    const slow = paced(() => 100)
    slow.work(slow.pace.size)
    expect(slow.pace.size).toBe(5)
    const quick = paced(() => 0)
    for (let turn = 0; turn < 20; turn++) quick.work(quick.pace.size)
    expect(quick.pace.size).toBe(200)
  })

  it('learns nothing from the small end of something', () => {
    const { pace, work } = paced(() => 1)
    work(3)
    expect(pace.size).toBe(40)
  })
})
