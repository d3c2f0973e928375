import { z } from 'zod'
import { placementEntries, suspenseRefundEntries } from '../accounting/ledger.ts'
import { customerTable } from '../customers/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { aboutInvoice, appliedTo, moneyMemo, refusedPayer } from './rules.ts'
import { type SuspensePayment, suspensePaymentTable } from './suspense.ts'
import { paymentTable } from './tables.ts'

/** Money leaves suspense once. */
function notInSuspense(money: SuspensePayment | undefined): Refused | undefined {
  if (!money) return refuse('payment.unknownSuspense', 'This money is not in suspense. Look at the list again.')
  if (money.state === 'placed') return refuse('payment.placed', 'Somebody has put this money to a customer already.')
  if (money.state === 'refunded') return refuse('payment.refunded', 'Somebody has given this money back already.')
  return undefined
}

export const placePayment = defineIntention({
  name: 'payment.place',
  version: 1,
  summary: 'Put money in suspense to the customer whose it is: to an invoice, or on account.',
  permission: 'payment.take',
  input: z.strictObject({
    suspenseId: idInput,
    customerId: idInput,
    /** `null`: on account. */
    invoiceId: idInput.nullable(),
  }),
  *load(input) {
    return {
      money: yield* get(suspensePaymentTable, input.suspenseId),
      payment: yield* get(paymentTable, input.suspenseId),
      customer: yield* get(customerTable, input.customerId),
      invoice: yield* getIf(invoiceTable, input.invoiceId),
    }
  },
  decide(input, { money, payment: placed, customer, invoice }, context) {
    // Whoever took it may have found its customer meanwhile, and this workstation shows both for a moment.
    const gone = placed ? refuse('payment.placed', 'This money has its customer already.') : notInSuspense(money)
    if (gone || !money) return gone ?? refuse('payment.unknownSuspense', 'This money is not in suspense. Look at the list again.')
    const refused = refusedPayer(customer, input.invoiceId, invoice)
    if (refused || !customer) return refused ?? refuse('payment.unknownCustomer', 'This customer is not there. Choose who paid.', { field: 'customerId' })
    if (invoice?.practice) return refuse('payment.practice', 'This invoice is for practice, and the money is real. Choose another.', { field: 'invoiceId' })
    const { id, form, amountCents, checkNumber, memo, day, receivedAt, receivedBy } = money
    const appliedCents = appliedTo(invoice, amountCents)
    const payment = {
      id,
      customerId: customer.id,
      invoiceId: invoice?.id ?? null,
      form,
      amountCents,
      appliedCents,
      checkNumber,
      memo,
      receivedAt,
      day,
      receivedBy,
      state: 'taken' as const,
      voidReason: null,
      batchId: null,
      posted: false,
      practice: false,
    }
    return accept(
      insert(paymentTable, payment),
      update(suspensePaymentTable, money, { state: 'placed', paymentId: id }),
      invoice && appliedCents > 0
        ? [update(invoiceTable, invoice, { paidCents: invoice.paidCents + appliedCents, balanceCents: invoice.balanceCents - appliedCents })]
        : [],
      placementEntries(payment, invoice?.businessUnitId ?? null, moneyMemo(money, aboutInvoice(invoice)), context),
    )
  },
})

export const giveBackPayment = defineIntention({
  name: 'payment.giveBack',
  version: 1,
  summary: 'Give money in suspense back to whoever paid it, with the reason.',
  permission: 'payment.void',
  input: z.strictObject({ suspenseId: idInput, reason: lineInput('The reason', 200) }),
  *load(input) {
    return yield* get(suspensePaymentTable, input.suspenseId)
  },
  decide(input, money, context) {
    const gone = notInSuspense(money)
    if (gone || !money) return gone ?? refuse('payment.unknownSuspense', 'This money is not in suspense. Look at the list again.')
    return accept(
      update(suspensePaymentTable, money, { state: 'refunded', refundReason: input.reason }),
      suspenseRefundEntries(money, `Given back: ${input.reason}`, context),
    )
  },
})
