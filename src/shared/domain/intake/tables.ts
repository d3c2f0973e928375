import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

export const IMPORT_SOURCES = ['jobberClients', 'sample', 'jobs'] as const

export const importRunTable = defineTable(
  'import_run',
  {
    source: col.oneOf(IMPORT_SOURCES),
    fileName: col.text(),
    /** SHA-256 of the file as it was chosen, so that choosing it again is noticed; empty where there was no file. */
    fileHash: col.text(),
    state: col.oneOf(['running', 'done', 'undone']),
    customers: col.integer(),
    /** Rows of the file that came in: one for each location. */
    importedRows: col.integer(),
    rejectedRows: col.integer(),
    finishedAt: nullable(col.instant()),
  },
  { indexes: { byFileHash: ['fileHash'] } },
)

/** A cell as it stood in the file, under its heading; an array, because JSON keeps no order of keys. */
export type RawCell = readonly [heading: string, cell: string]

/** A row that could not be imported, kept aside whole with the reason. */
export const importRejectTable = defineTable(
  'import_reject',
  { runId: col.ref('import_run'), rowNumber: col.integer(), reason: col.text(), raw: col.json<readonly RawCell[]>() },
  { indexes: { byRun: ['runId'] } },
)

export type ImportRun = Row<typeof importRunTable>
export type ImportReject = Row<typeof importRejectTable>
