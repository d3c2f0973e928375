import { expect } from 'vitest'
import { isSilent, lastOf, secondsHeard, shareOf, type Sound } from '../../support/pbx/audio.ts'
import type { Baresip } from '../../support/pbx/baresip.ts'
import type { Pbx } from '../../support/pbx/pbx.ts'
import type { TonePhone } from '../../support/pbx/tonePhone.ts'

/** Waits until a telephone has clearly heard a tone for so many seconds in its newest call. */
export async function heardFor(telephone: Baresip, hertz: number, seconds: number): Promise<void> {
  const heard = (): number => {
    const sound = telephone.heard().at(-1)
    return sound ? secondsHeard(sound, hertz) : 0
  }
  await expect.poll(heard, { interval: 100, message: `seconds of ${hertz} Hz` }).toBeGreaterThanOrEqual(seconds)
}

const toneSeconds = (telephone: Baresip, hertz: number): number => {
  const sound = telephone.heard().at(-1)
  return sound ? secondsHeard(sound, hertz) : 0
}

/** How much more of a tone it hears in half a second from now. */
async function growth(telephone: Baresip, hertz: number): Promise<number> {
  const before = toneSeconds(telephone, hertz)
  await new Promise((resolve) => setTimeout(resolve, 500))
  return toneSeconds(telephone, hertz) - before
}

/** Waits until a telephone hears a tone now, not only earlier in its newest call. */
export async function hearsMore(telephone: Baresip, hertz: number): Promise<void> {
  await expect.poll(() => growth(telephone, hertz), { interval: 10, message: `more of ${hertz} Hz` }).toBeGreaterThan(0.2)
}

/** Waits until a telephone does not hear a tone any more. */
export async function hearsNothingMore(telephone: Baresip, hertz: number): Promise<void> {
  await expect.poll(() => growth(telephone, hertz), { interval: 10, message: `no more of ${hertz} Hz` }).toBeLessThan(0.01)
}

/** Looks at the packets of both parties until, between two looks, each has sent some, or neither has. */
async function untilSound(pbx: Pbx, callId: string, flows: boolean): Promise<void> {
  let before: readonly number[] = []
  const look = async (): Promise<readonly boolean[]> => {
    const now = (await pbx.sound(callId)).map(({ packets }) => packets)
    const grew = before.length === 0 ? [] : now.map((packets, party) => packets > (before[party] ?? packets))
    before = now
    return grew
  }
  // Packets come every 20 ms: where none has come between two looks, there are none.
  await expect.poll(look, { interval: 200 }).toEqual([flows, flows])
}

/** Waits until sound comes from both parties of a call. */
export function soundFlows(pbx: Pbx, callId: string): Promise<void> {
  return untilSound(pbx, callId, true)
}

/** Waits until no more sound comes from either party. */
export function soundStands(pbx: Pbx, callId: string): Promise<void> {
  return untilSound(pbx, callId, false)
}

/** Long enough for a tone to be known by. */
const MOMENT_SECONDS = 0.3

const momentOf = (telephone: TonePhone): Sound => lastOf(telephone.heard(), MOMENT_SECONDS)

/** Waits until a telephone hears a tone at this moment. */
export async function hearsNow(telephone: TonePhone, hertz: number): Promise<void> {
  await expect.poll(() => shareOf(momentOf(telephone), hertz), { interval: 50, message: `${hertz} Hz now` }).toBeGreaterThan(0.7)
}

/** Waits until a telephone hears nothing at this moment. */
export async function hearsNobody(telephone: TonePhone): Promise<void> {
  await expect.poll(() => isSilent(momentOf(telephone)), { interval: 50, message: 'silence now' }).toBe(true)
}
