import type { Migration } from '../src/main/store/migration.ts'

/** The store as the first Baton made it. Written once and never changed: later steps are files of their own. */
export const firstStore: Migration = {
  version: 1,
  name: 'first_store',
  sql: `
CREATE TABLE company (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  phase TEXT NOT NULL,
  zone TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  address_line1 TEXT NOT NULL,
  city TEXT NOT NULL,
  state TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  tax_rounding TEXT NOT NULL,
  terms_days INTEGER NOT NULL,
  ring_limit_seconds INTEGER NOT NULL,
  lock_after_minutes INTEGER NOT NULL,
  opens_at INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  invoice_footer TEXT NOT NULL,
  accounts TEXT NOT NULL,
  books_closed_through TEXT,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE user (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  presence TEXT NOT NULL,
  cover_user_id TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, cover_user_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE credential (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  salt TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE business_unit (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  account_class TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE technician (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  business_unit_id TEXT NOT NULL,
  skills TEXT NOT NULL,
  shifts TEXT NOT NULL,
  home_area TEXT NOT NULL,
  home_latitude INTEGER,
  home_longitude INTEGER,
  phone TEXT,
  position INTEGER NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE pay_rate (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  technician_id TEXT NOT NULL,
  hourly_cents INTEGER NOT NULL,
  from_day TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE priority (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  rank INTEGER NOT NULL,
  rule TEXT NOT NULL,
  respond_within_minutes INTEGER NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE price_item (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  kind TEXT NOT NULL,
  business_unit_id TEXT,
  price_cents INTEGER NOT NULL,
  cost_cents INTEGER NOT NULL,
  taxable INTEGER NOT NULL CHECK (taxable IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE job_type (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  business_unit_id TEXT NOT NULL,
  duration_minutes INTEGER NOT NULL,
  skills TEXT NOT NULL,
  default_priority_id TEXT NOT NULL,
  default_item_id TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, default_priority_id) REFERENCES priority (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, default_item_id) REFERENCES price_item (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE tax_zone (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  jurisdictions TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE queue (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  subject_kind TEXT NOT NULL,
  condition TEXT NOT NULL,
  due TEXT NOT NULL,
  bound_minutes INTEGER NOT NULL,
  holder_role TEXT NOT NULL,
  holder_field TEXT,
  title TEXT NOT NULL,
  next_step TEXT NOT NULL,
  outcomes TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE import_run (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  source TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  customers INTEGER NOT NULL,
  imported_rows INTEGER NOT NULL,
  rejected_rows INTEGER NOT NULL,
  finished_at INTEGER,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE import_reject (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  run_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, run_id) REFERENCES import_run (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE customer (
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
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  company_name TEXT NOT NULL,
  billing_line1 TEXT NOT NULL,
  billing_line2 TEXT NOT NULL,
  billing_city TEXT NOT NULL,
  billing_state TEXT NOT NULL,
  billing_postal_code TEXT NOT NULL,
  lead_source TEXT NOT NULL,
  tax_exempt INTEGER NOT NULL CHECK (tax_exempt IN (0, 1)),
  do_not_service INTEGER NOT NULL CHECK (do_not_service IN (0, 1)),
  credit_hold INTEGER NOT NULL CHECK (credit_hold IN (0, 1)),
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  import_run_id TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, import_run_id) REFERENCES import_run (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE location (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL,
  city TEXT NOT NULL,
  state TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  latitude INTEGER,
  longitude INTEGER,
  zone TEXT NOT NULL,
  tax_zone_id TEXT,
  access_notes TEXT NOT NULL,
  gate_code TEXT NOT NULL,
  pets TEXT NOT NULL,
  import_run_id TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, tax_zone_id) REFERENCES tax_zone (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, import_run_id) REFERENCES import_run (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE contact_method (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  location_id TEXT,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  label TEXT NOT NULL,
  position INTEGER NOT NULL,
  import_run_id TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, import_run_id) REFERENCES import_run (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE note (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  customer_id TEXT,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  body TEXT NOT NULL,
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
  author_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE call (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  external_id TEXT NOT NULL,
  direction TEXT NOT NULL,
  state TEXT NOT NULL,
  line_name TEXT NOT NULL,
  line_number TEXT NOT NULL,
  from_number TEXT,
  offered_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  end_cause TEXT,
  ring_ms INTEGER,
  talk_ms INTEGER,
  agent_id TEXT,
  customer_id TEXT,
  location_id TEXT,
  job_id TEXT,
  outcome TEXT,
  outcome_by_rule INTEGER NOT NULL CHECK (outcome_by_rule IN (0, 1)),
  reason TEXT NOT NULL,
  caller_name TEXT NOT NULL,
  notes TEXT NOT NULL,
  follow_up TEXT NOT NULL,
  call_back_by INTEGER,
  call_back_number TEXT,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, agent_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, job_id) REFERENCES job (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE job (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  number TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_unit_id TEXT NOT NULL,
  job_type_id TEXT NOT NULL,
  priority_id TEXT NOT NULL,
  summary TEXT NOT NULL,
  notes TEXT NOT NULL,
  planned_payment TEXT NOT NULL,
  state TEXT NOT NULL,
  cancel_reason TEXT,
  call_id TEXT,
  line_count INTEGER NOT NULL,
  total_cents INTEGER NOT NULL,
  invoice_id TEXT,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, job_type_id) REFERENCES job_type (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, priority_id) REFERENCES priority (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, call_id) REFERENCES call (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, invoice_id) REFERENCES invoice (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE job_line (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  job_id TEXT NOT NULL,
  price_item_id TEXT,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  description TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price_cents INTEGER NOT NULL,
  unit_cost_cents INTEGER NOT NULL,
  amount_cents INTEGER NOT NULL,
  taxable INTEGER NOT NULL CHECK (taxable IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, job_id) REFERENCES job (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, price_item_id) REFERENCES price_item (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE dispatch_settings (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  windows TEXT NOT NULL,
  hold_reasons TEXT NOT NULL,
  cancel_reasons TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE appointment (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  job_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_unit_id TEXT NOT NULL,
  state TEXT NOT NULL,
  window_day TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  window_end INTEGER NOT NULL,
  zone TEXT NOT NULL,
  window_starts_at INTEGER NOT NULL,
  window_ends_at INTEGER NOT NULL,
  duration_minutes INTEGER NOT NULL,
  technician_id TEXT,
  starts_at INTEGER,
  ends_at INTEGER,
  hold_reason TEXT,
  cancel_reason TEXT,
  dispatched_at INTEGER,
  arrived_at INTEGER,
  done_at INTEGER,
  confirmation TEXT NOT NULL,
  confirmation_sent_at INTEGER,
  rebooking TEXT NOT NULL,
  closed_out_at INTEGER,
  close_out_notes TEXT NOT NULL,
  slot TEXT NOT NULL,
  invoiced INTEGER NOT NULL CHECK (invoiced IN (0, 1)),
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, job_id) REFERENCES job (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE assignment (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  appointment_id TEXT NOT NULL,
  technician_id TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  overbook_accepted INTEGER NOT NULL CHECK (overbook_accepted IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, appointment_id) REFERENCES appointment (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, technician_id) REFERENCES technician (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE promise (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  queue_id TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  customer_id TEXT,
  state TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  due_set_at INTEGER NOT NULL,
  assigned_user_id TEXT,
  assigned_role TEXT NOT NULL,
  holder_user_id TEXT,
  holder_role TEXT NOT NULL,
  next_step TEXT NOT NULL,
  tries INTEGER NOT NULL,
  last_outcome TEXT,
  note TEXT NOT NULL,
  closed_at INTEGER,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, queue_id) REFERENCES queue (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, assigned_user_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, holder_user_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE invoice (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  number TEXT,
  state TEXT NOT NULL,
  job_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_unit_id TEXT NOT NULL,
  day TEXT,
  due_day TEXT,
  due_at INTEGER,
  terms_days INTEGER NOT NULL,
  subtotal_cents INTEGER NOT NULL,
  tax_cents INTEGER NOT NULL,
  total_cents INTEGER NOT NULL,
  paid_cents INTEGER NOT NULL,
  balance_cents INTEGER NOT NULL,
  tax_shares TEXT NOT NULL,
  bill_to TEXT NOT NULL,
  service_at TEXT NOT NULL,
  memo TEXT NOT NULL,
  finalized_at INTEGER,
  batch_id TEXT,
  posted INTEGER NOT NULL CHECK (posted IN (0, 1)),
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, job_id) REFERENCES job (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, batch_id) REFERENCES batch (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE invoice_line (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  price_item_id TEXT,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  description TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price_cents INTEGER NOT NULL,
  amount_cents INTEGER NOT NULL,
  taxable INTEGER NOT NULL CHECK (taxable IN (0, 1)),
  tax_cents INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, invoice_id) REFERENCES invoice (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, price_item_id) REFERENCES price_item (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE payment (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  invoice_id TEXT,
  form TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,
  applied_cents INTEGER NOT NULL,
  check_number TEXT,
  memo TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  day TEXT NOT NULL,
  received_by TEXT NOT NULL,
  state TEXT NOT NULL,
  void_reason TEXT,
  batch_id TEXT,
  posted INTEGER NOT NULL CHECK (posted IN (0, 1)),
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, invoice_id) REFERENCES invoice (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, batch_id) REFERENCES batch (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE suspense_payment (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  form TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,
  check_number TEXT,
  memo TEXT NOT NULL,
  day TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  received_by TEXT NOT NULL,
  wanted_customer_id TEXT NOT NULL,
  wanted_invoice_id TEXT,
  state TEXT NOT NULL,
  refund_reason TEXT,
  payment_id TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, payment_id) REFERENCES payment (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE ledger_entry (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  transaction_kind TEXT NOT NULL,
  document_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  account TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,
  customer_id TEXT,
  business_unit_id TEXT,
  day TEXT NOT NULL,
  memo TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, business_unit_id) REFERENCES business_unit (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE book_name (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  exported INTEGER NOT NULL CHECK (exported IN (0, 1)),
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE TABLE batch (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  invoice_count INTEGER NOT NULL,
  payment_count INTEGER NOT NULL,
  invoiced_cents INTEGER NOT NULL,
  paid_cents INTEGER NOT NULL,
  prepared_by TEXT NOT NULL,
  prepared_at INTEGER NOT NULL,
  reviewed_by TEXT,
  reviewed_at INTEGER,
  posted_by TEXT,
  posted_at INTEGER,
  exported INTEGER NOT NULL CHECK (exported IN (0, 1)),
  unpost_reason TEXT,
  books TEXT,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, prepared_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, reviewed_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, posted_by) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE export_record (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  batch_id TEXT NOT NULL,
  format TEXT NOT NULL,
  document_kind TEXT NOT NULL,
  document_id TEXT NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, batch_id) REFERENCES batch (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE refused_change (
  id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  command_id TEXT NOT NULL,
  command_name TEXT NOT NULL,
  command_version INTEGER NOT NULL,
  input TEXT NOT NULL,
  numbers TEXT NOT NULL,
  at INTEGER NOT NULL,
  device_id TEXT NOT NULL,
  actor_id TEXT,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  subject_kind TEXT,
  subject_id TEXT,
  customer_id TEXT,
  amount_cents INTEGER,
  cause_id TEXT,
  state TEXT NOT NULL,
  settled_at INTEGER,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, actor_id) REFERENCES user (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, cause_id) REFERENCES refused_change (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX pay_rate_by_technician ON pay_rate (company_id, technician_id, from_day);
CREATE INDEX price_item_by_code ON price_item (company_id, code);
CREATE INDEX import_run_by_file_hash ON import_run (company_id, file_hash);
CREATE INDEX import_reject_by_run ON import_reject (company_id, run_id);
CREATE INDEX customer_by_import_run ON customer (company_id, import_run_id);
CREATE INDEX location_by_customer ON location (company_id, customer_id);
CREATE INDEX location_by_postal_code ON location (company_id, postal_code);
CREATE INDEX location_by_import_run ON location (company_id, import_run_id);
CREATE INDEX contact_method_by_customer ON contact_method (company_id, customer_id);
CREATE INDEX contact_method_by_value ON contact_method (company_id, kind, value);
CREATE INDEX contact_method_by_import_run ON contact_method (company_id, import_run_id);
CREATE INDEX note_by_subject ON note (company_id, subject_kind, subject_id);
CREATE INDEX note_by_customer ON note (company_id, customer_id, pinned);
CREATE INDEX call_by_external_id ON call (company_id, external_id);
CREATE INDEX call_by_customer ON call (company_id, customer_id, offered_at);
CREATE INDEX call_by_offered ON call (company_id, offered_at);
CREATE INDEX call_by_job ON call (company_id, job_id);
CREATE INDEX call_by_number ON call (company_id, from_number, customer_id, offered_at);
CREATE INDEX call_by_state ON call (company_id, state);
CREATE INDEX job_by_customer ON job (company_id, customer_id);
CREATE INDEX job_by_location ON job (company_id, location_id);
CREATE INDEX job_by_number ON job (company_id, number);
CREATE INDEX job_by_state ON job (company_id, state);
CREATE INDEX job_line_by_job ON job_line (company_id, job_id);
CREATE INDEX appointment_by_job ON appointment (company_id, job_id);
CREATE INDEX appointment_by_customer ON appointment (company_id, customer_id);
CREATE INDEX appointment_by_day ON appointment (company_id, window_day);
CREATE INDEX appointment_by_window ON appointment (company_id, window_starts_at);
CREATE INDEX appointment_by_technician ON appointment (company_id, technician_id, starts_at);
CREATE INDEX appointment_by_state ON appointment (company_id, state);
CREATE INDEX appointment_by_invoiced ON appointment (company_id, invoiced, state);
CREATE INDEX appointment_by_closing ON appointment (company_id, state, closed_out_at);
CREATE INDEX assignment_by_appointment ON assignment (company_id, appointment_id);
CREATE INDEX assignment_by_technician ON assignment (company_id, technician_id, starts_at);
CREATE INDEX assignment_by_start ON assignment (company_id, starts_at);
CREATE INDEX promise_by_queue ON promise (company_id, queue_id, state);
CREATE INDEX promise_by_subject ON promise (company_id, subject_kind, subject_id);
CREATE INDEX promise_by_holder ON promise (company_id, holder_user_id, state);
CREATE INDEX promise_by_role ON promise (company_id, holder_role, state);
CREATE INDEX promise_by_state ON promise (company_id, state, due_at);
CREATE INDEX promise_by_customer ON promise (company_id, customer_id, state);
CREATE INDEX invoice_by_job ON invoice (company_id, job_id);
CREATE INDEX invoice_by_customer ON invoice (company_id, customer_id);
CREATE INDEX invoice_by_number ON invoice (company_id, number);
CREATE INDEX invoice_by_batch ON invoice (company_id, batch_id);
CREATE INDEX invoice_by_state ON invoice (company_id, state, day);
CREATE INDEX invoice_by_balance ON invoice (company_id, balance_cents);
CREATE INDEX invoice_line_by_invoice ON invoice_line (company_id, invoice_id);
CREATE INDEX payment_by_invoice ON payment (company_id, invoice_id);
CREATE INDEX payment_by_customer ON payment (company_id, customer_id);
CREATE INDEX payment_by_batch ON payment (company_id, batch_id);
CREATE INDEX payment_by_day ON payment (company_id, state, day);
CREATE INDEX suspense_payment_by_state ON suspense_payment (company_id, state);
CREATE INDEX suspense_payment_by_wanted ON suspense_payment (company_id, wanted_customer_id);
CREATE INDEX ledger_entry_by_transaction ON ledger_entry (company_id, transaction_id);
CREATE INDEX ledger_entry_by_document ON ledger_entry (company_id, document_id);
CREATE INDEX ledger_entry_by_customer ON ledger_entry (company_id, customer_id);
CREATE INDEX ledger_entry_by_account ON ledger_entry (company_id, account, day);
CREATE INDEX book_name_by_folded ON book_name (company_id, folded);
CREATE INDEX batch_by_state ON batch (company_id, state);
CREATE INDEX batch_by_number ON batch (company_id, number);
CREATE INDEX export_record_by_batch ON export_record (company_id, batch_id, format);
CREATE INDEX export_record_by_document ON export_record (company_id, document_id);
CREATE INDEX export_record_by_time ON export_record (company_id, at);
CREATE INDEX refused_change_by_command ON refused_change (company_id, command_id);
CREATE INDEX refused_change_by_state ON refused_change (company_id, state);
CREATE INDEX refused_change_by_cause ON refused_change (company_id, cause_id);
CREATE INDEX refused_change_by_customer ON refused_change (company_id, customer_id);

-- Every accepted command in the order it was run: the audit trail, and what a replay reads.
CREATE TABLE command_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  operation_id TEXT,
  numbers TEXT NOT NULL,
  input TEXT NOT NULL,
  -- 1 where the person waits for the hub's word, and nothing happens here before it.
  awaited INTEGER NOT NULL DEFAULT 0 CHECK (awaited IN (0, 1)),
  -- The hub's word on it, and its place in the hub's feed; null until then, and always without a hub.
  outcome TEXT,
  hub_seq INTEGER
) STRICT;
CREATE INDEX command_log_operation ON command_log (operation_id) WHERE operation_id IS NOT NULL;
CREATE INDEX command_log_hub ON command_log (hub_seq) WHERE hub_seq IS NOT NULL;

-- Commands the hub has not acknowledged.
CREATE TABLE outbox (seq INTEGER PRIMARY KEY REFERENCES command_log (seq)) STRICT;

-- Before-images, newest last: what a rebase takes back. before is null where the row came to be.
CREATE TABLE undo (
  seq INTEGER NOT NULL REFERENCES command_log (seq),
  idx INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  before TEXT,
  PRIMARY KEY (seq, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX undo_row ON undo (table_name, row_id);

-- What came from other workstations, for "what changed, when, by whom".
CREATE TABLE remote_change (
  hub_seq INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  command_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  before TEXT,
  PRIMARY KEY (hub_seq, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_change_row ON remote_change (table_name, row_id);

-- Which hub this store follows and how far it has come; one row once it is enrolled.
CREATE TABLE sync_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  -- The migration the rows were fetched under: after an upgrade that adds columns they are fetched again.
  schema INTEGER NOT NULL,
  -- Where the hub is and who this workstation is to it, as JSON; its key is kept elsewhere.
  hub TEXT NOT NULL,
  -- A snapshot on its way, as JSON; null where all is here.
  snapshot TEXT
) STRICT;

-- What the store knows of itself: its company and its device.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE number_series (kind TEXT PRIMARY KEY, prefix TEXT NOT NULL, next INTEGER NOT NULL) STRICT;

-- Facts that could not be processed; they wait for a person, and the rest goes on.
CREATE TABLE parked_fact (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  input TEXT NOT NULL,
  error TEXT NOT NULL
) STRICT;

CREATE TABLE search_entry (
  rowid INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  customer_id TEXT,
  words TEXT NOT NULL,
  digits TEXT NOT NULL,
  UNIQUE (kind, entity_id)
) STRICT;
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = 'search_entry', content_rowid = 'rowid', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE search_digits USING fts5 (digits, content = 'search_entry', content_rowid = 'rowid', tokenize = 'trigram');
`,
}
