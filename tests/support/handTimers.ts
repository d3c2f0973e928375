import type { Timers } from '../../src/main/sync/timers.ts'

interface Due {
  readonly at: number
  readonly run: () => void
}

/** A clock that a test moves by hand. Chance is always in the middle. */
export class HandTimers implements Timers {
  #now: number
  readonly #due = new Set<Due>()

  constructor(now = Date.UTC(2026, 6, 14, 13, 0)) {
    this.#now = now
  }

  now = (): number => Math.floor(this.#now)

  after(milliseconds: number, run: () => void): () => void {
    const due = { at: this.#now + milliseconds, run }
    this.#due.add(due)
    return () => void this.#due.delete(due)
  }

  soon(run: () => void): void {
    setImmediate(run)
  }

  random = (): number => 0.5

  /** Lets time pass; what falls due on the way happens in its order, and what it sets off gets its turns. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    for (;;) {
      const next = [...this.#due].filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0]
      if (!next) break
      this.#due.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await turns(20)
    }
    this.#now = end
    await turns(20)
  }
}

/** So many turns of the event loop. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/**
 * Waits until something is so, a turn of the event loop at a time; with a clock, some of its time passes with each.
 * @throws where it never comes to be
 */
export async function until(what: () => boolean, timers?: HandTimers): Promise<void> {
  for (let turn = 0; turn < 5000; turn++) {
    if (what()) return
    await turns(1)
    if (timers && turn % 50 === 49) await timers.pass(100)
  }
  throw new Error(`It never came to be: ${what.toString()}`)
}
