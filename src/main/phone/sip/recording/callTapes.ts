import { newId } from '../../../../shared/base/id.ts'
import { MU_LAW_RATE } from '../../../../shared/base/muLaw.ts'
import type { PauseReason } from '../../../../shared/domain/recordings/tables.ts'
import type { PhoneEvent } from '../../port.ts'
import { Tape } from '../../recording/tape.ts'
import type { BridgeEvent } from '../mediaBridge.ts'
import type { SipCall } from '../sipCall.ts'

export interface CallTapesParts {
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly tell: (event: Extract<PhoneEvent, { kind: 'tape' }>) => void
  /** How a call is recorded has changed. */
  readonly say: (call: SipCall) => void
  readonly refuse: (externalId: string, message: string) => void
}

type Wanted = { readonly to: 'on' } | { readonly to: 'paused'; readonly why: PauseReason }

interface Taped {
  readonly call: SipCall
  wanted: Wanted
  tape: Tape | null
  /** The connection that the tape hears; another has to be asked anew. */
  pc: number | null
  /** What the page was told last. */
  told: 'on' | 'paused' | null
  /** The page records: it has said so. */
  runs: boolean
}

/** A file of an hour is large enough; what follows is another. */
const LONGEST_FRAMES = 45 * 60 * MU_LAW_RATE

const NOT_RECORDED = 'This call is not being recorded: the sound could not be taken up. The call itself goes on. Try again; if it stays so, look whether the microphone is allowed to Baton.'

const upWith = (call: SipCall): boolean => call.tale.state === 'active'
const waits = (call: SipCall): boolean => ['held', 'consulting', 'transferring', 'recalling'].includes(call.tale.state)

/** The recordings of a softphone’s calls: what each is to be, what the page is told of it, and what comes of it. */
export class CallTapes {
  readonly #parts: CallTapesParts
  readonly #taped = new Map<SipCall, Taped>()
  #following = false

  constructor(parts: CallTapesParts) {
    this.#parts = parts
  }

  record(call: SipCall, to: 'on' | 'paused' | 'off', why: PauseReason = 'hand'): void {
    if (to === 'off') return this.#stop(call)
    const known = this.#taped.get(call)
    if (!known && to === 'paused') return this.#parts.refuse(call.tale.externalId, 'This call is not being recorded.')
    const taped: Taped = known ?? { call, wanted: { to: 'on' }, tape: null, pc: null, told: null, runs: false }
    taped.wanted = to === 'paused' ? { to, why } : { to }
    this.#taped.set(call, taped)
    if (to === 'paused') this.#pause(taped, why)
    this.#bring(taped)
  }

  /** At once, whatever the call is doing: what follows may be a number. */
  #pause(taped: Taped, why: PauseReason): void {
    if (!taped.tape) return
    taped.tape.pause(why)
    if (taped.told !== 'paused') this.#tellPage(taped, 'paused')
    this.#show(taped, 'paused')
  }

  /** The call has changed: who waits on hold is not recorded, and a page that was loaded anew records in a tape of its own. */
  follow(call: SipCall): void {
    const taped = this.#taped.get(call)
    if (!taped || this.#following) return
    this.#following = true
    if (call.tale.state === 'ended') this.#stop(call)
    else if (call.tale.state === 'mediaLost') this.#cut(taped)
    else this.#bring(taped)
    this.#following = false
  }

  hear({ tape, frames, sound }: Extract<BridgeEvent, { kind: 'sound' }>): void {
    for (const taped of this.#taped.values()) {
      if (taped.tape?.id !== tape) continue
      taped.tape.hear(frames, sound)
      if (taped.tape.frames >= LONGEST_FRAMES) this.#turn(taped)
    }
  }

  #bring(taped: Taped): void {
    const { call, wanted } = taped
    const { leg } = call
    if (!leg?.peer || leg.pc === null || !(upWith(call) || waits(call))) return
    const why = wanted.to === 'paused' ? wanted.why : waits(call) ? 'hold' : null
    if (taped.tape && taped.pc !== leg.pc) this.#cut(taped)
    if (!taped.tape) this.#begin(taped, leg.pc)
    // Silence from this moment on, whatever is on its way from the page; sound only from the moment the page says so.
    if (why !== null) taped.tape?.pause(why)
    const to = why === null ? 'on' : 'paused'
    if (taped.told !== to) this.#tellPage(taped, to)
    this.#show(taped, to)
  }

  #begin(taped: Taped, pc: number): void {
    const { externalId } = taped.call.tale
    taped.tape = new Tape({ tapeId: newId(), startedAt: this.#parts.now(), tell: (tape, bytes) => this.#parts.tell({ kind: 'tape', externalId, tape, bytes }) })
    taped.pc = pc
    taped.told = null
    taped.runs = false
  }

  #tellPage(taped: Taped, to: 'on' | 'paused'): void {
    const { tape } = taped
    const { peer } = taped.call.leg ?? {}
    if (!tape || !peer) return
    taped.told = to
    peer.record(to, tape.id).then(
      () => {
        if (taped.tape !== tape) return
        taped.runs = true
        // A pause that was ordered meanwhile stands.
        if (to === 'on' && taped.told === 'on' && taped.wanted.to === 'on') tape.pause(null)
        this.#show(taped, taped.told ?? to)
      },
      () => {
        if (taped.tape !== tape) return
        if (taped.call.tale.state === 'mediaLost' || taped.call.tale.state === 'ended') return
        this.#stop(taped.call)
        this.#parts.refuse(taped.call.tale.externalId, NOT_RECORDED)
      },
    )
  }

  /** A call is said to be recorded once it is, and to be paused at once. */
  #show(taped: Taped, to: 'on' | 'paused'): void {
    if (!this.#taped.has(taped.call)) return
    const shown = taped.wanted.to === 'paused' || to === 'paused' ? 'paused' : 'on'
    if (shown === 'on' && !taped.runs) return
    if (!taped.call.tale.record(shown)) return
    if (!this.#following) this.#parts.say(taped.call)
  }

  /** The page is gone, or another has the call: what is there is whole in itself. */
  #cut(taped: Taped): void {
    taped.tape?.end(true)
    taped.call.tale.record(null)
    taped.tape = null
    taped.pc = null
    taped.told = null
    taped.runs = false
  }

  /** Goes on in another file, without the caller’s words being missed for longer than that takes. */
  #turn(taped: Taped): void {
    const { call, tape } = taped
    if (tape) void call.leg?.peer?.record('off', tape.id).catch(() => undefined)
    tape?.end()
    taped.tape = null
    this.#bring(taped)
  }

  #stop(call: SipCall): void {
    const taped = this.#taped.get(call)
    if (!taped) return
    this.#taped.delete(call)
    if (taped.tape && call.tale.state !== 'ended') void call.leg?.peer?.record('off', taped.tape.id).catch(() => undefined)
    taped.tape?.end()
    taped.tape = null
    if (call.tale.record(null) && call.tale.state !== 'ended' && !this.#following) this.#parts.say(call)
  }
}
