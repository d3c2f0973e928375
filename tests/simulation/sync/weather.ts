import type { Random } from '../world.ts'

export type Direction = 'up' | 'down'

/** What a line does to the messages on it. */
interface Conditions {
  readonly lost: number
  readonly twice: number
  /** Ticks that a message takes at most; the fastest overtake the others. */
  readonly slowest: number
}

const CALM: Conditions = { lost: 0, twice: 0, slowest: 2 }
const FAIR: Conditions = { lost: 0.02, twice: 0.02, slowest: 4 }
const ROUGH: Conditions = { lost: 0.15, twice: 0.1, slowest: 12 }
const SLOW: Conditions = { lost: 0.02, twice: 0.02, slowest: 40 }

/** One workstation's line to the hub: it changes by itself, and each direction can be cut without the other. */
export class Weather {
  readonly #random: Random
  #conditions: Conditions
  readonly #cut: Record<Direction, number> = { up: 0, down: 0 }
  #calm = false

  constructor(random: Random) {
    this.#random = random
    this.#conditions = random.pick([FAIR, FAIR, ROUGH, SLOW]) ?? FAIR
  }

  /** One tick's worth of weather. */
  change(): void {
    if (this.#calm) return
    this.#cut.up = Math.max(0, this.#cut.up - 1)
    this.#cut.down = Math.max(0, this.#cut.down - 1)
    if (this.#random.chance(0.01)) this.#conditions = this.#random.pick([CALM, FAIR, ROUGH, SLOW]) ?? FAIR
    if (!this.#random.chance(0.012)) return
    const ticks = 10 + this.#random.below(90)
    // The cable, or one direction only.
    const directions: readonly Direction[] = this.#random.chance(0.6) ? ['up', 'down'] : [this.#random.chance(0.5) ? 'up' : 'down']
    for (const direction of directions) this.#cut[direction] = ticks
  }

  /** Nothing gets through for a while. */
  cut(ticks: number): void {
    this.#cut.up = ticks
    this.#cut.down = ticks
  }

  /** From now on everything arrives, once and soon; or no longer. */
  settle(calm: boolean): void {
    this.#calm = calm
    if (!calm) return
    this.#cut.up = 0
    this.#cut.down = 0
  }

  /** After how many ticks the copies of a message arrive; empty where it is lost. */
  carry(direction: Direction): readonly number[] {
    const { lost, twice, slowest } = this.#calm ? CALM : this.#conditions
    const delay = (): number => 1 + this.#random.below(slowest)
    const first = delay()
    if (this.#cut[direction] > 0 || this.#random.chance(lost)) return []
    return this.#random.chance(twice) ? [first, delay()] : [first]
  }
}
