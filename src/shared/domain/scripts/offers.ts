import type { IsoDay } from '../../base/time.ts'
import type { Special } from './tables.ts'
import { namesPrice } from './merge.ts'

/** What is on offer, without the row around it. */
export type Offer = Pick<Special, 'id' | 'name' | 'kind' | 'words' | 'fromDay' | 'toDay' | 'businessUnitId'>

/**
 * What is said of this kind on a day: everything that runs then, for every unit or the call's own, the one that ends first
 * first. One that names a price is not said by who must not quote.
 */
export function offerWords(offers: readonly Offer[], kind: Offer['kind'], on: { readonly day: IsoDay; readonly businessUnitId: string | null; readonly mayQuote: boolean }): string {
  return offers
    .filter((offer) => offer.kind === kind && offer.fromDay <= on.day && on.day <= offer.toDay)
    .filter(({ businessUnitId }) => businessUnitId === null || businessUnitId === on.businessUnitId)
    .filter(({ words }) => on.mayQuote || !namesPrice(words))
    .toSorted((left, right) => (left.toDay < right.toDay ? -1 : left.toDay > right.toDay ? 1 : left.id < right.id ? -1 : 1))
    .map(({ words }) => words)
    .join(' ')
}
