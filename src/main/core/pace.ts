/** How long a unit of background work may hold the store's thread, about; milliseconds. A ring that comes in between waits so long. */
export const UNIT_MS = 6

/** What was quick says little of what comes next: it may be harder. */
const GROWTH = 1.5

/** Says in a long piece of work when it is time to let others have the thread. */
export class Breath {
  readonly #elapsed: () => number
  #since: number

  /** @param elapsed milliseconds of a clock that only goes forward */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
    this.#since = elapsed()
  }

  get isDue(): boolean {
    return this.#elapsed() - this.#since >= UNIT_MS
  }

  /** Others had the thread. */
  taken(): void {
    this.#since = this.#elapsed()
  }
}

export interface PaceLimits {
  readonly first: number
  readonly least: number
  readonly most: number
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number
}

/** How much work makes a unit, learnt from how long the last ones took. */
export class Pace {
  readonly #limits: PaceLimits
  #size: number

  constructor(limits: PaceLimits) {
    this.#limits = limits
    this.#size = limits.first
  }

  /** Rows, commands, customers: whatever the work is counted in. */
  get size(): number {
    return Math.floor(this.#size)
  }

  /** Does work of a size and learns from it. */
  of<T>(size: number, work: () => T): T {
    const started = this.#limits.elapsed()
    const done = work()
    this.#learn(size, this.#limits.elapsed() - started)
    return done
  }

  /** The time goes into something that comes with every unit, however small: fewer and larger ones are done sooner. */
  widen(): void {
    this.#set(this.#size * 2)
  }

  #learn(size: number, milliseconds: number): void {
    // A small one that was quick, the last of something, is no reason to make the next one small.
    if (size < this.size && milliseconds <= UNIT_MS) return
    const fits = milliseconds > 0 ? (size * UNIT_MS) / milliseconds : this.#limits.most
    this.#set(Math.min(fits, this.#size * GROWTH))
  }

  #set(size: number): void {
    this.#size = Math.max(this.#limits.least, Math.min(this.#limits.most, size))
  }
}
