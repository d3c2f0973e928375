import { readAudioDevices } from './audioDevices.ts'
import { playTone, RING, RINGBACK } from './tones.ts'

/** The ring of a caller, over the ringer and where chosen the headset; and the soft one of a call that goes out. */
export class Ringer {
  #stops: (() => void)[] = []
  #stopRingback: (() => void) | null = null

  ring(on: boolean): void {
    if (on === this.#stops.length > 0) return
    for (const stop of this.#stops) stop()
    this.#stops = []
    if (!on) return
    const { ringer, headset, ringInBoth } = readAudioDevices()
    const outputs = ringInBoth && headset !== ringer ? [ringer, headset] : [ringer]
    this.#stops = outputs.map((output) => playTone(RING, output))
  }

  ringback(on: boolean): void {
    if (on === (this.#stopRingback !== null)) return
    this.#stopRingback?.()
    this.#stopRingback = on ? playTone(RINGBACK, readAudioDevices().headset) : null
  }
}
