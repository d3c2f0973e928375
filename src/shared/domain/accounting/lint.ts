import { formatMoney, sumCents } from '../../base/money.ts'
import type { Customer } from '../customers/tables.ts'
import { MAX_INVOICE_NUMBER } from '../invoices/finalize.ts'
import type { Invoice, InvoiceLine } from '../invoices/tables.ts'
import type { Payment } from '../payments/tables.ts'
import type { BusinessUnit, Company } from '../people/tables.ts'
import type { LedgerAccount } from './accounts.ts'
import { MAX_BOOK_NAME, plainName } from './bookNames.ts'
import { incomeAccount } from './ledger.ts'
import { isClosed } from './periods.ts'
import type { LedgerEntry } from './tables.ts'
import { narrow } from './windows1252.ts'

/** What is checked before anything leaves for the accountant (X3), in the order in which it is shown. */
export const CHECKS = [
  { key: 'lines', label: 'Has a line' },
  { key: 'account', label: 'Account mapped' },
  { key: 'class', label: 'Class mapped' },
  { key: 'tax', label: 'Tax adds up' },
  { key: 'name', label: 'Name fits' },
  { key: 'number', label: 'Number unique' },
  { key: 'period', label: 'Period open' },
  { key: 'balance', label: 'Debits = credits' },
] as const

export type CheckKey = (typeof CHECKS)[number]['key']

/** A record to open, to mend what was found. */
export interface Link {
  readonly kind: 'invoice' | 'payment' | 'customer' | 'company' | 'business_unit'
  readonly id: string
}

/** A reason for which a document may not go to the books as it is. */
export interface Finding {
  readonly check: CheckKey
  /** A sentence without its full stop, as the list shows it. */
  readonly reason: string
  /** Where to mend it. */
  readonly link: Link
}

/** The mapping and the period that every document is checked against. */
export interface Books {
  readonly company: Company
  readonly units: ReadonlyMap<string, BusinessUnit>
}

export interface InvoiceFacts {
  readonly invoice: Invoice
  readonly lines: readonly Pick<InvoiceLine, 'kind' | 'amountCents' | 'taxCents'>[]
  readonly customer: Customer
  readonly entries: readonly Pick<LedgerEntry, 'transactionId' | 'account' | 'amountCents'>[]
  /** How many invoices carry this number, this one included. */
  readonly sameNumber: number
}

export interface PaymentFacts {
  readonly payment: Payment
  readonly customer: Customer
  readonly entries: readonly Pick<LedgerEntry, 'transactionId' | 'account' | 'amountCents'>[]
}

const ACCOUNT_NAMES: Readonly<Record<LedgerAccount, string>> = {
  receivable: 'receivables',
  undeposited: 'money not deposited yet',
  salesTax: 'sales tax',
  customerCredit: 'customers\u2019 credit',
  suspense: 'money in suspense',
  serviceIncome: 'service income',
  materialIncome: 'material income',
  equipmentIncome: 'equipment income',
  discount: 'discounts',
}

function accounts(used: readonly LedgerAccount[], { company }: Books): readonly Finding[] {
  return [...new Set(used)]
    .filter((account) => company.accounts[account].trim() === '')
    .map((account) => ({ check: 'account', reason: `No QuickBooks account for ${ACCOUNT_NAMES[account]}`, link: { kind: 'company', id: company.id } }))
}

/** A company that gives no unit a class does without classes; one that gives some must give all. */
function classes(unitId: string | null, { units }: Books): readonly Finding[] {
  const usesClasses = [...units.values()].some((unit) => unit.accountClass !== '')
  const unit = unitId === null ? undefined : units.get(unitId)
  if (!usesClasses || !unit || unit.accountClass !== '') return []
  return [{ check: 'class', reason: `${unit.name} has no QuickBooks class`, link: { kind: 'business_unit', id: unit.id } }]
}

