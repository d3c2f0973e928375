/**
 * Runs what nobody waits for. Whatever it throws, now or later, comes to `failed` and ends nothing else: a telephone that
 * stumbles over one call must not take the others with it.
 */
export function attempt(work: () => unknown, failed: (error: unknown) => void): void {
  try {
    const done = work()
    if (done instanceof Promise) done.catch(failed)
  } catch (error) {
    failed(error)
  }
}
