import { CLOSE } from '../../shared/sync/closeCodes.ts'

const LAST_RETRY_MS = 15_000

/** The first wait, milliseconds. */
export const FIRST_RETRY_MS = 250

/** How often a hub that takes back what it forgot is asked whether it is done, milliseconds. */
export const RECOVERING_AGAIN_MS = 2000

/** How often is tried whether the older of the two sides has been upgraded, milliseconds. */
export const VERSION_AGAIN_MS = 60_000

/**
 * How long at least to stay away after the hub has hung up, milliseconds. Two programs at work on one workstation's store
 * would else take the line from each other four times a second.
 */
const STAY_AWAY_MS: ReadonlyMap<number, number> = new Map([
  [CLOSE.replaced, 5000],
  [CLOSE.later, 2000],
  [CLOSE.policy, 2000],
])

/** How long to wait before the hub is tried again: twice as long each time that nothing came of it. */
export class Retries {
  #attempts = 0

  /** Something came of it, or somebody asks for it: the next wait is short. */
  beginAgain(): void {
    this.#attempts = 0
  }

  /**
   * @param chance from 0 up to 1, so that an office does not come back all at once
   * @param code with which the hub has hung up, where it did
   * @returns milliseconds
   */
  next(chance: number, code: number | null = null): number {
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts) * (0.5 + chance / 2)
    this.#attempts = Math.min(this.#attempts + 1, 10)
    return Math.max(wait, (STAY_AWAY_MS.get(code ?? 0) ?? 0) * (1 + chance))
  }
}
