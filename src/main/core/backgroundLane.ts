/**
 * Work that nobody waits for: one unit at a time, each in a turn of the event loop of its own. A key, a ring or an answer
 * that arrived meanwhile is served before the next unit, so a person waits for one unit at most.
 */
export class BackgroundLane {
  readonly #soon: (run: () => void) => void
  readonly #units: (() => void)[] = []
  #goingOn = false

  /** @param soon runs something in the next turn of the event loop */
  constructor(soon: (run: () => void) => void) {
    this.#soon = soon
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
    this.#soon(() => {
      this.#goingOn = false
      const unit = this.#units.shift()
      if (this.#units.length > 0) this.#goOn()
      unit?.()
    })
  }
}
