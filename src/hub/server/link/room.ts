import type { Clearance } from '../../../shared/domain/kernel/table.ts'
import { type FeedEntry, PAGE_LIMIT } from '../../../shared/sync/protocol.ts'
import type { HubCompany, HubStore } from '../../core/hubStore.ts'
import { streamedPages } from './pageText.ts'

/** Somebody the feed is streamed to. */
export interface Listener {
  readonly clearances: ReadonlySet<Clearance>
  stream(pages: readonly Buffer[], upTo: number): void
  /** The epoch changed under the stream: its place means nothing any more. */
  comeBack(): void
}

const clearanceKey = (held: ReadonlySet<Clearance>): string => [...held].sort().join(' ')

/** The listeners of one company at this hub process, and how far the feed was streamed to them. */
export class Room {
  readonly epoch: string
  readonly #companyId: string
  readonly #store: HubStore
  readonly #onFailure: (error: unknown) => void
  readonly #listeners = new Set<Listener>()
  #position: number
  #reading = false
  #again = false

  constructor(companyId: string, at: Pick<HubCompany, 'epoch' | 'seq'>, store: HubStore, onFailure: (error: unknown) => void) {
    this.#companyId = companyId
    this.epoch = at.epoch
    this.#position = at.seq
    this.#store = store
    this.#onFailure = onFailure
  }

  get position(): number {
    return this.#position
  }

  get size(): number {
    return this.#listeners.size
  }

  join(listener: Listener): void {
    this.#listeners.add(listener)
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener)
  }

  /** Commands that this very process committed: nothing has to be read where they are the next. */
  offer(entries: readonly FeedEntry[]): void {
    if (!this.#reading && entries[0]?.seq === this.#position + 1) this.#broadcast(entries)
    else this.wake()
  }

  /** The feed may have grown: reads on from where the stream is. */
  wake(): void {
    if (this.#reading) this.#again = true
    else void this.#readOn()
  }

  async #readOn(): Promise<void> {
    this.#reading = true
    try {
      do {
        this.#again = false
        await this.#readPage()
      } while (this.#again && this.#listeners.size > 0)
    } catch (error) {
      // The slow poll tries again.
      this.#onFailure(error)
    } finally {
      this.#reading = false
    }
  }

  async #readPage(): Promise<void> {
    const { company, entries } = await this.#store.feed(this.#companyId, this.#position, PAGE_LIMIT)
    if (company.epoch !== this.epoch || company.seq < this.#position || company.feedFloor > this.#position) return this.dismiss()
    if (entries.length === 0) return
    this.#broadcast(entries)
    if (this.#position < company.seq) this.#again = true
  }

  /** Made into text once for everybody with the same clearances. */
  #broadcast(entries: readonly FeedEntry[]): void {
    const after = this.#position
    this.#position = entries.at(-1)?.seq ?? after
    const made = new Map<string, readonly Buffer[]>()
    for (const listener of this.#listeners) {
      const key = clearanceKey(listener.clearances)
      let pages = made.get(key)
      if (!pages) made.set(key, (pages = streamedPages(after, entries, listener.clearances)))
      listener.stream(pages, this.#position)
    }
  }

  dismiss(): void {
    for (const listener of [...this.#listeners]) listener.comeBack()
    this.#listeners.clear()
  }
}
