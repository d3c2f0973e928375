import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { getMany, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { loadBatch, MAX_BATCH_ITEMS } from './prepare.ts'
import { batchTable, bookNameTable, type ExportRecord, exportRecordTable } from './tables.ts'

/** The same for a document and a format however often it is exported: a second export adds no row. */
function exportRecordId(companyId: string, format: ExportRecord['format'], documentId: string): string {
  return derivedId('export', companyId, format, documentId)
}

/**
 * Recorded before the file is handed out: a crash in between leaves a batch that can't be unposted any more and whose
 * file can be fetched again, byte for byte; never a file at the accountant's of a batch that still changes.
 */
export const recordExport = defineIntention({
  name: 'batch.recordExport',
  version: 1,
  summary: 'Record which documents of a posted batch are written to a file, with a key and a hash of each.',
  permission: 'batch.export',
  input: z.strictObject({
    batchId: idInput,
    format: z.enum(['iif', 'csv']),
    records: z
      .array(
        z.strictObject({
          documentKind: z.enum(['invoice', 'payment']),
          documentId: idInput,
          key: lineInput('The key', 40),
          hash: z.string().regex(/^[0-9a-f]{64}$/, 'This is not a SHA-256 hash.'),
        }),
      )
      .min(1, 'Nothing was exported.')
      .max(2 * MAX_BATCH_ITEMS),
  }),
  *load(input) {
    const contents = yield* loadBatch(input.batchId)
    const customerIds = new Set([...contents.invoices, ...contents.payments].map((document) => document.customerId))
    return {
      ...contents,
      earlier: yield* range(exportRecordTable, 'byBatch', [input.batchId, input.format]),
      names: yield* getMany(bookNameTable, customerIds),
    }
  },
  decide(input, { batch, invoices, payments, earlier, names }, context) {
    if (!batch) return refuse('batch.unknown', 'This batch is not there.')
    if (batch.state !== 'posted') return refuse('batch.notPosted', `Batch ${batch.number} is not posted yet, so it can\u2019t be exported.`, { subject: { kind: 'batch', id: batch.id } })
    const held = new Set([...invoices, ...payments].map((document) => document.id))
    const listed = new Set(input.records.map((record) => record.documentId))
    if (listed.size !== held.size || input.records.length !== held.size || [...listed].some((id) => !held.has(id))) {
      return refuse('batch.exportIncomplete', 'The file and the batch hold different documents. Export the batch again.')
    }
    const known = new Map(earlier.map((record) => [record.documentId, record]))
    const changed = input.records.find((record) => known.has(record.documentId) && known.get(record.documentId)?.hash !== record.hash)
    if (changed) return refuse('batch.exportDiffers', `${changed.key} differs from what was exported before. Nothing was written.`, { subject: { kind: changed.documentKind, id: changed.documentId } })
    return accept(
      update(batchTable, batch, { exported: true }),
      input.records
        .filter((record) => !known.has(record.documentId))
        .map((record) => insert(exportRecordTable, { id: exportRecordId(context.companyId, input.format, record.documentId), batchId: batch.id, format: input.format, ...record, at: context.at })),
      names.map((name) => update(bookNameTable, name, { exported: true })),
    )
  },
})
