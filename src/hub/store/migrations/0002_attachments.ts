import type { HubMigration } from './migration.ts'

/**
 * Attached files, in the pieces they came in. The bytes are kept as they are: photos and PDFs do not get smaller, and
 * PostgreSQL would try.
 */
export const attachmentTables: HubMigration = {
  version: 2,
  name: 'attachments',
  sql: `
CREATE TABLE hub_blob (
  company_id text COLLATE "C" NOT NULL REFERENCES hub_company,
  sha256 text COLLATE "C" NOT NULL,
  size bigint NOT NULL,
  have bigint NOT NULL DEFAULT 0,
  whole boolean NOT NULL DEFAULT false,
  begun_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, sha256)
) WITH (fillfactor = 70);
CREATE TABLE hub_blob_piece (
  company_id text COLLATE "C" NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  from_byte bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (company_id, sha256, from_byte)
);
ALTER TABLE hub_blob_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
`,
}
