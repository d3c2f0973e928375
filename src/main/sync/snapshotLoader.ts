import type { AnyRow, Table } from '../../shared/domain/kernel/table.ts'
import { tableIfKnown, TABLES } from '../../shared/domain/tables.ts'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import type { Log } from '../core/log.ts'
import type { SearchKind } from '../store/searchEntries.ts'
import type { Store } from '../store/store.ts'
import { type HubConnection, HubRefused, HubUnreachable, type SnapshotManifest } from './hubConnection.ts'
import { type Following, following, saveFollowing, type SnapshotMemory, wantedSnapshot } from './hubMemory.ts'
import type { Replica } from './replica.ts'
import { type Inflate, rowOfLine, unpackChunk } from './snapshotChunk.ts'
import { nextTurn, type Timers } from './timers.ts'

/** Transactions are made as long as that, about, so that what a person does meanwhile never waits longer. */
const SLICE_MS = 25
// Smaller ones would write the same pages over and over: each row belongs on a page of every index.
const [SMALLEST_SLICE, LARGEST_SLICE] = [250, 4000]

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

export interface SnapshotSource {
  readonly connection: HubConnection
  readonly token: string
  /** Whether the loading should go on. */
  wanted(): boolean
}

/** The loading was called off: the line is gone, or Baton is closing. It goes on where it was. */
export class LoadingEnded extends Error {
  override readonly name = 'LoadingEnded'
}

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
  #slice = 500

  constructor(parts: LoaderParts) {
    this.#parts = parts
  }

  /**
   * Loads what is wanted to its end. The caller has sent what waits before.
   * @throws HubUnreachable, HubRefused, LoadingEnded; called again, it goes on
   */
  async load(source: SnapshotSource): Promise<void> {
    const { store } = this.#parts
    store.checkReferences(false)
    const loading = await this.#begin(source)
    const { manifest, mode } = loading.snapshot
    const named = mode === 'again' ? new Map<string, Set<string>>() : null
    const firsts = manifest.chunks.filter((chunk) => chunk.first).length
    if (loading.snapshot.chunks >= firsts) await this.#becomeUsable(source)
    let arriving = this.#fetch(source, manifest, loading.snapshot.chunks)
    for (let index = loading.snapshot.chunks; index < manifest.chunks.length; index++) {
      const lines = await this.#arrived(arriving)
      this.#stopUnlessWanted(source)
      arriving = this.#fetch(source, manifest, index + 1)
      await this.#takeChunk(source, lines, index, named)
      if (index + 1 === firsts) await this.#becomeUsable(source)
    }
    if (named) await this.#dropUnnamed(source, named)
    await this.#enterAll(source, ['customer', 'location', 'job', 'invoice'])
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
    this.#stopUnlessWanted(source)
    if (manifest.epoch !== state.epoch) throw new HubUnreachable('The hub was restored meanwhile')
    const mode = known?.manifest ? 'again' : (known?.mode ?? 'again')
    const snapshot = { mode, manifest, chunks: 0, rows: 0, usable: known?.usable ?? mode === 'again' } as const
    const loading: Loading = { ...state, cursor: manifest.seq, schema: store.schema, snapshot }
    saveFollowing(store, loading)
    this.#parts.progressed()
    return loading
  }

  #stopUnlessWanted(source: SnapshotSource): void {
    if (!source.wanted()) throw new LoadingEnded('Called off')
  }

  async #turn(source: SnapshotSource): Promise<void> {
    await nextTurn(this.#parts.timers)
    this.#stopUnlessWanted(source)
  }

  /** The lines of a chunk, on their way while the chunk before is being written. */
  #fetch(source: SnapshotSource, manifest: SnapshotManifest, index: number): Promise<readonly string[]> {
    const chunk = manifest.chunks[index]
    const lines = chunk ? source.connection.snapshotChunk(source.token, manifest.id, chunk.n).then((bytes) => unpackChunk(chunk, bytes, this.#parts.inflate)) : Promise.resolve([])
    // Nobody may be waiting for it by the time it fails.
    lines.catch(() => undefined)
    return lines
  }

  async #arrived(lines: Promise<readonly string[]>): Promise<readonly string[]> {
    try {
      return await lines
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

  async #takeChunk(source: SnapshotSource, lines: readonly string[], index: number, named: Map<string, Set<string>> | null): Promise<void> {
    const tables = new Set<string>()
    for (let from = 0; from < lines.length || from === 0; ) {
      await this.#turn(source)
      const rows = lines.slice(from, from + this.#slice).map(rowOfLine)
      from += Math.max(1, rows.length)
      const last = from >= lines.length
      const { snapshot } = this.#state()
      const progress = { rows: (snapshot?.rows ?? 0) + rows.length, ...(last ? { chunks: index + 1 } : {}) }
      for (const [table, id] of rows) {
        tables.add(table)
        if (named) named.set(table, (named.get(table) ?? new Set()).add(id))
      }
      const started = this.#parts.elapsed()
      this.#takeRows(rows, named !== null, () => {
        this.#save(progress)
        this.#fit(this.#parts.elapsed() - started)
      })
    }
    this.#parts.progressed()
    if (this.#state().snapshot?.usable === true) this.#parts.changedTables([...tables])
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
    // What the commit takes depends on the disk, and hardly on how much there is to write.
    if (took > SLICE_MS * 1.5) this.#slice = Math.max(SMALLEST_SLICE, Math.floor(this.#slice / 2))
    else if (took < SLICE_MS / 2) this.#slice = Math.min(LARGEST_SLICE, this.#slice * 2)
  }

  /** Today and every customer are here: they can be found, and people can sign in. */
  async #becomeUsable(source: SnapshotSource): Promise<void> {
    if (this.#state().snapshot?.usable === true) return
    await this.#enterAll(source, ['customer', 'location'])
    this.#save({ usable: true })
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
    const beneath = replica.rowsBeneath().filter(({ table, id }) => !named.get(table)?.has(id))
    if (beneath.length > 0) replica.applySnapshot(beneath.map(({ table, id }) => [table, id, null]))
    for (const table of [...TABLES].reverse()) {
      const kept = named.get(table.name)
      for (let after = ''; ; ) {
        const rows = store.engine.page(table, after, 500)
        const gone = rows.filter((row) => !kept?.has(row.id))
        if (gone.length > 0) replica.applySnapshot(gone.map((row) => [table.name, row.id, null]))
        await this.#turn(source)
        const last = rows.at(-1)
        if (!last || rows.length < 500) break
        after = last.id
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
