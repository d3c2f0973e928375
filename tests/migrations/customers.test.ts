import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

const STAMPS = "'c1', 1, 5, 'u1', 5, 'u1'"

it('leaves the customers of before as they are, with nothing asked yet', () => {
  const database = new SqliteDatabase(':memory:')
  const before = MIGRATIONS.findIndex(({ name }) => name === 'customers')
  migrate(database, () => undefined, MIGRATIONS.slice(0, before))
  const columns = (table: string): string => (database.prepare(`SELECT group_concat(name) FROM pragma_table_info('${table}')`).pluck().get() as string)
  const insert = (table: string, values: string): void => {
    const names = columns(table).split(',')
    const given = new Map(values.split('|').map((pair) => pair.split('=') as [string, string]))
    const stamped = new Map([['company_id', 'c1'], ['version', '1'], ['created_at', '5'], ['created_by', 'u1'], ['updated_at', '5'], ['updated_by', 'u1']])
    const types = new Map((database.prepare(`SELECT name, type, "notnull" FROM pragma_table_info('${table}')`).all() as { name: string; type: string; notnull: number }[]).map((column) => [column.name, column]))
    const of = (name: string): string | number | null => {
      const value = given.get(name) ?? stamped.get(name)
      const column = types.get(name)
      if (value !== undefined) return column?.type === 'INTEGER' ? Number(value) : value
      return column?.notnull === 0 ? null : column?.type === 'INTEGER' ? 0 : ''
    }
    database.prepare(`INSERT INTO ${table} (${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`).run(...names.map(of))
  }
  insert('customer', 'id=k1|number=1001|kind=residential|name=Martin Okonjo|last_name=Okonjo|do_not_service=1')
  insert('location', 'id=l1|customer_id=k1|kind=home|line1=27 Larkspur Court|pets=one dog')
  migrate(database, () => undefined)
  expect(database.prepare('SELECT name, do_not_service, bad_debt_at, language, best_time, preferred_channel, version FROM customer').all()).toEqual([
    { name: 'Martin Okonjo', do_not_service: 1, bad_debt_at: null, language: null, best_time: null, preferred_channel: null, version: 1 },
  ])
  expect(database.prepare('SELECT line1, pets, parking FROM location').all()).toEqual([{ line1: '27 Larkspur Court', pets: 'one dog', parking: null }])
  database.exec(`INSERT INTO flag_change VALUES ('f1', ${STAMPS}, 'k1', 'badDebt', 1, 'Owes.', 'u1', 5)`)
  database.exec(`INSERT INTO consent VALUES ('a1', ${STAMPS}, 'somebody', 'text', 'marketing', 0, 'reply', 'STOP', 'u1', 5)`)
  database.exec(`INSERT INTO service_area VALUES ('s1', ${STAMPS}, '606', '', 'IL', 1, '')`)
  expect(() => database.exec(`INSERT INTO flag_change VALUES ('f2', ${STAMPS}, 'nobody', 'badDebt', 1, '', 'u1', 5)`)).toThrow(/FOREIGN KEY/)
})
