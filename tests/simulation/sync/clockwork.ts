import type { Timers } from '../../../src/main/sync/timers.ts'
import type { Random } from '../world.ts'
import { Scheduler } from './scheduler.ts'

/** How long a tick is for a link, whose waits are lengths of time; milliseconds. */
const TICK_MS = 1000

const MORNING = Date.UTC(2026, 6, 14, 13)

/** Time as links have it: waits that fall due by the tick, and work that is put off to the next turn. */
export class Clockwork {
  readonly random: Random
  readonly #waits = new Scheduler()
  readonly #turns: (() => void)[] = []

  constructor(random: Random) {
    this.random = random
  }

  get now(): number {
    return MORNING + this.#waits.tick * TICK_MS
  }

  /** Nobody has work that was put off. */
  get idle(): boolean {
    return this.#turns.length === 0
  }

  after(milliseconds: number, run: () => void): void {
    this.#waits.after(Math.ceil(milliseconds / TICK_MS), run)
  }

  soon(run: () => void): void {
    this.#turns.push(run)
  }

  advance(): void {
    this.#waits.advance()
  }

  /** The next piece of work that was put off. */
  turn(): (() => void) | undefined {
    return this.#turns.shift()
  }
}

/** The timers of one workstation's process: when that is killed, nothing that it had planned happens. */
export class ProcessTimers implements Timers {
  readonly #clockwork: Clockwork
  readonly #skew: () => number
  #alive = true

  /** @param skew by how much the workstation's clock is off, milliseconds */
  constructor(clockwork: Clockwork, skew: () => number) {
    this.#clockwork = clockwork
    this.#skew = skew
  }

  kill(): void {
    this.#alive = false
  }

  now(): number {
    return this.#clockwork.now + this.#skew()
  }

  after(milliseconds: number, run: () => void): () => void {
    let wanted = true
    this.#clockwork.after(milliseconds, () => {
      if (wanted && this.#alive) run()
    })
    return () => {
      wanted = false
    }
  }

  soon(run: () => void): void {
    this.#clockwork.soon(() => {
      if (this.#alive) run()
    })
  }

  random(): number {
    return this.#clockwork.random.below(1_000_000) / 1_000_000
  }
}
