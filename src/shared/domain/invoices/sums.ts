import { compareText } from '../../base/text.ts'
import { type Customer, customerTable, type Location, locationTable } from '../customers/tables.ts'
import { type Change, update } from '../kernel/changes.ts'
import { all, get, getIf, type Loading, range } from '../kernel/load.ts'
import { type Company, companyTable } from '../people/tables.ts'
import { type BillTo, type Invoice, type InvoiceLine, invoiceLineTable, invoiceTable, type Jurisdiction, type TaxZone, taxZoneTable } from './tables.ts'
import { type InvoiceTotals, invoiceTotals, type TaxableLine } from './tax.ts'

/** What an invoice's tax depends on. */
export interface TaxBasis {
  readonly company: Company | undefined
  readonly customer: Customer | undefined
  readonly location: Location | undefined
  readonly taxZone: TaxZone | undefined
}

export interface OpenInvoice extends TaxBasis {
  readonly invoice: Invoice
  /** In the order in which they are printed. */
  readonly lines: readonly InvoiceLine[]
}

export function* loadTaxBasis(customerId: string, locationId: string): Loading<TaxBasis> {
  const location = yield* get(locationTable, locationId)
  return {
    company: (yield* all(companyTable))[0],
    customer: yield* get(customerTable, customerId),
    location,
    taxZone: yield* getIf(taxZoneTable, location?.taxZoneId),
  }
}

/** Lines as printed: by position, then by id. */
export function inOrder<L extends { readonly position: number; readonly id: string }>(lines: readonly L[]): readonly L[] {
  return lines.toSorted((left, right) => left.position - right.position || compareText(left.id, right.id))
}

/** An invoice with its lines and what its tax depends on, or `undefined` where there is none. */
export function* loadInvoice(invoiceId: string): Loading<OpenInvoice | undefined> {
  const invoice = yield* get(invoiceTable, invoiceId)
  if (!invoice) return undefined
  const lines = inOrder(yield* range(invoiceLineTable, 'byInvoice', [invoiceId]))
  return { invoice, lines, ...(yield* loadTaxBasis(invoice.customerId, invoice.locationId)) }
}

/** The taxes that apply: none for an exempt customer, none where the place has no tax zone. */
export function jurisdictionsOf({ customer, taxZone }: TaxBasis): readonly Jurisdiction[] {
  return customer?.taxExempt || !taxZone ? [] : taxZone.jurisdictions
}

/** A line as it will be, with the stored row where there is one already. */
export interface LineToBe extends TaxableLine {
  readonly stored: InvoiceLine | null
}

/** The sums of an invoice with these lines, and the changes that bring it and its stored lines in step with them. */
export function resum(open: OpenInvoice, lines: readonly LineToBe[]): { readonly totals: InvoiceTotals; readonly changes: readonly Change[] } {
  const totals = invoiceTotals(lines, jurisdictionsOf(open), open.company?.taxRounding ?? 'invoice')
  const { subtotalCents, taxCents, totalCents, taxShares } = totals
  return {
    totals,
    changes: [
      ...lines.flatMap(({ stored }, index) => (stored ? [update(invoiceLineTable, stored, { taxCents: totals.lineTaxCents[index] ?? 0 })] : [])),
      update(invoiceTable, open.invoice, { subtotalCents, taxCents, totalCents, taxShares, balanceCents: totalCents - open.invoice.paidCents }),
    ],
  }
}

/** Stored lines that stay as they are. */
export function unchanged(lines: readonly InvoiceLine[]): readonly LineToBe[] {
  return lines.map((line) => ({ amountCents: line.amountCents, taxable: line.taxable, stored: line }))
}

const cityLine = (city: string, state: string, postalCode: string): string => [[city, state].filter(Boolean).join(', '), postalCode].filter(Boolean).join(' ')

const addressLines = (...lines: readonly string[]): readonly string[] => lines.filter((line) => line !== '')

/** Where the invoice goes: the billing address, or the place of the work where there is none. */
export function billToOf(customer: Customer, location: Location): BillTo {
  const billing = addressLines(customer.billingLine1, customer.billingLine2, cityLine(customer.billingCity, customer.billingState, customer.billingPostalCode))
  return { name: customer.name, lines: billing.length > 0 ? billing : serviceAtOf(customer, location).lines }
}

/** Where the work was done. */
export function serviceAtOf(customer: Customer, location: Location): BillTo {
  return {
    name: location.name === '' ? customer.name : location.name,
    lines: addressLines(location.line1, location.line2, cityLine(location.city, location.state, location.postalCode)),
  }
}
