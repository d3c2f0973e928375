import { useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import { api, useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DetailPanel, Facts } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useMay } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { FinalizeDialog } from './FinalizeDialog.tsx'
import { Checks, ExceptionBox, LineList, Parties, Sums } from './InvoiceFace.tsx'
import classes from './money.module.css'
import { draftFromJob, takePdf } from './moneyActions.ts'
import { PaymentDialog } from './PaymentDialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import type { Action } from '../../api/useAction.ts'
import { invoiceTarget, invoiceTitle, mendTarget, saidOf } from './words.ts'

function PanelHead({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <div className={classes['panelHead']}>
      <h2 className="b el">{title}</h2>
      <span className="t3" style={{ fontWeight: 400 }}>
        {detail}
      </span>
      <span className="sp" />
      <Keycap keys="J" />
      <Keycap keys="K" />
      <span className="t3 dense" style={{ fontWeight: 400 }}>
        next, previous
      </span>
    </div>
  )
}

function InvoiceSide({ row, action, locked }: { readonly row: ReviewRow; readonly action: Action; readonly locked: boolean }) {
  const { data: invoice, error, refetch } = useQuery('invoice.get', { invoiceId: row.id })
  const may = useMay()
  const [asking, setAsking] = useState<'finalize' | 'payment' | null>(null)
  const draft = invoice?.state === 'draft'
  const first = row.exceptions[0]
  useHotkeys('The invoice', [
    ...(draft && may('invoice.finalize') ? [{ keys: 'F', label: 'Make it final', run: () => setAsking('finalize') }] : []),
    ...(may('payment.take') ? [{ keys: 'T', label: 'Take a payment', run: () => setAsking('payment') }] : []),
    { keys: 'P', label: 'Hand out the PDF', run: () => void action.run(() => takePdf(row.id)) },
    ...(first ? [{ keys: 'O', label: 'Open what stops it', run: () => navigate(mendTarget(first.link, row.customerId)) }] : []),
  ])
  if (!invoice) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={12} />
  return (
    <>
      <PanelHead title={invoiceTitle(invoice)} detail={draft ? 'not final' : invoice.day === null ? '' : formatDay(invoice.day)} />
      {locked ? null : <ExceptionBox exceptions={row.exceptions} customerId={row.customerId} />}
      <Parties invoice={invoice} />
      <LineList invoice={invoice} />
      <Sums invoice={invoice} />
      <Checks invoice={invoice} />
      <div className={`row ${classes['paper']}`}>
        <ActionButton small label="Open" keys="Enter" onClick={() => navigate(invoiceTarget(invoice.id))} />
        {draft && may('invoice.finalize') ? <ActionButton small label="Finalize" keys="F" onClick={() => setAsking('finalize')} /> : null}
        {may('payment.take') ? <ActionButton small label="Take payment" keys="T" onClick={() => setAsking('payment')} /> : null}
        <ActionButton small label="PDF" keys="P" onClick={() => void action.run(() => takePdf(invoice.id))} />
      </div>
      {asking === 'finalize' ? <FinalizeDialog invoice={invoice} onClose={() => setAsking(null)} /> : null}
      {asking === 'payment' ? <PaymentDialog invoice={invoice} onClose={() => setAsking(null)} /> : null}
    </>
  )
}

function JobSide({ row, action }: { readonly row: ReviewRow; readonly action: Action }) {
  const may = useMay()
  return (
    <>
      <PanelHead title={`Job ${row.jobNumber ?? ''}`} detail="done, not invoiced yet" />
      <div className={classes['paper']}>
        <Facts
          items={[
            { name: 'Customer', value: row.customerName },
            { name: 'Work', value: row.what },
            { name: 'Lines', value: formatMoney(row.totalCents) },
            { name: 'Will pay by', value: row.paidBy },
          ]}
        />
      </div>
      <div className={`row ${classes['paper']}`}>
        {may('invoice.edit') ? <ActionButton label="Draft the invoice" keys="Enter" busy={action.busy} onClick={() => void action.run(() => draftFromJob(row.id))} /> : null}
        <ActionButton label="Open the job" onClick={() => navigate({ area: 'jobs', path: [row.id] })} />
      </div>
    </>
  )
}

function PaymentSide({ row, locked }: { readonly row: ReviewRow; readonly locked: boolean }) {
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const canVoid = may('payment.void') && !locked
  useHotkeys('The payment', canVoid ? [{ keys: 'V', label: 'Take the payment back', run: () => setAsking(true) }] : [])
  return (
    <>
      <PanelHead title={`Payment, ${formatMoney(row.totalCents)}`} detail={row.day === null ? '' : formatDay(row.day)} />
      {locked ? null : <ExceptionBox exceptions={row.exceptions} customerId={row.customerId} />}
      <div className={classes['paper']}>
        <Facts
          items={[
            { name: 'From', value: row.customerName },
            { name: 'By', value: row.paidBy },
            { name: 'For', value: row.what },
            { name: 'In the way', value: saidOf(row).words || 'nothing' },
          ]}
        />
      </div>
      {canVoid ? (
        <div className={`row ${classes['paper']}`}>
          <ActionButton small label="Take it back" keys="V" onClick={() => setAsking(true)} />
        </div>
      ) : null}
      {asking ? (
        <ReasonDialog
          title={`Take back ${formatMoney(row.totalCents)} from ${row.customerName}`}
          action="Take the payment back"
          onClose={() => setAsking(false)}
          onGive={(reason) => api.command('payment.void', { paymentId: row.id, reason }).then(() => toast('The payment is taken back.'))}
        >
          <p className="t2">The invoice is owed again. A bounced check or a typing mistake goes this way.</p>
        </ReasonDialog>
      ) : null}
    </>
  )
}

/** The selected document beside the list. `locked`: in a batch, so nothing about it is offered to change. */
export function ReviewPanel({ row, action, locked = false }: { readonly row: ReviewRow | undefined; readonly action: Action; readonly locked?: boolean }) {
  return (
    <DetailPanel wide label="The selected document">
      {row === undefined ? null : row.kind === 'job' ? (
        <JobSide row={row} action={action} />
      ) : row.kind === 'payment' ? (
        <PaymentSide key={row.id} row={row} locked={locked} />
      ) : (
        <InvoiceSide key={row.id} row={row} action={action} locked={locked} />
      )}
    </DetailPanel>
  )
}
