import type { ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import type { Asked } from '../../core/service.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { and, asc, count, desc, eq, exists, isNull, ne, not, schema } from '../../store/schema.ts'
import { todayOf } from '../company.ts'
import { postersFor } from '../accounting/posters.ts'
import { compareNumbers } from '../../../shared/domain/accounting/postedBatch.ts'
import { booksOf, FORM_WORDS, invoiceNumbers, invoiceRow, paymentRow, totalsOf, viewInvoices, viewPayments } from './facts.ts'

/** More than a person reviews in one sitting; the rest follows when these are done. */
const LIMIT = 500

/** Finished jobs that nobody has charged for. */
function uncharged(asked: Asked): readonly ReviewRow[] {
  const { db, companyId, engine } = asked.store
  const { appointment, customer, invoice, job } = schema
  const types = new Map(engine.run(all(jobTypeTable)).map((type) => [type.id, type.name]))
  const visits = (state: 'done' | 'other') =>
    db
      .select({ id: appointment.id })
      .from(appointment)
      .where(and(eq(appointment.companyId, companyId), eq(appointment.jobId, job.id), ne(appointment.state, 'canceled'), state === 'done' ? eq(appointment.state, 'done') : ne(appointment.state, 'done')))
  const rows = db
    .select({ job, customerName: customer.name })
    .from(appointment)
    .innerJoin(job, and(eq(job.companyId, appointment.companyId), eq(job.id, appointment.jobId)))
    .innerJoin(customer, and(eq(customer.companyId, job.companyId), eq(customer.id, job.customerId)))
    .where(
      and(
        eq(appointment.companyId, companyId),
        eq(appointment.state, 'done'),
        eq(appointment.invoiced, false),
        isNull(job.invoiceId),
        ne(job.state, 'canceled'),
        not(exists(visits('other'))),
        not(exists(db.select({ id: invoice.id }).from(invoice).where(and(eq(invoice.companyId, companyId), eq(invoice.jobId, job.id))))),
      ),
    )
    .groupBy(job.id)
    .orderBy(asc(job.id))
    .limit(LIMIT)
    .all()
  return rows.map(({ job: done, customerName }) => ({
    kind: 'job',
    id: done.id,
    number: null,
    day: null,
    customerId: done.customerId,
    customerName,
    jobId: done.id,
    jobNumber: done.number,
    what: done.summary === '' ? (types.get(done.jobTypeId) ?? '') : done.summary,
    totalCents: done.totalCents,
    paidBy: FORM_WORDS[done.plannedPayment],
    exceptions: [],
  }))
}

/** The newest record tells which export was last; its own batch alone is counted, not the records of all years. */
function lastExport({ store }: Asked) {
  const { batch, exportRecord } = schema
  const ours = eq(exportRecord.companyId, store.companyId)
  const newest = store.db
    .select({ at: exportRecord.at, format: exportRecord.format, batchId: exportRecord.batchId, batchNumber: batch.number })
    .from(exportRecord)
    .innerJoin(batch, and(eq(batch.companyId, exportRecord.companyId), eq(batch.id, exportRecord.batchId)))
    .where(ours)
    .orderBy(desc(exportRecord.at))
    .limit(1)
    .get()
  if (!newest) return null
  const { batchId, ...said } = newest
  const records = store.db.select({ records: count() }).from(exportRecord).where(and(ours, eq(exportRecord.batchId, batchId), eq(exportRecord.format, said.format))).get()?.records ?? 0
  return { ...said, records }
}

/** Answers `invoices.review`. */
export function readReview(asked: Asked) {
  const { db, companyId } = asked.store
  const { batch, invoice, payment } = schema
  const books = booksOf(asked)
  const invoices = db
    .select()
    .from(invoice)
    .where(and(eq(invoice.companyId, companyId), isNull(invoice.batchId), eq(invoice.practice, false)))
    .orderBy(asc(invoice.state), asc(invoice.day), asc(invoice.id))
    .limit(LIMIT + 1)
    .all()
  const payments = db
    .select()
    .from(payment)
    .where(and(eq(payment.companyId, companyId), isNull(payment.batchId), eq(payment.state, 'taken'), eq(payment.practice, false)))
    .orderBy(asc(payment.day), asc(payment.id))
    .limit(LIMIT + 1)
    .all()
  const views = viewInvoices(asked, invoices.slice(0, LIMIT)).toSorted((left, right) => compareNumbers(left.invoice.number, right.invoice.number))
  const numbers = invoiceNumbers(asked, payments)
  const money = viewPayments(asked, payments.slice(0, LIMIT))
  // Money for a draft waits with it.
  const settled = money.filter((each) => each.payment.invoiceId === null || numbers.get(each.payment.invoiceId) !== null)
  const jobs = uncharged(asked)

  const open = db.select().from(batch).where(and(eq(batch.companyId, companyId), eq(batch.state, 'open'))).orderBy(desc(batch.preparedAt)).limit(1).get()
  return {
    day: todayOf(asked),
    rows: [...jobs, ...views.map((view) => invoiceRow(view, books)), ...settled.map((facts) => paymentRow(facts, books, numbers.get(facts.payment.invoiceId ?? '') ?? null))],
    totals: totalsOf(views.filter(({ invoice: each }) => each.state === 'finalized'), settled),
    more: invoices.length > LIMIT || payments.length > LIMIT || jobs.length === LIMIT,
    openBatch: open ? { id: open.id, number: open.number, state: open.state, invoices: open.invoiceCount, payments: open.paymentCount, reviewed: open.reviewedAt !== null } : null,
    posters: postersFor(asked, asked.actorId),
    lastExport: lastExport(asked),
  }
}
