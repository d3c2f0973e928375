import { assertNever } from '../../shared/base/assertNever.ts'
import type { FeedEntry, Page, PullAnswer } from '../../shared/sync/protocol.ts'
import type { Store } from '../store/store.ts'
import { following } from './hubMemory.ts'
import { FeedHole, type Replica } from './replica.ts'
import { nextTurn, type Timers } from './timers.ts'

/** So much of a page is taken in at a time: what a person types meanwhile must not wait for the rest. */
const SLICE_ROWS = 400

export interface FeedReaderParts {
  readonly store: Store
  readonly replica: Replica
  readonly timers: Timers
  /** Entries are in the store. */
  arrived(entries: readonly FeedEntry[]): void
  /** Entries are missing before a page that was streamed. */
  hole(): void
}

export interface PullLine {
  readonly isOpen: boolean
  pull(epoch: string, after: number): Promise<PullAnswer>
}

/** How a pull ended. */
export type Pulled = 'current' | 'ended' | 'revoked' | 'floor' | 'epoch' | 'ahead'

function* slicesOf({ after, upTo, entries }: Page): Generator<Page> {
  let [from, rows] = [after, 0]
  let slice: FeedEntry[] = []
  for (const entry of entries) {
    if (slice.length > 0 && rows + entry.rows.length > SLICE_ROWS) {
      const end = entry.seq - 1
      yield { after: from, upTo: end, entries: slice }
      slice = []
      ;[from, rows] = [end, 0]
    }
    slice.push(entry)
    rows += entry.rows.length + 1
  }
  yield { after: from, upTo, entries: slice }
}

/** Takes in the feed in its order, as it is streamed and as it is asked for. */
export class FeedReader {
  readonly #parts: FeedReaderParts
  #turn: Promise<void> = Promise.resolve()

  constructor(parts: FeedReaderParts) {
    this.#parts = parts
  }

  /** Takes in a page after those that came before it. @throws what kept it out of the store, a hole excepted */
  take(page: Page, wanted: () => boolean): Promise<void> {
    const turn = this.#turn.then(() => this.#takeIn(page, wanted))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async #takeIn(page: Page, wanted: () => boolean): Promise<void> {
    let first = true
    for (const slice of slicesOf(page)) {
      if (!first) await nextTurn(this.#parts.timers)
      first = false
      if (!wanted()) return
      try {
        this.#parts.replica.apply(slice)
      } catch (error) {
        if (!(error instanceof FeedHole)) throw error
        this.#parts.hole()
        return
      }
      this.#parts.arrived(slice.entries)
    }
  }

  /** Asks until the store stands where the hub stands. @throws HubUnreachable */
  async pull(line: PullLine): Promise<Pulled> {
    const { store } = this.#parts
    while (line.isOpen) {
      const state = following(store)
      if (!state || state.snapshot) return 'ended'
      const answer = await line.pull(state.epoch, state.cursor)
      switch (answer.kind) {
        case 'page':
          await this.take(answer.page, () => line.isOpen)
          if (!answer.more) return 'current'
          break
        case 'resync':
          return answer.reason
        case 'revoked':
          return 'revoked'
        default:
          return assertNever(answer, 'answer to a pull')
      }
    }
    return 'ended'
  }
}
