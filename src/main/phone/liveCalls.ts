import type { CallerCard, ExtensionState, LineState, PhoneCall, PhoneCommand } from './port.ts'
import { SoundsOnTheWay } from './voicemail/soundsOnTheWay.ts'

export interface LiveEntry {
  readonly callId: string
  readonly call: PhoneCall
  /** Monotonic milliseconds at which the call was last heard of. */
  readonly heardAt: number
  readonly card: CallerCard | null
}

/** What somebody is about to call, and why. */
export interface Dialled {
  /** E.164. */
  readonly number: string
  readonly agentId: string
  /** Whom they mean to reach, where the number alone does not say it. */
  readonly customerId: string | null
  /** The call it returns. */
  readonly returnsCallId: string | null
}

/** What rings and what is up now. The call log is in the store; this is only the moment. */
export class LiveCalls {
  readonly #calls = new Map<string, LiveEntry>()
  readonly #cards = new Map<string, CallerCard>()
  readonly #monotonic: () => number
  readonly #dialled: Dialled[] = []
  readonly #asked = new Map<string, string>()
  /** The telephone’s line as last said; null where none has said anything. */
  line: LineState | null = null
  /** What the system says of each colleague’s telephone. */
  readonly extensions = new Map<string, ExtensionState['state']>()
  /** How it stands with the voicemails that this workstation's telephone fetches. */
  readonly sounds = new SoundsOnTheWay()
  /** How often the practice line rings by itself, in minutes. */
  practiceEvery: number | null = null
  /** The script whose turn it is when none is named. */
  nextScript = 0

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic
  }

  /** Keeps what a practice caller will say until the call comes. */
  expect(externalId: string, card: CallerCard): void {
    this.#cards.set(externalId, card)
  }

  /** Keeps whom somebody is about to call until the telephone says that it dials. */
  expectDial(dialled: Dialled): void {
    // Whoever dials again means this call by it.
    this.notDialled(dialled.agentId)
    this.#dialled.push(dialled)
    // What was refused never comes; a few are enough to remember.
    if (this.#dialled.length > 8) this.#dialled.shift()
  }

  /** What somebody was about to call did not come about. */
  notDialled(agentId: string): void {
    const index = this.#dialled.findIndex((one) => one.agentId === agentId)
    if (index >= 0) this.#dialled.splice(index, 1)
  }

  /** Why this outgoing call is made, once. */
  whyDialled(number: string | null, agentId: string | null): Dialled | null {
    const index = this.#dialled.findIndex((one) => one.number === number && (agentId === null || one.agentId === agentId))
    return index < 0 ? null : (this.#dialled.splice(index, 1)[0] ?? null)
  }

  /** Remembers who asked for what, so that a refusal finds them. */
  asked(command: PhoneCommand['kind'], externalId: string | null, userId: string): void {
    this.#asked.set(`${command} ${externalId ?? ''}`, userId)
  }

  /** Who asked for it last. */
  whoAsked(command: PhoneCommand['kind'], externalId: string | null): string | null {
    return this.#asked.get(`${command} ${externalId ?? ''}`) ?? null
  }

  /** @returns the call as it now stands, and as it stood before. */
  heard(callId: string, call: PhoneCall): { readonly entry: LiveEntry; readonly before: PhoneCall | null } {
    const before = this.#calls.get(callId)?.call ?? null
    const entry: LiveEntry = { callId, call, heardAt: this.#monotonic(), card: this.#cards.get(call.externalId) ?? null }
    if (call.state === 'ended') {
      this.#calls.delete(callId)
      this.#cards.delete(call.externalId)
      for (const key of this.#asked.keys()) if (key.endsWith(` ${call.externalId}`)) this.#asked.delete(key)
    } else this.#calls.set(callId, entry)
    return { entry, before }
  }

  /** The line that a call came on has become known, by another telephone of it; its times are as they were heard. */
  learned(callId: string, line: Pick<PhoneCall, 'lineName' | 'lineNumber'>): LiveEntry | undefined {
    const entry = this.#calls.get(callId)
    if (!entry) return undefined
    const learned = { ...entry, call: { ...entry.call, ...line } }
    this.#calls.set(callId, learned)
    return learned
  }

  get(callId: string): LiveEntry | undefined {
    return this.#calls.get(callId)
  }

  all(): readonly LiveEntry[] {
    return [...this.#calls.values()]
  }

  /** Milliseconds since this entry was heard: what its growing duration has gained. */
  sinceHeard(entry: LiveEntry): number {
    return this.#monotonic() - entry.heardAt
  }
}
