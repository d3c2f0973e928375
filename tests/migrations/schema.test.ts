import SqliteDatabase, { type Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { createIndexSql, createTableSql } from '../../src/main/store/ddl.ts'
import { migrate, NewerStoreError } from '../../src/main/store/migrate.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'

/** What the declared tables look like in a database, whatever the order in which its columns were added. */
function shapeOf(database: Database): unknown {
  const tables = TABLES.map((table) => table.name)
  return Object.fromEntries(
    tables.map((table) => {
      const columns = database.prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY name').all(table)
      const references = database.prepare('SELECT "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY "from", "table"').all(table)
      const indexes = database.prepare('SELECT name, "unique", (SELECT group_concat(i.name) FROM pragma_index_info(l.name) i) AS columns FROM pragma_index_list(?) l ORDER BY columns, name').all(table)
      return [table, { columns, references, indexes }]
    }),
  )
}

function migrated(): Database {
  const database = new SqliteDatabase(':memory:')
  migrate(database, () => undefined)
  return database
}

describe('the migrations', () => {
  it('lead to exactly what the tables declare', () => {
    const declared = new SqliteDatabase(':memory:')
    declared.exec([...TABLES.map(createTableSql), ...TABLES.flatMap(createIndexSql)].join('\n'))
    expect(shapeOf(migrated())).toEqual(shapeOf(declared))
  })

  it('run once', () => {
    const database = migrated()
    expect(migrate(database, () => undefined)).toEqual([])
  })

  it('back a store with data up before they change it, and take a failing step back whole', () => {
    const database = migrated()
    const saved: number[] = []
    const next = MIGRATIONS.length + 1
    const added = { version: next, name: 'added', sql: 'ALTER TABLE job ADD COLUMN poNumber TEXT;' }
    const broken = { version: next + 1, name: 'broken', sql: 'CREATE TABLE later (id TEXT); INSERT INTO nowhere VALUES (1);' }
    expect(() => migrate(database, (version) => saved.push(version), [...MIGRATIONS, added, broken])).toThrow(/nowhere/)
    expect(saved).toEqual([MIGRATIONS.length])
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(database.prepare("SELECT count(*) FROM pragma_table_info('job') WHERE name = 'poNumber'").pluck().get()).toBe(0)
    expect(migrate(database, () => undefined, [...MIGRATIONS, added])).toEqual([next])
  })

  it('refuse a store from the future and steps that skip a number', () => {
    const database = migrated()
    database.pragma('user_version = 900')
    expect(() => migrate(database, () => undefined)).toThrow(NewerStoreError)
    expect(() => migrate(new SqliteDatabase(':memory:'), () => undefined, [{ version: 2, name: 'late', sql: '' }])).toThrow(/expected 1/)
  })
})
