import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

it('leaves the calls of before as they are: nobody put them on, and they return none', () => {
  const database = new SqliteDatabase(':memory:')
  migrate(database, () => undefined, MIGRATIONS.slice(0, MIGRATIONS.findIndex(({ name }) => name === 'calls passed on')))
  const columns = (database.pragma('table_info(call)') as { readonly name: string; readonly notnull: number; readonly type: string }[]).filter(({ notnull }) => notnull === 1)
  const names = columns.map(({ name }) => name)
  const values = columns.map(({ name, type }) => (name === 'id' ? 'call1' : type === 'INTEGER' ? 0 : ''))
  database.prepare(`INSERT INTO call (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...values)
  migrate(database, () => undefined)
  expect(database.prepare('SELECT id, left_at, left_by, returns_call_id FROM call').all()).toEqual([{ id: 'call1', left_at: null, left_by: null, returns_call_id: null }])
  const plan = database.prepare("EXPLAIN QUERY PLAN SELECT * FROM call WHERE company_id = '' AND call_back_number = '+15550142210'").all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join(' ')).toContain('call_by_call_back_number')
})
