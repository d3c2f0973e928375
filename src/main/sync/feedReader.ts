import { assertNever } from '../../shared/base/assertNever.ts'
import type { FeedEntry, Page, PullAnswer } from '../../shared/sync/protocol.ts'
import type { BackgroundLane } from '../core/backgroundLane.ts'
import { Pace } from '../core/pace.ts'
import type { Store } from '../store/store.ts'
import { cutPage, weightOf } from './feedSlice.ts'
import { following } from './hubMemory.ts'
import { FeedHole, type Replica } from './replica.ts'

/** How much of a page is taken in at a time: what a person types meanwhile must not wait for the rest. */
const SLICE = { first: 20, least: 20, most: 400 } as const

/** To take a command back and run it again costs as much as so many rows. */
const ROWS_FOR_A_COMMAND = 12

/** Where running commands again costs so many times what the rows cost, a smaller slice is hardly shorter. */
const MOSTLY = 8

export interface FeedReaderParts {
  readonly store: Store
  readonly replica: Replica
  readonly lane: BackgroundLane
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number
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

/** Takes in the feed in its order, as it is streamed and as it is asked for. */
export class FeedReader {
  readonly #parts: FeedReaderParts
  readonly #pace: Pace
  #turn: Promise<void> = Promise.resolve()

  constructor(parts: FeedReaderParts) {
    this.#parts = parts
    this.#pace = new Pace({ ...SLICE, elapsed: parts.elapsed })
  }

  /** Takes in a page after those that came before it. @throws what kept it out of the store, a hole excepted */
  take(page: Page, wanted: () => boolean): Promise<void> {
    const turn = this.#turn.then(() => this.#takeIn(page, wanted))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async #takeIn(page: Page, wanted: () => boolean): Promise<void> {
    try {
      for (let rest: Page | null = page; rest; ) {
        const left: Page = rest
        rest = await this.#parts.lane.run(() => (wanted() ? this.#takeSlice(left) : null))
      }
    } catch (error) {
      if (!(error instanceof FeedHole)) throw error
      this.#parts.hole()
    }
  }

  /** @returns what is left of the page */
  #takeSlice(page: Page): Page | null {
    const { replica, arrived } = this.#parts
    const { slice, rest } = cutPage(page, this.#pace.size)
    const weight = weightOf(slice.entries)
    this.#pace.of(weight, () => replica.apply(slice))
    // Every slice runs them again, so that small ones would take longer together.
    if (replica.ranAgain * ROWS_FOR_A_COMMAND > MOSTLY * weight) this.#pace.widen()
    arrived(slice.entries)
    return rest
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
