import type { Description, MediaFigures, MediaOperation, PcState } from '../../../shared/contract/media.ts'
import type { MediaAnswer, MediaBridge } from './mediaBridge.ts'

/** Under this key the configuration of a peer connection carries the bridge to the page that has the real one. */
export const BRIDGE: unique symbol = Symbol('media bridge')

type Listener = (event: { readonly candidate: null }) => void

interface RemoteTrack {
  readonly kind: 'audio'
  enabled: boolean
}

interface RemoteSender {
  readonly track: RemoteTrack
  readonly dtmf: { readonly toneBuffer: string; insertDTMF(digits: string, durationMs: number, gapMs: number): void }
}

/** The microphone as JsSIP wants to see it. The real one never leaves the page. */
export const microphoneStandIn = { getTracks: () => [{ kind: 'audio' }], getAudioTracks: () => [{ kind: 'audio' }], getVideoTracks: () => [] }

/**
 * JsSIP's RTCPeerConnection in a process that has none: every call is sent to the media page and answered from there.
 * It has the members that JsSIP uses and no others. Two things are other than in a browser, on purpose: local
 * descriptions come back complete, because JsSIP never sends an INVITE while it waits for a candidate; and a failed
 * transport is not said to JsSIP, which would hang up on a caller who can be had back.
 */
export class RemotePeer {
  readonly pc: number
  readonly #bridge: MediaBridge
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #senders: RemoteSender[] = []
  readonly #stopListening: () => void
  #work: Promise<unknown> = Promise.resolve()
  #closed = false
  #deaf = false
  #speaks = true
  #onState: ((state: PcState) => void) | null = null
  #onHeard: (() => void) | null = null
  signalingState: string = 'stable'
  readonly iceConnectionState = 'connected'
  readonly iceGatheringState = 'complete'
  localDescription: Description | null = null

  constructor(config: { readonly [BRIDGE]?: MediaBridge; readonly iceServers?: readonly RTCIceServer[] }) {
    const bridge = config[BRIDGE]
    if (!bridge) throw new TypeError('A peer connection needs its media bridge')
    this.#bridge = bridge
    this.pc = bridge.newPc()
    this.#stopListening = bridge.listen((event) => {
      if (event.kind === 'state' && event.pc === this.pc) this.#take(event.state)
      if (event.kind === 'heard' && event.pc === this.pc) this.#onHeard?.()
    })
    const iceServers = (config.iceServers ?? []).map(({ urls, username, credential }) => ({ urls: [urls].flat(), ...(username ? { username } : {}), ...(credential ? { credential } : {}) }))
    this.#forget(this.#ask({ kind: 'create', iceServers }))
  }

  /** How the transport fares, for whoever mends it. */
  onState(listener: (state: PcState) => void): void {
    this.#onState = listener
  }

  /** The first sound of the other side. */
  onHeard(listener: () => void): void {
    this.#onHeard = listener
  }

  addEventListener(type: string, listener: Listener): void {
    const listeners = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, listeners.add(listener))
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener)
  }

  addTrack(): RemoteSender {
    const dtmf = { toneBuffer: '', insertDTMF: (digits: string, durationMs: number, gapMs: number) => this.#forget(this.#ask({ kind: 'digits', digits, durationMs, gapMs })) }
    const speak = (on: boolean): void => this.speak(on)
    const speaks = (): boolean => this.#speaks
    const track: RemoteTrack = {
      kind: 'audio',
      get enabled() {
        return speaks()
      },
      set enabled(on: boolean) {
        speak(on)
      },
    }
    const sender = { track, dtmf }
    this.#senders.push(sender)
    return sender
  }

  speak(on: boolean): void {
    this.#speaks = on
    this.#forget(this.#ask({ kind: 'speak', on }))
  }

  getSenders(): readonly RemoteSender[] {
    return this.#senders
  }

  getReceivers(): readonly unknown[] {
    return []
  }

  async createOffer(): Promise<Description | null> {
    return (await this.#ask({ kind: 'offer' })).description
  }

  async createAnswer(): Promise<Description | null> {
    return (await this.#ask({ kind: 'answer' })).description
  }

  async setLocalDescription({ type, sdp }: Description): Promise<void> {
    await this.#ask({ kind: 'setLocal', description: { type, sdp } })
  }

  /**
   * The page that made our offer is gone while nobody has answered it: from now on an answer is taken and leads nowhere, so
   * that the call comes to be, and a fresh connection is offered in its place.
   */
  deafen(): void {
    this.#deaf = true
    this.signalingState = 'have-local-offer'
  }

  async setRemoteDescription({ type, sdp }: Description): Promise<void> {
    if (this.#deaf) return
    await this.#ask({ kind: 'setRemote', description: { type, sdp } })
  }

  /** @throws where the page can’t record, or is gone */
  async record(to: 'on' | 'paused' | 'off', tape: string): Promise<void> {
    await this.#ask({ kind: 'record', to, tape })
  }

  async figures(): Promise<MediaFigures | null> {
    return (await this.#ask({ kind: 'stats' })).figures
  }

  close(): void {
    if (this.#closed) return
    this.#forget(this.#ask({ kind: 'close' }))
    this.#closed = true
    this.signalingState = 'closed'
    this.#stopListening()
    this.#listeners.clear()
  }

  /** One after the other, as a browser's own connection does. */
  #ask(op: MediaOperation): Promise<MediaAnswer> {
    if (this.#closed) return Promise.reject(new Error('The connection is closed'))
    const asked = this.#work.then(() => this.#bridge.ask(this.pc, op))
    this.#work = asked.catch(() => undefined)
    return asked.then((answer) => {
      if (answer.state) this.#take(answer.state)
      return answer
    })
  }

  #take(state: PcState): void {
    if (this.#closed || this.#deaf) return
    this.signalingState = state.signaling
    if (state.local) this.localDescription = state.local
    this.#onState?.(state)
  }

  /** What nobody waits for may fail in peace: the page is gone, and whatever comes next says so. */
  #forget(asked: Promise<unknown>): void {
    asked.catch(() => undefined)
  }
}
