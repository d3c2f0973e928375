import type { ReactNode } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import type { MoneyTotals } from '../../../shared/contract/methods/invoices.ts'
import { Icon } from '../../components/icons.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import classes from './money.module.css'

/** The sums of a list, pinned below it: what the ledger says, in balance or not, and the list's actions. */
export function TotalsFoot({ totals, children }: { readonly totals: MoneyTotals; readonly children?: ReactNode }) {
  const balanced = totals.debitCents === totals.creditCents
  const figures: readonly (readonly [string, string])[] = [
    ['Invoices', String(totals.invoices)],
    ['Invoiced', formatMoney(totals.invoicedCents)],
    ['Payments', formatMoney(totals.paidCents)],
    ['Debits', formatMoney(totals.debitCents)],
    ['Credits', formatMoney(totals.creditCents)],
  ]
  return (
    <footer className={classes['foot']} aria-label="Totals" data-pinned-foot>
      {figures.map(([name, value]) => (
        <dl key={name} className={classes['figure']}>
          <dt className="cap">{name}</dt>
          <dd>{value}</dd>
        </dl>
      ))}
      <span className={`row m ${balanced ? 'good-t' : 'alert-t'}`}>
        {balanced ? <Icon name="tick" /> : <StateGlyph state="alert" />}
        {balanced ? 'in balance' : 'not in balance'}
      </span>
      <span className="sp" />
      {children}
    </footer>
  )
}
