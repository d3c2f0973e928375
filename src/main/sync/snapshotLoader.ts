import type { AnyRow, Table } from '../../shared/domain/kernel/table.ts'
import { tableIfKnown, TABLES } from '../../shared/domain/tables.ts'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import type { Log } from '../core/log.ts'
import type { SearchKind } from '../store/searchEntries.ts'
import type { Store } from '../store/store.ts'
import { HubRefused, HubUnreachable, type SnapshotManifest } from './hubConnection.ts'
import { type Following, following, saveFollowing, type SnapshotMemory, wantedSnapshot } from './hubMemory.ts'
import type { Replica } from './replica.ts'
import { type Inflate, rowOfLine } from './snapshotChunk.ts'
import { type ArrivedChunk, LoadingEnded, SnapshotDownload, type SnapshotSource, stopUnlessWanted } from './snapshotDownload.ts'
import { nextTurn, type Timers } from './timers.ts'

/** How long transactions are made, about, and how many rows they take at most. */
interface Pace {
  readonly milliseconds: number
  readonly most: number
}

/** Nobody can work yet: what counts is to have today on the screen. */
const BEFORE_USABLE: Pace = { milliseconds: 200, most: 20_000 }
/** What a person does meanwhile never waits longer. */
const BESIDE_WORK: Pace = { milliseconds: 25, most: 4000 }
// Smaller ones would write the same pages over and over: each row belongs on a page of every index. Where other programs
// keep the machine busy, time says nothing of how much was written.
const SMALLEST_SLICE = 500
const FIRST_SLICE = 1000
/** Rows of a table that are looked at in one turn for what the hub does not have. */
const DROP_PAGE = 500

/** What can be found as soon as today is usable, and what when all is in; what a page or a person brings is entered with it. */
const [ENTERED_FIRST, ENTERED_LAST]: readonly [readonly SearchKind[], readonly SearchKind[]] = [['customer', 'location'], ['job', 'invoice', 'lead']]

export interface LoaderParts {
  readonly store: Store
  readonly replica: Replica
  readonly timers: Timers
  readonly log: Log
  /** Rows came in: what is shown is stale. */
  readonly changedTables: (tables: readonly string[]) => void
  /** The progress is another. */
  readonly progressed: () => void
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number
  /** How chunks are unpacked where not on another thread. */
  readonly inflate?: Inflate | undefined
}

export { LoadingEnded }

interface Loading extends Following {
  readonly snapshot: SnapshotMemory & { readonly manifest: SnapshotManifest }
}

/**
 * Brings a company's rows in from a snapshot, chunk by chunk, in transactions so short that people go on working; what is
 * in stays in when Baton is killed. Into an emptied store rows are written as they are; over rows that are here they are
 * taken in like a page of the feed, and those that the snapshot does not name go.
 */
export class SnapshotLoader {
  readonly #parts: LoaderParts
  #slice = FIRST_SLICE
  #usable = false

  constructor(parts: LoaderParts) {
    this.#parts = parts
  }

  /**
   * Loads what is wanted to its end. The caller has sent what waits before.
   * @throws HubUnreachable, HubRefused, LoadingEnded; called again, it goes on
   */
  async load(source: SnapshotSource): Promise<void> {
    const { store, inflate } = this.#parts
    store.checkReferences(false)
    const loading = await this.#begin(source)
    const { manifest, mode, chunks } = loading.snapshot
    this.#usable = loading.snapshot.usable
    const named = mode === 'again' ? new Map<string, Set<string>>() : null
    const download = new SnapshotDownload(source, manifest, chunks, inflate)
    for (let index = chunks; ; index++) {
      const arrived = await this.#arrived(download)
      stopUnlessWanted(source)
      if (arrived?.chunk.first !== true) await this.#becomeUsable(source)
      if (!arrived) break
      await this.#takeChunk(source, arrived.lines, named, progressAt(download.manifest, index + 1))
    }
    if (named) await this.#dropUnnamed(source, named)
    await this.#enterAll(source, named ? [...ENTERED_FIRST, ...ENTERED_LAST] : ENTERED_LAST)
    await this.#end(source)
  }

  #state(): Following {
    const state = following(this.#parts.store)
    if (!state?.snapshot) throw new LoadingEnded('No snapshot is wanted')
    return state
  }

  #save(change: Partial<SnapshotMemory>): void {
    const state = this.#state()
    if (state.snapshot) saveFollowing(this.#parts.store, { ...state, snapshot: { ...state.snapshot, ...change } })
  }

