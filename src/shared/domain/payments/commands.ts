import { z } from 'zod'
import { paymentVoidEntries } from '../accounting/ledger.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, type Command, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { giveBackPayment, placePayment } from './place.ts'
import { recordPayment } from './record.ts'
import { paymentTable } from './tables.ts'

const voidPayment = defineIntention({
  name: 'payment.void',
  version: 1,
  summary: 'Take a payment back with a reason (bounced, mistyped): the invoice is owed again.',
  permission: 'payment.void',
  input: z.strictObject({ paymentId: idInput, reason: lineInput('The reason', 200) }),
  *load(input) {
    const payment = yield* get(paymentTable, input.paymentId)
    return { payment, invoice: yield* getIf(invoiceTable, payment?.invoiceId) }
  },
  decide(input, { payment, invoice }, context) {
    if (!payment) return refuse('payment.unknown', 'This payment is not there.')
    if (payment.state === 'voided') return refuse('payment.voided', 'This payment was taken back already.')
    if (payment.posted) return refuse('payment.posted', 'This payment is posted and stays as it is. Ask the accountant for a correction.', { subject: { kind: 'payment', id: payment.id } })
    if (payment.batchId !== null) return refuse('payment.inBatch', 'This payment is in a batch. Take it out of the batch first.', { subject: { kind: 'batch', id: payment.batchId } })
    return accept(
      update(paymentTable, payment, { state: 'voided', voidReason: input.reason }),
      invoice && payment.appliedCents > 0
        ? [update(invoiceTable, invoice, { paidCents: invoice.paidCents - payment.appliedCents, balanceCents: invoice.balanceCents + payment.appliedCents })]
        : [],
      paymentVoidEntries(payment, invoice?.businessUnitId ?? null, `Taken back: ${input.reason}`, context),
    )
  },
})

export const paymentsCommands = [recordPayment, voidPayment, placePayment, giveBackPayment] as const satisfies readonly Command[]
