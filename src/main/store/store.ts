import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { newId } from '../../shared/base/id.ts'
import { MIGRATIONS } from '../../../migrations/list.ts'
import { BlobFolder } from './blobFolder.ts'
import { migrate, NewerStoreError, storeVersion } from './migrate.ts'
import { DraftDrawer } from './draftDrawer.ts'
import { CommandJournal } from './commandJournal.ts'
import { SearchIndex } from './searchIndex.ts'
import { SqliteEngine } from './sqliteEngine.ts'
import { SyncJournal } from './syncJournal.ts'

export const STORE_FILE = 'baton.sqlite'

/** How many pages of 4 KB the write-ahead log may hold before a commit carries it over itself. */
const LOG_PAGES = {
  usual: 1000,
  /** Rows in an order of their own touch every page of an index again and again: they are carried over less often. */
  unordered: 8000,
  elsewhere: 16_000,
} as const

/** The store can't be opened; the message says what happened, what was kept and what to do. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
}

/** Everything a workstation keeps, in one SQLite file. */
export interface Store {
  readonly file: string
  /** Typed reads for queries; it never writes. */
  readonly db: BetterSQLite3Database
  readonly engine: SqliteEngine
  readonly journal: CommandJournal
  readonly search: SearchIndex
  /** What the store knows of the hub. */
  readonly sync: SyncJournal
  /** Attached files, beside the rows. */
  readonly blobs: BlobFolder
  /** What is typed here and not booked yet. */
  readonly drafts: DraftDrawer
  readonly companyId: string
  readonly deviceId: string
  /** The migration that the store is at. */
  readonly schema: number
  /** The store is another company's copy from now on, or this workstation is known by another name. Inside a transaction or not. */
  become(identity: { readonly companyId?: string; readonly deviceId?: string }): void
  /**
   * While rows come in an order of their own, references may point at what is not here yet. SQLite ignores it inside a
   * transaction.
   */
  checkReferences(on: boolean): void
  /** How many of a table's references point at nothing. */
  brokenReferences(table: string): number
  /** For statements drizzle can't say (the pop's one JSON statement); reads only. */
  prepare(sql: string): { get(...values: readonly unknown[]): unknown; all(...values: readonly unknown[]): unknown[] }
  /** One immediate transaction; whatever `body` throws takes it back. */
  transaction<T>(body: () => T): T
  /**
   * One immediate transaction that a power cut may take back whole, with all others of its kind since the last ordinary
   * one: for rows that are fetched again then. It does not wait for the disk.
   */
  fetchedTransaction<T>(body: () => T): T
  /**
   * One immediate transaction that is seen before it is on the disk; `settle` brings it there. A power cut in between takes
   * it back, so nobody may be told that it is kept, and no other machine may hear of it, before that.
   */
  promptTransaction<T>(body: () => T): T
  /** Brings all that was committed to the disk, beside this thread; at once where it is there. @throws the disk's own errors */
  settle(): Promise<void>
  /** Commands up to this place of the journal are on the disk. */
  settledUpTo(): number
  /**
   * Somebody else carries the write-ahead log over into the file from now on, and hears of every commit; null: the
   * commits do it themselves again. Where that other does not keep up, a commit still does it in the end.
   */
  checkpointElsewhere(committed: (() => void) | null): void
  /** Within a transaction: a part that can be taken back alone. */
  savepoint<T>(body: () => T): T
  /** A consistent copy while the office works. */
  backUp(file: string): Promise<void>
  /** Lets SQLite count what has grown, so that it chooses indexes by more than their first column; milliseconds. */
  refreshStatistics(): void
  /** SQLite's own `integrity_check` and `foreign_key_check`: empty when all is well. */
  check(): readonly string[]
  close(): void
}

/** What a store that does not exist yet is given. */
export interface FreshStore {
  /** The company it is a copy of: a replay of its journal, a workstation that joins it. */
  readonly companyId?: string
  /** Who it is to a hub; made up where it is not given. */
  readonly deviceId?: string
}

