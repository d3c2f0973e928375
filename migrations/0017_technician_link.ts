import type { Migration } from '../src/main/store/migration.ts'

/** Links that technicians open on their telephones, and what they said by them. */
export const technicianLink: Migration = {
  version: 17,
  name: 'technician link',
  sql: `
CREATE TABLE technician_link (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  technician_id TEXT NOT NULL,
  day TEXT,
  issued_at INTEGER NOT NULL,
  issued_by TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  revoked_by TEXT,
  opened_at INTEGER,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX technician_link_by_technician ON technician_link (company_id, technician_id, expires_at);
CREATE TABLE field_report (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  link_id TEXT NOT NULL,
  technician_id TEXT NOT NULL,
  appointment_id TEXT NOT NULL,
  job_id TEXT,
  kind TEXT NOT NULL,
  tapped_at INTEGER NOT NULL,
  counted_at INTEGER NOT NULL,
  heard_at INTEGER NOT NULL,
  words TEXT NOT NULL,
  minutes INTEGER,
  task_id TEXT,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX field_report_by_appointment ON field_report (company_id, appointment_id, tapped_at);
CREATE INDEX field_report_by_technician ON field_report (company_id, technician_id, tapped_at);
`,
}
