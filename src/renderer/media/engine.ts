import { assertNever } from '../../shared/base/assertNever.ts'
import type { MediaNews, MediaOperation, MediaOrder } from '../../shared/contract/media.ts'
import type { MediaWire } from '../api/mediaWire.ts'
import { type CheckAnswer, type CheckRequest, openAudioCheck } from './audioCheck.ts'
import { readAudioDevices } from './audioDevices.ts'
import { Microphone, type MicrophoneState } from './microphone.ts'
import { Outputs } from './outputs.ts'
import { Peer } from './peer.ts'
import { Recorders } from './recorders.ts'
import { Ringer } from './ringer.ts'
import { RingGate } from './ringGate.ts'

type Done = Omit<Extract<MediaNews, { t: 'done' }>, 't' | 'call'>

const NOTHING: Done = { state: null, description: null, figures: null }

/** The page's half of the telephone's sound: the microphone, the connections and the ring, and nothing of who calls. */
export class MediaEngine {
  readonly microphone = new Microphone((state) => this.#sayMicrophone(state), () => void this.devicesPlugged())
  readonly outputs = new Outputs()
  readonly #pages = openAudioCheck()
  readonly #ringer = new Ringer(this.outputs)
  readonly #ringGate = new RingGate({ ask: () => this.#tellPages({ t: 'ringsThere' }), sound: (on) => this.#ringer.ring(on) })
  readonly #peers = new Map<number, Peer>()
  readonly #recorders = new Recorders((news) => this.#wire?.say(news))
  readonly #work = new Map<number, Promise<unknown>>()
  #mixed: readonly number[] = []
  #wire: MediaWire | null = null
  #heard = false
  #said: MicrophoneState | null = null

  constructor() {
    this.#pages.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => (data.t === 'rings' ? this.#ringGate.hear(data.page, data.here) : undefined))
  }

  /** The line is open: whatever an earlier one was asked for is nobody's any more. */
  begin(wire: MediaWire): void {
    this.#wire = wire
    if (this.#said) this.#sayMicrophone(this.#said)
    else void this.microphone.check()
  }

  /** @param displaced another browser of this workstation has the sound since */
  end(displaced: boolean): void {
    if (displaced) this.#tellPages({ t: 'displaced' })
    this.#wire = null
    this.#ringGate.ring(false)
    this.#ringer.ringback(false)
    this.#recorders.dropAll()
    for (const peer of this.#peers.values()) peer.close()
    this.#peers.clear()
    this.#work.clear()
    this.#mixed = []
    this.microphone.want(false)
  }

  /** Others were chosen. */
  devicesChanged(): void {
    this.microphone.changed()
    void this.#refit(() => true)
  }

  /** Something was plugged in or pulled out; open calls go on with what is there. */
  async devicesPlugged(): Promise<void> {
    const another = await this.microphone.renew()
    await this.#refit((peer) => another || peer.voiceless)
  }

  /** Where nothing can be had now, the next thing that is plugged in is tried. */
  async #refit(needsVoice: (peer: Peer) => boolean): Promise<void> {
    await this.outputs.look().catch(() => undefined)
    this.#ringer.moved()
    const headset = this.outputs.orDefault(readAudioDevices().headset)
    for (const [pc, peer] of [...this.#peers]) {
      peer.playAt(headset)
      if (!needsVoice(peer)) continue
      try {
        await peer.speakWith(await this.microphone.track())
        this.#recorders.hearOffice(pc, peer)
      } catch {
        // The microphone has said itself why there is none.
      }
    }
  }

  obey(order: MediaOrder): void {
    switch (order.t) {
      case 'op':
        return this.#queue(order.call, order.pc, order.op)
      case 'microphone':
        return this.microphone.want(order.open)
      case 'ring':
        return this.#ringGate.ring(order.on)
      case 'ringback':
        return this.#ringback(order.on)
      case 'mix':
        return void this.#mix(order.pcs)
      default:
        return assertNever(order, 'order for the media page')
    }
  }

  /** One connection's orders one after the other; others don't wait for it. */
  #queue(call: number, pc: number, op: MediaOperation): void {
    const done = (this.#work.get(pc) ?? Promise.resolve()).then(async () => {
      try {
        this.#wire?.say({ t: 'done', call, ...(await this.#do(pc, op)) })
      } catch (error) {
        this.#wire?.say({ t: 'failed', call, reason: String(error instanceof Error ? error.message : error).slice(0, 400) })
      }
    })
    this.#work.set(pc, done)
    if (op.kind === 'close') void done.then(() => this.#work.delete(pc))
  }

  async #do(pc: number, op: MediaOperation): Promise<Done> {
    if (op.kind === 'create') return this.#create(pc, op)
    const peer = this.#peers.get(pc)
    if (!peer) throw new Error('No such connection')
    switch (op.kind) {
      case 'offer':
      case 'answer':
        return { ...NOTHING, description: await peer.describe(op.kind) }
      case 'setLocal':
        await peer.setLocal(op.description)
        return { ...NOTHING, state: peer.state() }
      case 'setRemote':
        await peer.setRemote(op.description)
        return { ...NOTHING, state: peer.state() }
      case 'speak':
        peer.speak(op.on)
        return NOTHING
      case 'digits':
        peer.digits(op)
        return NOTHING
      case 'record':
        await this.#recorders.record(pc, peer, op)
        return NOTHING
      case 'stats':
        return { ...NOTHING, figures: await peer.figures() }
      case 'close':
        this.#recorders.drop(pc)
        peer.close()
        this.#peers.delete(pc)
        return NOTHING
      default:
        return assertNever(op, 'operation on a connection')
    }
  }

  async #create(pc: number, { iceServers }: Extract<MediaOperation, { kind: 'create' }>): Promise<Done> {
    const track = await this.microphone.track()
    const peer = new Peer(track, iceServers.map(({ urls, ...rest }) => ({ urls: [...urls], ...rest })), this.outputs.orDefault(readAudioDevices().headset), {
      state: (state) => this.#wire?.say({ t: 'state', pc, state }),
      heard: () => {
        // What the far end sounds by itself takes the place of our own tone.
        this.#heard = true
        this.#ringer.ringback(false)
        this.#wire?.say({ t: 'heard', pc })
      },
    })
    this.#peers.set(pc, peer)
    return { ...NOTHING, state: peer.state() }
  }

  #ringback(on: boolean): void {
    if (!on) this.#heard = false
    this.#ringer.ringback(on && !this.#heard)
  }

  async #mix(pcs: readonly number[]): Promise<void> {
    const before = this.#mixed
    this.#mixed = pcs
    for (const pc of new Set([...before, ...pcs])) {
      const others = pcs.filter((other) => other !== pc).flatMap((other) => this.#peers.get(other)?.remote ?? [])
      await this.#peers.get(pc)?.hearAlso(pcs.includes(pc) ? others : null)
    }
  }

  #tellPages(answer: CheckAnswer): void {
    this.#pages.postMessage(answer)
  }

  #sayMicrophone(state: MicrophoneState): void {
    this.#said = state
    // Outputs have names only for a page that may use the microphone.
    if (state.status === 'ready') void this.outputs.look().catch(() => undefined)
    this.#wire?.say({ t: 'audio', ...state })
  }
}
