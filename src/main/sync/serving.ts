import type { Store } from '../store/store.ts'
import { adoptEpoch, wantAgain } from './epoch.ts'
import type { HubConnection } from './hubConnection.ts'
import { following, type Stopped } from './hubMemory.ts'
import type { LineState } from './lineState.ts'
import type { LinkSession, Welcome } from './linkSession.ts'
import type { Pulling } from './pulling.ts'
import type { Pusher } from './pusher.ts'
import { RECOVERING_AGAIN_MS } from './retries.ts'
import { clonedSentence, otherCompanySentence, RECOVERING } from './sentences.ts'
import { LoadingEnded, type SnapshotLoader } from './snapshotLoader.ts'

export interface ServingParts {
  readonly store: Store
  readonly connection: HubConnection
  readonly state: LineState
  readonly pusher: Pusher
  readonly pulling: Pulling
  readonly loader: SnapshotLoader
  /** It does not go on by itself. */
  stop(kind: Stopped['kind'], problem: string): void
  /** Connects again after a while; milliseconds. */
  reconnectIn(milliseconds: number): void
  /** What the line was for could not be done. */
  failed(error: unknown): void
}

/** What happens on a line between the hub's welcome and the feed as it grows. */
export class Serving {
  readonly #parts: ServingParts

  constructor(parts: ServingParts) {
    this.#parts = parts
  }

  /** @throws whatever keeps the line from being served: it is closed by the caller, and another opened */
  async serve(session: LinkSession, welcome: Welcome, token: string): Promise<void> {
    const { store, state, pusher } = this.#parts
    if (!this.#isOurs(welcome)) return session.close()
    adoptEpoch(store, welcome.position)
    state.recovering = welcome.recovering
    state.become({ kind: 'up', session }, welcome.recovering ? RECOVERING : null)
    if (welcome.recovering) return this.#giveBack(session, welcome, token)
    if (following(store)?.schema !== store.schema) wantAgain(store)
    pusher.use(session)
    void this.#follow(session, token)
  }

  /** Whether the hub and this store belong together; where they don't, the link has been stopped. */
  #isOurs({ companyId, lastWsSeq }: Welcome): boolean {
    const { store, stop } = this.#parts
    const waiting = store.journal.waiting()
    if (companyId !== store.companyId) {
      stop('store', otherCompanySentence(waiting))
      return false
    }
    // The hub had commands of this workstation that are not in this store: it is an old copy of itself, or another's.
    if (lastWsSeq > store.sync.lastSeq() - (following(store)?.hub.offset ?? 0)) {
      stop('cloned', clonedSentence(waiting))
      return false
    }
    return true
  }

  /** Gives a restored hub what it forgot, and comes again to see whether it is done. */
  async #giveBack(session: LinkSession, { position }: Welcome, token: string): Promise<void> {
    const { connection, pusher, reconnectIn } = this.#parts
    await pusher.giveBack(session)
    await connection.recovered(token, position.epoch)
    reconnectIn(RECOVERING_AGAIN_MS)
  }

  /** What is missing comes first; from then on the feed as it grows. */
  async #follow(session: LinkSession, token: string): Promise<void> {
    const { store, connection, state, pusher, pulling, loader } = this.#parts
    const wanted = (): boolean => session.isOpen && state.session !== null
    try {
      if (following(store)?.snapshot) {
        // The hub's word on what was sent before: the snapshot may hold it already, and it must not be run on top of itself.
        await pusher.drain()
        if (wanted()) await loader.load({ connection, token, wanted })
      }
      if (wanted()) await pulling.pull(session)
    } catch (error) {
      if (error instanceof LoadingEnded) return
      this.#parts.failed(error)
      session.close()
    }
  }
}
