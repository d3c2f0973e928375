import type { Migration } from '../src/main/store/migration.ts'

/** Reschedules worked ahead, waivers, what alerts and debriefs ask for, the wait list that keeps its slot, material lists for the warehouse. */
export const reschedules: Migration = {
  version: 20,
  name: 'reschedules',
  sql: `
ALTER TABLE appointment ADD COLUMN parts_update_days INTEGER;
ALTER TABLE appointment ADD COLUMN parts_update_at INTEGER;
ALTER TABLE appointment ADD COLUMN reschedule TEXT;
ALTER TABLE appointment ADD COLUMN reschedule_why TEXT;
ALTER TABLE appointment ADD COLUMN objection TEXT;
ALTER TABLE dispatch_settings ADD COLUMN objections TEXT;
ALTER TABLE dispatch_settings ADD COLUMN overrun_after_minutes INTEGER;
ALTER TABLE dispatch_settings ADD COLUMN overtime_after_minutes INTEGER;
ALTER TABLE dispatch_settings ADD COLUMN risk_before_minutes INTEGER;
ALTER TABLE dispatch_settings ADD COLUMN debrief_asks TEXT;
ALTER TABLE dispatch_settings ADD COLUMN material_list_at INTEGER;
ALTER TABLE job_type ADD COLUMN waiver TEXT;
ALTER TABLE job ADD COLUMN waiver TEXT;
ALTER TABLE job ADD COLUMN waiver_at INTEGER;
ALTER TABLE wait_entry ADD COLUMN visit_id TEXT;
ALTER TABLE wait_entry ADD COLUMN kept_starts_at INTEGER;
ALTER TABLE wait_entry ADD COLUMN offer_from_id TEXT;
ALTER TABLE wait_entry ADD COLUMN lapsed_starts_at INTEGER;
ALTER TABLE wait_entry ADD COLUMN news TEXT;
CREATE TABLE material_list (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL,
  owed_at INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  sent_at INTEGER,
  sent_by TEXT,
  said TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX material_list_by_day ON material_list (company_id, day);
`,
}
