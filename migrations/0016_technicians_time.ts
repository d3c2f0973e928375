import type { Migration } from '../src/main/store/migration.ts'

/** Technicians’ time beside visits, crews, what else a customer was promised of a visit, and what the clocks of zones do. */
export const techniciansTime: Migration = {
  version: 16,
  name: 'technicians time',
  sql: `
ALTER TABLE technician ADD COLUMN zone TEXT;
ALTER TABLE technician ADD COLUMN lunches TEXT;
ALTER TABLE dispatch_settings ADD COLUMN lunch TEXT;
ALTER TABLE dispatch_settings ADD COLUMN travel_speed INTEGER;
ALTER TABLE appointment ADD COLUMN promised_technician_id TEXT;
ALTER TABLE appointment ADD COLUMN promised_at INTEGER;
ALTER TABLE appointment ADD COLUMN new_time TEXT;
ALTER TABLE appointment ADD COLUMN crew_ids TEXT;
ALTER TABLE assignment ADD COLUMN role TEXT;
CREATE TABLE zone_clock (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  zone TEXT NOT NULL,
  changes TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE technician_time (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  technician_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  note TEXT NOT NULL,
  series_id TEXT,
  overbook_accepted INTEGER NOT NULL CHECK (overbook_accepted IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX technician_time_by_technician ON technician_time (company_id, technician_id, starts_at);
CREATE INDEX technician_time_by_start ON technician_time (company_id, starts_at);
CREATE INDEX technician_time_by_series ON technician_time (company_id, series_id, starts_at);
CREATE TABLE dated_shift (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  technician_id TEXT NOT NULL,
  day TEXT NOT NULL,
  starts_at INTEGER,
  ends_at INTEGER,
  note TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX dated_shift_by_technician ON dated_shift (company_id, technician_id, day);
CREATE INDEX dated_shift_by_day ON dated_shift (company_id, day);
CREATE TABLE on_call (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  technician_id TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX on_call_by_technician ON on_call (company_id, technician_id, starts_at);
CREATE INDEX on_call_by_start ON on_call (company_id, starts_at);
CREATE TABLE accepted_move (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  appointment_id TEXT NOT NULL,
  broke TEXT NOT NULL,
  from_technician_id TEXT,
  from_starts_at INTEGER,
  to_technician_id TEXT,
  to_starts_at INTEGER,
  accepted_by TEXT NOT NULL,
  customer TEXT NOT NULL,
  words TEXT NOT NULL,
  by_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, appointment_id) REFERENCES appointment (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX accepted_move_by_appointment ON accepted_move (company_id, appointment_id, at);
`,
}
