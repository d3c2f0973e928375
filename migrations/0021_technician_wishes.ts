import type { Migration } from '../src/main/store/migration.ts'

/** Whom a customer asks for and whom they do not want again, and which job types are a chance to sell. */
export const technicianWishes: Migration = {
  version: 21,
  name: 'technicianWishes',
  sql: `
ALTER TABLE customer ADD COLUMN asked_for_id TEXT;
ALTER TABLE customer ADD COLUMN not_wanted_ids TEXT;
ALTER TABLE job_type ADD COLUMN sells INTEGER;
`,
}
