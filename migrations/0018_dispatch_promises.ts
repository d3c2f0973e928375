import type { Migration } from '../src/main/store/migration.ts'

/** What makes a dispatcher's day end at zero: the hand-off checklist, alerts that were seen, calls with the expected time, the Truth Comes Home Hour. */
export const dispatchPromises: Migration = {
  version: 15,
  name: 'dispatch promises',
  sql: `
ALTER TABLE job_type ADD COLUMN checklist TEXT;
CREATE TABLE handoff_tick (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  appointment_id TEXT NOT NULL,
  item TEXT NOT NULL,
  label TEXT NOT NULL,
  said TEXT NOT NULL,
  ticked_by TEXT NOT NULL,
  ticked_at INTEGER NOT NULL,
  taken_back_by TEXT,
  taken_back_at INTEGER,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, appointment_id) REFERENCES appointment (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX handoff_tick_by_appointment ON handoff_tick (company_id, appointment_id);
`,
}
