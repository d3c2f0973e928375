import { compareText } from '../../base/text.ts'
import type { Invoice, InvoiceLine } from '../invoices/tables.ts'
import { inOrder } from '../invoices/sums.ts'
import type { Payment } from '../payments/tables.ts'
import type { Batch, LedgerEntry, PostedBooks } from './tables.ts'

/** A posted batch with all that an export file is made of. The same batch gives the same file, whenever and wherever. */
export interface PostedBatch {
  readonly batch: Pick<Batch, 'id' | 'number' | 'fromDay' | 'toDay'>
  readonly books: PostedBooks
  /** The name of each customer in the books, by customer id. */
  readonly names: ReadonlyMap<string, string>
  readonly invoices: readonly PostedInvoice[]
  readonly payments: readonly PostedPayment[]
}

export interface PostedInvoice {
  readonly invoice: Invoice
  readonly lines: readonly InvoiceLine[]
  readonly entries: readonly LedgerEntry[]
}

export interface PostedPayment {
  readonly payment: Payment
  readonly invoiceNumber: string | null
  readonly entries: readonly LedgerEntry[]
}

/**
 * The key that a record carries into the file and that tells a second import from a first: the permanent number of an
 * invoice, the random half of a payment's id (12 hexadecimal digits, 48 bits).
 */
export function invoiceKey(invoice: Pick<Invoice, 'number'>): string {
  return `INV-${invoice.number ?? ''}`
}

export function paymentKey(payment: Pick<Payment, 'id'>): string {
  return `PMT-${payment.id.slice(-12)}`
}

/** @throws where a customer of the batch was not named at posting: a bug, and no file may come of it */
export function nameOf(batch: PostedBatch, customerId: string): string {
  const name = batch.names.get(customerId)
  if (name === undefined) throw new Error(`Batch ${batch.batch.number} has no name for customer ${customerId}`)
  return name
}

/** Document numbers in counting order: 999 before 1000; a draft, which has none, first. */
export function compareNumbers(left: string | null, right: string | null): number {
  return (left ?? '').length - (right ?? '').length || compareText(left ?? '', right ?? '')
}

/** The order of every export: invoices by number, then payments by day and id, so that the bytes never depend on a query. */
export function sorted(batch: PostedBatch): PostedBatch {
  return {
    ...batch,
    invoices: batch.invoices
      .toSorted((left, right) => compareNumbers(left.invoice.number, right.invoice.number) || compareText(left.invoice.id, right.invoice.id))
      .map((posted) => ({ ...posted, lines: inOrder(posted.lines), entries: entriesInOrder(posted.entries) })),
    payments: batch.payments
      .toSorted((left, right) => compareText(left.payment.day, right.payment.day) || compareText(left.payment.id, right.payment.id))
      .map((posted) => ({ ...posted, entries: entriesInOrder(posted.entries) })),
  }
}

function entriesInOrder(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return entries.toSorted((left, right) => left.createdAt - right.createdAt || compareText(left.transactionId, right.transactionId) || left.position - right.position)
}
