import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { OutputOf } from '../../api/types.ts'

export type CustomerInvoice = OutputOf<'customers.invoices'>['rows'][number]

/** Stands for no invoice among the options. */
export const ON_ACCOUNT = 'account'

/** What money can pay now or later, the one that is due first on top; practice takes no money. */
export function payable(rows: readonly CustomerInvoice[]): readonly CustomerInvoice[] {
  const due = ({ dueDay }: CustomerInvoice): string => dueDay ?? '9999'
  return rows
    .filter(({ practice, state, balanceCents }) => !practice && (state === 'draft' || (balanceCents ?? 0) > 0))
    .toSorted((left, right) => (due(left) < due(right) ? -1 : due(left) > due(right) ? 1 : 0))
}

/** The invoice it was taken for, else the only one that is owed exactly this, else none. */
export function likelyInvoice(invoices: readonly CustomerInvoice[], amountCents: number, wantedInvoiceId: string | null): string {
  if (invoices.some(({ id }) => id === wantedInvoiceId) && wantedInvoiceId !== null) return wantedInvoiceId
  const exact = invoices.filter(({ state, balanceCents }) => state === 'finalized' && balanceCents === amountCents)
  return exact.length === 1 && exact[0] ? exact[0].id : ON_ACCOUNT
}

export function invoiceOption({ id, number, jobNumber, state, dueDay, balanceCents }: CustomerInvoice) {
  const label = number === null ? `Draft, job ${jobNumber}` : `Invoice ${number}`
  if (state === 'draft') return { value: id, label, detail: 'paid once it is final' }
  return { value: id, label, detail: [`${formatMoney(balanceCents ?? 0)} open`, ...(dueDay === null ? [] : [`due ${formatDay(dueDay)}`])].join(', ') }
}

/** What comes of it, said before it is done. */
export function consequence(invoice: CustomerInvoice | undefined, amountCents: number): string {
  if (!invoice) return `${formatMoney(amountCents)} waits on the account for the next invoice.`
  if (invoice.state === 'draft') return 'It waits on the account and pays the invoice once that is final.'
  const left = (invoice.balanceCents ?? 0) - amountCents
  if (left === 0) return 'Pays it in full.'
  return left > 0 ? `${formatMoney(left)} stays due.` : `Pays it in full; ${formatMoney(-left)} stays on the account.`
}
