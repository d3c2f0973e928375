import { assertNever } from '../../base/assertNever.ts'
import { type Cents, sumCents } from '../../base/money.ts'
import type { IsoDay } from '../../base/time.ts'
import type { Invoice, InvoiceLine } from '../invoices/tables.ts'
import { type Change, insert } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import type { SuspensePayment } from '../payments/suspense.ts'
import type { Payment } from '../payments/tables.ts'
import type { LedgerAccount } from './accounts.ts'
import { type LedgerEntry, ledgerEntryTable } from './tables.ts'

/** Where a line's amount goes. Labour is sold as a service. */
export function incomeAccount(kind: InvoiceLine['kind']): LedgerAccount {
  switch (kind) {
    case 'service':
      return 'serviceIncome'
    case 'material':
      return 'materialIncome'
    case 'equipment':
      return 'equipmentIncome'
    case 'discount':
      return 'discount'
    default:
      return assertNever(kind, 'line kind')
  }
}

type Posting = readonly [account: LedgerAccount, amountCents: Cents]

interface Transaction {
  readonly kind: LedgerEntry['transactionKind']
  readonly documentId: string
  readonly customerId: string | null
  readonly businessUnitId: string | null
  readonly day: IsoDay
  readonly memo: string
}

/**
 * The entries of one transaction, debits positive. Accounts with nothing to enter have no entry.
 * @throws where they do not sum to zero: that is a bug, and no row may come of it
 */
function entries(transaction: Transaction, postings: readonly Posting[], context: DecisionContext): readonly Change[] {
  const sum = sumCents(postings.map(([, amountCents]) => amountCents))
  if (sum !== 0) throw new Error(`The ${transaction.kind} entries of ${transaction.documentId} are off by ${sum} cents`)
  const { kind, ...rest } = transaction
  const transactionId = context.id(`ledger/${kind}`)
  return postings
    .filter(([, amountCents]) => amountCents !== 0)
    .map(([account, amountCents], position) =>
      insert(ledgerEntryTable, { id: context.id(`ledger/${kind}/${position}`), transactionId, transactionKind: kind, position, account, amountCents, ...rest }),
    )
}

type FinalInvoice = Pick<Invoice, 'id' | 'customerId' | 'businessUnitId' | 'practice' | 'number' | 'taxCents' | 'totalCents'> & { readonly day: IsoDay }

const aboutInvoice = (invoice: FinalInvoice, kind: LedgerEntry['transactionKind'], memo: string): Transaction => ({
  kind,
  documentId: invoice.id,
  customerId: invoice.customerId,
  businessUnitId: invoice.businessUnitId,
  day: invoice.day,
  memo,
})

/** The customer owes the total; income, discounts and the tax collected stand against it. Practice writes nothing. */
export function invoiceEntries(invoice: FinalInvoice, lines: readonly Pick<InvoiceLine, 'kind' | 'amountCents'>[], context: DecisionContext): readonly Change[] {
  if (invoice.practice) return []
  const income = (account: LedgerAccount): Posting => [account, -sumCents(lines.filter((line) => incomeAccount(line.kind) === account).map((line) => line.amountCents))]
  const postings: readonly Posting[] = [
    ['receivable', invoice.totalCents],
    income('serviceIncome'),
    income('materialIncome'),
    income('equipmentIncome'),
    income('discount'),
    ['salesTax', -invoice.taxCents],
  ]
  return entries(aboutInvoice(invoice, 'invoice', `Invoice ${invoice.number ?? ''}`), postings, context)
}

/** Money that waited on the customer's account pays an invoice that has become final. */
export function applicationEntries(invoice: FinalInvoice, amountCents: Cents, context: DecisionContext): readonly Change[] {
  if (invoice.practice) return []
  const transaction = aboutInvoice(invoice, 'application', `Paid in advance, invoice ${invoice.number ?? ''}`)
  return entries(transaction, [['customerCredit', amountCents], ['receivable', -amountCents]], context)
}

type Money = Pick<Payment, 'id' | 'customerId' | 'amountCents' | 'appliedCents' | 'day' | 'practice'>

/** Debits of a payment: what came in, and how much of it an invoice and the customer's account take. */
const moneyIn = ({ amountCents, appliedCents }: Money): readonly Posting[] => [
  ['undeposited', amountCents],
  ['receivable', -appliedCents],
  ['customerCredit', appliedCents - amountCents],
]

/** Money came in: what the invoice takes lowers what is owed, the rest is the customer's credit. Practice writes nothing. */
export function paymentEntries(payment: Money, businessUnitId: string | null, memo: string, context: DecisionContext): readonly Change[] {
  if (payment.practice) return []
  const { id: documentId, customerId, day } = payment
  return entries({ kind: 'payment', documentId, customerId, businessUnitId, day, memo }, moneyIn(payment), context)
}

/** The same with every sign turned, for a payment that was not what it seemed (a check that bounced, a mistake). */
export function paymentVoidEntries(payment: Money, businessUnitId: string | null, memo: string, context: DecisionContext): readonly Change[] {
  if (payment.practice) return []
  const { id: documentId, customerId, day } = payment
  const reversed = moneyIn(payment).map(([account, amountCents]): Posting => [account, -amountCents])
  return entries({ kind: 'paymentVoid', documentId, customerId, businessUnitId, day, memo }, reversed, context)
}

type Unplaced = Pick<SuspensePayment, 'id' | 'amountCents' | 'day'>

/** Money that is here, and nobody knows yet whose: it waits in the account of suspense. */
export function suspenseEntries({ id: documentId, amountCents, day }: Unplaced, memo: string, context: DecisionContext): readonly Change[] {
  return entries({ kind: 'suspense', documentId, customerId: null, businessUnitId: null, day, memo }, [['undeposited', amountCents], ['suspense', -amountCents]], context)
}

/** Money from suspense finds its customer: from here on it stands in the books as if it had been taken for them. */
export function placementEntries(payment: Money, businessUnitId: string | null, memo: string, context: DecisionContext): readonly Change[] {
  const { id: documentId, customerId, day, amountCents, appliedCents } = payment
  const postings: readonly Posting[] = [['suspense', amountCents], ['receivable', -appliedCents], ['customerCredit', appliedCents - amountCents]]
  return entries({ kind: 'placement', documentId, customerId, businessUnitId, day, memo }, postings, context)
}

/** Money from suspense goes back to whoever gave it. */
export function suspenseRefundEntries({ id: documentId, amountCents, day }: Unplaced, memo: string, context: DecisionContext): readonly Change[] {
  return entries({ kind: 'suspenseRefund', documentId, customerId: null, businessUnitId: null, day, memo }, [['suspense', amountCents], ['undeposited', -amountCents]], context)
}
