import type { Migration } from '../src/main/store/migration.ts'

/** What makes a dispatcher's day end at zero: the hand-off checklist, alerts that were seen, calls with the expected time, the Truth Comes Home Hour. */
export const dispatchPromises: Migration = {
  version: 18,
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
ALTER TABLE dispatch_settings ADD COLUMN late_after_minutes INTEGER;
ALTER TABLE dispatch_settings ADD COLUMN silent_after_minutes INTEGER;
ALTER TABLE dispatch_settings ADD COLUMN truth_hour_at INTEGER;
ALTER TABLE appointment ADD COLUMN update_call TEXT;
ALTER TABLE appointment ADD COLUMN expected_at INTEGER;
ALTER TABLE appointment ADD COLUMN expected_with TEXT;
ALTER TABLE appointment ADD COLUMN told_at INTEGER;
ALTER TABLE appointment ADD COLUMN truth_day TEXT;
ALTER TABLE appointment ADD COLUMN truth_state TEXT;
CREATE TABLE alert_seen (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  appointment_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  cause TEXT NOT NULL,
  seen_by TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  doing TEXT NOT NULL,
  look_again_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, appointment_id) REFERENCES appointment (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX alert_seen_by_look_again ON alert_seen (company_id, look_again_at);
CREATE TABLE truth_hour (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  day TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX truth_hour_by_day ON truth_hour (company_id, day);
CREATE INDEX handoff_tick_by_appointment ON handoff_tick (company_id, appointment_id);
`,
}
