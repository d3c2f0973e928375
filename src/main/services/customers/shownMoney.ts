import type { Invoice } from '../../../shared/domain/invoices/tables.ts'

/**
 * What a person may know of an invoice's amounts, in cents. Without the right to see prices that is only what is owed
 * on a final one, because whoever takes a payment must know it; a draft's amounts are prices still.
 */
export function shownMoney({ state, totalCents, balanceCents }: Pick<Invoice, 'state' | 'totalCents' | 'balanceCents'>, pricesShown: boolean): { readonly totalCents: number | null; readonly balanceCents: number | null } {
  if (pricesShown) return { totalCents, balanceCents }
  return { totalCents: null, balanceCents: state === 'finalized' ? balanceCents : null }
}
