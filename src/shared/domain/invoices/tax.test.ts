import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invoiceTotals } from './tax.ts'

const line = (amountCents: number, taxable = true) => ({ amountCents, taxable })

/** The documented rule in exact thousandths of a cent: a third decimal above four rounds up. */
function roundedTax(amountCents: number, rate: number): number {
  const millionths = BigInt(amountCents) * BigInt(rate)
  const [cents, rest] = [millionths / 1_000_000n, millionths % 1_000_000n]
  return Number(cents) + (rest >= 500_000n ? 1 : 0)
}

const positive = fc.record({ amountCents: fc.integer({ min: 0, max: 5_000_000 }), taxable: fc.boolean() })
const anyLine = fc.record({ amountCents: fc.integer({ min: -200_000, max: 5_000_000 }), taxable: fc.boolean() })
const jurisdictions = fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 5 }).map((rates) => rates.map((rate, index) => ({ name: `J${index}`, rate })))

describe('invoiceTotals', () => {
  it('rounds half up, each jurisdiction by itself', () => {
    const totals = invoiceTotals([line(10)], [{ name: 'A', rate: 50_000 }, { name: 'B', rate: 40_000 }], 'invoice')
    expect(totals.taxShares.map((share) => share.taxCents)).toEqual([1, 0])
  })

  it('rounds each line or the whole, as the company chose', () => {
    const lines = [line(10), line(10), line(10)]
    const rate = [{ name: 'A', rate: 50_000 }]
    expect(invoiceTotals(lines, rate, 'line').taxCents).toBe(3)
    expect(invoiceTotals(lines, rate, 'invoice')).toMatchObject({ taxCents: 2, lineTaxCents: [1, 0, 1] })
  })

  it('taxes what is left after a taxable discount, and never less than nothing', () => {
    const rate = [{ name: 'A', rate: 100_000 }]
    expect(invoiceTotals([line(10_000), line(-2000)], rate, 'invoice')).toMatchObject({ subtotalCents: 8000, taxCents: 800, totalCents: 8800 })
    expect(invoiceTotals([line(1000), line(-2000), line(5000, false)], rate, 'line')).toMatchObject({ taxCents: 0, totalCents: 4000, lineTaxCents: [0, 0, 0] })
  })

  it('equals the documented rule for any lines and rates', () => {
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 12 }), jurisdictions, (lines, places) => {
        const taxed = lines.filter((each) => each.taxable)
        const whole = invoiceTotals(lines, places, 'invoice')
        const byLine = invoiceTotals(lines, places, 'line')
        places.forEach((place, index) => {
          expect(whole.taxShares[index]?.taxCents).toBe(roundedTax(taxed.reduce((sum, each) => sum + each.amountCents, 0), place.rate))
          expect(byLine.taxShares[index]?.taxCents).toBe(taxed.reduce((sum, each) => sum + roundedTax(each.amountCents, place.rate), 0))
        })
      }),
      { numRuns: 1000 },
    )
  })

  it('adds up for any lines: lines, shares and total agree and tax is never negative', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), jurisdictions, fc.constantFrom('line' as const, 'invoice' as const), (lines, places, rounding) => {
        const totals = invoiceTotals(lines, places, rounding)
        expect(totals.lineTaxCents.reduce((sum, tax) => sum + tax, 0)).toBe(totals.taxCents)
        expect(totals.taxShares.reduce((sum, share) => sum + share.taxCents, 0)).toBe(totals.taxCents)
        expect(totals.totalCents).toBe(totals.subtotalCents + totals.taxCents)
        expect(totals.taxShares.every((share) => share.taxCents >= 0)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
