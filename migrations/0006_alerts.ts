import type { Migration } from '../src/main/store/migration.ts'

/** Emergencies that somebody must acknowledge, and how the call-taker's desk works today. */
export const alerts: Migration = {
  version: 6,
  name: 'alerts',
  sql: `
CREATE TABLE desk_setting (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  weather TEXT NOT NULL,
  screening TEXT NOT NULL,
  threshold INTEGER NOT NULL,
  held_back_job_type_ids TEXT NOT NULL,
  eta_minutes INTEGER NOT NULL,
  emergency_slots INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE alert (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  kind TEXT NOT NULL,
  noticed_by TEXT NOT NULL,
  summary TEXT NOT NULL,
  caller TEXT NOT NULL,
  place TEXT NOT NULL,
  call_id TEXT,
  customer_id TEXT,
  location_id TEXT,
  state TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  raised_by TEXT NOT NULL,
  acknowledged_at INTEGER,
  acknowledged_by TEXT,
  withdrawn_at INTEGER,
  withdrawn_by TEXT,
  reason TEXT NOT NULL,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, call_id) REFERENCES call (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, acknowledged_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, withdrawn_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX alert_by_state ON alert (company_id, state, raised_at);
CREATE INDEX alert_by_call ON alert (company_id, call_id);
CREATE INDEX alert_by_customer ON alert (company_id, customer_id);
CREATE INDEX alert_by_location ON alert (company_id, location_id);
`,
}
