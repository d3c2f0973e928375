import { expect } from 'vitest'
import { secondsHeard, secondsOf } from '../../support/pbx/audio.ts'
import type { Baresip } from '../../support/pbx/baresip.ts'

/** Waits until a telephone has clearly heard a tone for so many seconds in its newest call. */
export async function heardFor(telephone: Baresip, hertz: number, seconds: number): Promise<void> {
  const heard = (): number => {
    const sound = telephone.heard().at(-1)
    return sound ? secondsHeard(sound, hertz) : 0
  }
  await expect.poll(heard, { timeout: 10_000, interval: 100, message: `seconds of ${hertz} Hz` }).toBeGreaterThanOrEqual(seconds)
}

/** Waits until no more sound comes to a telephone, and says for how long it heard its newest call (seconds). */
export async function stillHears(telephone: Baresip): Promise<number> {
  const length = (): number => {
    const sound = telephone.heard().at(-1)
    return sound ? secondsOf(sound) : 0
  }
  let before = -1
  // Packets come every 20 ms: where none has come between two looks, there are none.
  await expect.poll(() => {
    const now = length()
    const grew = now - before
    before = now
    return grew
  }, { timeout: 10_000, interval: 200 }).toBe(0)
  return before
}
