import { assertNever } from '../../../shared/base/assertNever.ts'
import { type Answered, type CallIdentity, type CallPhase, type CallState, type EndCause, mayFollow, type PhoneCall, type Transferred } from '../port.ts'
import type { RecordingState } from '../recording/tapeNews.ts'
import type { PhoneWorld } from './world.ts'

/** Who calls which line; a number that is not known is null. */
export interface Parties {
  readonly lineName: string
  readonly lineNumber: string
  readonly fromNumber: string | null
  /** Set where the other end is a telephone of this office. */
  readonly fromExtension?: string
}

/** Whom a caller is put through to, as far as it is known. */
export interface Whom {
  readonly toAgentId: string | null
  readonly toNumber: string | null
}

type Open = Exclude<CallState, 'ended'>

interface Kept {
  identity: CallIdentity
  readonly startedAt: number
  state: Open
  agentId: string | null
  ringMs: number | null
  answeredAt: number | null
  answeredAtMonotonic: number
  waitsSince: number
  whom: Whom
  consult: 'ringing' | 'talking'
  muted: boolean
  recording: RecordingState | null
  transferred: Transferred | null
}

/** So many calls that are over are remembered, so that what a server says late or twice revives none. */
const REMEMBERED = 2_000

const NOBODY: Whom = { toAgentId: null, toNumber: null }

/**
 * The calls of one telephone that is watched rather than held: an adapter tells what its server said, and the book
 * keeps every promise of the port. What can't follow is dropped, an end comes once, and each event is the whole call.
 * A `key` is the server's own id for the call.
 */
export class CallBook {
  readonly #world: PhoneWorld
  readonly #adapter: string
  readonly #say: (call: PhoneCall) => void
  readonly #calls = new Map<string, Kept>()
  readonly #over = new Map<string, CallIdentity>()
  /** Those that came in and are over, and nobody took. */
  readonly #left = new Set<string>()

  constructor(world: PhoneWorld, adapter: string, say: (call: PhoneCall) => void) {
    this.#world = world
    this.#adapter = adapter
    this.#say = say
  }

