import type { HubMigration } from './migration.ts'

/** The hub's own tables, beside the companies' rows: who is enrolled, what was decided, and the feed of it. */
export const hubTables: HubMigration = {
  version: 1,
  name: 'hub',
  sql: `
CREATE TABLE hub_company (
  company_id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  epoch text NOT NULL,
  -- Up to here all epochs agree; null while there was only one.
  epoch_seq bigint,
  feed_floor bigint NOT NULL DEFAULT 0,
  min_schema integer NOT NULL,
  recovering_until timestamptz,
  state text NOT NULL CHECK (state IN ('founding', 'active')),
  -- How many document prefixes were given out: none is given twice.
  prefixes integer NOT NULL DEFAULT 0,
  -- Grows with every change of a device that no command makes, so that what is remembered of devices is known to be old.
  roster bigint NOT NULL DEFAULT 0,
  founded_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE hub_device (
  company_id text COLLATE "C" NOT NULL REFERENCES hub_company,
  device_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  public_key text NOT NULL,
  clearances text NOT NULL,
  prefix text NOT NULL,
  version text NOT NULL DEFAULT '',
  last_ws_seq bigint NOT NULL DEFAULT 0,
  cursor bigint NOT NULL DEFAULT 0,
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz,
  revoked_at timestamptz,
  recovered_epoch text NOT NULL,
  PRIMARY KEY (company_id, device_id),
  UNIQUE (company_id, prefix)
) WITH (fillfactor = 70);
CREATE TABLE hub_command (
  company_id text COLLATE "C" NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  device_id text COLLATE "C" NOT NULL,
  ws_seq bigint NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  outcome text NOT NULL,
  refusal text,
  -- The command as it came, for support and for running it again by hand.
  command text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, command_id),
  UNIQUE (company_id, device_id, ws_seq)
);
CREATE INDEX hub_command_age ON hub_command USING brin (decided_at);
CREATE TABLE change_feed (
  company_id text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  command_id text NOT NULL,
  name text NOT NULL,
  at bigint NOT NULL,
  actor_id text NOT NULL,
  device_id text NOT NULL,
  ws_seq bigint NOT NULL,
  outcome text NOT NULL,
  rows text NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, seq)
);
CREATE TABLE enrolment_code (
  hash text PRIMARY KEY,
  company_id text COLLATE "C" REFERENCES hub_company,
  clearances text NOT NULL,
  created_by text,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by text
);
CREATE TABLE lease (
  company_id text COLLATE "C" NOT NULL REFERENCES hub_company,
  name text COLLATE "C" NOT NULL,
  device_id text NOT NULL,
  token text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, name)
) WITH (fillfactor = 70);
CREATE TABLE recovery_command (
  company_id text COLLATE "C" NOT NULL REFERENCES hub_company,
  former_seq bigint NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  device_id text NOT NULL,
  command text NOT NULL,
  PRIMARY KEY (company_id, former_seq, command_id)
);
CREATE TABLE hub_founding (
  company_id text COLLATE "C" NOT NULL REFERENCES hub_company,
  chunk integer NOT NULL,
  row_count integer NOT NULL,
  rows text NOT NULL,
  PRIMARY KEY (company_id, chunk)
);
CREATE TABLE hub_snapshot (
  company_id text COLLATE "C" NOT NULL,
  id text NOT NULL,
  seq bigint NOT NULL,
  row_count bigint NOT NULL,
  clearances text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id)
);
CREATE TABLE hub_secret (
  name text PRIMARY KEY,
  value bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
`,
}
