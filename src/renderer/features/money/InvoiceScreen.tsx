import { useState } from 'react'
import { formatAmount, formatMoney, formatQuantity } from '../../../shared/base/money.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { InvoiceDetail, InvoiceLineDetail } from '../../../shared/contract/methods/invoices.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { DetailPanel } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { PlainChip, StateChip } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { goBack, navigate, routeHref } from '../../stores/route.ts'
import { useMay } from '../../stores/session.ts'
import { AlsoHere } from '../workstations/AlsoHere.tsx'
import { EmailDialog } from './EmailDialog.tsx'
import { FinalizeDialog } from './FinalizeDialog.tsx'
import { Checks, ExceptionBox, Sums } from './InvoiceFace.tsx'
import { InvoiceEmails } from './InvoiceEmails.tsx'
import { LineEditor } from './LineEditor.tsx'
import classes from './money.module.css'
import { removeLine, takePdf } from './moneyActions.ts'
import { PaymentDialog } from './PaymentDialog.tsx'
import { PaymentList } from './PaymentList.tsx'
import { useAction } from '../../api/useAction.ts'
import { batchTarget, invoiceTitle, mendTarget, termsWords } from './words.ts'

const COLUMNS: readonly Column<InvoiceLineDetail>[] = [
  {
    key: 'description',
    header: 'Line',
    width: 'minmax(160px, 1fr)',
    strong: true,
    cell: (line) => (
      <>
        <span className={line.kind === 'discount' ? 'alert-t' : ''}>{line.description}</span>
        {line.reason !== '' && line.reason !== line.description ? <span className="t3"> {line.reason}</span> : null}
      </>
    ),
  },
  { key: 'kind', header: 'Kind', width: '96px', quiet: true, cell: (line) => line.kind },
  { key: 'taxable', header: 'Taxed', width: '64px', quiet: true, cell: (line) => (line.taxable ? 'yes' : 'no') },
  { key: 'quantity', header: 'Qty', width: '64px', align: 'right', quiet: true, cell: (line) => formatQuantity(line.quantity) },
  { key: 'each', header: 'Each', width: '96px', align: 'right', quiet: true, cell: (line) => formatAmount(line.unitPriceCents) },
  { key: 'amount', header: 'Amount', width: '104px', align: 'right', strong: true, cell: (line) => formatAmount(line.amountCents) },
]

function StateWords({ invoice }: { readonly invoice: InvoiceDetail }) {
  if (invoice.practice) return <StateChip state="alert">Practice, not a real invoice</StateChip>
  if (invoice.state === 'draft') return <StateChip state="scheduled">Draft</StateChip>
  if (invoice.balanceCents === 0) return <StateChip state="done">Paid</StateChip>
  return <StateChip state="confirmed">Final</StateChip>
}

function Addresses({ invoice }: { readonly invoice: InvoiceDetail }) {
  return (
    <div className={classes['addresses']}>
      {([['Bill to', invoice.billTo], ['Service at', invoice.serviceAt]] as const).map(([title, party]) => (
        <div key={title}>
          <div className="cap">{title}</div>
          <div className="b">{party.name}</div>
          {party.lines.map((line) => (
            <div key={line} className="t2">
              {line}
            </div>
          ))}
        </div>
      ))}
      <div>
        <div className="cap">Work</div>
        <div>
          <a href={routeHref({ area: 'jobs', path: [invoice.job.id] })}>Job {invoice.job.number}</a> <span className="t2">{invoice.job.doneBy}</span>
        </div>
        <div className="t2">{invoice.job.summary}</div>
        <div className="t2">{termsWords(invoice)}</div>
      </div>
    </div>
  )
}

type Asking = 'finalize' | 'payment' | 'email' | null

