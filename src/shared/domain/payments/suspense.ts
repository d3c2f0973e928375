import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { paymentTable } from './tables.ts'

/**
 * Money that somebody took for a customer who is not there: the booking that would have made the customer could not
 * stand at the hub. The money is in the till all the same, and waits here until a person says whose it is. Its id is the
 * payment's, which it becomes once it is placed, so that a report that comes again counts nothing twice.
 */
export const suspensePaymentTable = defineTable(
  'suspense_payment',
  {
    form: paymentTable.columns.form,
    amountCents: col.cents(),
    checkNumber: nullable(col.text()),
    memo: col.text(),
    day: col.day(),
    receivedAt: col.instant(),
    /** Who took it; perhaps somebody whom the hub does not know. */
    receivedBy: col.id(),
    /** Whom and what it was taken for, as the person who took it saw them. Neither need be there. */
    wantedCustomerId: col.id(),
    wantedInvoiceId: nullable(col.id()),
    state: col.oneOf(['open', 'placed', 'refunded']),
    refundReason: nullable(col.text()),
    /** What it became once it was placed. */
    paymentId: nullable(col.ref('payment')),
  },
  { indexes: { byState: ['state'], byWanted: ['wantedCustomerId'] } },
)

export type SuspensePayment = Row<typeof suspensePaymentTable>
