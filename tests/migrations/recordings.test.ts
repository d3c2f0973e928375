import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

it('leaves the lines of before as they are: recorded on request, with the notice read', () => {
  const database = new SqliteDatabase(':memory:')
  migrate(database, () => undefined, MIGRATIONS.slice(0, MIGRATIONS.findIndex(({ name }) => name === 'recordings')))
  database.exec(`INSERT INTO phone_line (id, company_id, version, created_at, created_by, updated_at, updated_by, number, name, purpose, skills, roles, backup_number, hours, consent_text, position, active)
    VALUES ('l1', 'c1', 1, 5, 'u1', 5, 'u1', '+15550142000', 'HVAC', 'general', '[]', '[]', '', '[]', 'This call is recorded.', 0, 1)`)
  migrate(database, () => undefined)
  expect(database.prepare('SELECT consent_text, record_mode, consent_by FROM phone_line').all()).toEqual([{ consent_text: 'This call is recorded.', record_mode: null, consent_by: null }])
  for (const table of ['call_recording', 'call_listening']) expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0)
  const plan = database.prepare("EXPLAIN QUERY PLAN SELECT * FROM call_recording WHERE company_id = 'c1' AND gone_at IS NULL AND started_at < 5").all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join(' ')).toContain('call_recording_by_gone')
})
