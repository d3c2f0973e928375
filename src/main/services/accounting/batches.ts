import type { BatchDetail, BatchSummary } from '../../../shared/contract/methods/accounting.ts'
import { compareNumbers } from '../../../shared/domain/accounting/postedBatch.ts'
import { type Batch, batchTable } from '../../../shared/domain/accounting/tables.ts'
import { all, get } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, ServiceError, type Services } from '../../core/service.ts'
import { and, asc, count, desc, eq, inArray, min, schema } from '../../store/schema.ts'
import { booksOf, invoiceNumbers, invoiceRow, paymentRow, totalsOf, viewInvoices, viewPayments } from '../invoices/facts.ts'
import { postersFor } from './posters.ts'

const LIMIT = 200

type Exports = ReadonlyMap<string, BatchSummary['exports']>

function exportsOf({ store }: Services, batchIds: readonly string[]): Exports {
  const { exportRecord } = schema
  const found = new Map<string, BatchSummary['exports']>()
  if (batchIds.length === 0) return found
  const rows = store.db
    .select({ batchId: exportRecord.batchId, format: exportRecord.format, at: min(exportRecord.at), records: count() })
    .from(exportRecord)
    .where(and(eq(exportRecord.companyId, store.companyId), inArray(exportRecord.batchId, [...batchIds])))
    .groupBy(exportRecord.batchId, exportRecord.format)
    .orderBy(asc(exportRecord.format))
    .all()
  for (const { batchId, format, at, records } of rows) found.set(batchId, [...(found.get(batchId) ?? []), { format, at: at ?? 0, records }])
  return found
}

function summarize(batch: Batch, names: ReadonlyMap<string, string>, exports: Exports): BatchSummary {
  return {
    id: batch.id,
    number: batch.number,
    state: batch.state,
    fromDay: batch.fromDay,
    toDay: batch.toDay,
    invoices: batch.invoiceCount,
    payments: batch.paymentCount,
    invoicedCents: batch.invoicedCents,
    paidCents: batch.paidCents,
    preparedBy: names.get(batch.preparedBy) ?? '',
    preparedAt: batch.preparedAt,
    reviewedAt: batch.reviewedAt,
    postedBy: batch.postedBy === null ? null : (names.get(batch.postedBy) ?? ''),
    postedAt: batch.postedAt,
    exports: exports.get(batch.id) ?? [],
  }
}

const peopleNames = ({ store }: Services): ReadonlyMap<string, string> => new Map(store.engine.run(all(userTable)).map((user) => [user.id, user.name]))

/** Answers `batches.list`. */
export function readBatches(asked: Asked): { batches: BatchSummary[] } {
  const { db, companyId } = asked.store
  const { batch } = schema
  const batches = db.select().from(batch).where(eq(batch.companyId, companyId)).orderBy(desc(batch.preparedAt), desc(batch.id)).limit(LIMIT).all()
  const [names, exports] = [peopleNames(asked), exportsOf(asked, batches.map((each) => each.id))]
  return { batches: batches.map((each) => summarize(each, names, exports)) }
}

/** @throws ServiceError where there is no such batch */
export function batchOf({ store }: Services, batchId: string): Batch {
  const batch = store.engine.run(get(batchTable, batchId))
  if (!batch) throw new ServiceError('batch.unknown', 'This batch is not there. Look at the list again.')
  return batch
}

/** The documents of a batch with everything about them. */
export function contentsOf(services: Services, batchId: string) {
  const { db, companyId } = services.store
  const { invoice, payment } = schema
  const invoices = viewInvoices(services, db.select().from(invoice).where(and(eq(invoice.companyId, companyId), eq(invoice.batchId, batchId))).orderBy(asc(invoice.id)).all())
  const payments = viewPayments(services, db.select().from(payment).where(and(eq(payment.companyId, companyId), eq(payment.batchId, batchId))).orderBy(asc(payment.id)).all())
  return { invoices, payments, numbers: invoiceNumbers(services, payments.map((facts) => facts.payment)) }
}

/** Answers `batch.get`. */
export function readBatch(batchId: string, asked: Asked): BatchDetail {
  const batch = batchOf(asked, batchId)
  const books = booksOf(asked)
  const { invoices, payments, numbers } = contentsOf(asked, batchId)
  const names = peopleNames(asked)
  const rows = [
    ...invoices.toSorted((left, right) => compareNumbers(left.invoice.number, right.invoice.number)).map((view) => invoiceRow(view, books)),
    ...payments.map((facts) => paymentRow(facts, books, numbers.get(facts.payment.invoiceId ?? '') ?? null)),
  ]
  return {
    ...summarize(batch, names, exportsOf(asked, [batchId])),
    preparedById: batch.preparedBy,
    reviewedBy: batch.reviewedBy === null ? null : (names.get(batch.reviewedBy) ?? ''),
    unpostReason: batch.unpostReason,
    // What is posted has been checked; a mapping changed since does not touch it.
    rows: batch.state === 'posted' ? rows.map((row) => ({ ...row, exceptions: [] })) : rows,
    totals: totalsOf(invoices, payments),
    posters: postersFor(asked, batch.preparedBy),
  }
}
