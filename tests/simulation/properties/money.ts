import { sumCents } from '../../../src/shared/base/money.ts'
import { ledgerEntryTable } from '../../../src/shared/domain/accounting/tables.ts'
import { invoiceLineTable, invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { jobLineTable, jobTable } from '../../../src/shared/domain/jobs/tables.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'
import { suspensePaymentTable } from '../../../src/shared/domain/payments/suspense.ts'
import { paymentTable } from '../../../src/shared/domain/payments/tables.ts'
import { brokenInvoiceNumbers } from './numbers.ts'
import type { LedgerAccount } from '../../../src/shared/domain/accounting/accounts.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** Every transaction's entries sum to zero, and the receivable account is what customers owe. */
function ledgerOutOfBalance(rows: Rows): readonly string[] {
  const sums = new Map<string, number>()
  for (const entry of rows(ledgerEntryTable)) sums.set(entry.transactionId, (sums.get(entry.transactionId) ?? 0) + entry.amountCents)
  const problems = [...sums].filter(([, sum]) => sum !== 0).map(([transaction, sum]) => `transaction ${transaction} is off by ${sum} cents`)
  const owed = sumCents(rows(ledgerEntryTable).filter((entry) => entry.account === 'receivable').map((entry) => entry.amountCents))
  const balances = sumCents(rows(invoiceTable).filter((invoice) => invoice.state === 'finalized').map((invoice) => invoice.balanceCents))
  return owed === balances ? problems : [...problems, `the ledger says ${owed} cents are owed, the invoices ${balances}`]
}

/** Every cent that came in is in a payment or in suspense, once, and the ledger says so. */
function moneyOutOfPlace(rows: Rows): readonly string[] {
  const payments = rows(paymentTable).filter((payment) => payment.state === 'taken' && !payment.practice)
  const suspense = rows(suspensePaymentTable)
  const waiting = sumCents(suspense.filter(({ state }) => state === 'open').map((money) => money.amountCents))
  const inLedger = (account: LedgerAccount): number => sumCents(rows(ledgerEntryTable).filter((entry) => entry.account === account).map((entry) => entry.amountCents))
  const taken = sumCents(payments.map((payment) => payment.amountCents))
  const credit = sumCents(payments.map((payment) => payment.amountCents - payment.appliedCents))
  const byId = new Map(rows(paymentTable).map((payment) => [payment.id, payment]))
  return [
    ...(inLedger('undeposited') === taken + waiting ? [] : [`the ledger has ${inLedger('undeposited')} cents undeposited, the payments ${taken} and suspense ${waiting}`]),
    ...(inLedger('suspense') === -waiting ? [] : [`the ledger has ${inLedger('suspense')} cents in suspense, the rows ${waiting}`]),
    ...(inLedger('customerCredit') === -credit ? [] : [`the ledger has ${inLedger('customerCredit')} cents of credit, the payments ${credit}`]),
    ...suspense.flatMap((money) => {
      const payment = byId.get(money.id)
      const placed = payment !== undefined && money.paymentId === payment.id && payment.amountCents === money.amountCents
      return (money.state === 'placed' ? placed : payment === undefined) ? [] : [`money ${money.id} is ${money.state} and ${payment ? 'a payment as well' : 'no payment'}`]
    }),
  ]
}

/** Every invoice adds up: its lines, its taxes, what was paid and what is left. */
function invoicesThatDoNotAddUp(rows: Rows): readonly string[] {
  const lines = rows(invoiceLineTable)
  const payments = rows(paymentTable).filter((payment) => payment.state === 'taken')
  return rows(invoiceTable).flatMap((invoice) => {
    const own = lines.filter((line) => line.invoiceId === invoice.id)
    const paid = sumCents(payments.filter((payment) => payment.invoiceId === invoice.id).map((payment) => payment.appliedCents))
    const problems: string[] = []
    if (own.length === 0) problems.push(`invoice ${invoice.id} has no line`)
    if (sumCents(own.map((line) => line.amountCents)) !== invoice.subtotalCents) problems.push(`invoice ${invoice.id}: the lines are not its subtotal`)
    if (sumCents(own.map((line) => line.taxCents)) !== invoice.taxCents) problems.push(`invoice ${invoice.id}: the lines\u2019 taxes are not its tax`)
    if (sumCents(invoice.taxShares.map((share) => share.taxCents)) !== invoice.taxCents) problems.push(`invoice ${invoice.id}: the jurisdictions\u2019 taxes are not its tax`)
    if (invoice.subtotalCents + invoice.taxCents !== invoice.totalCents) problems.push(`invoice ${invoice.id}: subtotal and tax are not its total`)
    if (paid !== invoice.paidCents) problems.push(`invoice ${invoice.id}: says ${invoice.paidCents} paid, the payments ${paid}`)
    if (invoice.totalCents - invoice.paidCents !== invoice.balanceCents) problems.push(`invoice ${invoice.id}: the balance is not what is left`)
    return problems
  })
}

/** B3: never a job without a line item, and its count and total are its lines'. */
function jobsWithoutLines(rows: Rows): readonly string[] {
  const lines = rows(jobLineTable)
  return rows(jobTable).flatMap((job) => {
    const own = lines.filter((line) => line.jobId === job.id)
    if (own.length === 0) return [`job ${job.number} has no line item`]
    if (own.length !== job.lineCount) return [`job ${job.number} counts ${job.lineCount} lines and has ${own.length}`]
    return sumCents(own.map((line) => line.amountCents)) === job.totalCents ? [] : [`job ${job.number}: the lines are not its total`]
  })
}

/** Everything money promises about itself; empty when all of it is so. */
export function moneyProblems(rows: Rows): readonly string[] {
  return [...ledgerOutOfBalance(rows), ...moneyOutOfPlace(rows), ...invoicesThatDoNotAddUp(rows), ...jobsWithoutLines(rows), ...brokenInvoiceNumbers(rows)]
}
