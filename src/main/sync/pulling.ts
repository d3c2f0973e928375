import type { Page } from '../../shared/sync/protocol.ts'
import { errorDetails, type Log } from '../core/log.ts'
import { isDiskTrouble } from '../core/runner.ts'
import type { Store } from '../store/store.ts'
import { wantAgain } from './epoch.ts'
import type { FeedReader } from './feedReader.ts'
import { HubUnreachable } from './hubConnection.ts'
import { following } from './hubMemory.ts'
import type { LineState } from './lineState.ts'
import type { LinkSession } from './linkSession.ts'
import { FIRST_RETRY_MS, type Retries } from './retries.ts'
import { DISK_TROUBLE, NOT_TAKEN_IN } from './sentences.ts'
import type { Timers } from './timers.ts'

/** How often the hub is asked for what its stream may have left out, milliseconds. */
const PULL_MS = 30_000

export interface PullingParts {
  readonly store: Store
  readonly timers: Timers
  readonly log: Log
  readonly state: LineState
  readonly feed: FeedReader
  readonly retries: Retries
  revoked(): void
  /** Connects again after a while; milliseconds. */
  reconnectIn(milliseconds: number): void
}

/** Takes in what the line brings: the feed as it is streamed, and what is asked for where something may be missing. */
export class Pulling {
  readonly #parts: PullingParts
  #pulling = false
  #again = false
  #fetchedAnew = false
  #stopWaiting: () => void = () => undefined

  constructor(parts: PullingParts) {
    this.#parts = parts
  }

  /** The hub sends what it has just decided. */
  streamed(page: Page): void {
    const { store, state, feed } = this.#parts
    const { session } = state
    if (!session || state.recovering || following(store)?.snapshot) return
    void feed.take(page, () => session.isOpen).catch((error: unknown) => this.stuck(error, session))
  }

  /** Asks in the next turn. */
  now(): void {
    const { state, timers } = this.#parts
    const { session } = state
    if (session && !state.recovering) timers.soon(() => void this.pull(session))
  }

  /** Asks until the store stands where the hub stands, and from then on now and again. */
  async pull(session: LinkSession): Promise<void> {
    const { store, timers, state, feed, retries } = this.#parts
    this.#again = this.#pulling
    if (this.#pulling) return
    this.#pulling = true
    this.rest()
    try {
      const pulled = await feed.pull(session)
      if (pulled === 'revoked') return this.#parts.revoked()
      if (pulled === 'floor') wantAgain(store)
      // The rest is said by the next welcome: the hub's epoch, and that it is taking back what it forgot.
      if (pulled !== 'current' && pulled !== 'ended') return this.#parts.reconnectIn(FIRST_RETRY_MS)
      // A hub that answers and takes nothing (its disk is full) is not to be asked four times a second.
      if (state.session && store.journal.waiting() === 0) retries.beginAgain()
    } catch (error) {
      this.stuck(error, session)
    } finally {
      this.#pulling = false
    }
    if (this.#again) return this.now()
    this.#soon(PULL_MS * (0.75 + timers.random() / 2))
  }

  #soon(milliseconds: number): void {
    const { session } = this.#parts.state
    this.rest()
    if (session) this.#stopWaiting = this.#parts.timers.after(milliseconds, () => void this.pull(session))
  }

  /** Nothing more is asked by itself. */
  rest(): void {
    this.#stopWaiting()
  }

  /** What came can't be taken in. Once the rows are fetched anew; where that does not help either, a person is told. */
  stuck(error: unknown, session: LinkSession): void {
    const { store, log, state } = this.#parts
    if (!(error instanceof HubUnreachable)) {
      log.error('hub.stuck', { cursor: store.sync.state()?.cursor ?? 0, ...errorDetails(error) })
      if (isDiskTrouble(error)) state.problem = DISK_TROUBLE
      else if (this.#fetchedAnew) state.problem = NOT_TAKEN_IN
      else wantAgain(store)
      this.#fetchedAnew ||= !isDiskTrouble(error)
    }
    session.close()
  }
}
