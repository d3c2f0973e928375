import { hubTables } from './0001_hub.ts'
import { attachmentTables } from './0002_attachments.ts'
import { intakeTables } from './0003_intake.ts'
import type { HubMigration } from './migration.ts'

/** Every step in order. A new one is added at the end. */
export const HUB_MIGRATIONS: readonly HubMigration[] = [hubTables, attachmentTables, intakeTables]
