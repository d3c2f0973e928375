interface RingGateParts {
  /** Asks every page of this workstation whether what rings is for whoever sits there. */
  readonly ask: () => void
  readonly sound: (on: boolean) => void
}

/** A page that has heard of the ring answers sooner; the ring waits no longer for one that has not. */
const WAITS_MS = 300
const ASKS_EVERY_MS = 2_000

/**
 * Between the telephone's ring and the ringer: a ring that goes to others first does not sound here, and it is the pages
 * that know whom it goes to. Where no page says anything, because none is open or all are locked, it sounds.
 */
export class RingGate {
  readonly #parts: RingGateParts
  /** Whether it rings for whoever sits at each page. */
  #said = new Map<string, boolean>()
  #saidSince = new Map<string, boolean>()
  #on = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: RingGateParts) {
    this.#parts = parts
  }

  ring(on: boolean): void {
    if (on === this.#on) return
    this.#on = on
    clearTimeout(this.#timer)
    if (!on) return this.#parts.sound(false)
    this.#said.clear()
    this.#ask()
  }

  /** @param here null where that page knows of no ring */
  hear(page: string, here: boolean | null): void {
    for (const said of [this.#said, this.#saidSince]) {
      if (here === null) said.delete(page)
      else said.set(page, here)
    }
    if (this.#on && this.#said.size > 0) this.#decide()
  }

  #ask(): void {
    this.#saidSince = new Map()
    this.#parts.ask()
    this.#timer = setTimeout(() => {
      // A page that was closed meanwhile must not keep the ring silent.
      this.#said = this.#saidSince
      this.#decide()
      this.#timer = setTimeout(() => this.#ask(), ASKS_EVERY_MS)
    }, WAITS_MS)
  }

  #decide(): void {
    const pages = [...this.#said.values()]
    this.#parts.sound(pages.length === 0 || pages.includes(true))
  }
}
