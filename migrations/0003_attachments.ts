import type { Migration } from '../src/main/store/migration.ts'

export const attachments: Migration = {
  version: 3,
  name: 'attachments',
  sql: `
CREATE TABLE attachment (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  customer_id TEXT,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  author_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  device_name TEXT NOT NULL,
  stored_at INTEGER,
  removed_at INTEGER,
  removed_by TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX attachment_by_subject ON attachment (company_id, subject_kind, subject_id);
CREATE INDEX attachment_by_customer ON attachment (company_id, customer_id);
CREATE INDEX attachment_by_sha256 ON attachment (company_id, sha256, removed_at);
CREATE INDEX attachment_by_stored ON attachment (company_id, stored_at);

-- Attached files that are in this workstation's folder. Never synchronised: every workstation has its own.
CREATE TABLE local_blob (
  company_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  -- The epoch of the hub that has it; a hub restored from a backup has another, and is asked again what it has.
  hub_epoch TEXT,
  PRIMARY KEY (company_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX local_blob_hub ON local_blob (company_id, hub_epoch, added_at);
`,
}
