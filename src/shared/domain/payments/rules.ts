import { type Cents, formatMoney } from '../../base/money.ts'
import type { Customer } from '../customers/tables.ts'
import type { Invoice } from '../invoices/tables.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import type { Payment } from './tables.ts'

/** Above this many times what is owed, an amount is taken for a slipped decimal point until a person says it is right. */
const TYPING_MISTAKE_FACTOR = 10

/** A payment of ten times the balance; once an invoice is paid, its total is the measure. */
export function looksMistyped(amountCents: Cents, invoice: Invoice): Refused | undefined {
  const measure = invoice.state === 'finalized' && invoice.balanceCents > 0 ? invoice.balanceCents : invoice.totalCents
  if (measure <= 0 || amountCents <= measure * TYPING_MISTAKE_FACTOR) return undefined
  return refuse(
    'payment.amountTooLarge',
    `${formatMoney(amountCents)} is more than ten times the ${formatMoney(measure)} owed. Check the decimal point; if the amount is right, confirm it.`,
    { field: 'amountCents' },
  )
}

/** Why money can't be put to this customer and invoice, if it can't. */
export function refusedPayer(customer: Customer | undefined, invoiceId: string | null, invoice: Invoice | undefined): Refused | undefined {
  if (!customer) return refuse('payment.unknownCustomer', 'This customer is not there. Choose who paid.', { field: 'customerId' })
  if (invoiceId !== null && !invoice) return refuse('payment.unknownInvoice', 'This invoice is not there. Choose another, or take the money on account.', { field: 'invoiceId' })
  if (invoice && invoice.customerId !== customer.id) {
    return refuse('payment.otherCustomer', `This invoice is not ${customer.name}\u2019s. Choose another, or take the money on account.`, { field: 'invoiceId' })
  }
  return undefined
}

/** How much of the money the invoice takes now; the rest waits on the customer's account. */
export function appliedTo(invoice: Invoice | undefined, amountCents: Cents): Cents {
  return invoice?.state === 'finalized' ? Math.min(amountCents, Math.max(invoice.balanceCents, 0)) : 0
}

/** `Check 5521, invoice 1004`: the ledger's words for money. */
export function moneyMemo({ form, checkNumber }: Pick<Payment, 'form' | 'checkNumber'>, about: string | null | undefined): string {
  const how = form === 'cash' ? 'Cash' : `Check ${checkNumber ?? ''}`.trim()
  return [how, about].filter(Boolean).join(', ')
}

/** The words for the invoice that money is put to. */
export function aboutInvoice(invoice: Pick<Invoice, 'number'> | undefined): string | null {
  return invoice?.number ? `invoice ${invoice.number}` : null
}
