import type { LeaseAnswer, LeaseQuestion } from '../../src/shared/sync/protocol.ts'
import type { Timers } from '../../src/main/sync/timers.ts'

interface Held {
  readonly deviceId: string
  readonly token: string
  readonly expiresAt: number
}

/** The hub's leases in memory, by the test's clock: the same rules as PostgreSQL's. */
export class MemoryLeases {
  readonly #timers: Timers
  readonly #held = new Map<string, Held>()
  #tokens = 0

  constructor(timers: Timers) {
    this.#timers = timers
  }

  answer(deviceId: string, { name, action, token, seconds }: LeaseQuestion): LeaseAnswer {
    const known = this.#held.get(name)
    const held = known && known.expiresAt > this.#timers.now() ? known : undefined
    const own = held?.deviceId === deviceId && held.token === token
    if (action === 'release') {
      if (own) this.#held.delete(name)
      return { kind: 'released' }
    }
    if (action === 'take' ? held !== undefined : !own) return held ? { kind: 'taken', byDeviceId: held.deviceId, expiresAt: held.expiresAt } : { kind: 'released' }
    const next = { deviceId, token: own ? held.token : `token-${++this.#tokens}`, expiresAt: this.#timers.now() + seconds * 1000 }
    this.#held.set(name, next)
    return { kind: 'held', token: next.token, expiresAt: next.expiresAt }
  }
}
