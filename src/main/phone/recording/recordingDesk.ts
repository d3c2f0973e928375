import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import type { Consent, RecordMode } from '../../../shared/domain/recordings/tables.ts'
import { afterTaping, beginTaping, reminderAfterMs, tapeState, type Taping, type TapingEvent, underRule } from '../../../shared/domain/recordings/taping.ts'
import type { LiveCalls } from '../liveCalls.ts'
import type { PhoneCall, PhonePort } from '../port.ts'

/** How a caller was told that they are recorded. */
export interface Told {
  readonly consent: Consent
  /** Epoch milliseconds at which it was read, and by whom; null where nobody had to. */
  readonly consentAt: number | null
  readonly consentBy: string | null
}

interface Entry {
  taping: Taping
  sentence: string
  /** The line whose rule holds; empty while nobody knows it. */
  lineNumber: string
  told: Told
  /** What the telephone was asked for last. */
  asked: string
  /** Monotonic milliseconds since which somebody may have forgotten that it is paused. */
  pausedSince: number | null
}

/** What the office has said of recording a call. */
export interface RecordingRule {
  readonly mode: RecordMode
  /** How the caller is told. */
  readonly consent: Consent
  /** What is read to them. */
  readonly sentence: string
}

export interface RecordingDeskParts {
  readonly phone: PhonePort
  readonly liveCalls: LiveCalls
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly ruleOf: (call: PhoneCall) => RecordingRule
  /** Whether the telephone that a call is on can record it. */
  readonly canRecord: (call: PhoneCall) => boolean
  readonly monotonic?: () => number
}

const agentOf = (call: PhoneCall): string | null => ('agentId' in call ? call.agentId : null)

/** The times at which a telephone begins to record, or takes up sound again. */
const steerable = (call: PhoneCall): boolean => call.state === 'active' || call.state === 'held' || call.state === 'consulting'

/**
 * Which calls are recorded, which are paused and why. It decides, the telephone does; a pause is ordered before anybody can
 * read a number, because a payment page is only shown once this has been told.
 */
export class RecordingDesk {
  readonly #calls = new Map<string, Entry>()
  /** In which windows a payment is open, and whose they are: of several windows of one session each stands for itself. */
  readonly #payments = new Map<string, string>()
  readonly #parts: RecordingDeskParts

  constructor(parts: RecordingDeskParts) {
    this.#parts = parts
  }

  /** Takes in what the telephone says of a call, and says what is to be recorded of it. */
  follow(callId: string, call: PhoneCall): void {
    if (call.state === 'ended') return void this.#calls.delete(callId)
    const agentId = agentOf(call)
    if (!('answeredAt' in call) || agentId === null) return
    const known = this.#calls.get(callId)
    if (!known) this.#calls.set(callId, this.#begin(call, agentId))
    else if (known.lineNumber === '' && call.lineNumber !== '') this.#learnLine(known, call)
    this.#steer(callId, call)
  }

  #monotonic(): number {
    return (this.#parts.monotonic ?? (() => performance.now()))()
  }

  #begin(call: PhoneCall, agentId: string): Entry {
    const { mode, consent, sentence } = this.#parts.ruleOf(call)
    const taping = beginTaping(mode, consent !== 'read', this.#paysAt(agentId))
    // A backend that has just started finds a call as its telephone records it.
    const running = 'recording' in call && call.recording !== undefined ? { ...taping, consented: true, wanted: true, paused: call.recording === 'paused' } : taping
    return { taping: running, sentence, lineNumber: call.lineNumber, told: { consent, consentAt: null, consentBy: null }, asked: 'off', pausedSince: null }
  }

