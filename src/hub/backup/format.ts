import { z } from 'zod'

/**
 * A backup is one gzip file of lines: the head as JSON; for each table its head as JSON, its rows as PostgreSQL's COPY
 * writes them and a line `\.`, which no row can be; at the end what it holds in all, by which a file that was cut off or
 * damaged is told from a whole one before anything is touched.
 */
export const BACKUP_FORMAT = 1

export const END_OF_ROWS = '\\.'

export const backupHead = z.object({
  baton: z.literal('hub-backup'),
  format: z.int(),
  /** The hub's own migrations and the store version of the companies' tables. */
  version: z.int(),
  schema: z.int(),
  /** Epoch ms by the database's clock. */
  at: z.number(),
  companies: z.array(z.object({ id: z.string(), name: z.string(), seq: z.number(), epoch: z.string() })),
})

export type BackupHead = z.output<typeof backupHead>

export const tableHead = z.object({ table: z.string(), columns: z.array(z.string()) })

export type TableHead = z.output<typeof tableHead>

/** `head` is the SHA-256 of the first line. */
export const backupEnd = z.object({ head: z.string(), end: z.array(z.object({ table: z.string(), rows: z.int(), sha256: z.string() })) })

export type BackupEnd = z.output<typeof backupEnd>

/** The hub's own tables that a backup holds, in an order in which they can be filled; leases and snapshots are of the moment. */
export const HUB_TABLES = ['hub_company', 'hub_device', 'hub_command', 'change_feed', 'enrolment_code', 'recovery_command', 'hub_founding', 'hub_secret', 'hub_intake_secret', 'hub_intake_seen', 'hub_blob', 'hub_blob_piece'] as const

/** What a person is told who asked for a backup, a restore or a check that cannot be. */
export class BackupProblem extends Error {
  override readonly name = 'BackupProblem'
}
