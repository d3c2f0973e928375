/** What speaks for a technician beside the drive. */
export interface Preference {
  /** Has been at this very place, or with the customer elsewhere. */
  readonly known: 'place' | 'customer' | null
}

/** Cents that a technician is nearer or farther for a customer than minutes of driving say; a minute is a hundred. */
const PRICES = { wasAtThePlace: -1500, knowsTheCustomer: -800, otherUnit: 1000 } as const

/** Cents of a technician for this customer: below zero for one who is preferred. */
export function preferencePrice(preference: Preference | undefined, ownUnit: boolean): number {
  const { known = null } = preference ?? {}
  const liked = known === 'place' ? PRICES.wasAtThePlace : known === 'customer' ? PRICES.knowsTheCustomer : 0
  return liked + (ownUnit ? 0 : PRICES.otherUnit)
}
