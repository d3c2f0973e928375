import type { Timers } from '../sync/timers.ts'

/** So long after a key its typist is taken to go on. */
const TYPING_MS = 600
/** Between two units while somebody types: their window, its compositor and the store share the processors of a small machine. */
const REST_MS = 10

/**
 * Work that nobody waits for: one unit at a time, each in a turn of the event loop of its own. A key, a ring or an answer
 * that arrived meanwhile is served before the next unit, so a person waits for one unit at most. While somebody types it
 * also rests between units, because what draws their letters needs a processor too.
 */
export class BackgroundLane {
  readonly #timers: Pick<Timers, 'soon' | 'after' | 'now'>
  readonly #units: (() => void)[] = []
  #goingOn = false
  #typedAt = -Infinity

  constructor(timers: Pick<Timers, 'soon' | 'after' | 'now'>) {
    this.#timers = timers
  }

  /** Somebody has just typed something at this workstation. */
  typed(): void {
    this.#typedAt = this.#timers.now()
  }

  /** Runs a unit after those that came before it. @throws what the unit throws */
  run<T>(unit: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#units.push(() => {
        try {
          resolve(unit())
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
      this.#goOn()
    })
  }

  #goOn(): void {
    if (this.#goingOn) return
    this.#goingOn = true
    const next = (): void => {
      this.#goingOn = false
      const unit = this.#units.shift()
      if (this.#units.length > 0) this.#goOn()
      unit?.()
    }
    // A clock that was set back says nothing of who types: the rest is then skipped, never made longer.
    const since = this.#timers.now() - this.#typedAt
    if (since >= 0 && since < TYPING_MS) this.#timers.after(REST_MS, next)
    else this.#timers.soon(next)
  }
}
