import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { type AccountMap, LEDGER_ACCOUNTS } from './accounts.ts'

/** Double entry: the entries of one transaction sum to zero, debits positive. They are only ever added. */
export const ledgerEntryTable = defineTable(
  'ledger_entry',
  {
    transactionId: col.id(),
    /**
     * `application`: money taken before the invoice was final, moved from the customer's credit to it. `suspense`: money whose
     * customer is not there; `placement` and `suspenseRefund` say what became of it.
     */
    transactionKind: col.oneOf(['invoice', 'payment', 'paymentVoid', 'application', 'suspense', 'placement', 'suspenseRefund']),
    /** The invoice or payment it records; money in suspense has the id of the payment it becomes. */
    documentId: col.id(),
    position: col.integer(),
    account: col.oneOf(LEDGER_ACCOUNTS),
    amountCents: col.cents(),
    /** Null for money in suspense: nobody knows yet whose it is. */
    customerId: nullable(col.ref('customer')),
    businessUnitId: nullable(col.ref('business_unit')),
    day: col.day(),
    memo: col.text(),
  },
  { indexes: { byTransaction: ['transactionId'], byDocument: ['documentId'], byCustomer: ['customerId'], byAccount: ['account', 'day'] } },
)

/** The accountant's names as a posted batch will write them. */
export interface PostedBooks {
  readonly accounts: AccountMap
  /** QuickBooks class by business unit id. */
  readonly classes: Readonly<Record<string, string>>
}

/**
 * The name under which QuickBooks knows a customer; the id is the customer's. Given at posting and kept
 * once exported, because QuickBooks makes a second customer of a changed name.
 */
export const bookNameTable = defineTable(
  'book_name',
  {
    name: col.text(),
    /** The name as QuickBooks compares it: without regard to case. */
    folded: col.text(),
    exported: col.boolean(),
  },
  { indexes: { byFolded: ['folded'] } },
)

export const batchTable = defineTable(
  'batch',
  {
    number: col.text(),
    state: col.oneOf(['open', 'posted', 'discarded']),
    fromDay: col.day(),
    toDay: col.day(),
    invoiceCount: col.integer(),
    paymentCount: col.integer(),
    invoicedCents: col.cents(),
    paidCents: col.cents(),
    preparedBy: col.ref('user'),
    preparedAt: col.instant(),
    reviewedBy: nullable(col.ref('user')),
    reviewedAt: nullable(col.instant()),
    postedBy: nullable(col.ref('user')),
    postedAt: nullable(col.instant()),
    exported: col.boolean(),
    unpostReason: nullable(col.text()),
    /** The mapping as it was at posting, so that a later export writes the same bytes. */
    books: nullable(col.json<PostedBooks>()),
  },
  { indexes: { byState: ['state'], byNumber: ['number'] } },
)

/** One record of one batch written to one format: the key that keeps a second export from doubling it. */
export const exportRecordTable = defineTable(
  'export_record',
  {
    batchId: col.ref('batch'),
    format: col.oneOf(['iif', 'csv']),
    documentKind: col.oneOf(['invoice', 'payment']),
    documentId: col.id(),
    /** The idempotency key written into the file. */
    key: col.text(),
    /** SHA-256 of what was written for this record. */
    hash: col.text(),
    at: col.instant(),
  },
  { indexes: { byBatch: ['batchId', 'format'], byDocument: ['documentId'], byTime: ['at'] } },
)

export type LedgerEntry = Row<typeof ledgerEntryTable>
export type BookName = Row<typeof bookNameTable>
export type Batch = Row<typeof batchTable>
export type ExportRecord = Row<typeof exportRecordTable>
