import type { PhoneWorld } from './world.ts'

const FIRST_MS = 500
const LONGEST_MS = 30_000

/** Tries something again, later each time, until told that it went well. At most one try is ever waiting. */
export class Retry {
  readonly #world: PhoneWorld
  readonly #attempt: () => void
  #wait = FIRST_MS
  #callOff: (() => void) | null = null

  constructor(world: PhoneWorld, attempt: () => void) {
    this.#world = world
    this.#attempt = attempt
  }

  /** @param atLeastMs what the other side asked for, as in Retry-After */
  later(atLeastMs = 0): void {
    if (this.#callOff) return
    const wait = Math.max(this.#wait, atLeastMs)
    this.#wait = Math.min(this.#wait * 2, LONGEST_MS)
    this.#callOff = this.#world.after(wait, () => {
      this.#callOff = null
      this.#attempt()
    })
  }

  wentWell(): void {
    this.stop()
    this.#wait = FIRST_MS
  }

  stop(): void {
    this.#callOff?.()
    this.#callOff = null
  }
}
