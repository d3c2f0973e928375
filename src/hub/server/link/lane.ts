/** Work done one after the other, of which only so much may wait. */
export class Lane {
  readonly #most: number
  #waiting = 0
  #last: Promise<void> = Promise.resolve()

  constructor(most: number) {
    this.#most = most
  }

  /** Resolves when what waits now is done. */
  get idle(): Promise<void> {
    return this.#last
  }

  /** @param work never rejects @returns false where too much waits already */
  run(work: () => Promise<void>): boolean {
    if (this.#waiting >= this.#most) return false
    this.#waiting += 1
    this.#last = this.#last.then(work).finally(() => (this.#waiting -= 1))
    return true
  }
}
