import { type ExportFile, exportFile } from '../../../shared/domain/accounting/exportFile.ts'
import type { PostedBatch } from '../../../shared/domain/accounting/postedBatch.ts'
import type { ExportRecord } from '../../../shared/domain/accounting/tables.ts'
import { type Asked, mustRun, ServiceError, type Services } from '../../core/service.ts'
import { and, eq, inArray, min, schema } from '../../store/schema.ts'
import { batchOf, contentsOf } from './batches.ts'

/** Reads a posted batch as its file is made of it. */
function readPostedBatch(services: Services, batchId: string): PostedBatch {
  const batch = batchOf(services, batchId)
  if (batch.state !== 'posted' || batch.books === null) {
    throw new ServiceError('batch.notPosted', `Batch ${batch.number} is not posted yet, so it can\u2019t be exported.`, { subject: { kind: 'batch', id: batch.id } })
  }
  const { invoices, payments, numbers } = contentsOf(services, batchId)
  const { bookName } = schema
  const customerIds = [...new Set([...invoices, ...payments].map((document) => document.customer.id))]
  const names = services.store.db
    .select({ id: bookName.id, name: bookName.name })
    .from(bookName)
    .where(and(eq(bookName.companyId, services.store.companyId), inArray(bookName.id, customerIds)))
    .all()
  return {
    batch,
    books: batch.books,
    names: new Map(names.map((row) => [row.id, row.name])),
    invoices: invoices.map(({ invoice, lines, entries }) => ({ invoice, lines, entries })),
    payments: payments.map(({ payment, entries }) => ({ payment, invoiceNumber: numbers.get(payment.invoiceId ?? '') ?? null, entries })),
  }
}

function firstExport({ store }: Services, batchId: string, format: ExportRecord['format']): number | null {
  const { exportRecord } = schema
  const row = store.db
    .select({ at: min(exportRecord.at) })
    .from(exportRecord)
    .where(and(eq(exportRecord.companyId, store.companyId), eq(exportRecord.batchId, batchId), eq(exportRecord.format, format)))
    .get()
  return row?.at ?? null
}

function refuseProblems(file: ExportFile): void {
  const [first] = file.problems
  if (first === undefined) return
  const more = file.problems.length > 1 ? ` and ${file.problems.length - 1} more` : ''
  throw new ServiceError('export.refused', `QuickBooks would refuse this file: ${first}${more}. Nothing was written.`)
}

/**
 * Answers `batch.export`: makes the file, reads it back, records it, and only then hands it out. A crash before the
 * record leaves nothing done; one after it leaves a batch that is locked and whose same file can be fetched again.
 */
export async function exportBatch({ batchId, format }: { readonly batchId: string; readonly format: ExportRecord['format'] }, asked: Asked) {
  const file = exportFile(readPostedBatch(asked, batchId), format)
  refuseProblems(file)
  const exportedBefore = firstExport(asked, batchId, format)
  mustRun(asked, { name: 'batch.recordExport', input: { batchId, format, records: file.records }, actorId: asked.actorId })
  const delivery = await asked.shell.offerFile({ name: file.name, mime: file.mime, bytes: file.bytes })
  return { delivery, name: file.name, records: file.records.length, exportedBefore }
}
