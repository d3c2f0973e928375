import type { CallerCard, PhoneCall } from './port.ts'

export interface LiveEntry {
  readonly callId: string
  readonly call: PhoneCall
  /** Monotonic milliseconds at which the call was last heard of. */
  readonly heardAt: number
  readonly card: CallerCard | null
}

/** What rings and what is up now. The call log is in the store; this is only the moment. */
export class LiveCalls {
  readonly #calls = new Map<string, LiveEntry>()
  readonly #cards = new Map<string, CallerCard>()
  readonly #monotonic: () => number
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

  /** @returns the call as it now stands, and as it stood before. */
  heard(callId: string, call: PhoneCall): { readonly entry: LiveEntry; readonly before: PhoneCall | null } {
    const before = this.#calls.get(callId)?.call ?? null
    const entry: LiveEntry = { callId, call, heardAt: this.#monotonic(), card: this.#cards.get(call.externalId) ?? null }
    if (call.state === 'ended') {
      this.#calls.delete(callId)
      this.#cards.delete(call.externalId)
    } else this.#calls.set(callId, entry)
    return { entry, before }
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
