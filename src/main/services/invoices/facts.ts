import type { Exception, MoneyTotals, ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import { formatMoney, sumCents } from '../../../shared/base/money.ts'
import { type Books, type Finding, type InvoiceFacts, lintInvoice, lintPayment, type PaymentFacts } from '../../../shared/domain/accounting/lint.ts'
import type { LedgerEntry } from '../../../shared/domain/accounting/tables.ts'
import type { Customer, Location } from '../../../shared/domain/customers/tables.ts'
import type { Invoice, InvoiceLine } from '../../../shared/domain/invoices/tables.ts'
import { type Job, type PAYMENT_FORMS } from '../../../shared/domain/jobs/tables.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import type { Payment } from '../../../shared/domain/payments/tables.ts'
import { businessUnitTable } from '../../../shared/domain/people/tables.ts'
import type { Services } from '../../core/service.ts'
import { and, count, eq, inArray, schema } from '../../store/schema.ts'
import { companyOf } from '../company.ts'

export function booksOf(services: Services): Books {
  return { company: companyOf(services), units: new Map(services.store.engine.run(all(businessUnitTable)).map((unit) => [unit.id, unit])) }
}

/** An invoice with everything that its row, its checks and its paper need. */
export interface InvoiceView extends InvoiceFacts {
  readonly lines: readonly InvoiceLine[]
  readonly entries: readonly LedgerEntry[]
  readonly job: Job
  readonly location: Location
  readonly payments: readonly Payment[]
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> => new Map(rows.map((row) => [row.id, row]))

export function readCustomers({ store }: Pick<Services, 'store'>, ids: readonly string[]): ReadonlyMap<string, Customer> {
  const { customer } = schema
  return byId(store.db.select().from(customer).where(and(eq(customer.companyId, store.companyId), inArray(customer.id, [...new Set(ids)]))).all())
}

function readEntries({ store }: Pick<Services, 'store'>, documentIds: readonly string[]): ReadonlyMap<string, readonly LedgerEntry[]> {
  const { ledgerEntry } = schema
  const rows = store.db.select().from(ledgerEntry).where(and(eq(ledgerEntry.companyId, store.companyId), inArray(ledgerEntry.documentId, [...documentIds]))).all()
  return Map.groupBy(rows, (entry) => entry.documentId)
}

/** Reads everything about these invoices in one statement a table. */
export function viewInvoices(services: Pick<Services, 'store'>, invoices: readonly Invoice[]): readonly InvoiceView[] {
  if (invoices.length === 0) return []
  const { db, companyId } = services.store
  const { invoice, invoiceLine, job, location, payment } = schema
  const ids = invoices.map((each) => each.id)
  const lines = Map.groupBy(db.select().from(invoiceLine).where(and(eq(invoiceLine.companyId, companyId), inArray(invoiceLine.invoiceId, ids))).all(), (line) => line.invoiceId)
  const payments = Map.groupBy(db.select().from(payment).where(and(eq(payment.companyId, companyId), inArray(payment.invoiceId, ids))).all(), (each) => each.invoiceId ?? '')
  const jobs = byId(db.select().from(job).where(and(eq(job.companyId, companyId), inArray(job.id, invoices.map((each) => each.jobId)))).all())
  const places = byId(db.select().from(location).where(and(eq(location.companyId, companyId), inArray(location.id, invoices.map((each) => each.locationId)))).all())
  const numbers = invoices.flatMap((each) => each.number ?? [])
  const sameNumber = new Map(
    db
      .select({ number: invoice.number, count: count() })
      .from(invoice)
      .where(and(eq(invoice.companyId, companyId), inArray(invoice.number, numbers)))
      .groupBy(invoice.number)
      .all()
      .map((row) => [row.number ?? '', row.count]),
  )
  const customers = readCustomers(services, invoices.map((each) => each.customerId))
  const entries = readEntries(services, ids)
  return invoices.flatMap((each): InvoiceView[] => {
    const [customer, ofJob, place] = [customers.get(each.customerId), jobs.get(each.jobId), places.get(each.locationId)]
    if (!customer || !ofJob || !place) return []
    return [
      {
        invoice: each,
        customer,
        job: ofJob,
        location: place,
        lines: lines.get(each.id) ?? [],
        payments: (payments.get(each.id) ?? []).toSorted((left, right) => left.receivedAt - right.receivedAt),
        entries: entries.get(each.id) ?? [],
        sameNumber: sameNumber.get(each.number ?? '') ?? 0,
      },
    ]
  })
}

export interface PaymentView extends PaymentFacts {
  readonly entries: readonly LedgerEntry[]
}

export function viewPayments(services: Services, payments: readonly Payment[]): readonly PaymentView[] {
  if (payments.length === 0) return []
  const customers = readCustomers(services, payments.map((each) => each.customerId))
  const entries = readEntries(services, payments.map((each) => each.id))
  return payments.flatMap((payment): PaymentView[] => {
    const customer = customers.get(payment.customerId)
    return customer ? [{ payment, customer, entries: entries.get(payment.id) ?? [] }] : []
  })
}

const stop = ({ check, reason, link }: Finding): Exception => ({ severity: 'stop', check, reason, link })

/** What a person should have seen before this goes on, though it may. */
function worthALook({ invoice, lines, job, location, customer }: InvoiceView): readonly Exception[] {
  const look = (reason: string, link: Exception['link'] = { kind: 'invoice', id: invoice.id }): Exception => ({ severity: 'look', check: null, reason, link })
  const free = lines.filter((line) => line.kind !== 'discount' && line.amountCents === 0).length
  const off = invoice.subtotalCents - job.totalCents
  return [
    ...(customer.taxExempt || location.taxZoneId !== null || !lines.some((line) => line.taxable) ? [] : [look('No sales tax, the place has no tax zone', { kind: 'location', id: location.id })]),
    ...(off === 0 ? [] : [look(`${formatMoney(Math.abs(off))} ${off > 0 ? 'more' : 'less'} than the job`, { kind: 'job', id: job.id })]),
    ...(free === 0 ? [] : [look(free === 1 ? 'one line at $0.00' : `${free} lines at $0.00`)]),
  ]
}

export function exceptionsOf(view: InvoiceView, books: Books): Exception[] {
  return [...lintInvoice(view, books).map(stop), ...worthALook(view)]
}

export const FORM_WORDS: Readonly<Record<(typeof PAYMENT_FORMS)[number], string>> = { card: 'card', check: 'check', cash: 'cash', financing: 'financing', ach: 'ACH', onAccount: 'on account' }

function termsWords(days: number): string {
  return days === 0 ? 'due on receipt' : `terms ${days}`
}

/** How it was paid, or how it will be. */
function paidBy({ invoice, payments, job }: InvoiceView): string {
  const taken = payments.filter((payment) => payment.state === 'taken')
  if (taken.length > 1) return `${taken.length} payments`
  if (taken[0]) return taken[0].form === 'check' ? `check ${taken[0].checkNumber ?? ''}` : 'cash'
  return job.plannedPayment === 'onAccount' || invoice.termsDays > 0 ? termsWords(invoice.termsDays) : FORM_WORDS[job.plannedPayment]
}

export function invoiceRow(view: InvoiceView, books: Books): ReviewRow {
  const { invoice, customer, job } = view
  return {
    kind: invoice.state === 'draft' ? 'draft' : 'invoice',
    id: invoice.id,
    number: invoice.number,
    day: invoice.day,
    customerId: customer.id,
    customerName: customer.name,
    jobId: job.id,
    jobNumber: job.number,
    what: job.summary,
    totalCents: invoice.totalCents,
    paidBy: paidBy(view),
    exceptions: exceptionsOf(view, books),
  }
}

export function paymentRow(facts: PaymentFacts, books: Books, invoiceNumber: string | null): ReviewRow {
  const { payment, customer } = facts
  return {
    kind: 'payment',
    id: payment.id,
    number: payment.checkNumber,
    day: payment.day,
    customerId: customer.id,
    customerName: customer.name,
    jobId: null,
    jobNumber: null,
    what: invoiceNumber === null ? 'On account' : `Invoice ${invoiceNumber}`,
    totalCents: payment.amountCents,
    paidBy: payment.form === 'check' ? `check ${payment.checkNumber ?? ''}` : 'cash',
    exceptions: lintPayment(facts, books).map(stop),
  }
}

/** The sums at the bottom of a list; debits and credits are counted entry by entry, so that they can disagree. */
export function totalsOf(invoices: readonly InvoiceView[], payments: readonly PaymentView[]): MoneyTotals {
  const entries = [...invoices, ...payments].flatMap((document) => document.entries.map((entry) => entry.amountCents))
  return {
    invoices: invoices.length,
    invoicedCents: sumCents(invoices.map(({ invoice }) => invoice.totalCents)),
    payments: payments.length,
    paidCents: sumCents(payments.map(({ payment }) => payment.amountCents)),
    debitCents: sumCents(entries.filter((cents) => cents > 0)),
    creditCents: -sumCents(entries.filter((cents) => cents < 0)) || 0,
  }
}

/** The numbers of the invoices that payments name. */
export function invoiceNumbers({ store }: Services, payments: readonly Payment[]): ReadonlyMap<string, string | null> {
  const { invoice } = schema
  const ids = payments.flatMap((payment) => payment.invoiceId ?? [])
  if (ids.length === 0) return new Map()
  const rows = store.db.select({ id: invoice.id, number: invoice.number }).from(invoice).where(and(eq(invoice.companyId, store.companyId), inArray(invoice.id, ids))).all()
  return new Map(rows.map((row) => [row.id, row.number]))
}

