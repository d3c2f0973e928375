import type { Migration } from '../src/main/store/migration.ts'

/** What a visit waits for and from whom, and why somebody has to come again. */
export const partsAndDebrief: Migration = {
  version: 19,
  name: 'parts and debrief',
  sql: `
ALTER TABLE appointment ADD COLUMN parts_what TEXT;
ALTER TABLE appointment ADD COLUMN parts_from TEXT;
ALTER TABLE appointment ADD COLUMN parts_expected_at INTEGER;
ALTER TABLE appointment ADD COLUMN parts_state TEXT;
ALTER TABLE appointment ADD COLUMN parts_received_at INTEGER;
ALTER TABLE appointment ADD COLUMN cause_code TEXT;
ALTER TABLE appointment ADD COLUMN after_visit TEXT;
ALTER TABLE dispatch_settings ADD COLUMN cause_codes TEXT;
`,
}
