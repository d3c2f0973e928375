import { z } from 'zod'
import { formatMoney } from '../../base/money.ts'
import { paymentEntries, paymentVoidEntries } from '../accounting/ledger.ts'
import { isFutureDay } from '../accounting/periods.ts'
import { customerTable } from '../customers/tables.ts'
import { type Invoice, invoiceTable } from '../invoices/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, type Command, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput, lineInput, optionalLine, positiveCents } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { paymentTable } from './tables.ts'

/** Above this many times what is owed, an amount is taken for a slipped decimal point until a person says it is right. */
const TYPING_MISTAKE_FACTOR = 10

/** A payment of ten times the balance; once an invoice is paid, its total is the measure. */
function looksMistyped(amountCents: number, invoice: Invoice): Refused | undefined {
  const measure = invoice.state === 'finalized' && invoice.balanceCents > 0 ? invoice.balanceCents : invoice.totalCents
  if (measure <= 0 || amountCents <= measure * TYPING_MISTAKE_FACTOR) return undefined
  return refuse(
    'payment.amountTooLarge',
    `${formatMoney(amountCents)} is more than ten times the ${formatMoney(measure)} owed. Check the decimal point; if the amount is right, confirm it.`,
    { field: 'amountCents' },
  )
}

/**
 * Money taken is a fact that a person reports: it is refused only for what cannot be true (a check without a number,
 * a day to come) or looks mistyped and can be confirmed. Never because the invoice is paid, posted or still a draft, or
 * the books are closed: then the money waits on the customer's account, or the batch's check finds its day.
 */
const recordPayment = defineIntention({
  name: 'payment.record',
  version: 1,
  summary: 'Take money by check or cash; what is more than owed stays on the customer\u2019s account.',
  permission: 'payment.take',
  input: z.strictObject({
    paymentId: idInput,
    customerId: idInput,
    /** `null`: on account. */
    invoiceId: idInput.nullable(),
    form: z.enum(['check', 'cash']),
    amountCents: positiveCents,
    checkNumber: optionalLine('The check number', 20).nullable(),
    memo: optionalLine('The memo', 200),
    day: dayInput,
    /** True where a person looked again at an amount that seemed too large. */
    amountConfirmed: z.boolean().optional(),
  }),
  *load(input) {
    return {
      existing: yield* get(paymentTable, input.paymentId),
      customer: yield* get(customerTable, input.customerId),
      invoice: yield* getIf(invoiceTable, input.invoiceId),
    }
  },
  decide(input, { existing, customer, invoice }, context) {
    if (existing) return refuse('payment.exists', 'This payment is recorded already.')
    if (!customer) return refuse('payment.unknownCustomer', 'This customer is not there. Choose who paid.', { field: 'customerId' })
    if (input.invoiceId !== null && !invoice) return refuse('payment.unknownInvoice', 'This invoice is not there. Choose another, or take the money on account.', { field: 'invoiceId' })
    if (invoice && invoice.customerId !== customer.id) {
      return refuse('payment.otherCustomer', `This invoice is not ${customer.name}\u2019s. Choose another, or take the money on account.`, { field: 'invoiceId' })
    }
    if (input.form === 'check' && !input.checkNumber) return refuse('payment.checkNumber', 'Type the number printed on the check.', { field: 'checkNumber' })
    if (isFutureDay(input.day, context.at)) return refuse('payment.futureDay', 'This day has not come yet. Use the day the money came.', { field: 'day' })
    if (invoice && !input.amountConfirmed) {
      const mistyped = looksMistyped(input.amountCents, invoice)
      if (mistyped) return mistyped
    }

    const appliedCents = invoice?.state === 'finalized' ? Math.min(input.amountCents, Math.max(invoice.balanceCents, 0)) : 0
    const payment = {
      id: input.paymentId,
      customerId: customer.id,
      invoiceId: input.invoiceId,
      form: input.form,
      amountCents: input.amountCents,
      appliedCents,
      checkNumber: input.form === 'check' ? input.checkNumber : null,
      memo: input.memo,
      receivedAt: context.at,
      day: input.day,
      receivedBy: context.actorId,
      state: 'taken' as const,
      voidReason: null,
      batchId: null,
      posted: false,
      practice: invoice?.practice ?? false,
    }
    const memo = [input.form === 'check' ? `Check ${input.checkNumber}` : 'Cash', invoice?.number && `invoice ${invoice.number}`].filter(Boolean).join(', ')
    return accept(
      insert(paymentTable, payment),
      invoice && appliedCents > 0
        ? [update(invoiceTable, invoice, { paidCents: invoice.paidCents + appliedCents, balanceCents: invoice.balanceCents - appliedCents })]
        : [],
      paymentEntries(payment, invoice?.businessUnitId ?? null, memo, context),
    )
  },
})

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

export const paymentsCommands = [recordPayment, voidPayment] as const satisfies readonly Command[]