function explain(error: unknown, directory: string): StoreUnavailableError | NewerStoreError {
  if (error instanceof NewerStoreError) return error
  const code = (error as { code?: string }).code ?? ''
  const detail = error instanceof Error ? error.message : String(error)
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN') {
    return new StoreUnavailableError(`Baton can\u2019t write to ${directory}. Nothing was changed. Choose another folder with --data, or make this one writable.`)
  }
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return new StoreUnavailableError(`The disk that holds ${directory} is full. What was saved is safe. Free some space and start again.`)
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new StoreUnavailableError(`The data file in ${directory} is damaged or is not a Baton file. It was not changed. Restore a backup: npm run baton -- restore FILE --data DIR.`)
  }
  return new StoreUnavailableError(`The data in ${directory} can\u2019t be opened (${detail}). Nothing was changed.`)
}

function configure(database: Database): void {
  database.pragma('journal_mode = WAL')
  // This SQLite is built to relax WAL to NORMAL, which can lose the last commits in a power cut.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('busy_timeout = 5000')
  database.pragma('cache_size = -65536')
  database.pragma('mmap_size = 1073741824')
  database.pragma('temp_store = MEMORY')
  database.pragma('analysis_limit = 400')
}

/** Flushes the write-ahead log. What a checkpoint has carried over meanwhile was flushed by that. */
async function flushLog(file: string): Promise<void> {
  const log = await openFile(`${file}-wal`, 'r+')
  try {
    await log.datasync()
  } finally {
    await log.close()
  }
}

function metaValue(database: Database, key: string, fresh: () => string): string {
  const found = database.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined
  if (found !== undefined) return found
  const value = fresh()
  database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run(key, value)
  return value
}

/** The file's `user_version`, which SQLite keeps big-endian at byte 60 of the header (file format, section 1.3). */
function versionInFile(file: string): number {
  const wal = `${file}-wal`
  if (existsSync(wal) && statSync(wal).size > 0) {
    // The latest header may still be in the log, so only SQLite can tell.
    const look = new SqliteDatabase(file, { readonly: true })
    const version = storeVersion(look)
    look.close()
    return version
  }
  const header = Buffer.alloc(64)
  const handle = openSync(file, 'r')
  readSync(handle, header, 0, header.length, 0)
  closeSync(handle)
  return header.toString('latin1', 0, 15) === 'SQLite format 3' ? header.readUInt32BE(60) : 0
}

