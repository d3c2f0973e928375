import type { HubMigration } from './migration.ts'

/**
 * The signed intake: which secrets a source may sign with, and which of its messages were taken. A secret itself is in no
 * table: it follows from its id and the hub's own secret.
 */
export const intakeTables: HubMigration = {
  version: 3,
  name: 'intake',
  sql: `
CREATE TABLE hub_intake_secret (
  company_id text COLLATE "C" NOT NULL REFERENCES hub_company,
  source_id text COLLATE "C" NOT NULL,
  secret_id text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  made_by text NOT NULL,
  ends_at timestamptz,
  PRIMARY KEY (company_id, source_id, secret_id)
);
CREATE TABLE hub_intake_seen (
  company_id text COLLATE "C" NOT NULL REFERENCES hub_company,
  source_id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  signed_at bigint NOT NULL,
  body_hash text NOT NULL,
  lead_id text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, source_id, message_id)
);
CREATE INDEX hub_intake_seen_age ON hub_intake_seen (seen_at);
`,
}