  async #begin(source: SnapshotSource): Promise<Loading> {
    const state = this.#state()
    const { store } = this.#parts
    const known = state.snapshot
    if (known?.manifest && known.manifest.epoch === state.epoch) {
      // Which rows the chunks so far named is not known any more: they are looked through again, and what is the same is passed over.
      if (known.mode === 'again') this.#save({ chunks: 0, rows: 0 })
      const now = this.#state()
      return { ...now, snapshot: { ...known, manifest: known.manifest, ...(known.mode === 'again' ? { chunks: 0, rows: 0 } : {}) } }
    }
    const manifest = await source.connection.snapshot(source.token)
    stopUnlessWanted(source)
    if (manifest.epoch !== state.epoch) throw new HubUnreachable('The hub was restored meanwhile')
    const mode = known?.manifest ? 'again' : (known?.mode ?? 'again')
    const snapshot = { mode, manifest, chunks: 0, rows: 0, usable: known?.usable ?? mode === 'again' } as const
    const loading: Loading = { ...state, cursor: manifest.seq, schema: store.schema, snapshot }
    saveFollowing(store, loading)
    this.#parts.progressed()
    return loading
  }

  async #turn(source: SnapshotSource): Promise<void> {
    await nextTurn(this.#parts.timers)
    stopUnlessWanted(source)
  }

  async #arrived(download: SnapshotDownload): Promise<ArrivedChunk | null> {
    try {
      return await download.next()
    } catch (error) {
      if (error instanceof HubRefused && error.status === 404) this.#forgetSnapshot()
      throw error
    }
  }

  /** The hub keeps a snapshot for a while only: another one is taken, over what came of this one. */
  #forgetSnapshot(): void {
    const state = this.#state()
    const usable = state.snapshot?.usable ?? false
    saveFollowing(this.#parts.store, { ...state, snapshot: { ...wantedSnapshot('again'), usable } })
  }

  /** @param named where it is noted which rows there were */
  async #takeChunk(source: SnapshotSource, lines: readonly string[], named: Map<string, Set<string>> | null, progress: Partial<SnapshotMemory>): Promise<void> {
    const tables = new Set<string>()
    for (let from = 0; from < lines.length || from === 0; ) {
      await this.#turn(source)
      const started = this.#parts.elapsed()
      const rows = lines.slice(from, from + this.#slice).map(rowOfLine)
      from += Math.max(1, rows.length)
      for (const [table, id] of rows) {
        tables.add(table)
        if (named) named.set(table, (named.get(table) ?? new Set()).add(id))
      }
      this.#takeRows(rows, named !== null, () => {
        // A chunk that was broken off is taken again from its beginning: its rows are the same.
        if (from >= lines.length) this.#save(progress)
        this.#fit(this.#parts.elapsed() - started)
      })
    }
    this.#parts.progressed()
    if (this.#usable) this.#parts.changedTables([...tables])
  }

  /** @param over rows may be here already, and what people did here lies on top of them */
  #takeRows(rows: readonly FeedRow[], over: boolean, within: () => void): void {
    const { store, replica } = this.#parts
    if (over || store.sync.pending(this.#state().cursor).length > 0) {
      replica.applySnapshot(rows)
      within()
      return
    }
    const known = rows.flatMap(([name, , row]): { readonly table: Table; readonly row: AnyRow }[] => {
      const table = tableIfKnown(name)
      return table && row ? [{ table, row }] : []
    })
    store.fetchedTransaction(() => {
      store.engine.fill(known)
      within()
    })
  }

  #fit(took: number): void {
    const { milliseconds, most } = this.#usable ? BESIDE_WORK : BEFORE_USABLE
    // What the commit takes depends on the disk, and hardly on how much there is to write.
    if (took > milliseconds * 1.5) this.#slice = Math.max(SMALLEST_SLICE, Math.floor(this.#slice / 2))
    else if (took < milliseconds / 2) this.#slice = Math.min(most, this.#slice * 2)
  }

  /** Today and every customer are here: they can be found, and people can sign in. */
  async #becomeUsable(source: SnapshotSource): Promise<void> {
    if (this.#usable) return
    await this.#enterAll(source, ENTERED_FIRST)
    this.#save({ usable: true })
    this.#usable = true
    this.#slice = Math.min(this.#slice, FIRST_SLICE)
    this.#parts.store.engine.forget()
    this.#parts.changedTables(TABLES.map((table) => table.name))
    this.#parts.progressed()
  }

  async #enterAll(source: SnapshotSource, kinds: readonly SearchKind[]): Promise<void> {
    const { store } = this.#parts
    for (const kind of kinds) {
      for (let after: string | null = ''; after !== null; ) {
        const behind: string = after
        const started = this.#parts.elapsed()
        after = store.fetchedTransaction(() => {
          const last = store.search.enter(kind, behind, this.#slice)
          this.#fit(this.#parts.elapsed() - started)
          return last
        })
        await this.#turn(source)
      }
    }
  }

  /** What the hub does not have goes; what people here have made since stays on top. */
  async #dropUnnamed(source: SnapshotSource, named: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    const { store, replica } = this.#parts
    for (const table of [...TABLES].reverse()) {
      const kept = named.get(table.name)
      for (let after: string | null = ''; after !== null; ) {
        const rows = store.engine.page(table, after, DROP_PAGE)
        // To drop one row may take a command back that took others away, and those are back then: they go with it.
        const here = new Set([...rows.map(({ id }) => id), ...replica.rowsBeneath(table.name)])
        const gone = [...here].filter((id) => kept?.has(id) !== true)
        if (gone.length > 0) replica.applySnapshot(gone.map((id) => [table.name, id, null]))
        after = rows.length < DROP_PAGE ? null : (rows.at(-1)?.id ?? null)
        await this.#turn(source)
      }
    }
  }

  async #end(source: SnapshotSource): Promise<void> {
    const { store, log } = this.#parts
    for (const table of TABLES) {
      await this.#turn(source)
      const broken = store.brokenReferences(table.name)
      if (broken > 0) log.error('snapshot.references', { table: table.name, rows: broken })
    }
    store.sync.saveSnapshot(null)
    store.checkReferences(true)
    store.refreshStatistics()
    this.#parts.changedTables(TABLES.map((table) => table.name))
    this.#parts.progressed()
  }
}

function progressAt(manifest: SnapshotManifest, chunks: number): Partial<SnapshotMemory> {
  return { manifest, chunks, rows: manifest.chunks.slice(0, chunks).reduce((sum, { rows }) => sum + rows, 0) }
}