function open(directory: string, fresh: FreshStore): Store {
  const file = directory === ':memory:' ? directory : join(directory, STORE_FILE)
  if (file !== directory) {
    // Customers and PIN hashes: for this account only. Windows' per-user folders are so by themselves.
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    accessSync(directory, constants.W_OK)
    // Looked at before SQLite opens it: a store from the future must not even get a WAL file.
    if (existsSync(file)) {
      const version = versionInFile(file)
      if (version > MIGRATIONS.length) throw new NewerStoreError(version, MIGRATIONS.length)
    }
  }
  const database = new SqliteDatabase(file)
  try {
    configure(database)
    migrate(database, (version) => {
      database.prepare('VACUUM INTO ?').run(`${file}.before-migration-from-${version}-${Date.now()}`)
    })
    let companyId = metaValue(database, 'companyId', () => fresh.companyId ?? newId())
    let deviceId = metaValue(database, 'deviceId', () => fresh.deviceId ?? newId())
    const engine = new SqliteEngine(database, companyId)
    const sync = new SyncJournal(database)
    /** The first place of the journal that may not be on the disk; null where all of it is. */
    let unsettledFrom: number | null = null
    let unordered = false
    let committed: (() => void) | null = null
    const limitLog = (): void => {
      const pages = committed ? LOG_PAGES.elsewhere : unordered ? LOG_PAGES.unordered : LOG_PAGES.usual
      database.pragma(`wal_autocheckpoint = ${pages}`)
    }
    const commit = <T>(body: () => T): T => {
      const result = database.transaction(body).immediate()
      committed?.()
      return result
    }
    const transaction = <T>(body: () => T): T => {
      const result = commit(body)
      // A commit that waits for the disk takes everything in the log before it along.
      if (!database.inTransaction) unsettledFrom = null
      return result
    }
    const withoutWaiting = <T>(body: () => T): T => {
      database.pragma('synchronous = NORMAL')
      try {
        return commit(body)
      } finally {
        database.pragma('synchronous = FULL')
      }
    }
    const blobs = new BlobFolder(database, file === directory ? null : directory, () => companyId)
    return {
      file,
      db: drizzle({ client: database }),
      engine,
      journal: new CommandJournal(database),
      search: new SearchIndex(database, engine),
      sync,
      blobs,
      drafts: new DraftDrawer(database, () => companyId, (body) => (database.inTransaction ? body() : withoutWaiting(body))),
      get companyId() {
        return companyId
      },
      get deviceId() {
        return deviceId
      },
      schema: MIGRATIONS.length,
      become: (identity) => {
        const save = database.prepare('UPDATE meta SET value = ? WHERE key = ?')
        companyId = identity.companyId ?? companyId
        deviceId = identity.deviceId ?? deviceId
        save.run(companyId, 'companyId')
        save.run(deviceId, 'deviceId')
        engine.useCompany(companyId)
      },
      checkReferences: (on) => {
        database.pragma(`foreign_keys = ${on ? 'ON' : 'OFF'}`)
        unordered = !on
        limitLog()
      },
      brokenReferences: (table) => (database.pragma(`foreign_key_check(${table})`) as unknown[]).length,
      prepare: (sql) => {
        const statement = database.prepare(sql)
        if (!statement.readonly) throw new Error('What is written goes through commands; this statement is for reading')
        return statement
      },
      transaction,
      checkpointElsewhere: (hear) => {
        committed = hear
        limitLog()
      },
      fetchedTransaction: (body) => {
        // Inside another it is a part of that one, and waits for the disk as that one does.
        return database.inTransaction ? database.transaction(body)() : withoutWaiting(body)
      },
      promptTransaction: (body) => {
        const before = sync.lastSeq()
        const result = withoutWaiting(body)
        unsettledFrom ??= before + 1
        return result
      },
      settle: async () => {
        if (unsettledFrom === null) return
        const end = sync.lastSeq()
        if (file !== ':memory:') await flushLog(file)
        if (!database.open || unsettledFrom === null || unsettledFrom > end) return
        unsettledFrom = sync.lastSeq() > end ? end + 1 : null
      },
      settledUpTo: () => (unsettledFrom === null ? Number.MAX_SAFE_INTEGER : unsettledFrom - 1),
      savepoint: (body) => database.transaction(body)(),
      backUp: async (target) => {
        await database.backup(target)
      },
      refreshStatistics: () => void database.pragma('optimize = 0x10002'),
      check: () => {
        const integrity = (database.pragma('integrity_check') as { integrity_check: string }[]).map((row) => row.integrity_check).filter((line) => line !== 'ok')
        const references = (database.pragma('foreign_key_check') as unknown[]).map((row) => `A reference does not hold: ${JSON.stringify(row)}`)
        return [...integrity, ...references]
      },
      close: () => {
        blobs.close()
        database.close()
      },
    }
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Opens the store in a folder, making it where there is none.
 * @param directory a folder, or `:memory:` for tests
 * @param fresh what a store that is made now starts with
 * @throws StoreUnavailableError with a sentence for people (read-only folder, full disk, damaged file)
 * @throws NewerStoreError where a newer Baton wrote it; the file is untouched
 */
export function openStore(directory: string, fresh: FreshStore = {}): Store {
  try {
    return open(directory, fresh)
  } catch (error) {
    throw explain(error, directory)
  }
}
