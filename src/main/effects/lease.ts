import type { LeaseAnswer } from '../../shared/sync/protocol.ts'
import type { HubPort } from '../sync/port.ts'
import type { Timers } from '../sync/timers.ts'

/** How long a lease is taken for, seconds; a holder that dies keeps the others waiting so long. */
export const LEASE_SECONDS = 60

/** Nothing is begun in the last part of a lease: the word of its renewal may be on its way here, or lost. */
const MARGIN_MS = 15_000

/** The right to do one thing, for a while. */
export interface Lease {
  /** Null where there is no hub. */
  readonly token: string | null
  /** Whether it is surely still held. */
  alive(): boolean
  release(): Promise<void>
}

/** Without a hub there is nobody to share with. */
export const OWN: Lease = { token: null, alive: () => true, release: () => Promise.resolve() }

export interface LeaseParts {
  readonly hub: Pick<HubPort, 'lease'>
  readonly timers: Timers
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number
}

/**
 * Until when a lease that was asked for now is surely held. The machine's clock tells how long it slept, the other one
 * goes on when that is set: it is over as soon as either says so.
 */
function countdown({ timers, elapsed }: LeaseParts): () => boolean {
  const [clock, ticks] = [timers.now(), elapsed()]
  const limit = LEASE_SECONDS * 1000 - MARGIN_MS
  return () => timers.now() - clock < limit && elapsed() - ticks < limit
}

/** A lease of the hub, renewed until it is released or lost. */
class HubLease implements Lease {
  readonly #parts: LeaseParts
  readonly #name: string
  readonly token: string
  #alive: () => boolean
  #over = false
  #stop: () => void = () => undefined

  constructor(parts: LeaseParts, name: string, token: string, alive: () => boolean) {
    this.#parts = parts
    this.#name = name
    this.token = token
    this.#alive = alive
    this.#renewLater()
  }

  alive(): boolean {
    return !this.#over && this.#alive()
  }

  #renewLater(): void {
    this.#stop = this.#parts.timers.after((LEASE_SECONDS * 1000) / 4, () => void this.#renew())
  }

  async #renew(): Promise<void> {
    if (this.#over) return
    const alive = countdown(this.#parts)
    const answer = await ask(this.#parts, { name: this.#name, action: 'renew', token: this.token })
    if (this.#over) return
    if (answer?.kind === 'held') this.#alive = alive
    // The line may be back before it runs out.
    if (answer === null || answer.kind === 'held') this.#renewLater()
    else this.#over = true
  }

  async release(): Promise<void> {
    this.#over = true
    this.#stop()
    await ask(this.#parts, { name: this.#name, action: 'release', token: this.token })
  }
}

type Question = { readonly name: string; readonly action: 'take' | 'renew' | 'release'; readonly token: string | null }

/** @returns null where the hub can't be asked */
async function ask({ hub }: LeaseParts, question: Question): Promise<LeaseAnswer | null> {
  try {
    return await hub.lease({ ...question, seconds: LEASE_SECONDS })
  } catch {
    return null
  }
}

/** Gives back a lease of before this start. */
export async function releaseLease(parts: LeaseParts, name: string, token: string): Promise<void> {
  await ask(parts, { name, action: 'release', token })
}

/** @returns null where somebody else has it, or the hub can't be asked */
export async function takeLease(parts: LeaseParts, name: string): Promise<Lease | null> {
  const alive = countdown(parts)
  const answer = await ask(parts, { name, action: 'take', token: null })
  return answer?.kind === 'held' ? new HubLease(parts, name, answer.token, alive) : null
}