  /** A caller came through before anybody here knew which line they had dialled: now its rule holds, and what was said to them stays said. */
  #learnLine(entry: Entry, call: PhoneCall): void {
    const { mode, consent, sentence } = this.#parts.ruleOf(call)
    const wasRead = entry.told.consentAt !== null
    entry.lineNumber = call.lineNumber
    entry.sentence = sentence
    entry.taping = underRule(entry.taping, mode, wasRead || consent !== 'read')
    if (!wasRead) entry.told = { ...entry.told, consent }
  }

  #paysAt(userId: string): boolean {
    return [...this.#payments.values()].includes(userId)
  }

  /** Somebody says something of recording a call. */
  say(callId: string, event: TapingEvent, actorId: string): void {
    const entry = this.#calls.get(callId)
    if (!entry) return
    if (event.kind === 'consent' && !entry.taping.consented) entry.told = { ...entry.told, consentAt: this.#parts.now(), consentBy: actorId }
    this.#take(callId, entry, event)
  }

  taping(callId: string): Taping | null {
    return this.#calls.get(callId)?.taping ?? null
  }

  told(callId: string): Told | null {
    return this.#calls.get(callId)?.told ?? null
  }

  /** The telephone could not do it: it is asked anew when somebody says so. */
  refused(callId: string): void {
    const entry = this.#calls.get(callId)
    if (!entry) return
    entry.asked = 'off'
    entry.taping = afterTaping(entry.taping, { kind: 'off' })
  }

  /** What is recorded can’t be kept: the telephone is told to stop, so that nobody believes otherwise. */
  stop(callId: string): void {
    const entry = this.#calls.get(callId)
    if (entry) this.#take(callId, entry, { kind: 'off' })
  }

  /**
   * A payment page or terminal is open or closed in a window.
   * @returns the calls that this concerns
   */
  payment(pageId: string, userId: string, open: boolean): readonly string[] {
    const before = this.#payments.get(pageId)
    if (open) this.#payments.set(pageId, userId)
    else this.#payments.delete(pageId)
    // Somebody else has taken over the window: what they have open is not the one's before.
    const concerned = new Set([userId, ...(before === undefined ? [] : [before])])
    return [...concerned].flatMap((each) => this.#tellCallsOf(each, { kind: 'payment', open: this.#paysAt(each) }))
  }

  /** A window has gone, closed or fallen. Whether the number is still being read there, nobody knows. */
  pageGone(pageId: string): readonly string[] {
    const userId = this.#payments.get(pageId)
    if (userId === undefined) return []
    this.#payments.delete(pageId)
    return this.#tellCallsOf(userId, { kind: 'paymentLost' })
  }

  #tellCallsOf(userId: string, event: TapingEvent): readonly string[] {
    return this.#parts.liveCalls.all().flatMap(({ callId, call }) => {
      const entry = this.#calls.get(callId)
      if (!entry || agentOf(call) !== userId) return []
      this.#take(callId, entry, event)
      if (event.kind === 'paymentLost' && this.#paysAt(userId)) this.#take(callId, entry, { kind: 'payment', open: true })
      return [callId]
    })
  }

  #take(callId: string, entry: Entry, event: TapingEvent): void {
    const before = reminderAfterMs(entry.taping)
    entry.taping = afterTaping(entry.taping, event)
    const after = reminderAfterMs(entry.taping)
    if (after === null) entry.pausedSince = null
    // Closing the payment page begins the time anew: until then nobody had forgotten anything.
    else if (before !== after || entry.pausedSince === null) entry.pausedSince = this.#monotonic()
    const call = this.#parts.liveCalls.get(callId)?.call
    if (call) this.#steer(callId, call)
  }

  #steer(callId: string, call: PhoneCall): void {
    const { phone, liveCalls, canRecord } = this.#parts
    const entry = this.#calls.get(callId)
    if (!entry || !('answeredAt' in call) || call.state === 'ended' || !canRecord(call)) return
    const state = tapeState(entry.taping)
    // Silence is ordered whatever the call is doing: it would be recorded for a moment after that.
    const quiets = entry.asked !== 'off' && state.to !== 'on'
    if (!quiets && !steerable(call)) return
    const why = state.to === 'paused' ? { why: state.why } : {}
    const wanted = JSON.stringify(state)
    const off = state.to === 'off'
    if (wanted === entry.asked || (off && entry.asked === 'off')) return
    const agentId = agentOf(call)
    const first = entry.asked === 'off'
    entry.asked = off ? 'off' : wanted
    if (agentId !== null) liveCalls.asked('record', call.externalId, agentId)
    // What begins in a pause begins to record first, and silence follows at once.
    if (first && state.to === 'paused') phone.send({ kind: 'record', externalId: call.externalId, to: 'on' })
    phone.send({ kind: 'record', externalId: call.externalId, to: state.to, ...why })
  }

  /** As the pages show it; null where this telephone records nothing. */
  shown(callId: string, call: PhoneCall): NonNullable<LiveCall['tape']> | null {
    const entry = this.#calls.get(callId)
    if (!entry || !this.#parts.canRecord(call)) return null
    const { taping, sentence, pausedSince } = entry
    const state = tapeState(taping)
    const remindsAfter = reminderAfterMs(taping)
    return {
      mode: taping.mode,
      consented: taping.consented,
      sentence,
      why: state.to === 'paused' ? state.why : null,
      paymentOpen: taping.paymentOpen,
      remindInMs: remindsAfter === null || pausedSince === null ? null : remindsAfter - (this.#monotonic() - pausedSince),
    }
  }
}
