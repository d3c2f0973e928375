import { readAudioDevices } from './audioDevices.ts'
import type { Outputs } from './outputs.ts'
import { playTone, RING, RINGBACK } from './tones.ts'

/** The ring of a caller, over the ringer and where chosen the headset; and the soft one of a call that goes out. */
export class Ringer {
  readonly #outputs: Outputs
  #stops: (() => void)[] = []
  #stopRingback: (() => void) | null = null

  constructor(outputs: Outputs) {
    this.#outputs = outputs
  }

  ring(on: boolean): void {
    if (on === this.#stops.length > 0) return
    for (const stop of this.#stops) stop()
    this.#stops = []
    if (!on) return
    const { ringer, headset, ringInBoth } = readAudioDevices()
    const outputs = new Set((ringInBoth ? [ringer, headset] : [ringer]).map((output) => this.#outputs.orDefault(output)))
    this.#stops = [...outputs].map((output) => playTone(RING, output))
  }

  /** Something was plugged in or pulled out: what sounds now sounds where it can be heard. */
  moved(): void {
    const [rings, ringsBack] = [this.#stops.length > 0, this.#stopRingback !== null]
    this.ring(false)
    this.ringback(false)
    this.ring(rings)
    this.ringback(ringsBack)
  }

  ringback(on: boolean): void {
    if (on === (this.#stopRingback !== null)) return
    this.#stopRingback?.()
    this.#stopRingback = on ? playTone(RINGBACK, this.#outputs.orDefault(readAudioDevices().headset)) : null
  }
}
