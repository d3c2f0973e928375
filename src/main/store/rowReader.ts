import SqliteDatabase from 'better-sqlite3'
import type { AnyRow, Table } from '../../shared/domain/kernel/table.ts'
import { SqliteEngine } from './sqliteEngine.ts'

/** A copy of a store that nobody works in, for reading all of it in peace. */
export interface RowReader {
  /** The last command that is in its rows. */
  lastSeq(): number
  count(table: Table): number
  /** Rows behind an id, in the order of their ids. */
  page(table: Table, afterId: string, limit: number): readonly AnyRow[]
  close(): void
}

/** @throws where the file is no store */
export function openRowReader(file: string, companyId: string): RowReader {
  const database = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  const engine = new SqliteEngine(database, companyId)
  return {
    lastSeq: () => database.prepare('SELECT coalesce(max(seq), 0) FROM command_log').pluck().get() as number,
    count: (table) => database.prepare(`SELECT count(*) FROM ${table.name} WHERE company_id = ?`).pluck().get(companyId) as number,
    page: (table, afterId, limit) => engine.page(table, afterId, limit),
    close: () => database.close(),
  }
}
