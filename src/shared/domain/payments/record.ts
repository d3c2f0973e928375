import { z } from 'zod'
import { paymentEntries, suspenseEntries } from '../accounting/ledger.ts'
import { isFutureDay } from '../../base/time.ts'
import { customerTable } from '../customers/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { dayInput, idInput, optionalLine, positiveCents } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { aboutInvoice, appliedTo, looksMistyped, moneyMemo, refusedPayer } from './rules.ts'
import { suspensePaymentTable } from './suspense.ts'
import { paymentTable } from './tables.ts'

/**
 * Money taken is a fact. The person who reports it is asked, once, about what cannot be true (a check without a number, a
 * day to come) or looks mistyped. Never because the invoice is paid, posted or still a draft, or the books are closed: then
 * the money waits on the customer's account, or the batch's check finds its day. Once reported it is in the till, whatever
 * became of the records meanwhile: without its invoice it waits on the customer's account, without its customer in suspense.
 */
export const recordPayment = defineFact({
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
      existing: (yield* get(paymentTable, input.paymentId)) ?? (yield* get(suspensePaymentTable, input.paymentId)),
      customer: yield* get(customerTable, input.customerId),
      invoice: yield* getIf(invoiceTable, input.invoiceId),
    }
  },
  question(input, { existing, customer, invoice }, context) {
    if (existing) return refuse('payment.exists', 'This payment is recorded already.')
    const refused = refusedPayer(customer, input.invoiceId, invoice)
    if (refused) return refused
    if (input.form === 'check' && !input.checkNumber) return refuse('payment.checkNumber', 'Type the number printed on the check.', { field: 'checkNumber' })
    if (isFutureDay(input.day, context.at)) return refuse('payment.futureDay', 'This day has not come yet. Use the day the money came.', { field: 'day' })
    return invoice && !input.amountConfirmed ? looksMistyped(input.amountCents, invoice) : undefined
  },
  decide(input, { existing, customer, invoice: wanted }, context) {
    if (existing) return accept()
    const { paymentId: id, form, amountCents, memo, day } = input
    const checkNumber = form === 'check' ? input.checkNumber : null
    const money = { id, form, amountCents, checkNumber, memo, day, receivedAt: context.at, receivedBy: context.actorId }
    if (!customer) {
      const nobodys = { ...money, wantedCustomerId: input.customerId, wantedInvoiceId: input.invoiceId, state: 'open' as const, refundReason: null, paymentId: null }
      return accept(insert(suspensePaymentTable, nobodys), suspenseEntries(money, moneyMemo(money, 'customer not found'), context))
    }
    const invoice = wanted?.customerId === customer.id ? wanted : undefined
    const appliedCents = appliedTo(invoice, amountCents)
    const payment = {
      ...money,
      customerId: customer.id,
      invoiceId: invoice?.id ?? null,
      appliedCents,
      state: 'taken' as const,
      voidReason: null,
      batchId: null,
      posted: false,
      practice: invoice?.practice ?? false,
    }
    return accept(
      insert(paymentTable, payment),
      invoice && appliedCents > 0
        ? [update(invoiceTable, invoice, { paidCents: invoice.paidCents + appliedCents, balanceCents: invoice.balanceCents - appliedCents })]
        : [],
      paymentEntries(payment, invoice?.businessUnitId ?? null, moneyMemo(money, aboutInvoice(invoice)), context),
    )
  },
})
