/** What speaks for a technician beside the drive. */
export interface Preference {
  /** Has been at this very place, or with the customer elsewhere. */
  readonly known: 'place' | 'customer' | null
  /** By how much the average ticket is above the office's, in thousandths of it; 0 where too little is known. */
  readonly sells: number
}

/** Cents that a technician is nearer or farther for a customer than minutes of driving say; a minute is a hundred. */
const PRICES = { wasAtThePlace: -1500, knowsTheCustomer: -800, otherUnit: 1000 } as const

/** Cents for a ticket twice the office's average, and the most it ever counts: four minutes of driving. */
const SELLS = { each: -400, most: 400 } as const

/** Cents of a technician for this customer: below zero for one who is preferred. */
export function preferencePrice(preference: Preference | undefined, ownUnit: boolean): number {
  const { known = null, sells = 0 } = preference ?? {}
  const liked = known === 'place' ? PRICES.wasAtThePlace : known === 'customer' ? PRICES.knowsTheCustomer : 0
  const sold = Math.max(-SELLS.most, Math.min(SELLS.most, (SELLS.each * sells) / 1000))
  return liked + sold + (ownUnit ? 0 : PRICES.otherUnit)
}
