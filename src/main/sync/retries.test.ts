import { describe, expect, it } from 'vitest'
import { CLOSE } from '../../shared/sync/closeCodes.ts'
import { Retries } from './retries.ts'

describe('how long to wait before the hub is tried again', () => {
  it('doubles up to fifteen seconds, and is short again when something came of it', () => {
    const retries = new Retries()
    const waits = Array.from({ length: 9 }, () => retries.next(1))
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
    retries.beginAgain()
    expect(retries.next(1)).toBe(250)
  })

  it('is long, and not the same for everybody, where the hub says to stay away', () => {
    const wait = (code: number, chance: number): number => new Retries().next(chance, code)
    expect([wait(CLOSE.replaced, 0), wait(CLOSE.replaced, 0.5)]).toEqual([5000, 7500])
    expect([wait(CLOSE.later, 0), wait(CLOSE.later, 0.5)]).toEqual([2000, 3000])
    expect(wait(CLOSE.comeBack, 0)).toBeLessThan(250)
  })

  it('is not made shorter by what the hub says', () => {
    const retries = new Retries()
    for (let turn = 0; turn < 8; turn++) retries.next(1)
    expect(retries.next(1, CLOSE.later)).toBe(15_000)
  })
})
