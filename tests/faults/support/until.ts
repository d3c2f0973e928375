import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 20

/** A machine under load takes its time; what has not come about by then never will. */
const BOUND_MS = 90_000

/**
 * Waits until something is so, looking again and again.
 * @param what says what is waited for, and how things stand, where it never comes to be
 * @throws after a bound of time
 */
export async function until(isSo: () => Promise<boolean> | boolean, what: () => string, boundMs = BOUND_MS): Promise<void> {
  const end = performance.now() + boundMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It never came to be: ${what()}`)
    await pause(LOOK_EVERY_MS)
  }
}
