import type { ReactNode } from 'react'
import { formatAmount, formatMoney, formatQuantity } from '../../../shared/base/money.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { Exception, InvoiceDetail } from '../../../shared/contract/methods/invoices.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { Icon } from '../../components/icons.tsx'
import { StateChip, StateGlyph } from '../../components/StateGlyph.tsx'
import { navigate, routeHref } from '../../stores/route.ts'
import classes from './money.module.css'
import { MEND_WORDS, mendTarget, percent, termsWords } from './words.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

/** What stops it or waits, with where it is mended. */
export function ExceptionBox({ exceptions, customerId, children }: { readonly exceptions: readonly Exception[]; readonly customerId: string; readonly children?: ReactNode }) {
  const [first, ...others] = exceptions.toSorted((left, right) => Number(left.severity === 'look') - Number(right.severity === 'look'))
  if (!first) return null
  const stops = first.severity === 'stop'
  return (
    <div className={[classes['exception'], stops ? '' : classes['hold']].join(' ')}>
      <div className="row b">
        <StateGlyph state={stops ? 'alert' : 'hold'} />
        {first.reason}
      </div>
      {others.map((other) => (
        <div key={other.reason}>{other.reason}</div>
      ))}
      <div className={classes['acts']}>
        <ActionButton small label={MEND_WORDS[first.link.kind]} keys="O" onClick={() => navigate(mendTarget(first.link, customerId))} />
        {children}
      </div>
    </div>
  )
}

/** Who it is for and which work it charges. */
export function Parties({ invoice }: { readonly invoice: InvoiceDetail }) {
  return (
    <div className={classes['paper']}>
      <div className={classes['party']}>
        <div className="sp">
          <a className="b" href={routeHref({ area: 'customers', path: [invoice.customerId] })}>
            {invoice.customerName}
          </a>
          <div className="t2">{invoice.serviceAt.lines.join(', ')}</div>
          <div className="t2">
            {invoice.phone === null ? null : (
              <>
                <PhoneNumber number={invoice.phone} name={invoice.customerName} customerId={invoice.customerId} />
                {' \u00b7 '}
              </>
            )}
            {termsWords(invoice)}
          </div>
        </div>
        <div className="r">
          <a className="cap" href={routeHref({ area: 'jobs', path: [invoice.job.id] })}>
            Job {invoice.job.number}
          </a>
          <div className="row">
            <span className="sp" />
            <StateChip state="done" />
          </div>
          {invoice.job.doneBy === null ? null : <div className="t2 dense">{invoice.job.doneBy}</div>}
        </div>
      </div>
    </div>
  )
}

export function LineList({ invoice }: { readonly invoice: InvoiceDetail }) {
  return (
    <table className={classes['lines']}>
      <colgroup>
        <col />
        <col style={{ width: 48 }} />
        <col style={{ width: 80 }} />
        <col style={{ width: 96 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col" className={classes['right']}>Qty</th>
          <th scope="col" className={classes['right']}>Each</th>
          <th scope="col" className={classes['right']}>Amount</th>
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line) => (
          <tr key={line.id}>
            <td>
              <span className={line.kind === 'discount' ? 'alert-t m' : ''}>{line.description}</span>
            </td>
            <td className={`${classes['right']} t2`}>{line.kind === 'discount' ? '' : formatQuantity(line.quantity)}</td>
            <td className={`${classes['right']} t2`}>{line.kind === 'discount' ? '' : formatAmount(line.unitPriceCents)}</td>
            <td className={`${classes['right']} m${line.kind === 'discount' ? ' alert-t' : ''}`}>{formatAmount(line.amountCents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Subtotal, each jurisdiction's tax, total, what was paid, what is due. */
export function Sums({ invoice }: { readonly invoice: InvoiceDetail }) {
  const taken = invoice.payments.filter((payment) => payment.state === 'taken' && payment.appliedCents > 0)
  return (
    <dl className={classes['sums']}>
      <dt className="t2">Subtotal</dt>
      <dd>{formatAmount(invoice.subtotalCents)}</dd>
      {invoice.taxExempt ? (
        <>
          <dt className="t2">Tax-exempt</dt>
          <dd>0.00</dd>
        </>
      ) : null}
      {invoice.taxShares.filter((share) => share.taxableCents > 0).map((share) => [
        <dt key={`${share.jurisdiction} name`} className="t2">
          {share.jurisdiction} {percent(share.rate)} on {formatAmount(share.taxableCents)}
        </dt>,
        <dd key={share.jurisdiction}>{formatAmount(share.taxCents)}</dd>,
      ])}
      <dt className={classes['grand']}>Total</dt>
      <dd className={classes['grand']}>{formatMoney(invoice.totalCents)}</dd>
      {taken.map((payment) => [
        <dt key={`${payment.id} name`} className="t2">
          Paid {formatDay(payment.day)}, {payment.form === 'check' ? `check ${payment.checkNumber ?? ''}` : 'cash'}
        </dt>,
        <dd key={payment.id}>{formatAmount(payment.appliedCents)}</dd>,
      ])}
      <dt className="b">Due</dt>
      <dd className="b">{formatMoney(invoice.balanceCents)}</dd>
    </dl>
  )
}

/** The checks before export, each passed or with why not. */
export function Checks({ invoice }: { readonly invoice: InvoiceDetail }) {
  const passed = invoice.checks.filter((check) => check.reason === null).length
  return (
    <PanelSection
      title="Checked before export"
      aside={
        <span className="t3 dense">
          {passed} of {invoice.checks.length} pass
        </span>
      }
    >
      <ul className={classes['checks']}>
        {invoice.checks.map((check) => (
          <li key={check.key} className={check.reason === null ? '' : classes['failed']}>
            {check.reason === null ? (
              <span className="good-t">
                <Icon name="tick" size={12} />
              </span>
            ) : (
              <StateGlyph state="alert" label="Not passed" />
            )}
            {check.label}
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}
