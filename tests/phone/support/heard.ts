import { expect } from 'vitest'
import { secondsHeard } from '../../support/pbx/audio.ts'
import type { Baresip } from '../../support/pbx/baresip.ts'

/** Waits until a telephone has clearly heard a tone for so many seconds in its newest call. */
export async function heardFor(telephone: Baresip, hertz: number, seconds: number): Promise<void> {
  const heard = (): number => {
    const sound = telephone.heard().at(-1)
    return sound ? secondsHeard(sound, hertz) : 0
  }
  await expect.poll(heard, { timeout: 10_000, interval: 100, message: `seconds of ${hertz} Hz` }).toBeGreaterThanOrEqual(seconds)
}
