import type { Migration } from '../src/main/store/migration.ts'

/** What callers said to the machine, and from whom emails with it come. */
export const voicemails: Migration = {
  version: 15,
  name: 'voicemails',
  sql: `
ALTER TABLE phone_setting ADD COLUMN voicemail_senders TEXT;
CREATE TABLE voicemail (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  call_id TEXT NOT NULL,
  line_number TEXT NOT NULL,
  left_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  gone_at INTEGER,
  gone_why TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX voicemail_by_call ON voicemail (company_id, call_id);
CREATE INDEX voicemail_by_gone ON voicemail (company_id, gone_at, left_at);
`,
}
