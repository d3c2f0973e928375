import type { Database } from 'better-sqlite3'
import { MIGRATIONS } from '../../../migrations/list.ts'
import type { Migration } from './migration.ts'

/** The store was written by a newer Baton; it was not touched. */
export class NewerStoreError extends Error {
  readonly found: number
  readonly known: number

  constructor(found: number, known: number) {
    super(`This data was written by a newer version of Baton (store version ${found}; this one knows ${known}). Nothing was changed. Install the newer version, or open another data folder.`)
    this.name = 'NewerStoreError'
    this.found = found
    this.known = known
  }
}

export function storeVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

/**
 * Brings a store up to date: refuses one from the future untouched, backs up one with data before it
 * changes it, applies the steps in one transaction and checks the references afterwards.
 * @param backUp copies the file aside; called only where there is something to lose
 * @returns the versions applied
 */
export function migrate(database: Database, backUp: (version: number) => void, migrations: readonly Migration[] = MIGRATIONS): readonly number[] {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new Error(`Migration ${migration.name} has version ${migration.version}, expected ${index + 1}`)
  })
  const found = storeVersion(database)
  if (found > migrations.length) throw new NewerStoreError(found, migrations.length)
  const due = migrations.slice(found)
  if (due.length === 0) return []
  if (found > 0) backUp(found)
  database
    .transaction(() => {
      for (const migration of due) database.exec(migration.sql)
      database.pragma(`user_version = ${migrations.length}`)
      const broken = database.pragma('foreign_key_check') as unknown[]
      if (broken.length > 0) throw new Error(`The store\u2019s references do not hold after migration: ${JSON.stringify(broken.slice(0, 3))}`)
    })
    .immediate()
  return due.map((migration) => migration.version)
}
