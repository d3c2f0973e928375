/** How much of something is allowed: `burst` at once, refilled at `perMinute`. */
export interface Allowance {
  readonly burst: number
  readonly perMinute: number
}

interface Bucket {
  left: number
  at: number
}

const MOST_KEYS = 50_000
const MINUTE_MS = 60_000

/** Token buckets by key: an address, a device. Kept in memory; a hub process of its own has buckets of its own. */
export class RateLimit {
  readonly #allowance: Allowance
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  /** @param now a clock in milliseconds that only goes forward */
  constructor(allowance: Allowance, now: () => number = () => performance.now()) {
    this.#allowance = allowance
    this.#now = now
  }

  /** Takes `cost` out of the key's bucket. @returns seconds to wait before it is worth trying again; 0 where it was taken */
  take(key: string, cost = 1): number {
    const { burst, perMinute } = this.#allowance
    const now = this.#now()
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now }
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) * perMinute) / MINUTE_MS)
    bucket.at = now
    // Re-inserted, so that the map's order is that of the last use.
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > MOST_KEYS) this.#dropOldest()
    if (bucket.left >= cost) {
      bucket.left -= cost
      return 0
    }
    return Math.max(1, Math.ceil(((cost - bucket.left) * MINUTE_MS) / perMinute / 1000))
  }

  /** Gives back what was taken, where it turned out to be nothing to count. */
  giveBack(key: string, cost = 1): void {
    const bucket = this.#buckets.get(key)
    if (bucket) bucket.left = Math.min(this.#allowance.burst, bucket.left + cost)
  }

  /** Somebody with more addresses than this must not fill the memory; who came long ago has a full bucket anyway. */
  #dropOldest(): void {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
