/** The world as an adapter needs it, so that a test can turn the clock. */
export interface PhoneWorld {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds that only ever grow, whatever is done to the machine's clock. */
  readonly monotonic: () => number
  /** Calls back once after so many milliseconds; returns how to call it off. */
  readonly after: (milliseconds: number, then: () => void) => () => void
}

/** The machine's own clocks. Its timers never keep a closing application alive. */
export const machineWorld: PhoneWorld = {
  now: Date.now,
  monotonic: () => performance.now(),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
