import type { Check } from './company.ts'

/** The books and the invoices, told by SQL from the rows alone: a second opinion that shares nothing with the commands. */

const dollars = (cents: number): string => (cents / 100).toFixed(2)

export const ledgerBalances: Check = async (company) => {
  const off = await company.select<{ id: string; sum: number }>(
    `SELECT transaction_id AS id, sum(amount_cents)::bigint AS sum FROM ledger_entry WHERE company_id = $1 GROUP BY transaction_id HAVING sum(amount_cents) <> 0 ORDER BY 1`,
  )
  return off.map(({ id, sum }) => `Transaction ${id} in the ledger is off by ${dollars(sum)}.`)
}

export const receivableIsOwed: Check = async (company) => {
  const [sums] = await company.select<{ ledger: number; invoices: number }>(
    `SELECT (SELECT coalesce(sum(amount_cents), 0)::bigint FROM ledger_entry WHERE company_id = $1 AND account = 'receivable') AS ledger,
            (SELECT coalesce(sum(balance_cents), 0)::bigint FROM invoice WHERE company_id = $1 AND state = 'finalized') AS invoices`,
  )
  if (!sums || sums.ledger === sums.invoices) return []
  return [`The ledger says customers owe ${dollars(sums.ledger)}, the invoices say ${dollars(sums.invoices)}.`]
}

export const invoicesAddUp: Check = async (company) => {
  const off = await company.select<{ id: string; number: string | null; lines: number; taxes: number; paid: number; subtotal_cents: number; tax_cents: number; total_cents: number; paid_cents: number; balance_cents: number }>(
    `SELECT i.id, i.number, i.subtotal_cents, i.tax_cents, i.total_cents, i.paid_cents, i.balance_cents, coalesce(l.lines, 0) AS lines, coalesce(l.taxes, 0) AS taxes, coalesce(p.paid, 0) AS paid
     FROM invoice i
     LEFT JOIN (SELECT invoice_id, sum(amount_cents)::bigint AS lines, sum(tax_cents)::bigint AS taxes FROM invoice_line WHERE company_id = $1 GROUP BY 1) l ON l.invoice_id = i.id
     LEFT JOIN (SELECT invoice_id, sum(applied_cents)::bigint AS paid FROM payment WHERE company_id = $1 AND state = 'taken' GROUP BY 1) p ON p.invoice_id = i.id
     WHERE i.company_id = $1 AND (coalesce(l.lines, 0) <> i.subtotal_cents OR coalesce(l.taxes, 0) <> i.tax_cents OR i.subtotal_cents + i.tax_cents <> i.total_cents
       OR coalesce(p.paid, 0) <> i.paid_cents OR i.total_cents - i.paid_cents <> i.balance_cents) ORDER BY i.id`,
  )
  return off.map((invoice) => {
    const name = `Invoice ${invoice.number ?? invoice.id}`
    if (invoice.lines !== invoice.subtotal_cents) return `${name}: its lines sum to ${dollars(invoice.lines)}, its subtotal is ${dollars(invoice.subtotal_cents)}.`
    if (invoice.taxes !== invoice.tax_cents) return `${name}: its lines\u2019 taxes sum to ${dollars(invoice.taxes)}, its tax is ${dollars(invoice.tax_cents)}.`
    if (invoice.subtotal_cents + invoice.tax_cents !== invoice.total_cents) return `${name}: subtotal and tax are not its total.`
    if (invoice.paid !== invoice.paid_cents) return `${name}: it says ${dollars(invoice.paid_cents)} was paid, the payments say ${dollars(invoice.paid)}.`
    return `${name}: the balance of ${dollars(invoice.balance_cents)} is not what is left to pay.`
  })
}
