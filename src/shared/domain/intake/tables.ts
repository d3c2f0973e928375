import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

export const importRunTable = defineTable('import_run', {
  source: col.oneOf(['jobberClients', 'sample']),
  fileName: col.text(),
  state: col.oneOf(['running', 'done', 'undone']),
  importedRows: col.integer(),
  rejectedRows: col.integer(),
  finishedAt: nullable(col.instant()),
})

/** A row that could not be imported, kept aside whole with the reason. */
export const importRejectTable = defineTable(
  'import_reject',
  { runId: col.ref('import_run'), rowNumber: col.integer(), reason: col.text(), raw: col.json<Readonly<Record<string, string>>>() },
  { indexes: { byRun: ['runId'] } },
)

export type ImportRun = Row<typeof importRunTable>
export type ImportReject = Row<typeof importRejectTable>
