import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/** Money taken. What exceeds the invoice's balance stays on the customer's account as credit. */
export const paymentTable = defineTable(
  'payment',
  {
    customerId: col.ref('customer'),
    invoiceId: nullable(col.ref('invoice')),
    form: col.oneOf(['check', 'cash']),
    amountCents: col.cents(),
    appliedCents: col.cents(),
    checkNumber: nullable(col.text()),
    memo: col.text(),
    receivedAt: col.instant(),
    day: col.day(),
    /** Who took it; money counts though the hub may not know the person. */
    receivedBy: col.id(),
    state: col.oneOf(['taken', 'voided']),
    voidReason: nullable(col.text()),
    batchId: nullable(col.ref('batch')),
    posted: col.boolean(),
    practice: col.boolean(),
  },
  { indexes: { byInvoice: ['invoiceId'], byCustomer: ['customerId'], byBatch: ['batchId'], byDay: ['state', 'day'] } },
)

export type Payment = Row<typeof paymentTable>
