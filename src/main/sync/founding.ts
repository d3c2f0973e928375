import { existsSync, renameSync, rmSync } from 'node:fs'
import type { AnyRow, Table } from '../../shared/domain/kernel/table.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import { openRowReader, type RowReader } from '../store/rowReader.ts'
import type { Store } from '../store/store.ts'
import type { HubConnection } from './hubConnection.ts'
import { type Founding, following, rememberOfHub, saveFollowing } from './hubMemory.ts'

/** What the hub takes in one call. */
const CHUNK_ROWS = 2000
const CHUNK_BYTES = 3 * 1024 * 1024

/** Before anything is copied or sent. */
export const FOUNDING: Founding = { lastSeq: null, chunk: 0, table: 0, afterId: '', rows: 0, of: 0 }

/** A store in memory can't be copied aside; it is read where it is, in one go. */
function memoryReader(store: Store): RowReader {
  const rows = new Map(TABLES.map((table): [string, readonly AnyRow[]] => [table.name, store.engine.answer({ kind: 'all', table })]))
  const lastSeq = store.sync.lastSeq()
  const of = (table: Table): readonly AnyRow[] => rows.get(table.name) ?? []
  return { lastSeq: () => lastSeq, count: (table) => of(table).length, page: (table, afterId, limit) => of(table).filter((row) => row.id > afterId).slice(0, limit), close: () => undefined }
}

/** The company's rows as they were at one moment; people work on in the store itself. */
async function readerFor(store: Store, copied: boolean): Promise<RowReader> {
  if (store.file === ':memory:') return memoryReader(store)
  const copy = copyOf(store)
  if (!copied || !existsSync(copy)) {
    const unfinished = `${copy}.unfinished`
    dropCopy(unfinished)
    dropCopy(copy)
    await store.backUp(unfinished)
    renameSync(unfinished, copy)
  }
  return openRowReader(copy, store.companyId)
}

function dropCopy(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

const copyOf = (store: Store): string => `${store.file}.founding`

interface Chunk {
  readonly rows: readonly FeedRow[]
  readonly table: number
  readonly afterId: string
}

/** The next rows from a place in the copy; the same place gives the same rows. */
function chunkFrom(reader: RowReader, from: Founding): Chunk {
  const rows: FeedRow[] = []
  let [table, afterId, bytes] = [from.table, from.afterId, 0]
  while (table < TABLES.length) {
    const declared = TABLES[table]
    const page = declared ? reader.page(declared, afterId, CHUNK_ROWS - rows.length) : []
    for (const row of page) {
      bytes += JSON.stringify(row).length + 100
      if (rows.length > 0 && bytes > CHUNK_BYTES) return { rows, table, afterId }
      rows.push([declared?.name ?? '', row.id, row])
      afterId = row.id
    }
    if (rows.length >= CHUNK_ROWS) return { rows, table, afterId }
    ;[table, afterId] = [table + 1, '']
  }
  return { rows, table, afterId }
}

export interface FoundingParts {
  readonly store: Store
  readonly connection: HubConnection
  readonly token: string
  readonly progressed: () => void
  readonly wanted: () => boolean
}

/**
 * Makes this store's company the hub's: its rows go up as they were at one moment, what is done meanwhile waits in the
 * outbox. Killed at any point, it goes on with the chunk it was at.
 * @throws HubUnreachable, HubRefused
 */
export async function found({ store, connection, token, progressed, wanted }: FoundingParts): Promise<void> {
  const at = (): Founding => following(store)?.hub.founding ?? FOUNDING
  const reader = await readerFor(store, at().lastSeq !== null)
  try {
    const copied = { lastSeq: reader.lastSeq(), of: TABLES.reduce((sum, table) => sum + reader.count(table), 0) }
    // Another copy than the one that was being sent is sent from its beginning.
    if (at().lastSeq !== copied.lastSeq) rememberOfHub(store, { founding: { ...FOUNDING, ...copied } })
    for (;;) {
      const now = at()
      const { rows, table, afterId } = chunkFrom(reader, now)
      if (rows.length === 0) break
      await connection.foundRows(token, now.chunk, rows)
      if (!wanted()) return
      rememberOfHub(store, { founding: { ...now, chunk: now.chunk + 1, table, afterId, rows: now.rows + rows.length } })
      progressed()
    }
    const position = await connection.foundingDone(token, { lastWsSeq: copied.lastSeq, rows: copied.of })
    store.transaction(() => {
      const state = following(store)
      if (!state) return
      store.sync.containedUpTo(copied.lastSeq)
      saveFollowing(store, { ...state, cursor: position, hub: { ...state.hub, founding: null } })
    })
  } finally {
    reader.close()
  }
  if (store.file !== ':memory:') dropCopy(copyOf(store))
  progressed()
}
