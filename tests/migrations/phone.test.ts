import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

const insertCall = `INSERT INTO call (id, company_id, version, created_at, created_by, updated_at, updated_by, external_id, direction, state, line_name, line_number, from_number, offered_at, outcome_by_rule, reason, caller_name, notes, follow_up, practice)
  VALUES ('k1', 'c1', 1, 5, 'u1', 5, 'u1', 'sip:1', 'in', 'ended', 'HVAC', '+15550142000', '+15550142210', 5, 1, '', '', '', 'owed', 0)`

it('gives a store of before lines, status and outages, and keeps the calls it had as first tries in opening hours', () => {
  const database = new SqliteDatabase(':memory:')
  const before = MIGRATIONS.findIndex(({ name }) => name === 'phone')
  migrate(database, () => undefined, MIGRATIONS.slice(0, before))
  database.exec(insertCall)
  expect(() => database.prepare('SELECT * FROM phone_line')).toThrow(/no such table/)
  migrate(database, () => undefined)
  expect(database.prepare('SELECT from_number, counts_from, repeat_of FROM call').all()).toEqual([{ from_number: '+15550142210', counts_from: null, repeat_of: null }])
  for (const table of ['phone_line', 'phone_extension', 'phone_setting', 'work_status', 'status_change', 'phone_outage']) {
    expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0)
  }
  const plan = database.prepare("EXPLAIN QUERY PLAN SELECT * FROM call WHERE company_id = 'c1' AND follow_up = 'owed' AND from_number = '+15550142210'").all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join(' ')).toContain('call_by_owed')
})
