import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

it('leaves the rules of the telephone as they are: nobody mails voicemails until the office says who', () => {
  const database = new SqliteDatabase(':memory:')
  migrate(database, () => undefined, MIGRATIONS.slice(0, MIGRATIONS.findIndex(({ name }) => name === 'voicemails')))
  database.exec(`INSERT INTO phone_setting (id, company_id, version, created_at, created_by, updated_at, updated_by, wrap_up_seconds, first_seconds, recording_days, backup_number, voicemail_number)
    VALUES ('c1', 'c1', 1, 5, 'u1', 5, 'u1', 90, 10, 90, '', '5000')`)
  migrate(database, () => undefined)
  expect(database.prepare('SELECT voicemail_number, voicemail_senders FROM phone_setting').all()).toEqual([{ voicemail_number: '5000', voicemail_senders: null }])
  expect(database.prepare('SELECT count(*) FROM voicemail').pluck().get()).toBe(0)
  const plan = database.prepare("EXPLAIN QUERY PLAN SELECT * FROM voicemail WHERE company_id = 'c1' AND gone_at IS NULL AND left_at < 5").all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join(' ')).toContain('voicemail_by_gone')
})
