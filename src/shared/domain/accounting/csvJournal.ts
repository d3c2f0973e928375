import { type Cents, plainAmount } from '../../base/money.ts'
import { invoiceKey, nameOf, paymentKey, type PostedBatch } from './postedBatch.ts'
import type { LedgerEntry } from './tables.ts'

/** A journal any bookkeeping program can read: one row per ledger entry, RFC 4180, UTF-8 with a byte order mark (Excel needs it). */

export const JOURNAL_COLUMNS = ['Date', 'Type', 'Number', 'Key', 'Account', 'Class', 'Customer', 'Debit', 'Credit', 'Memo'] as const

/**
 * One cell. Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV injection");
 * line ends inside a cell become spaces, so that every record is one line.
 */
export function csvCell(text: string): string {
  const oneLine = text.replace(/[\r\n]+/g, ' ')
  const harmless = /^[=+\-@\t|%]/.test(oneLine) ? `'${oneLine}` : oneLine
  return /[",']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export interface JournalRecord {
  readonly documentKind: 'invoice' | 'payment'
  readonly documentId: string
  readonly key: string
  /** The rows of this document. */
  readonly text: string
}

const TYPES: Readonly<Record<LedgerEntry['transactionKind'], string>> = { invoice: 'Invoice', payment: 'Payment', paymentVoid: 'Payment taken back', application: 'Credit applied', suspense: 'Money in suspense', placement: 'Money placed', suspenseRefund: 'Money given back' }

function row(entry: LedgerEntry, number: string, key: string, batch: PostedBatch): string {
  const { accounts, classes } = batch.books
  const side = (cents: Cents): string => (cents > 0 ? plainAmount(cents) : '')
  return [
    entry.day,
    TYPES[entry.transactionKind],
    number,
    key,
    accounts[entry.account],
    entry.businessUnitId === null ? '' : (classes[entry.businessUnitId] ?? ''),
    entry.customerId === null ? '' : nameOf(batch, entry.customerId),
    side(entry.amountCents),
    side(-entry.amountCents),
    entry.memo,
  ]
    .map(csvCell)
    .join(',')
}

/** Every document of a sorted batch, in the order of the file. */
export function journalRecords(batch: PostedBatch): readonly JournalRecord[] {
  return [
    ...batch.invoices.map(({ invoice, entries }): JournalRecord => {
      const key = invoiceKey(invoice)
      return { documentKind: 'invoice', documentId: invoice.id, key, text: entries.map((entry) => row(entry, invoice.number ?? '', key, batch)).join('\r\n') }
    }),
    ...batch.payments.map(({ payment, entries }): JournalRecord => {
      const key = paymentKey(payment)
      return { documentKind: 'payment', documentId: payment.id, key, text: entries.map((entry) => row(entry, payment.checkNumber ?? '', key, batch)).join('\r\n') }
    }),
  ]
}

/** The whole file as text, without the byte order mark. A document without entries (an invoice of $0.00) has no row. */
export function journalText(records: readonly JournalRecord[]): string {
  return [JOURNAL_COLUMNS.join(','), ...records.map((record) => record.text).filter((text) => text !== ''), ''].join('\r\n')
}
