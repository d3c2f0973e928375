/** Money is integer cents everywhere; a fraction of a cent never leaves this file. */
export type Cents = number

/** Quantities are thousandths, so that 1.25 hours is exactly 1250. */
export type Milli = number

/** Tax rates are parts per million of the taxed amount, so that 8.125 % is exactly 81250. */
export type RatePpm = number

/** The largest amount a single document may carry: one hundred million dollars. */
export const MAX_CENTS: Cents = 10_000_000_000

/**
 * Divides and rounds half away from zero, exactly, by whole numbers only.
 * @param numerator an integer that may exceed 2^53 in the caller's product, hence bigint
 */
function divideHalfUp(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n)
  return Number(negative ? -rounded : rounded)
}

/** A line's amount: unit price times a quantity in thousandths, rounded half up to the cent. */
export function lineAmount(unitPrice: Cents, quantity: Milli): Cents {
  return divideHalfUp(BigInt(unitPrice) * BigInt(quantity), 1000n)
}

/**
 * Tax on an amount, rounded half up to the cent: the Streamlined Sales Tax rule, by which the third
 * decimal place rounds up when it is above four (SSUTA section 324).
 */
export function taxOn(amount: Cents, rate: RatePpm): Cents {
  return divideHalfUp(BigInt(amount) * BigInt(rate), 1_000_000n)
}

/** Adds up; the sum of integer cents is exact below 2^53. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0
  for (const amount of amounts) total += amount
  return total
}

const TRUE_MINUS = '\u2212'

function grouped(cents: Cents): string {
  const magnitude = Math.abs(cents)
  const dollars = Math.floor(magnitude / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${dollars}.${(magnitude % 100).toString().padStart(2, '0')}`
}

/** `1,240.00` and `−92.30` with a true minus, as columns show it. */
export function formatAmount(cents: Cents): string {
  return `${cents < 0 ? TRUE_MINUS : ''}${grouped(cents)}`
}

/** `$1,240.00`, for totals and for amounts that stand alone. */
export function formatMoney(cents: Cents): string {
  return `${cents < 0 ? TRUE_MINUS : ''}$${grouped(cents)}`
}

/** `1240.00` and `-92.30` with an ASCII minus and no grouping, as files want it. */
export function plainAmount(cents: Cents): string {
  const magnitude = Math.abs(cents)
  return `${cents < 0 ? '-' : ''}${Math.floor(magnitude / 100)}.${(magnitude % 100).toString().padStart(2, '0')}`
}

/** Reads what a person types (`1,240`, `$12.5`, `-3.00`); anything else is `undefined`, never a guess. */
export function parseMoney(text: string): Cents | undefined {
  const match = /^([-\u2212])?\s*\$?\s*(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d{0,2}))?$/.exec(text.trim())
  if (!match || (match[2] === undefined && !match[3])) return undefined
  const cents = Number((match[2] ?? '0').replace(/,/g, '')) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  if (cents > MAX_CENTS) return undefined
  return match[1] && cents !== 0 ? -cents : cents
}

/** `1.25` for 1250, without trailing zeros. */
export function formatQuantity(quantity: Milli): string {
  return (quantity / 1000).toString()
}

/** Reads a quantity with up to three decimals; anything else is `undefined`. */
export function parseQuantity(text: string): Milli | undefined {
  const match = /^(-)?(\d{1,7})?(?:\.(\d{1,3}))?$/.exec(text.trim())
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined
  const milli = Number(match[2] ?? '0') * 1000 + Number((match[3] ?? '').padEnd(3, '0'))
  return match[1] && milli !== 0 ? -milli : milli
}
