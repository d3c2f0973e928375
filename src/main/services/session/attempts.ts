import { MINUTE } from '../../../shared/base/time.ts'

const FREE_TRIES = 5
const WAIT_MS = MINUTE / 2

/** Slows guessing down: after five wrong PINs for a person, each further try waits half a minute. */
export class SignInAttempts {
  readonly #wrong = new Map<string, { count: number; lastAt: number }>()

  /** Milliseconds until this person may try again; 0 is now. */
  waitFor(userId: string, now: number): number {
    const wrong = this.#wrong.get(userId)
    if (!wrong || wrong.count < FREE_TRIES) return 0
    return Math.max(0, wrong.lastAt + WAIT_MS - now)
  }

  failed(userId: string, now: number): void {
    this.#wrong.set(userId, { count: (this.#wrong.get(userId)?.count ?? 0) + 1, lastAt: now })
  }

  succeeded(userId: string): void {
    this.#wrong.delete(userId)
  }
}
