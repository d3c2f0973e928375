import type { Migration } from '../src/main/store/migration.ts'

/** What the call-taker's desk keeps: what calls are about, and who else rings. */
export const callDesk: Migration = {
  version: 4,
  name: 'call_desk',
  sql: `
ALTER TABLE call ADD COLUMN kind TEXT;
CREATE TABLE known_number (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  technician_id TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
`,
}
