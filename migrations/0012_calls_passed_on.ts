import type { Migration } from '../src/main/store/migration.ts'

/** Who put a call on to another telephone, and which call an outgoing one returns. */
export const callsPassedOn: Migration = {
  version: 12,
  name: 'calls passed on',
  sql: `
ALTER TABLE call ADD COLUMN left_at INTEGER;
ALTER TABLE call ADD COLUMN left_by TEXT;
ALTER TABLE call ADD COLUMN returns_call_id TEXT;
CREATE INDEX call_by_call_back_number ON call (company_id, call_back_number);
`,
}
