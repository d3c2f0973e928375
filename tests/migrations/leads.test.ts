import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

it('gives a store of before a place for leads, found by state and by number', () => {
  const database = new SqliteDatabase(':memory:')
  const before = MIGRATIONS.findIndex(({ name }) => name === 'leads')
  migrate(database, () => undefined, MIGRATIONS.slice(0, before))
  expect(() => database.prepare('SELECT * FROM lead')).toThrow(/no such table/)
  migrate(database, () => undefined)
  database.exec(`INSERT INTO lead_source VALUES ('s1', 'c1', 1, 5, 'u1', 5, 'u1', 'angi', 'Angi', 'list', 'leadCoordinator', 240, 1)`)
  database.exec(`INSERT INTO lead_entry VALUES ('e1', 'c1', 1, 5, 'u1', 5, 'u1', 'of a lead that is not here', 'note', 5, NULL, '', 'Called twice')`)
  expect(database.prepare('SELECT name FROM lead_source').pluck().all()).toEqual(['Angi'])
  const plan = (sql: string): string => (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail).join(' ')
  expect(plan("SELECT * FROM lead WHERE company_id = 'c1' AND state = 'new' ORDER BY received_at")).toContain('lead_by_state')
  expect(plan("SELECT * FROM lead WHERE company_id = 'c1' AND phone = '+15550142210'")).toContain('lead_by_phone')
  expect(plan("SELECT * FROM lead_entry WHERE company_id = 'c1' AND lead_id = 'l1' ORDER BY at")).toContain('lead_entry_by_lead')
})
