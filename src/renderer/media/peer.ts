import type { Description, MediaFigures, MediaOperation, PcState } from '../../shared/contract/media.ts'

/** On the office's own network the first candidate mostly is the one that serves; others have this long to join it. */
const AFTER_FIRST_MS = 50
const GATHER_WITHIN_MS = 900
/** A server between two networks may be far away. */
const GATHER_RELAYED_WITHIN_MS = 2_500
const LISTEN_EVERY_MS = 15
const LISTEN_FOR_MS = 20_000
/** Above this somebody speaks, or a tone sounds. */
const SILENCE = 1e-6

export interface PeerEars {
  readonly state: (state: PcState) => void
  readonly heard: () => void
}

interface Rtp {
  readonly type: string
  readonly packetsReceived?: number
  readonly packetsSent?: number
  readonly packetsLost?: number
  readonly jitter?: number
  readonly totalAudioEnergy?: number
  readonly currentRoundTripTime?: number
  readonly nominated?: boolean
}

/** One real peer connection: what the telephone in the main process asks of it, done here. */
export class Peer {
  readonly #connection: RTCPeerConnection
  #track: MediaStreamTrack
  readonly #sender: RTCRtpSender
  readonly #speaker = new Audio()
  #remote: MediaStream | null = null
  #firstCandidate: () => void = () => undefined
  /** The kind of candidate that is worth waiting for; empty for the first of any. */
  readonly #awaited: '' | 'srflx' | 'relay'
  #mix: AudioContext | null = null
  #alsoHeard: readonly MediaStream[] | null = null

  constructor(track: MediaStreamTrack, iceServers: readonly RTCIceServer[], headset: string, ears: PeerEars) {
    this.#track = track
    this.#connection = new RTCPeerConnection({ iceServers: [...iceServers] })
    this.#sender = this.#connection.addTrack(track, new MediaStream([track]))
    this.#connection.addEventListener('iceconnectionstatechange', () => ears.state(this.state()))
    const servers = iceServers.flatMap(({ urls }) => urls)
    this.#awaited = servers.some((url) => url.startsWith('turn')) ? 'relay' : servers.length > 0 ? 'srflx' : ''
    this.#connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate && (this.#awaited === '' || candidate.type === this.#awaited)) this.#firstCandidate()
    })
    this.#connection.addEventListener('track', ({ track: remote }) => {
      if (this.#remote) return
      // A stream of our own: the connection takes the track out of its stream while the call is on hold.
      this.#remote = new MediaStream([remote])
      this.#speaker.autoplay = true
      this.#speaker.srcObject = this.#remote
      this.playAt(headset)
      void this.#speaker.play().catch(() => undefined)
      this.#listenForWords(ears.heard)
    })
  }

  get track(): MediaStreamTrack {
    return this.#track
  }

  get remote(): MediaStream | null {
    return this.#remote
  }

  /** True where the microphone it spoke with is gone. */
  get voiceless(): boolean {
    return this.#track.readyState === 'ended'
  }

  /** Speaks with another microphone from now on, and is muted where it was. */
  async speakWith(track: MediaStreamTrack): Promise<void> {
    if (this.#connection.signalingState === 'closed') return track.stop()
    const before = this.#track
    track.enabled = before.enabled
    this.#track = track
    await this.hearAlso(this.#alsoHeard)
    before.stop()
  }

  playAt(headset: string): void {
    // A headset that is gone leaves the sound at the system's own output.
    void this.#speaker.setSinkId(headset).catch(() => undefined)
  }

  state(): PcState {
    const { iceConnectionState, signalingState, localDescription } = this.#connection
    return { ice: iceConnectionState, signaling: signalingState, local: localDescription && { type: localDescription.type, sdp: localDescription.sdp } }
  }

  async describe(kind: 'offer' | 'answer'): Promise<Description> {
    const { type, sdp } = kind === 'offer' ? await this.#connection.createOffer() : await this.#connection.createAnswer()
    return { type, sdp: sdp ?? '' }
  }

  async setLocal(description: Description): Promise<void> {
    const first = new Promise<void>((resolve) => (this.#firstCandidate = resolve))
    await this.#connection.setLocalDescription(description)
    await this.#gathered(first)
  }

  async setRemote(description: Description): Promise<void> {
    await this.#connection.setRemoteDescription(description)
  }

  speak(on: boolean): void {
    this.#track.enabled = on
  }

  digits({ digits, durationMs, gapMs }: Extract<MediaOperation, { kind: 'digits' }>): void {
    const { dtmf } = this.#sender
    dtmf?.insertDTMF(dtmf.toneBuffer + digits, durationMs, gapMs)
  }

  /** The other side hears us and these; null: us alone. */
  async hearAlso(others: readonly MediaStream[] | null): Promise<void> {
    this.#alsoHeard = others
    await this.#mix?.close()
    this.#mix = null
    if (others === null) return this.#sender.replaceTrack(this.#track)
    const mix = new AudioContext()
    const out = mix.createMediaStreamDestination()
    for (const stream of [new MediaStream([this.#track]), ...others]) mix.createMediaStreamSource(stream).connect(out)
    void mix.resume().catch(() => undefined)
    this.#mix = mix
    await this.#sender.replaceTrack(out.stream.getAudioTracks()[0] ?? this.#track)
  }

  async figures(): Promise<MediaFigures> {
    let found: MediaFigures = { inPackets: 0, outPackets: 0, energy: 0, lost: 0, jitterMs: 0, roundTripMs: null }
    for (const entry of (await this.#connection.getStats()).values() as Iterable<Rtp>) {
      if (entry.type === 'inbound-rtp') found = { ...found, inPackets: entry.packetsReceived ?? 0, energy: entry.totalAudioEnergy ?? 0, lost: entry.packetsLost ?? 0, jitterMs: (entry.jitter ?? 0) * 1000 }
      if (entry.type === 'outbound-rtp') found = { ...found, outPackets: entry.packetsSent ?? 0 }
      if (entry.type === 'candidate-pair' && entry.nominated && entry.currentRoundTripTime !== undefined) found = { ...found, roundTripMs: entry.currentRoundTripTime * 1000 }
    }
    return found
  }

  close(): void {
    void this.#mix?.close()
    this.#track.stop()
    this.#speaker.srcObject = null
    this.#connection.close()
  }

  async #gathered(first: Promise<void>): Promise<void> {
    if (this.#connection.iceGatheringState === 'complete') return
    const complete = new Promise<void>((resolve) => {
      this.#connection.addEventListener('icegatheringstatechange', () => (this.#connection.iceGatheringState === 'complete' ? resolve() : undefined))
    })
    const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
    await Promise.race([complete, first.then(() => after(AFTER_FIRST_MS)), after(this.#awaited === '' ? GATHER_WITHIN_MS : GATHER_RELAYED_WITHIN_MS)])
  }

  #listenForWords(heard: () => void): void {
    const until = performance.now() + LISTEN_FOR_MS
    const listen = async (): Promise<void> => {
      if (this.#connection.signalingState === 'closed' || performance.now() > until) return
      if ((await this.figures()).energy > SILENCE) return heard()
      setTimeout(() => void listen(), LISTEN_EVERY_MS)
    }
    void listen()
  }
}
