import type { Migration } from '../src/main/store/migration.ts'

/** The office’s telephone: lines and brands, extensions, who is available, outages; and calls that came overnight or again. */
export const phone: Migration = {
  version: 10,
  name: 'phone',
  sql: `
ALTER TABLE call ADD COLUMN counts_from INTEGER;
ALTER TABLE call ADD COLUMN repeat_of TEXT;
CREATE INDEX call_by_owed ON call (company_id, follow_up, from_number);
CREATE INDEX call_by_owed_customer ON call (company_id, follow_up, customer_id);
CREATE INDEX call_by_repeat ON call (company_id, repeat_of);
CREATE TABLE phone_line (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  business_unit_id TEXT,
  purpose TEXT NOT NULL,
  skills TEXT NOT NULL,
  roles TEXT NOT NULL,
  first_seconds INTEGER,
  backup_number TEXT NOT NULL,
  ring_limit_seconds INTEGER,
  hours TEXT NOT NULL,
  consent_text TEXT NOT NULL,
  recording_days INTEGER,
  position INTEGER NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX phone_line_by_number ON phone_line (company_id, number);
CREATE TABLE phone_extension (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  user_id TEXT NOT NULL,
  extension TEXT,
  groups TEXT NOT NULL,
  skills TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, user_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX phone_extension_by_extension ON phone_extension (company_id, extension);
CREATE TABLE phone_setting (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  wrap_up_seconds INTEGER NOT NULL,
  first_seconds INTEGER NOT NULL,
  recording_days INTEGER NOT NULL,
  backup_number TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE work_status (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  since INTEGER NOT NULL,
  call_id TEXT,
  until INTEGER,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE status_change (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  call_id TEXT,
  until INTEGER,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX status_change_by_user ON status_change (company_id, user_id, at);
CREATE INDEX status_change_by_at ON status_change (company_id, at);
CREATE TABLE phone_outage (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  device_id TEXT NOT NULL,
  account TEXT NOT NULL,
  reason TEXT NOT NULL,
  down_at INTEGER NOT NULL,
  up_at INTEGER,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX phone_outage_by_down ON phone_outage (company_id, down_at);
CREATE INDEX phone_outage_by_device ON phone_outage (company_id, device_id, up_at);
`,
}
