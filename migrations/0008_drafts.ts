import type { Migration } from '../src/main/store/migration.ts'

/** Drafts that colleagues hand over, those kept at a workstation, the wait list, and calls that are put through or leave a voicemail. */
export const drafts: Migration = {
  version: 8,
  name: 'drafts',
  sql: `
-- A caller who is put through, and one who speaks to the machine.
ALTER TABLE call ADD COLUMN transferred_at INTEGER;
ALTER TABLE call ADD COLUMN transferred_by TEXT;
ALTER TABLE call ADD COLUMN voicemail_at INTEGER;
ALTER TABLE call ADD COLUMN voicemail_seconds INTEGER;
ALTER TABLE call ADD COLUMN voicemail_recording TEXT;
CREATE TABLE handed_draft (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  who TEXT NOT NULL,
  about TEXT NOT NULL,
  call_id TEXT,
  customer_id TEXT,
  body TEXT NOT NULL,
  note TEXT NOT NULL,
  from_user_id TEXT,
  to_user_id TEXT,
  to_role TEXT NOT NULL,
  handed_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  settled_at INTEGER,
  settled_by TEXT,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, call_id) REFERENCES call (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, from_user_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, to_user_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, settled_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX handed_draft_by_state ON handed_draft (company_id, state, handed_at);
CREATE INDEX handed_draft_by_call ON handed_draft (company_id, call_id);
CREATE INDEX handed_draft_by_customer ON handed_draft (company_id, customer_id);
CREATE TABLE wait_entry (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  location_id TEXT,
  job_type_id TEXT NOT NULL,
  business_unit_id TEXT NOT NULL,
  duration_minutes INTEGER NOT NULL,
  call_id TEXT,
  summary TEXT NOT NULL,
  phone TEXT,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  part TEXT NOT NULL,
  call_back_by INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  offer_day TEXT,
  offer_start INTEGER,
  offer_end INTEGER,
  offer_zone TEXT,
  offer_starts_at INTEGER,
  offer_ends_at INTEGER,
  offered_at INTEGER,
  offer_until INTEGER,
  offers_made INTEGER NOT NULL,
  job_id TEXT,
  resolution TEXT NOT NULL,
  settled_at INTEGER,
  settled_by TEXT,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, job_type_id) REFERENCES job_type (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, call_id) REFERENCES call (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, job_id) REFERENCES job (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, settled_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX wait_entry_by_state ON wait_entry (company_id, state, to_day);
CREATE INDEX wait_entry_by_customer ON wait_entry (company_id, customer_id, state);

-- What is typed at this workstation and not booked yet. Never synchronised: a draft leaves it only when it is handed over.
CREATE TABLE local_draft (
  company_id TEXT NOT NULL,
  key TEXT NOT NULL,
  -- Who typed last.
  user_id TEXT NOT NULL,
  -- Grows with every change: of two copies the higher one is what was typed last, whatever the clock says.
  revision INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (company_id, key)
) STRICT, WITHOUT ROWID;
`,
}
