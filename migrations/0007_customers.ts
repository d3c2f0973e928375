import type { Migration } from '../src/main/store/migration.ts'

/** What the office knows of a customer beside names and numbers: how they want to be reached, what warns, where it works. */
export const customers: Migration = {
  version: 7,
  name: 'customers',
  sql: `
ALTER TABLE customer ADD COLUMN bad_debt_at INTEGER;
ALTER TABLE customer ADD COLUMN language TEXT;
ALTER TABLE customer ADD COLUMN best_time TEXT;
ALTER TABLE customer ADD COLUMN preferred_channel TEXT;
ALTER TABLE location ADD COLUMN parking TEXT;
CREATE TABLE flag_change (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  flag TEXT NOT NULL,
  raised INTEGER NOT NULL CHECK (raised IN (0, 1)),
  reason TEXT NOT NULL,
  by_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX flag_change_by_customer ON flag_change (company_id, customer_id, at);
CREATE TABLE consent (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL,
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  way TEXT NOT NULL,
  words TEXT NOT NULL,
  by_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX consent_by_customer ON consent (company_id, customer_id, at);
CREATE TABLE service_area (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  prefix TEXT NOT NULL,
  city TEXT NOT NULL,
  state TEXT NOT NULL,
  inside INTEGER NOT NULL CHECK (inside IN (0, 1)),
  note TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
`,
}
