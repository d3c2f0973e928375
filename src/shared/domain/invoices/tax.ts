import { type Cents, sumCents, taxOn } from '../../base/money.ts'
import type { Company } from '../people/tables.ts'
import type { Jurisdiction, TaxShare } from './tables.ts'

export interface TaxableLine {
  readonly amountCents: Cents
  readonly taxable: boolean
}

export interface InvoiceTotals {
  readonly subtotalCents: Cents
  readonly taxCents: Cents
  readonly totalCents: Cents
  readonly taxShares: readonly TaxShare[]
  /** The tax of each line, in the order given; they add up to `taxCents`. */
  readonly lineTaxCents: readonly Cents[]
}

/** One jurisdiction's tax on every line, in order; an untaxed line has 0. */
function taxByLine(lines: readonly TaxableLine[], rate: number, rounding: Company['taxRounding']): readonly Cents[] {
  if (rounding === 'line') return lines.map((line) => (line.taxable ? taxOn(line.amountCents, rate) : 0))
  // The tax of the running total, line by line: each line gets what it adds, and the last total is the invoice's tax exactly.
  let amount = 0
  let tax = 0
  return lines.map((line) => {
    if (!line.taxable) return 0
    amount += line.amountCents
    const soFar = taxOn(amount, rate)
    const added = soFar - tax
    tax = soFar
    return added
  })
}

/**
 * An invoice's sums (docs/money.md, "Sales tax"). Each jurisdiction's tax is computed by itself and rounded half up:
 * on every line, or once on the sum of the taxable lines, as the company has chosen (SSUTA section 324 allows both).
 * A taxable discount lowers the taxed amount. Tax is never below zero: where discounts outweigh what is taxed, it is none.
 * @param lines amounts in cents, discounts negative
 * @param jurisdictions none for a tax-exempt customer or a place without a tax zone
 */
export function invoiceTotals(lines: readonly TaxableLine[], jurisdictions: readonly Jurisdiction[], rounding: Company['taxRounding']): InvoiceTotals {
  const taxableCents = sumCents(lines.map((line) => (line.taxable ? line.amountCents : 0)))
  const lineTaxCents = lines.map(() => 0)
  const taxShares = jurisdictions.map((jurisdiction): TaxShare => {
    const taxes = taxByLine(lines, jurisdiction.rate, rounding)
    const taxCents = sumCents(taxes)
    if (taxCents <= 0 || taxableCents <= 0) return { jurisdiction: jurisdiction.name, rate: jurisdiction.rate, taxableCents: Math.max(taxableCents, 0), taxCents: 0 }
    taxes.forEach((tax, index) => (lineTaxCents[index] = (lineTaxCents[index] ?? 0) + tax))
    return { jurisdiction: jurisdiction.name, rate: jurisdiction.rate, taxableCents, taxCents }
  })
  const subtotalCents = sumCents(lines.map((line) => line.amountCents))
  const taxCents = sumCents(taxShares.map((share) => share.taxCents))
  return { subtotalCents, taxCents, totalCents: subtotalCents + taxCents, taxShares, lineTaxCents }
}

/** `Illinois sales tax`; a jurisdiction that is named after its tax keeps its name. */
export function taxName(jurisdiction: string): string {
  return /\btax\b/i.test(jurisdiction) ? jurisdiction : `${jurisdiction} sales tax`
}
