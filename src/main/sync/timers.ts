/** Time and chance as the link has them, so that a test or the simulator can hold both. */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number
  /** Runs something once, after so many milliseconds. @returns a function that calls it off */
  after(milliseconds: number, run: () => void): () => void
  /** Runs something when what is under way is done: in the next turn of the event loop. */
  soon(run: () => void): void
  /** From 0 up to 1. */
  random(): number
}

/** This machine's own. A timer keeps no process alive. */
export function systemTimers(now: () => number = Date.now): Timers {
  return {
    now,
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds)
      timer.unref()
      return () => clearTimeout(timer)
    },
    soon: (run) => void setImmediate(run),
    random: Math.random,
  }
}

/** Resolves in the next turn: whoever types meanwhile gets theirs first. */
export function nextTurn(timers: Timers): Promise<void> {
  return new Promise((resolve) => timers.soon(resolve))
}
