import { setTimeout as pause } from 'node:timers/promises'
import type { Account } from './account.ts'
import { listeningSettings, type Place, readiness } from './connection.ts'
import { type Installation, programPath } from './find.ts'
import { type Guarded, runGuarded } from './guarded.ts'
import type { Layout } from './layout.ts'
import { endLeftovers } from './leftovers.ts'
import type { PostgresLog } from './log.ts'
import { lengthOf, printedSince, rotate } from './output.ts'
import { PostgresProblem } from './problem.ts'
import { commandLineWords, type Settings } from './settings.ts'

/** PostgreSQL has ended although nobody asked it to. */
export interface PostgresExit {
  /** Its exit code; a signal counts 128 more than its number. */
  readonly code: number
  /** false: it could not be brought back, and won't be tried again. */
  readonly willRestart: boolean
}

/** What a supervisor runs. */
export interface Server {
  readonly layout: Layout
  readonly programs: Installation
  readonly account: Account | undefined
  readonly place: Place
  readonly password: string
  readonly settings: Settings
}

/** Starts in a row that end before PostgreSQL answers. One that comes up each time is of use, however often it dies. */
const MAX_FAILED_STARTS = 6
const LOOK_AGAIN_MS = 25
/** Recovery after a crash reads what was written since the last checkpoint: at most max_wal_size. */
const READY_WITHIN_MS = 300_000
const LONGEST_PAUSE_MS = 5_000
/** Deaths further back say nothing of the next. */
const RECENT_MS = 60_000

/** Milliseconds to wait before PostgreSQL is started after so many deaths within a minute. */
function pauseAfter(deaths: number): number {
  return deaths <= 1 ? 0 : Math.min(100 * 2 ** (deaths - 2), LONGEST_PAUSE_MS)
}

/** Keeps one PostgreSQL running, from `start` to `stop`. */
export class Supervisor {
  readonly #server: Server
  readonly #log: PostgresLog
  readonly #listeners = new Set<(exit: PostgresExit) => void>()
  readonly #stopping = new AbortController()
  #current: Guarded | undefined
  #deaths: readonly number[] = []
  #restarting: Promise<void> = Promise.resolve()

  constructor(server: Server, log: PostgresLog) {
    this.#server = server
    this.#log = log
  }

  /** @throws PostgresProblem where PostgreSQL doesn't come up */
  async start(): Promise<void> {
    const problem = await this.#startRepeatedly()
    if (problem) throw problem
  }

  onExit(listener: (exit: PostgresExit) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Ends PostgreSQL in good order. May be called more than once. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all([this.#current?.stop(), this.#restarting])
    await endLeftovers(this.#server.layout.cluster, this.#log)
  }

  /** Starts it until it answers; resolves with the last start's problem where it never does. */
  async #startRepeatedly(): Promise<PostgresProblem | undefined> {
    for (let failed = 1; ; failed++) {
      try {
        await this.#startOnce()
        return undefined
      } catch (error) {
        if (!(error instanceof PostgresProblem)) throw error
        this.#log.warn('postgres.start-failed', { attempt: failed, error: error.message })
        if (failed >= MAX_FAILED_STARTS || this.#stopping.signal.aborted) return error
        await this.#pause(pauseAfter(failed + 1))
      }
    }
  }

  async #startOnce(): Promise<void> {
    const { layout, programs, account, place, settings } = this.#server
    await endLeftovers(layout.cluster, this.#log)
    if (this.#stopping.signal.aborted) throw new PostgresProblem('The hub is being stopped.')
    rotate(layout.output)
    const printedBefore = lengthOf(layout.output)
    const words = ['-D', layout.cluster, ...commandLineWords({ ...settings, ...listeningSettings(place) })]
    const guarded = runGuarded(programPath(programs.folder, 'postgres'), words, layout.cluster, account, layout.output)
    this.#current = guarded
    const code = await this.#readyOrEnded(guarded)
    if (code !== undefined) {
      throw new PostgresProblem(`The hub\u2019s PostgreSQL ended (code ${code}) before it answered. The data is in ${layout.cluster}. PostgreSQL says: ${printedSince(layout.output, printedBefore)}`)
    }
    this.#log.info('postgres.started', { version: programs.major, origin: programs.origin })
    void guarded.ended.then((late) => this.#onEnd(late))
  }

  /** Resolves to undefined when PostgreSQL answers, or to its exit code. */
  async #readyOrEnded(guarded: Guarded): Promise<number | undefined> {
    let code: number | undefined
    void guarded.ended.then((ended) => (code = ended))
    const deadline = performance.now() + READY_WITHIN_MS
    while (code === undefined) {
      const state = await readiness(this.#server.place, this.#server.password)
      if (state === 'ready') return undefined
      if (state === 'wrong-password' || performance.now() > deadline) {
        await guarded.stop()
        throw new PostgresProblem(
          state === 'wrong-password'
            ? `The hub\u2019s PostgreSQL doesn\u2019t accept the password in ${this.#server.layout.password}. The data is untouched. Put the file back from a copy of the folder.`
            : `The hub\u2019s PostgreSQL doesn\u2019t answer; it was stopped. What it printed is in ${this.#server.layout.output}.`,
        )
      }
      await pause(LOOK_AGAIN_MS)
    }
    return code
  }

  #onEnd(code: number): void {
    if (this.#stopping.signal.aborted) return
    this.#log.error('postgres.ended', { code })
    this.#tell({ code, willRestart: true })
    this.#restarting = this.#restart(code)
  }

  async #restart(code: number): Promise<void> {
    const now = performance.now()
    this.#deaths = [...this.#deaths.filter((at) => now - at < RECENT_MS), now]
    await this.#pause(pauseAfter(this.#deaths.length))
    const problem = await this.#startRepeatedly().catch((error: unknown) => new PostgresProblem(String(error)))
    if (!problem || this.#stopping.signal.aborted) return
    this.#log.error('postgres.given-up', { error: problem.message })
    this.#tell({ code, willRestart: false })
  }

  #tell(exit: PostgresExit): void {
    for (const listener of [...this.#listeners]) listener(exit)
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}
