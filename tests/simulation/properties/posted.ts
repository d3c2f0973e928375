import { batchTable } from '../../../src/shared/domain/accounting/tables.ts'
import { invoiceLineTable, invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'
import { paymentTable } from '../../../src/shared/domain/payments/tables.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** What a posted batch holds, by record: the money on it must never change while the batch stays posted. */
export type Snapshot = ReadonlyMap<string, { readonly batchId: string; readonly money: string }>

/** The parts of posted invoices and payments that the books know. A payment that arrives later may still lower a balance. */
export function snapshotPosted(rows: Rows): Snapshot {
  const found = new Map<string, { batchId: string; money: string }>()
  const posted = new Set(rows(batchTable).filter((batch) => batch.state === 'posted').map((batch) => batch.id))
  const lines = rows(invoiceLineTable)
  for (const invoice of rows(invoiceTable)) {
    if (invoice.batchId === null || !posted.has(invoice.batchId)) continue
    const { number, day, subtotalCents, taxCents, totalCents, taxShares, customerId } = invoice
    const items = lines.filter((line) => line.invoiceId === invoice.id)
    found.set(`invoice ${invoice.id}`, { batchId: invoice.batchId, money: JSON.stringify({ number, day, subtotalCents, taxCents, totalCents, taxShares, customerId, items }) })
  }
  for (const payment of rows(paymentTable)) {
    if (payment.batchId === null || !posted.has(payment.batchId)) continue
    const { amountCents, form, day, customerId, invoiceId, checkNumber, state } = payment
    found.set(`payment ${payment.id}`, { batchId: payment.batchId, money: JSON.stringify({ amountCents, form, day, customerId, invoiceId, checkNumber, state }) })
  }
  return found
}

/** Posted records that changed or vanished although their batch is still posted. */
export function immutableProblems(before: Snapshot, rows: Rows): readonly string[] {
  const now = snapshotPosted(rows)
  const posted = new Set(rows(batchTable).filter((batch) => batch.state === 'posted').map((batch) => batch.id))
  return [...before].flatMap(([record, { batchId, money }]) => {
    if (!posted.has(batchId)) return []
    return now.get(record)?.money === money ? [] : [`${record} changed while its batch is posted`]
  })
}
