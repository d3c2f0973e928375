import type { Migration } from '../src/main/store/migration.ts'

/** What was recorded of calls and who listened; and by line who begins it and how the caller is told. */
export const recordings: Migration = {
  version: 13,
  name: 'recordings',
  sql: `
ALTER TABLE phone_line ADD COLUMN record_mode TEXT;
ALTER TABLE phone_line ADD COLUMN consent_by TEXT;
ALTER TABLE phone_setting ADD COLUMN payment_page TEXT;
ALTER TABLE phone_setting ADD COLUMN voicemail_number TEXT;
CREATE TABLE call_recording (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  call_id TEXT NOT NULL,
  line_number TEXT NOT NULL,
  agent_id TEXT,
  started_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  pauses TEXT NOT NULL,
  consent TEXT NOT NULL,
  consent_at INTEGER,
  consent_by TEXT,
  cut_off INTEGER NOT NULL CHECK (cut_off IN (0, 1)),
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  gone_at INTEGER,
  gone_why TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX call_recording_by_call ON call_recording (company_id, call_id);
CREATE INDEX call_recording_by_gone ON call_recording (company_id, gone_at, started_at);
CREATE TABLE call_listening (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  call_id TEXT NOT NULL,
  recording_id TEXT,
  user_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX call_listening_by_call ON call_listening (company_id, call_id, at);
`,
}
