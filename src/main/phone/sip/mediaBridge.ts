import { assertNever } from '../../../shared/base/assertNever.ts'
import { type Description, type MediaFigures, type MediaNews, mediaNews, type MediaOperation, type MediaOrder, type PcState } from '../../../shared/contract/media.ts'
import { DISPLACED } from '../../../shared/contract/mediaPaths.ts'
import type { Log } from '../../core/log.ts'
import type { AudioState } from '../port.ts'

/** One media page's wire as its host sees it: messages are JSON text. */
export interface MediaWire {
  send(text: string): void
  /** @param code says why, where there is a reason that a page must know */
  close(code?: number): void
}

/** What the host of a wire tells the bridge. */
export interface MediaConnection {
  arrive(text: string): void
  gone(): void
}

export interface MediaAnswer {
  readonly state: PcState | null
  readonly description: Description | null
  readonly figures: MediaFigures | null
}

export type BridgeEvent =
  /** A page is there and can work; whatever another page had is gone. */
  | { readonly kind: 'attached' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'audio'; readonly audio: AudioState }
  | { readonly kind: 'state'; readonly pc: number; readonly state: PcState }
  | { readonly kind: 'heard'; readonly pc: number }
  /** A piece of a recording; null is silence. */
  | { readonly kind: 'sound'; readonly tape: string; readonly frames: number; readonly sound: Uint8Array | null }

/** A page that answers nothing for so long has hung. Opening a microphone may ask a person, so it is long. */
const PATIENCE_MS = 10_000

const MISSING: AudioState = { status: 'missing', reason: 'No window of Baton has the sound now. Open Baton in the browser on this workstation, and keep it open.' }

interface Waiting {
  readonly resolve: (answer: MediaAnswer) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/**
 * The main process' end of the media page: at most one page at a time, the newest. Whatever is asked of it ends: with
 * an answer, with a failure, when the page goes, or when its time is up.
 */
export class MediaBridge {
  readonly #log: Log
  readonly #listeners = new Set<(event: BridgeEvent) => void>()
  readonly #waiting = new Map<number, Waiting>()
  #wire: MediaWire | null = null
  #ready = false
  #audio: AudioState = MISSING
  #lastCall = 0
  #lastPc = 0
  #microphone = false

  constructor(log: Log) {
    this.#log = log
  }

  get audio(): AudioState {
    return this.#audio
  }

  /** True while a page is there that has said it can work. */
  get attached(): boolean {
    return this.#ready
  }

  listen(listener: (event: BridgeEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** A name for a new peer connection; never used twice, so that a late word about an old one meets nobody. */
  newPc(): number {
    return ++this.#lastPc
  }

  /** @param ifFree a page that was sent away for another has the sound only where that one is gone */
  attach(wire: MediaWire, ifFree = false): MediaConnection {
    const before = this.#wire
    if (before && ifFree) {
      wire.close(DISPLACED)
      return { arrive: () => undefined, gone: () => undefined }
    }
    if (before) {
      this.#drop()
      before.close(DISPLACED)
    }
    this.#wire = wire
    return {
      arrive: (text) => {
        if (this.#wire === wire) this.#hear(text)
      },
      gone: () => {
        if (this.#wire === wire) this.#drop()
      },
    }
  }

  /** @throws where there is no page, it fails, goes or does not answer in time */
  ask(pc: number, op: MediaOperation): Promise<MediaAnswer> {
    const call = ++this.#lastCall
    return new Promise((resolve, reject) => {
      if (!this.#ready) return reject(new Error('No media page'))
      const timer = setTimeout(() => {
        this.#waiting.delete(call)
        reject(new Error(`The media page did not answer: ${op.kind}`))
      }, PATIENCE_MS)
      timer.unref()
      this.#waiting.set(call, { resolve, reject, timer })
      this.#say({ t: 'op', call, pc, op })
    })
  }

  microphone(open: boolean): void {
    this.#microphone = open
    this.#say({ t: 'microphone', open })
  }

  ring(on: boolean): void {
    this.#say({ t: 'ring', on })
  }

  ringback(on: boolean): void {
    this.#say({ t: 'ringback', on })
  }

  mix(pcs: readonly number[]): void {
    this.#say({ t: 'mix', pcs })
  }

  close(): void {
    const wire = this.#wire
    this.#drop()
    wire?.close()
    this.#listeners.clear()
  }

  #say(order: MediaOrder): void {
    this.#wire?.send(JSON.stringify(order))
  }

  #tell(event: BridgeEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  #drop(): void {
    if (!this.#wire) return
    this.#wire = null
    const was = this.#ready
    this.#ready = false
    this.#audio = MISSING
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(new Error('The media page is gone'))
    }
    this.#waiting.clear()
    if (!was) return
    this.#tell({ kind: 'lost' })
    this.#tell({ kind: 'audio', audio: MISSING })
  }

  #read(text: string): MediaNews | null {
    try {
      return mediaNews.parse(JSON.parse(text))
    } catch {
      this.#log.warn('media.garbage', { length: text.length })
      return null
    }
  }

  #hear(text: string): void {
    const news = this.#read(text)
    if (!news) return
    switch (news.t) {
      case 'audio':
        return this.#hearAudio({ status: news.status, reason: news.reason })
      case 'done':
        return this.#settle(news.call)?.resolve({ state: news.state, description: news.description, figures: news.figures })
      case 'failed':
        return this.#settle(news.call)?.reject(new Error(news.reason))
      case 'state':
        return this.#tell({ kind: 'state', pc: news.pc, state: news.state })
      case 'heard':
        return this.#tell({ kind: 'heard', pc: news.pc })
      case 'sound':
        return this.#tell({ kind: 'sound', tape: news.tape, frames: news.frames, sound: news.sound === null ? null : Buffer.from(news.sound, 'base64') })
      default:
        return assertNever(news, 'word of the media page')
    }
  }

  #hearAudio(audio: AudioState): void {
    const first = !this.#ready
    this.#ready = true
    this.#audio = audio
    if (first) {
      if (this.#microphone) this.#say({ t: 'microphone', open: true })
      this.#tell({ kind: 'attached' })
    }
    this.#tell({ kind: 'audio', audio })
  }

  #settle(call: number): Waiting | undefined {
    const waiting = this.#waiting.get(call)
    this.#waiting.delete(call)
    clearTimeout(waiting?.timer)
    return waiting
  }
}
