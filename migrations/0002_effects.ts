import type { Migration } from '../src/main/store/migration.ts'

/** What is to be done in the world, once, and the company's mail server. */
export const effects: Migration = {
  version: 2,
  name: 'effects',
  sql: `
CREATE TABLE mail_settings (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  security TEXT NOT NULL,
  user_name TEXT NOT NULL,
  from_name TEXT NOT NULL,
  from_address TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE effect (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  customer_id TEXT,
  payload TEXT NOT NULL,
  key TEXT NOT NULL,
  deduplicates INTEGER NOT NULL CHECK (deduplicates IN (0, 1)),
  state TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  requested_by TEXT,
  requested_device TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  not_before INTEGER,
  device TEXT,
  started_at INTEGER,
  finished_at INTEGER,
  outcome TEXT NOT NULL,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, requested_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX effect_by_state ON effect (company_id, state);
CREATE INDEX effect_by_subject ON effect (company_id, subject_kind, subject_id);
CREATE INDEX effect_by_customer ON effect (company_id, customer_id);
CREATE UNIQUE INDEX effect_by_key ON effect (company_id, key);
`,
}
