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
CREATE INDEX known_number_by_number ON known_number (company_id, number);
ALTER TABLE queue ADD COLUMN role_field TEXT;
ALTER TABLE queue ADD COLUMN escalate_role TEXT;
ALTER TABLE user ADD COLUMN absence TEXT;
ALTER TABLE user ADD COLUMN back_at INTEGER;
ALTER TABLE user ADD COLUMN pass_to_user_id TEXT;
ALTER TABLE user ADD COLUMN pass_to_role TEXT;
CREATE TABLE task (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  call_id TEXT,
  assignee_id TEXT,
  role TEXT NOT NULL,
  asked_by TEXT,
  due_at INTEGER NOT NULL,
  remind_at INTEGER,
  priority TEXT NOT NULL,
  related_kind TEXT,
  related_id TEXT,
  customer_id TEXT,
  notes TEXT NOT NULL,
  state TEXT NOT NULL,
  resolution TEXT NOT NULL,
  resolved_at INTEGER,
  resolved_by TEXT,
  sign_off TEXT NOT NULL,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, call_id) REFERENCES call (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, assignee_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, asked_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, resolved_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX task_by_state ON task (company_id, state, due_at);
CREATE INDEX task_by_assignee ON task (company_id, assignee_id, state);
CREATE INDEX task_by_asked_by ON task (company_id, asked_by, state);
CREATE INDEX task_by_customer ON task (company_id, customer_id, state);
CREATE INDEX task_by_related ON task (company_id, related_kind, related_id);
CREATE INDEX task_by_call ON task (company_id, call_id);
CREATE TABLE task_step (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  task_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  done INTEGER NOT NULL CHECK (done IN (0, 1)),
  done_at INTEGER,
  done_by TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, task_id) REFERENCES task (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, done_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX task_step_by_task ON task_step (company_id, task_id, position);
CREATE TABLE task_note (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  task_id TEXT NOT NULL,
  body TEXT NOT NULL,
  author_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE INDEX task_note_by_task ON task_note (company_id, task_id, at);
`,
}
