import { MU_LAW_RATE } from '../../shared/base/muLaw.ts'
import type { MediaNews } from '../../shared/contract/media.ts'
import type { TapePiece } from './tapeWorklet.ts'
// Its address, which the build gives it.
// oxlint-disable-next-line import/default
import tapeWorklet from './tapeWorklet.ts?worker&url'

/** A sound system that does not begin by then is not allowed to. */
const BEGINS_WITHIN_MS = 2_000

type Say = (news: Extract<MediaNews, { t: 'sound' }>) => void

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** One call's recording at this page: it listens to what both sides hear of each other, and keeps nothing itself. */
export class Recorder {
  readonly tape: string
  readonly #context: AudioContext
  readonly #tap: AudioWorkletNode
  readonly #say: Say
  #office: MediaStreamAudioSourceNode | null = null
  #settled: ((paused: boolean) => void) | null = null

  private constructor(tape: string, context: AudioContext, say: Say) {
    this.tape = tape
    this.#context = context
    this.#say = say
    this.#tap = new AudioWorkletNode(context, 'tape-tap', { numberOfInputs: 2, numberOfOutputs: 1, channelCount: 1, channelCountMode: 'explicit' })
    this.#tap.port.onmessage = ({ data }: MessageEvent<TapePiece | boolean>) => this.#hear(data)
    // Without a way out nobody asks it for sound; what comes out is silence.
    this.#tap.connect(context.destination)
  }

  /**
   * @param sides this office, and the other side where it is heard already
   * @throws where the browser does not let the page listen
   */
  static async begin(tape: string, sides: readonly [MediaStreamTrack, MediaStream | null], say: Say): Promise<Recorder> {
    const context = new AudioContext({ sampleRate: MU_LAW_RATE })
    try {
      await context.audioWorklet.addModule(tapeWorklet)
      void context.resume().catch(() => undefined)
      const recorder = new Recorder(tape, context, say)
      const [office, other] = sides
      recorder.hearOffice(office)
      if (other) context.createMediaStreamSource(other).connect(recorder.#tap, 0, 1)
      return recorder
    } catch (error) {
      await context.close()
      throw error
    }
  }

  /** This office speaks with that microphone from now on. */
  hearOffice(track: MediaStreamTrack): void {
    this.#office?.disconnect()
    this.#office = this.#context.createMediaStreamSource(new MediaStream([track]))
    this.#office.connect(this.#tap, 0, 0)
  }

  /** Settles once the sound's thread does it: not one sample later is on the tape. */
  async pause(paused: boolean): Promise<void> {
    if (this.#context.state !== 'running') await this.#running()
    const settled = new Promise<void>((resolve, reject) => {
      // What is asked of this call next, a hold say, waits for it: never for ever.
      const timer = setTimeout(() => reject(new Error('The sound thread does not answer')), BEGINS_WITHIN_MS)
      this.#settled = (now) => {
        if (now !== paused) return
        clearTimeout(timer)
        resolve()
      }
    })
    this.#tap.port.postMessage(paused)
    await settled
  }

  async stop(): Promise<void> {
    this.#tap.port.onmessage = null
    await this.#context.close().catch(() => undefined)
  }

  #running(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The browser lets no sound be taken up')), BEGINS_WITHIN_MS)
      const look = (): void => {
        if (this.#context.state !== 'running') return
        clearTimeout(timer)
        resolve()
      }
      this.#context.addEventListener('statechange', look)
      look()
    })
  }

  #hear(data: TapePiece | boolean): void {
    if (typeof data === 'boolean') return this.#settled?.(data)
    this.#say({ t: 'sound', tape: this.tape, frames: data.frames, sound: data.sound && base64Of(data.sound) })
  }
}
