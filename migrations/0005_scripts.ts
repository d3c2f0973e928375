import type { Migration } from '../src/main/store/migration.ts'

/** What is said on calls, what is on offer, the manuals, and who has read them; what a job was booked with. */
export const scripts: Migration = {
  version: 5,
  name: 'scripts',
  sql: `
CREATE TABLE script (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  business_unit_id TEXT,
  job_type_id TEXT,
  content TEXT NOT NULL,
  state TEXT NOT NULL,
  version_id TEXT,
  version_number INTEGER NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, job_type_id) REFERENCES job_type (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE script_version (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  script_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  business_unit_id TEXT,
  job_type_id TEXT,
  content TEXT NOT NULL,
  note TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, script_id) REFERENCES script (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, job_type_id) REFERENCES job_type (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX script_version_by_script ON script_version (company_id, script_id, number);
CREATE TABLE special (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  business_unit_id TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE manual (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  roles TEXT NOT NULL,
  state TEXT NOT NULL,
  version_id TEXT,
  version_number INTEGER NOT NULL,
  read_by TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE manual_version (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  manual_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  roles TEXT NOT NULL,
  note TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, manual_id) REFERENCES manual (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX manual_version_by_manual ON manual_version (company_id, manual_id, number);
CREATE TABLE read_receipt (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  manual_id TEXT NOT NULL,
  version_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  read_at INTEGER,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, manual_id) REFERENCES manual (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, version_id) REFERENCES manual_version (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, user_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX read_receipt_by_user ON read_receipt (company_id, user_id, state);
CREATE INDEX read_receipt_by_manual ON read_receipt (company_id, manual_id, state);
CREATE INDEX read_receipt_by_version ON read_receipt (company_id, version_id, state);
ALTER TABLE job ADD COLUMN script_version_id TEXT;
ALTER TABLE job ADD COLUMN answers TEXT;
`,
}
