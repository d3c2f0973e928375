import { FEWEST, type SalesFigures } from './figures.ts'

/** What speaks for a technician, or against, beside the drive. */
export interface Preference {
  /** Has been at this very place, or with the customer elsewhere. */
  readonly known: 'place' | 'customer' | null
  /** What the customer said about them. */
  readonly wish: 'asked' | 'notWanted' | null
}

/** Cents that a technician is nearer or farther for a customer than minutes of driving say; a minute is a hundred. */
const PRICES = {
  asked: -3000,
  wasAtThePlace: -1500,
  knowsTheCustomer: -800,
  otherUnit: 1000,
  /** For one who sells to everybody where the others sell to nobody. */
  conversion: -4000,
  /** For one whose jobs come to twice as much as the others'; never more than that. */
  ticket: -1000,
} as const

/** Cents of a technician for this customer: below zero for one who is preferred, Infinity for one who is not to come. */
export function preferencePrice(preference: Preference | undefined, ownUnit: boolean): number {
  const { known = null, wish = null } = preference ?? {}
  if (wish === 'notWanted') return Number.POSITIVE_INFINITY
  const liked = (wish === 'asked' ? PRICES.asked : 0) + (known === 'place' ? PRICES.wasAtThePlace : known === 'customer' ? PRICES.knowsTheCustomer : 0)
  return liked + (ownUnit ? 0 : PRICES.otherUnit)
}

type Wishes = { readonly askedForId: string | null; readonly notWantedIds: readonly string[] }

/**
 * The same for a visit that is planned with others. Who has it by now, or was promised, has it, whatever was said: a plan sends
 * nobody away for a wish, it only minds it where somebody else has to go.
 */
export function wishPrices({ askedForId, notWantedIds }: Wishes, holders: readonly (string | null)[]): Readonly<Record<string, number>> {
  const isFree = holders.every((id) => id === null || id === askedForId)
  return Object.fromEntries([
    ...(askedForId === null || !isFree ? [] : [[askedForId, PRICES.asked] as const]),
    ...notWantedIds.filter((id) => !holders.includes(id)).map((id) => [id, Number.POSITIVE_INFINITY] as const),
  ])
}

const rateOf = (all: readonly SalesFigures[]): number | null => {
  const estimates = all.reduce((sum, one) => sum + one.estimates, 0)
  return estimates < FEWEST ? null : all.reduce((sum, one) => sum + one.sold, 0) / estimates
}

const ticketOf = (all: readonly SalesFigures[]): number | null => {
  const invoices = all.reduce((sum, one) => sum + one.invoices, 0)
  return invoices < FEWEST ? null : all.reduce((sum, one) => sum + one.invoicedCents, 0) / invoices
}

/**
 * Cents of a technician on a visit that is a chance to sell, against everybody who could go: by how often and for how much they
 * sell. 0 where there are too few figures. Never asked of other visits.
 */
export function salesPrice(own: SalesFigures, everybody: readonly SalesFigures[]): number {
  const [rate, usualRate] = [rateOf([own]), rateOf(everybody)]
  const [ticket, usualTicket] = [ticketOf([own]), ticketOf(everybody)]
  const byRate = rate === null || usualRate === null ? 0 : (rate - usualRate) * PRICES.conversion
  const byTicket = ticket === null || usualTicket === null || usualTicket <= 0 ? 0 : Math.max(-1, Math.min(1, (ticket - usualTicket) / usualTicket)) * PRICES.ticket
  return Math.round(byRate + byTicket) + 0
}

/** The figures as they are, in words: `Sold 6 of 9 estimates`, `$412 a job, of 23`. */
export function salesWords(own: SalesFigures): readonly string[] {
  const words = [
    ...(own.estimates < FEWEST ? [] : [`Sold ${own.sold} of ${own.estimates} estimates`]),
    ...(own.invoices < FEWEST ? [] : [`$${Math.round(own.invoicedCents / own.invoices / 100).toLocaleString('en-US')} a job, of ${own.invoices}`]),
  ]
  return words.length === 0 ? ['No figures yet'] : words
}
