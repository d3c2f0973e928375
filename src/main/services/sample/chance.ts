import { derivedId } from '../../../shared/base/id.ts'

/**
 * Chance that replays: the same seed and name give the same numbers on every machine. Each part of the sample
 * company draws from a stream of its own, so that changing one part leaves the others as they are.
 */
export class Chance {
  #state: number

  constructor(seed: number, stream: string) {
    this.#state = Number.parseInt(derivedId('chance', String(seed), stream).slice(0, 8), 16)
  }

  /** In [0, 1). Mulberry32, Tommy Ettinger's public domain generator. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  /** An integer in [from, to], both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1)
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** @throws where there is nothing to pick from: the lists are written here */
  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)]
    if (picked === undefined) throw new Error('Nothing to pick from')
    return picked
  }
}
