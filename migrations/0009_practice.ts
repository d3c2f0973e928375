import type { Migration } from '../src/main/store/migration.ts'

/** What people made of the scripted callers they practised with. */
export const practice: Migration = {
  version: 9,
  name: 'practice',
  sql: `
CREATE TABLE practice_result (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  user_id TEXT NOT NULL,
  caller_key TEXT NOT NULL,
  caller_version INTEGER NOT NULL,
  field_points INTEGER NOT NULL,
  order_points INTEGER NOT NULL,
  word_points INTEGER NOT NULL,
  time_points INTEGER NOT NULL,
  total INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  findings TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX practice_result_by_user ON practice_result (company_id, user_id, finished_at);
CREATE INDEX practice_result_by_finished ON practice_result (company_id, finished_at);
`,
}