function LoadedInvoice({ invoice }: { readonly invoice: InvoiceDetail }) {
  const may = useMay()
  const action = useAction()
  const [chosen, setChosen] = useState<string | null>(null)
  /** `new` for a line that is not there yet. */
  const [editing, setEditing] = useState<string | null>(null)
  const [asking, setAsking] = useState<Asking>(null)
  const draft = invoice.state === 'draft'
  const editable = draft && may('invoice.edit')
  const selected = invoice.lines.find((line) => line.id === chosen) ?? invoice.lines[0]
  const edited = invoice.lines.find((line) => line.id === editing)
  const pdf = (): void => void action.run(() => takePdf(invoice.id))
  const remove = (): void => {
    if (selected) void action.run(() => removeLine(invoice.id, selected))
  }
  const main = draft ? ({ label: 'Finalize', run: () => setAsking('finalize'), right: 'invoice.finalize' } as const) : ({ label: 'Take payment', run: () => setAsking('payment'), right: 'payment.take' } as const)
  const stopped = invoice.exceptions[0]
  const { data: emails } = useQuery('invoice.emails', { invoiceId: invoice.id })
  const mayEmail = !draft && may('invoice.edit')
  useHotkeys('The invoice', [
    ...(may(main.right) ? [{ keys: 'Ctrl+Enter', label: main.label, run: main.run }] : []),
    ...(editable
      ? [
          { keys: 'A', label: 'Add a line', run: () => setEditing('new') },
          { keys: 'E', label: 'Edit the line', run: () => setEditing(selected?.id ?? null) },
          { keys: 'Delete', label: 'Take the line off', run: remove },
        ]
      : []),
    ...(may('payment.take') ? [{ keys: 'T', label: 'Take a payment', run: () => setAsking('payment') }] : []),
    { keys: 'P', label: 'Hand out the PDF', run: pdf },
    ...(mayEmail ? [{ keys: 'M', label: 'Email it', run: () => setAsking('email') }] : []),
    ...(stopped ? [{ keys: 'O', label: 'Open what stops it', run: () => navigate(mendTarget(stopped.link, invoice.customerId)) }] : []),
    {
      keys: 'Escape',
      label: 'Back to the list',
      run: () => {
        if (!goBack()) navigate({ area: 'money' })
      },
    },
  ])
  return (
    <div className={classes['screen']}>
      <ScreenBar
        title={invoiceTitle(invoice)}
        detail={`${invoice.customerName}${invoice.day === null ? '' : `, ${formatDay(invoice.day)}`}`}
        actions={
          <>
            <AlsoHere kind="invoice" id={invoice.id} />
            <ActionButton small label="PDF" keys="P" icon="document" busy={action.busy} onClick={pdf} />
            {mayEmail ? <ActionButton small label="Email" keys="M" onClick={() => setAsking('email')} /> : null}
            {may('payment.take') ? <ActionButton small label="Take payment" keys="T" kind={draft ? 'plain' : 'primary'} onClick={() => setAsking('payment')} /> : null}
            {draft && may('invoice.finalize') ? <ActionButton small label="Finalize" keys="Ctrl+Enter" kind="primary" onClick={() => setAsking('finalize')} /> : null}
          </>
        }
      >
        <StateWords invoice={invoice} />
        {invoice.batch ? (
          <PlainChip>
            <a href={routeHref(batchTarget(invoice.batch.id))}>
              Batch {invoice.batch.number}, {invoice.batch.state}
            </a>
          </PlainChip>
        ) : null}
      </ScreenBar>
      <div className={classes['body']}>
        <div className={classes['list']}>
          <Addresses invoice={invoice} />
          <DataTable
            main
            label="Lines"
            columns={COLUMNS}
            rows={invoice.lines}
            rowId={(line) => line.id}
            selectedId={selected?.id ?? null}
            onSelect={setChosen}
            {...(editable ? { onOpen: (line: InvoiceLineDetail) => setEditing(line.id) } : {})}
          />
          {editable && editing !== null ? (
            <LineEditor
              key={editing}
              invoiceId={invoice.id}
              line={edited ?? null}
              onClose={(savedId) => {
                setEditing(null)
                if (savedId !== null) setChosen(savedId)
              }}
            />
          ) : null}
          {action.error ? <ErrorNotice error={action.error} /> : null}
          {editable ? (
            <div className={`row ${classes['paper']}`} data-pinned-foot>
              <ActionButton small label="Add a line" keys="A" icon="plus" onClick={() => setEditing('new')} />
              <ActionButton small label="Edit" keys="Enter" onClick={() => setEditing(selected?.id ?? null)} />
              <ActionButton small label="Take off" keys="Delete" onClick={remove} />
            </div>
          ) : null}
        </div>
        <DetailPanel wide label="Sums, payments, checks" title={invoice.balanceCents === 0 && invoice.totalCents > 0 ? 'Paid in full' : `${formatMoney(invoice.balanceCents)} due`}>
          <ExceptionBox exceptions={invoice.exceptions} customerId={invoice.customerId} />
          <Sums invoice={invoice} />
          {emails ? <InvoiceEmails emails={emails} /> : null}
          <PaymentList invoice={invoice} />
          <Checks invoice={invoice} />
        </DetailPanel>
      </div>
      {asking === 'finalize' ? <FinalizeDialog invoice={invoice} onClose={() => setAsking(null)} /> : null}
      {asking === 'email' && emails ? <EmailDialog invoiceId={invoice.id} number={invoice.number ?? ''} emails={emails} onClose={() => setAsking(null)} /> : null}
      {asking === 'payment' ? <PaymentDialog invoice={invoice} onClose={() => setAsking(null)} /> : null}
    </div>
  )
}

/** One invoice: its lines by keyboard while it is a draft, its number and its money once it is final. */
export function InvoiceScreen({ invoiceId }: { readonly invoiceId: string }) {
  const { data, error, refetch } = useQuery('invoice.get', { invoiceId })
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={12} />
  return <LoadedInvoice key={invoiceId} invoice={data} />
}
