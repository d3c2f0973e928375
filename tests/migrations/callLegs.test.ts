import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

it('leaves the calls of before as they are: of one telephone, and no colleague\u2019s', () => {
  const database = new SqliteDatabase(':memory:')
  migrate(database, () => undefined, MIGRATIONS.slice(0, MIGRATIONS.findIndex(({ name }) => name === 'call legs')))
  const columns = (database.pragma('table_info(call)') as { readonly name: string; readonly notnull: number; readonly type: string }[]).filter(({ notnull }) => notnull === 1)
  const names = columns.map(({ name }) => name)
  const values = columns.map(({ name, type }) => (name === 'id' ? 'call1' : type === 'INTEGER' ? 0 : ''))
  database.prepare(`INSERT INTO call (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...values)
  migrate(database, () => undefined)
  expect(database.prepare('SELECT id, extension, legs FROM call').all()).toEqual([{ id: 'call1', extension: null, legs: null }])
})
