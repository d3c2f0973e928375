import type { Migration } from '../src/main/store/migration.ts'

/** What each workstation’s telephone has said of a call, and the calls between our own telephones. */
export const callLegs: Migration = {
  version: 14,
  name: 'call legs',
  sql: `
ALTER TABLE call ADD COLUMN extension TEXT;
ALTER TABLE call ADD COLUMN legs TEXT;
`,
}
