import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/list.ts'
import { migrate } from '../../src/main/store/migrate.ts'

it('gives a store of before a place for what people scored, of whoever it was', () => {
  const database = new SqliteDatabase(':memory:')
  const before = MIGRATIONS.findIndex(({ name }) => name === 'practice')
  migrate(database, () => undefined, MIGRATIONS.slice(0, before))
  expect(() => database.prepare('SELECT * FROM practice_result')).toThrow(/no such table/)
  migrate(database, () => undefined)
  database.exec(`INSERT INTO practice_result VALUES ('r1', 'c1', 1, 5, 'u1', 5, 'u1', 'somebody', 'hangUp', 1, 45, 20, 0, 3, 68, 140, 5, '[]')`)
  expect(database.prepare('SELECT user_id, total FROM practice_result').all()).toEqual([{ user_id: 'somebody', total: 68 }])
  const plan = database.prepare("EXPLAIN QUERY PLAN SELECT * FROM practice_result WHERE company_id = 'c1' AND user_id = 'u1' ORDER BY finished_at").all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join(' ')).toContain('practice_result_by_user')
})
