import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { StoreUnavailableError } from './store.ts'

const LOCK_FILE = 'baton.lock'

/**
 * Keeps a second Baton out of a data folder: rows that one holds in memory would go stale behind its back. The lock is
 * SQLite's own on an empty file, so the system lets go of it however the process ends.
 * @returns a function that lets go
 * @throws StoreUnavailableError where another Baton has the folder
 */
export function lockFolder(directory: string): () => void {
  let lock: SqliteDatabase.Database | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    lock = new SqliteDatabase(join(directory, LOCK_FILE), { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    const held = lock
    return () => held.close()
  } catch (error) {
    lock?.close()
    if ((error as { readonly code?: string }).code?.startsWith('SQLITE_BUSY') === true) {
      throw new StoreUnavailableError(`Baton is open on ${directory} already. Use that window or tab, or close it first; a second company needs another folder, named with --data.`)
    }
    // A folder that can't be written: opening the store says so, and better.
    return () => undefined
  }
}
