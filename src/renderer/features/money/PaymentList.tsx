import { useState } from 'react'
import { formatAmount, formatMoney } from '../../../shared/base/money.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { InvoiceDetail, PaymentDetail } from '../../../shared/contract/methods/invoices.ts'
import { api } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { useMay } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './money.module.css'
import { ReasonDialog } from './ReasonDialog.tsx'

const formWords = (payment: PaymentDetail): string => (payment.form === 'check' ? `check ${payment.checkNumber ?? ''}` : 'cash')

/** What was paid for an invoice, and what was taken back and why. */
export function PaymentList({ invoice }: { readonly invoice: InvoiceDetail }) {
  const may = useMay()
  const [back, setBack] = useState<PaymentDetail | null>(null)
  return (
    <PanelSection title="Payments" {...(invoice.creditCents > 0 ? { aside: <span className="t2 dense">{formatMoney(invoice.creditCents)} on the account</span> } : {})}>
      {invoice.payments.length === 0 ? <p className="t3">Nothing paid yet.</p> : null}
      <ul className={classes['payments']}>
        {invoice.payments.map((payment) => (
          <li key={payment.id}>
            <span className={payment.state === 'voided' ? classes['struck'] : ''}>
              {formatDay(payment.day)}, {formWords(payment)}
            </span>
            <span className="t3 dense el sp">{payment.state === 'voided' ? `taken back: ${payment.voidReason ?? ''}` : [payment.receivedBy, payment.memo].filter(Boolean).join(', ')}</span>
            <span className={payment.state === 'voided' ? classes['struck'] : 'm'}>{formatAmount(payment.amountCents)}</span>
            {payment.state === 'taken' && !payment.batched && may('payment.void') ? <ActionButton small kind="quiet" label="Take back" onClick={() => setBack(payment)} /> : null}
          </li>
        ))}
      </ul>
      {back ? (
        <ReasonDialog
          title={`Take back ${formatMoney(back.amountCents)}, ${formWords(back)}`}
          action="Take the payment back"
          onClose={() => setBack(null)}
          onGive={(reason) => api.command('payment.void', { paymentId: back.id, reason }).then(() => toast('The payment is taken back.'))}
        >
          <p className="t2">The invoice is owed again. A bounced check or a typing mistake goes this way.</p>
        </ReasonDialog>
      ) : null}
    </PanelSection>
  )
}
