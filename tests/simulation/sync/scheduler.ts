/** What is on its way, by the tick at which it arrives. A tick is no length of time: it is the order in which things happen. */
export class Scheduler {
  readonly #due = new Map<number, (() => void)[]>()
  #tick = 0
  #waiting = 0

  get tick(): number {
    return this.#tick
  }

  /** Nothing is on its way. */
  get idle(): boolean {
    return this.#waiting === 0
  }

  /** @param delay in ticks, at least one */
  after(delay: number, run: () => void): void {
    const at = this.#tick + Math.max(1, delay)
    const due = this.#due.get(at)
    if (due) due.push(run)
    else this.#due.set(at, [run])
    this.#waiting += 1
  }

  /** Goes on by one tick and lets arrive what is due then, in the order in which it was sent. */
  advance(): void {
    this.#tick += 1
    const due = this.#due.get(this.#tick) ?? []
    this.#due.delete(this.#tick)
    this.#waiting -= due.length
    for (const run of due) run()
  }
}