function names(customer: Customer): readonly Finding[] {
  const link: Link = { kind: 'customer', id: customer.id }
  const { lost } = narrow(customer.name)
  if (lost.length > 0) return [{ check: 'name', reason: `QuickBooks can\u2019t write \u201c${lost.slice(0, 3).join('')}\u201d in a name`, link }]
  const name = plainName(customer.name)
  if (name === '') return [{ check: 'name', reason: 'Name is empty for QuickBooks', link }]
  return name.length > MAX_BOOK_NAME ? [{ check: 'name', reason: `Name is ${name.length} characters, export allows ${MAX_BOOK_NAME}`, link }] : []
}

function periods(day: string | null, link: Link, { company }: Books): readonly Finding[] {
  return day !== null && isClosed(day, company) ? [{ check: 'period', reason: `Books are closed through ${company.booksClosedThrough}`, link }] : []
}

/** Every transaction of the document must sum to zero, and stand in the receivables for what the document says. */
function balances(entries: InvoiceFacts['entries'], expected: { readonly account: LedgerAccount; readonly cents: number }, link: Link): readonly Finding[] {
  const byTransaction = new Map<string, number>()
  for (const entry of entries) byTransaction.set(entry.transactionId, (byTransaction.get(entry.transactionId) ?? 0) + entry.amountCents)
  const off = [...byTransaction.values()].find((sum) => sum !== 0)
  if (off !== undefined) return [{ check: 'balance', reason: `Debits and credits differ by ${formatMoney(Math.abs(off))}`, link }]
  const entered = Math.max(0, sumCents(entries.filter((entry) => entry.account === expected.account && entry.amountCents > 0).map((entry) => entry.amountCents)))
  return entered === expected.cents ? [] : [{ check: 'balance', reason: `The ledger has ${formatMoney(entered)}, the document ${formatMoney(expected.cents)}`, link }]
}

/** Everything for which QuickBooks, or the accountant, would send this invoice back. */
export function lintInvoice({ invoice, lines, customer, entries, sameNumber }: InvoiceFacts, books: Books): readonly Finding[] {
  const link: Link = { kind: 'invoice', id: invoice.id }
  const used: LedgerAccount[] = ['receivable', ...lines.map((line) => incomeAccount(line.kind)), ...(invoice.taxCents === 0 ? [] : (['salesTax'] as const))]
  const taxed = sumCents(lines.map((line) => line.taxCents))
  const shared = sumCents(invoice.taxShares.map((share) => share.taxCents))
  const summed = sumCents(lines.map((line) => line.amountCents)) === invoice.subtotalCents && invoice.subtotalCents + invoice.taxCents === invoice.totalCents
  const number = invoice.number ?? ''
  return [
    ...(lines.length === 0 ? [{ check: 'lines', reason: 'No line, not even at $0.00', link } as const] : []),
    ...accounts(used, books),
    ...classes(invoice.businessUnitId, books),
    ...(taxed === invoice.taxCents && shared === invoice.taxCents && summed ? [] : [{ check: 'tax', reason: 'Lines and tax don\u2019t add up to the total', link } as const]),
    ...names(customer),
    ...(sameNumber > 1 ? [{ check: 'number', reason: `Number ${number} is used ${sameNumber} times`, link } as const] : []),
    ...(number.length > MAX_INVOICE_NUMBER ? [{ check: 'number', reason: `Number is ${number.length} characters, export allows ${MAX_INVOICE_NUMBER}`, link } as const] : []),
    ...periods(invoice.day, link, books),
    ...(invoice.state === 'finalized' && !invoice.practice ? balances(entries, { account: 'receivable', cents: invoice.totalCents }, link) : []),
  ]
}

/** The same for a payment. */
export function lintPayment({ payment, customer, entries }: PaymentFacts, books: Books): readonly Finding[] {
  const link: Link = { kind: 'payment', id: payment.id }
  return [
    // Money that was in suspense names its accounts in its entries.
    ...accounts(['undeposited', 'receivable', ...(payment.appliedCents < payment.amountCents ? (['customerCredit'] as const) : []), ...entries.map((entry) => entry.account)], books),
    ...names(customer),
    ...periods(payment.day, link, books),
    ...(payment.practice ? [] : balances(entries, { account: 'undeposited', cents: payment.amountCents }, link)),
  ]
}
