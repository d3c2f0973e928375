import { toMuLaw } from '../../shared/base/muLaw.ts'

/**
 * On the sound's own thread, so that a busy page loses nothing: takes both sides of a call, turns them into telephone sound
 * and hands them on ten times a second. While it is paused it does not look at what it hears.
 */

declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void
declare const sampleRate: number

/** What is handed on: so many frames, and their sound or null for silence. */
export interface TapePiece {
  readonly frames: number
  readonly sound: Uint8Array<ArrayBuffer> | null
}

class TapeTap extends AudioWorkletProcessor {
  readonly #frames = Math.round(sampleRate / 10)
  #piece = new Uint8Array(this.#frames * 2)
  #filled = 0
  #paused = true

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<boolean>) => this.#pause(data)
  }

  process([office, other]: readonly (readonly Float32Array[])[]): boolean {
    const left = office?.[0]
    const right = other?.[0]
    const length = left?.length ?? right?.length ?? 128
    for (let at = 0; at < length; at++) {
      this.#piece[this.#filled * 2] = this.#paused ? 0xff : toMuLaw(left?.[at] ?? 0)
      this.#piece[this.#filled * 2 + 1] = this.#paused ? 0xff : toMuLaw(right?.[at] ?? 0)
      this.#filled += 1
      if (this.#filled === this.#frames) this.#hand()
    }
    return true
  }

  /** What was heard before is handed on first: a piece is either sound or silence. */
  #pause(paused: boolean): void {
    if (this.#filled > 0) this.#hand()
    this.#paused = paused
    this.port.postMessage(paused)
  }

  #hand(): void {
    const frames = this.#filled
    this.#filled = 0
    const piece: TapePiece = { frames, sound: this.#paused ? null : this.#piece.slice(0, frames * 2) }
    this.port.postMessage(piece)
  }
}

registerProcessor('tape-tap', TapeTap)