  /** The key of a call that is up; null for one that is over or was never here. */
  keyOf(externalId: string): string | null {
    const key = externalId.startsWith(`${this.#adapter}:`) ? externalId.slice(this.#adapter.length + 1) : ''
    return this.#calls.has(key) ? key : null
  }

  state(key: string): CallState | null {
    return this.#calls.get(key)?.state ?? null
  }

  isOver(key: string): boolean {
    return this.#over.has(key)
  }

  /** Which call it is, or was; one that was never here has only what is said of it now. */
  identityOf(key: string, parties: Parties): CallIdentity {
    const known = this.#calls.get(key)?.identity ?? this.#over.get(key)
    return known ?? { externalId: `${this.#adapter}:${key}`, direction: 'in', ...parties, offeredAt: this.#world.now(), practice: false }
  }

  /** The last call from a number that nobody took and no message is known of, which rang between these times (epoch milliseconds). */
  lastLeft(number: string, after: number, before: number): string | null {
    const from = [...this.#over].findLast(([key, { fromNumber, offeredAt }]) => this.#left.has(key) && fromNumber === number && offeredAt >= after && offeredAt <= before)
    return from?.[0] ?? null
  }

  /** What was said in it is known: another message is another call's. */
  spokenIn(key: string): void {
    this.#left.delete(key)
  }

  keys(): readonly string[] {
    return [...this.#calls.keys()]
  }

  consulting(key: string): Kept['consult'] | null {
    const call = this.#calls.get(key)
    return call?.state === 'consulting' ? call.consult : null
  }

  whom(key: string): Whom {
    return this.#calls.get(key)?.whom ?? NOBODY
  }

  /** @returns false where this call is up already, or over. */
  offered(key: string, parties: Parties): boolean {
    return this.#begin(key, parties, 'in', null)
  }

  dialing(key: string, parties: Parties, agentId: string | null): boolean {
    return this.#begin(key, parties, 'out', agentId)
  }

  early(key: string): void {
    this.#become(key, 'early')
  }

  /** Somebody here was told to take it; the server has not said yet that they have. */
  answering(key: string, agentId: string | null): void {
    this.handledBy(key, agentId)
    this.#become(key, 'answering')
  }

  /** Whose call it is from now on; said with whatever comes next. */
  handledBy(key: string, agentId: string | null): void {
    const call = this.#calls.get(key)
    if (call) call.agentId = agentId
  }

  /** A number that became known late. A number that is known is not unlearned. */
  named(key: string, fromNumber: string | null): void {
    const call = this.#calls.get(key)
    if (!call || fromNumber === null || call.identity.fromNumber !== null) return
    call.identity = { ...call.identity, fromNumber }
    this.#tell(call)
  }

  /** The two talk: the answer, or the caller back from a wait. */
  talking(key: string): void {
    const call = this.#calls.get(key)
    if (call) this.#talk(call)
  }

  held(key: string): void {
    const call = this.#answered(key)
    if (!call || call.state === 'held') return
    const waited = call.state === 'consulting'
    if (!this.#may(call, 'held')) return
    if (!waited) call.waitsSince = this.#world.monotonic()
    this.#tell(call)
  }

  consult(key: string, whom: Whom): void {
    const call = this.#answered(key)
    if (!call || call.state === 'consulting') return
    const waited = call.state === 'held'
    if (!this.#may(call, 'consulting')) return
    if (!waited) call.waitsSince = this.#world.monotonic()
    call.whom = whom
    call.consult = 'ringing'
    this.#tell(call)
  }

  consultTalks(key: string): void {
    const call = this.#calls.get(key)
    if (call?.state !== 'consulting' || call.consult === 'talking') return
    call.consult = 'talking'
    this.#tell(call)
  }

  transferring(key: string, whom: Whom): void {
    const call = this.#answered(key)
    if (!call || call.state === 'transferring' || !this.#may(call, 'transferring')) return
    call.whom = whom
    call.waitsSince = this.#world.monotonic()
    this.#tell(call)
  }

  recalling(key: string): void {
    const call = this.#calls.get(key)
    if (!call || call.state === 'recalling' || !this.#may(call, 'recalling')) return
    call.waitsSince = this.#world.monotonic()
    this.#tell(call)
  }

  /**
   * Whoever it was put through to has the caller: at this telephone the call is over, and not missed.
   * @param toAgentId null where that is nobody of ours, or not known: then whoever put the caller through stays the one who served them
   * @param unheard nothing more is heard of the colleague's telephone
   */
  putThrough(key: string, toAgentId: string | null, unheard = false): void {
    const call = this.#calls.get(key)
    if (!call) return
    if (toAgentId !== null) {
      if (call.agentId !== null) call.transferred = { byAgentId: call.agentId, at: this.#world.now() }
      call.agentId = toAgentId
    }
    this.#end(key, call, 'transferred', unheard)
  }

  muted(key: string, on: boolean): void {
    const call = this.#calls.get(key)
    if (!call || call.muted === on || call.answeredAt === null) return
    call.muted = on
    this.#tell(call)
  }

  recording(key: string, state: RecordingState | null): void {
    const call = this.#calls.get(key)
    if (!call || call.recording === state || call.answeredAt === null) return
    call.recording = state
    this.#tell(call)
  }

  ended(key: string, cause: EndCause): void {
    const call = this.#calls.get(key)
    if (call) this.#end(key, call, cause)
  }

  /** After the server was away: what it no longer knows ended unseen. */
  keepOnly(isUp: (key: string) => boolean): void {
    for (const key of this.keys()) if (!isUp(key)) this.ended(key, 'lost')
  }

  sayAll(): void {
    for (const call of [...this.#calls.values()]) this.#tell(call)
  }

  #end(key: string, call: Kept, cause: EndCause, unheard = false): void {
    this.#calls.delete(key)
    this.#remember(key, call.identity)
    if (call.identity.direction === 'in' && call.answeredAt === null && cause !== 'answeredElsewhere') this.#left.add(key)
    this.#say({
      ...call.identity,
      state: 'ended',
      cause,
      ringMs: this.#rung(call),
      agentId: call.answeredAt === null ? null : call.agentId,
      answeredAt: call.answeredAt,
      endedAt: this.#world.now(),
      talkMs: this.#talked(call),
      ...(call.transferred ? { transferred: call.transferred } : {}),
      ...(unheard ? { unheard } : {}),
    })
  }

  #begin(key: string, parties: Parties, direction: 'in' | 'out', agentId: string | null): boolean {
    if (this.#calls.has(key) || this.#over.has(key)) return false
    const call: Kept = {
      identity: { externalId: `${this.#adapter}:${key}`, direction, ...parties, offeredAt: this.#world.now(), practice: false },
      startedAt: this.#world.monotonic(),
      state: direction === 'in' ? 'offered' : 'dialing',
      agentId,
      ringMs: null,
      answeredAt: null,
      answeredAtMonotonic: 0,
      waitsSince: 0,
      whom: NOBODY,
      consult: 'ringing',
      muted: false,
      recording: null,
      transferred: null,
    }
    this.#calls.set(key, call)
    this.#tell(call)
    return true
  }

  /** A call of which something is said that only a call that is up can do: its answer was not heard, and is made good. */
  #answered(key: string): Kept | undefined {
    const call = this.#calls.get(key)
    if (call && call.answeredAt === null) this.#talk(call)
    return call
  }

  #talk(call: Kept): void {
    if (call.state === 'active' || !this.#may(call, 'active')) return
    if (call.answeredAt === null) {
      call.ringMs = this.#since(call.startedAt)
      call.answeredAt = this.#world.now()
      call.answeredAtMonotonic = this.#world.monotonic()
    }
    this.#tell(call)
  }

  #become(key: string, to: Open): void {
    const call = this.#calls.get(key)
    if (call && call.state !== to && this.#may(call, to)) this.#tell(call)
  }

  #may(call: Kept, to: Open): boolean {
    if (!mayFollow(call.state, to)) return false
    call.state = to
    return true
  }

  #tell(call: Kept): void {
    this.#say({ ...call.identity, ...this.#phase(call) })
  }

  #phase(call: Kept): CallPhase {
    const { state, agentId } = call
    switch (state) {
      case 'offered':
        return { state, ringMs: this.#rung(call) }
      case 'answering':
      case 'dialing':
      case 'early':
        return { state, ringMs: this.#rung(call), agentId }
      case 'active':
      case 'mediaLost':
      case 'renegotiating':
        return { state, ...this.#answer(call) }
      case 'held':
        return { state, ...this.#answer(call), heldMs: this.#since(call.waitsSince) }
      case 'consulting':
        return { state, ...this.#answer(call), ...call.whom, consult: call.consult, heldMs: this.#since(call.waitsSince) }
      case 'transferring':
      case 'recalling':
        return { state, ...this.#answer(call), ...call.whom, waitMs: this.#since(call.waitsSince) }
      default:
        return assertNever(state, 'state of a call')
    }
  }

  #answer(call: Kept): Answered {
    return {
      ringMs: this.#rung(call),
      agentId: call.agentId,
      answeredAt: call.answeredAt ?? this.#world.now(),
      talkMs: this.#talked(call),
      ...(call.transferred ? { transferred: call.transferred } : {}),
      ...(call.muted ? { muted: true } : {}),
      ...(call.recording ? { recording: call.recording } : {}),
    }
  }

  #rung(call: Kept): number {
    return call.ringMs ?? this.#since(call.startedAt)
  }

  #talked(call: Kept): number {
    return call.answeredAt === null ? 0 : this.#since(call.answeredAtMonotonic)
  }

  #since(started: number): number {
    return Math.round(this.#world.monotonic() - started)
  }

  #remember(key: string, identity: CallIdentity): void {
    this.#over.set(key, identity)
    for (const oldest of this.#over.keys()) {
      if (this.#over.size <= REMEMBERED) break
      this.#over.delete(oldest)
      this.#left.delete(oldest)
    }
  }
}
