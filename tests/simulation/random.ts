import { newId } from '../../src/shared/base/id.ts'
import type { Random } from './world.ts'

/** mulberry32 (Tommy Ettinger, public domain): small, fast, and the same everywhere. */
export function seededRandom(seed: number, now: () => number = () => Date.UTC(2026, 6, 14)): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => next() % limit
  return {
    below,
    chance: (probability) => next() / 2 ** 32 < probability,
    pick: (from) => from[from.length === 0 ? 0 : below(from.length)],
    id: () => newId(now(), (count) => Uint8Array.from({ length: count }, () => below(256))),
  }
}
