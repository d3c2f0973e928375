import { type Page, SYNC_PROTOCOL } from '../../shared/sync/protocol.ts'
import { errorDetails, type Log } from '../core/log.ts'
import { isDiskTrouble } from '../core/runner.ts'
import type { Store } from '../store/store.ts'
import { found } from './founding.ts'
import { type HubConnection, HubRefused, HubUnreachable } from './hubConnection.ts'
import { following, type Stopped } from './hubMemory.ts'
import type { HubTokens } from './hubTokens.ts'
import type { LineState } from './lineState.ts'
import { LinkSession, type SessionListener, type Welcome } from './linkSession.ts'
import { failureOf } from './linkState.ts'
import type { Retries } from './retries.ts'
import { DISK_TROUBLE } from './sentences.ts'
import type { Timers } from './timers.ts'

export interface ConnectingParts {
  readonly store: Store
  readonly timers: Timers
  readonly log: Log
  readonly version: string
  readonly connection: HubConnection
  readonly tokens: HubTokens
  readonly state: LineState
  readonly retries: Retries
  readonly changed: () => void
  readonly presence: SessionListener['presence']
  page(page: Page): void
  revoked(): void
  /** It does not go on by itself. */
  stop(kind: Stopped['kind'], problem: string): void
  /** A line was opened and the hub has welcomed this workstation. @throws what keeps it from being served */
  serve(session: LinkSession, welcome: Welcome, token: string): Promise<void>
  /** Nothing is sent or asked on the line any more. */
  letGo(): void
  /** A line is gone, and with it what was awaited on it. */
  lost(): void
}

/** Opens the line to the hub, and another when it is gone: again and again, in ever longer steps. */
export class Connecting {
  readonly #parts: ConnectingParts
  #connecting = false
  #stopRetry: () => void = () => undefined

  constructor(parts: ConnectingParts) {
    this.#parts = parts
  }

  get #isDown(): boolean {
    return this.#parts.state.line.kind === 'down'
  }

  async connect(): Promise<void> {
    if (this.#connecting || !this.#isDown) return
    this.#connecting = true
    this.rest()
    await this.#attempt().catch((error: unknown) => this.failed(error))
    this.#connecting = false
    // Nothing came of it, or it broke before it was served to its end and whoever noticed could not try again meanwhile.
    if (this.#isDown) this.#retry()
  }

  async #attempt(): Promise<void> {
    const { store, connection, tokens, serve, changed } = this.#parts
    const token = await tokens.token()
    if (following(store)?.hub.founding) await found({ store, connection, token, progressed: changed, wanted: () => this.#isDown })
    const opened = await this.#open(token)
    if (!opened) return
    const { session, welcome } = opened
    if (!this.#isDown) return session.close()
    if (!session.isOpen) throw new HubUnreachable('The line to the hub broke')
    await serve(session, welcome, token).catch((error: unknown) => {
      // Nobody serves it any more; the next attempt opens another.
      session.close()
      throw error
    })
  }

  async #open(token: string): Promise<{ readonly session: LinkSession; readonly welcome: Welcome } | null> {
    const { store, timers, version, connection, state, page, presence, revoked } = this.#parts
    const known = following(store)
    if (!known || !this.#isDown) return null
    let mine: LinkSession | null = null
    const hello = { t: 'hello', protocol: SYNC_PROTOCOL, schema: store.schema, version, epoch: known.epoch, cursor: known.cursor } as const
    const opened = await LinkSession.open(connection, token, hello, timers, {
      page,
      presence,
      revoked,
      problem: (sentence) => (state.problem = sentence),
      closed: (code) => this.#closed(mine, code),
    })
    mine = opened.session
    return opened
  }

  #closed(session: LinkSession | null, code: number | null): void {
    const { state, letGo, lost } = this.#parts
    letGo()
    lost()
    if (session === null || state.session !== session) return
    state.become({ kind: 'down' }, state.problem)
    this.#retry(code)
  }

  /** Connects again after a while, without calling the line down meanwhile. */
  reconnectIn(milliseconds: number): void {
    const { state, timers, letGo } = this.#parts
    const { session } = state
    if (!session) return
    letGo()
    this.rest()
    this.#stopRetry = timers.after(milliseconds * (0.75 + timers.random() / 2), () => {
      if (state.session !== session) return
      state.makeAnew()
      session.close()
      void this.connect()
    })
  }

  /** @param code with which the hub has hung up; null where it did not, or nobody heard it */
  #retry(code: number | null = null): void {
    const { timers, retries } = this.#parts
    if (!this.#isDown) return
    this.rest()
    this.#stopRetry = timers.after(retries.next(timers.random(), code), () => void this.connect())
  }

  /** Does not connect by itself. */
  rest(): void {
    this.#stopRetry()
  }

  /** Says why nothing came of a line, and stops where another would not be better. */
  failed(error: unknown): void {
    const { store, log, state, tokens, stop, changed } = this.#parts
    if (state.line.kind === 'closed' || state.line.kind === 'stopped') return
    const failure = failureOf(error, store.journal.waiting())
    if (error instanceof HubRefused) log.warn('hub.refused', { status: error.status, code: error.code })
    if (failure.kind === 'stop') return stop(failure.why, failure.problem)
    if (failure.kind === 'broken') {
      log.error('hub.failed', errorDetails(error))
      if (isDiskTrouble(error)) state.problem = DISK_TROUBLE
    } else {
      if (failure.newSession) tokens.forget()
      state.problem = failure.problem
    }
    changed()
  }
}
