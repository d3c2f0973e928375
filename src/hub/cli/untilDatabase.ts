import { setTimeout as pause } from 'node:timers/promises'
import { errorDetails, type HubLog } from '../server/log.ts'
import { databaseAway } from '../store/databaseAway.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

export interface DatabaseWait {
  readonly log: HubLog
  /** Ends the waiting: the hub is being stopped, or its PostgreSQL won't come back. */
  readonly signal: AbortSignal
  /** The database is away, for this reason. */
  away(reason: string): Promise<void>
}

/**
 * Does something with the database, and again after a while each time the database goes away under it.
 * @throws what it throws otherwise, and the signal's reason
 */
export async function untilDatabase<T>(attempt: () => Promise<T>, { log, signal, away }: DatabaseWait): Promise<T> {
  for (let failed = 1; ; failed++) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      const reason = databaseAway(error)
      if (reason === null) throw error
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failed - 1), LONGEST_PAUSE_MS)
      log.warn('hub.databaseAway', { attempt: failed, reason, againInMs: pauseMs, ...errorDetails(error) })
      await away(reason)
      await pause(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }
}
