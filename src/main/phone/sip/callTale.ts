import { assertNever } from '../../../shared/base/assertNever.ts'
import { type Answered, type CallIdentity, type CallPhase, type CallState, type EndCause, mayFollow, type PhoneCall, type Transferred } from '../port.ts'
import type { RecordingState } from '../recording/tapeNews.ts'

/** The machine's two clocks: when, and how long. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number
}

export const machineClock: Clock = { now: Date.now, monotonic: () => performance.now() }

interface Whom {
  readonly toAgentId: string | null
  readonly toNumber: string | null
}

/** Who is asked or put through to, while that is so. */
type Open = Exclude<CallState, 'ended'>

/**
 * One call as this telephone has lived it: it takes what happens, refuses what can't follow, and says the whole call in
 * the port's words whenever it is asked. It knows nothing of SIP.
 */
export class CallTale {
  readonly #clock: Clock
  readonly #offeredAt: number
  #identity: CallIdentity
  #state: CallState
  #agentId: string | null = null
  #ringMs: number | null = null
  #answeredAt: number | null = null
  #answeredAtMonotonic = 0
  #waitsSince = 0
  /** Whether the caller waited when the words were lost: then they go on waiting once these are back. */
  #waitedBefore = false
  #whom: Whom = { toAgentId: null, toNumber: null }
  #consult: 'ringing' | 'talking' = 'ringing'
  #muted = false
  #conference = false
  #recording: RecordingState | null = null
  #transferred: Transferred | null = null
  #ended: Extract<CallPhase, { state: 'ended' }> | null = null

  constructor(identity: Omit<CallIdentity, 'offeredAt'>, state: 'offered' | 'dialing', clock: Clock) {
    this.#clock = clock
    this.#offeredAt = clock.monotonic()
    this.#identity = { ...identity, offeredAt: clock.now() }
    this.#state = state
  }

  get state(): CallState {
    return this.#state
  }

  get externalId(): string {
    return this.#identity.externalId
  }

  get direction(): 'in' | 'out' {
    return this.#identity.direction
  }

  get fromNumber(): string | null {
    return this.#identity.fromNumber
  }

  get fromExtension(): string | undefined {
    return this.#identity.fromExtension
  }

  get agentId(): string | null {
    return this.#agentId
  }

  get answered(): boolean {
    return this.#answeredAt !== null
  }

  get whom(): Whom {
    return this.#whom
  }

  get conference(): boolean {
    return this.#conference
  }

  handledBy(agentId: string | null): void {
    this.#agentId = agentId
  }

  mute(on: boolean): void {
    this.#muted = on
  }

  /** @returns whether that is new */
  record(state: RecordingState | null): boolean {
    const before = this.#recording
    this.#recording = state
    return before !== state
  }

  confer(on: boolean): void {
    this.#conference = on
  }

  /** @returns false, and nothing has changed, where that can't come after what was. */
  go(to: 'answering' | 'early' | 'mediaLost' | 'renegotiating'): boolean {
    if (to === 'mediaLost' && (this.#state === 'active' || this.#waits)) this.#waitedBefore = this.#waits
    return this.#become(to)
  }

  /** The two can hear each other; the first time it is the answer. */
  talk(): boolean {
    if (!this.#become('active')) return false
    if (this.#answeredAt === null) {
      this.#ringMs = this.#since(this.#offeredAt)
      this.#answeredAt = this.#clock.now()
      this.#answeredAtMonotonic = this.#clock.monotonic()
    }
    return true
  }

  hold(): boolean {
    const waited = this.#state === 'consulting' || (this.#state === 'renegotiating' && this.#waitedBefore)
    if (!this.#become('held')) return false
    if (!waited) this.#waitsSince = this.#clock.monotonic()
    return true
  }

  consult(whom: Whom): boolean {
    const waited = this.#state === 'held'
    if (!this.#become('consulting')) return false
    if (!waited) this.#waitsSince = this.#clock.monotonic()
    this.#whom = whom
    this.#consult = 'ringing'
    return true
  }

  consulted(): boolean {
    this.#consult = 'talking'
    return this.#state === 'consulting'
  }

  get #waits(): boolean {
    return this.#state === 'held' || this.#state === 'consulting'
  }

  get consultTalks(): boolean {
    return this.#consult === 'talking'
  }

  transfer(whom: Whom): boolean {
    if (!this.#become('transferring')) return false
    this.#waitsSince = this.#clock.monotonic()
    this.#whom = whom
    return true
  }

  recall(): boolean {
    if (!this.#become('recalling')) return false
    this.#waitsSince = this.#clock.monotonic()
    return true
  }

  /** Whoever it was put through to has the caller. */
  taken(): void {
    if (this.#agentId === null) return
    this.#transferred = { byAgentId: this.#agentId, at: this.#clock.now() }
    this.#agentId = this.#whom.toAgentId
  }

  end(cause: EndCause): boolean {
    if (this.#state === 'ended') return false
    this.#ended = {
      state: 'ended',
      cause,
      ringMs: this.#ringMs ?? this.#since(this.#offeredAt),
      agentId: this.#answeredAt === null ? null : this.#agentId,
      answeredAt: this.#answeredAt,
      endedAt: this.#clock.now(),
      talkMs: this.#answeredAt === null ? 0 : this.#since(this.#answeredAtMonotonic),
      ...(this.#transferred ? { transferred: this.#transferred } : {}),
    }
    this.#state = 'ended'
    return true
  }

  /** The call with its durations as they are now. */
  tell(): PhoneCall {
    return { ...this.#identity, ...(this.#ended ?? this.#phase(this.#state as Open)) }
  }

  #phase(state: Open): CallPhase {
    const ringMs = this.#ringMs ?? this.#since(this.#offeredAt)
    switch (state) {
      case 'offered':
        return { state, ringMs }
      case 'answering':
      case 'dialing':
      case 'early':
        return { state, ringMs, agentId: this.#agentId }
      case 'active':
      case 'mediaLost':
      case 'renegotiating':
        return { state, ...this.#answeredPart(ringMs) }
      case 'held':
        return { state, ...this.#answeredPart(ringMs), heldMs: this.#since(this.#waitsSince) }
      case 'consulting':
        return { state, ...this.#answeredPart(ringMs), ...this.#whom, consult: this.#consult, heldMs: this.#since(this.#waitsSince) }
      case 'transferring':
      case 'recalling':
        return { state, ...this.#answeredPart(ringMs), ...this.#whom, waitMs: this.#since(this.#waitsSince) }
      default:
        return assertNever(state, 'state of a call')
    }
  }

  #answeredPart(ringMs: number): Answered {
    return {
      ringMs,
      agentId: this.#agentId,
      answeredAt: this.#answeredAt ?? this.#clock.now(),
      talkMs: this.#answeredAt === null ? 0 : this.#since(this.#answeredAtMonotonic),
      ...(this.#transferred ? { transferred: this.#transferred } : {}),
      ...(this.#muted ? { muted: true } : {}),
      ...(this.#recording ? { recording: this.#recording } : {}),
      ...(this.#conference ? { conference: true } : {}),
    }
  }

  #become(to: CallState): boolean {
    if (this.#state === to || !mayFollow(this.#state, to)) return this.#state === to
    this.#state = to
    return true
  }

  #since(started: number): number {
    return Math.max(0, Math.round(this.#clock.monotonic() - started))
  }
}
