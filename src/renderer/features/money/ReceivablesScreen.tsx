import { useState } from 'react'
import { formatAmount, formatMoney } from '../../../shared/base/money.ts'
import { formatDay, formatWeekday } from '../../../shared/base/zone.ts'
import type { ReceivableCustomer } from '../../../shared/contract/methods/invoices.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { FlagChips } from '../../components/FlagChips.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
import { Due } from '../../components/Due.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Icon } from '../../components/icons.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate, routeHref } from '../../stores/route.ts'
import { useMay } from '../../stores/session.ts'
import classes from './money.module.css'
import { MoneyViews } from './MoneyViews.tsx'
import { PaymentDialog } from './PaymentDialog.tsx'
import { invoiceTarget, plural } from './words.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

type Receivables = OutputOf<'invoices.receivables'>

const BUCKETS = ['Current', '1\u201330', '31\u201360', '61\u201390', 'Over 90'] as const

const percentOf = (part: number, whole: number): string => (whole === 0 ? '0%' : `${Math.round((part / whole) * 100)}%`)

/** An amount of a bucket: the older, the louder. */
function Aged({ cents, bucket }: { readonly cents: number; readonly bucket: number }) {
  if (cents === 0) return <span className="t3">{'\u2013'}</span>
  return <span className={bucket === 4 ? classes['over90'] : bucket === 3 ? classes['over60'] : ''}>{formatAmount(cents)}</span>
}

const COLUMNS: readonly Column<ReceivableCustomer>[] = [
  { key: 'customer', header: 'Customer', width: 'minmax(128px, 1.6fr)', strong: true, cell: (row) => row.customerName },
  ...BUCKETS.map((header, bucket): Column<ReceivableCustomer> => ({ key: String(bucket), header, width: '80px', align: 'right', cell: (row) => <Aged cents={row.buckets[bucket] ?? 0} bucket={bucket} /> })),
  { key: 'total', header: 'Total', width: '88px', align: 'right', strong: true, cell: (row) => formatAmount(row.totalCents) },
  { key: 'due', header: 'Due, first on top', width: '116px', cell: (row) => (row.promise ? <Due dueAt={row.promise.dueAt} since={row.promise.openedAt} /> : <span className="t3">{row.invoices[0] ? formatDay(row.invoices[0].dueDay) : ''}</span>) },
  { key: 'next', header: 'Next step', width: 'minmax(88px, 1.2fr)', quiet: true, cell: (row) => row.promise?.nextStep ?? 'Not due yet' },
]

function Summary({ data }: { readonly data: Receivables }) {
  return (
    <section className={classes['summary']} aria-label="By age">
      <div className={classes['stack']} aria-hidden="true">
        {data.buckets.map((cents, bucket) => (cents > 0 ? <i key={bucket} className={classes[`age${bucket}`]} style={{ flex: cents }} /> : null))}
      </div>
      <dl className={classes['buckets']}>
        {BUCKETS.map((words, bucket) => (
          <div key={words} className={classes[`age${bucket}`]}>
            <dd>
              <i aria-hidden="true" />
              {formatMoney(data.buckets[bucket] ?? 0)}
            </dd>
            <dt>
              {words}{' '}
              <span className="t3">
                · {plural(data.counts[bucket] ?? 0, 'invoice')} · {percentOf(data.buckets[bucket] ?? 0, data.totalCents)}
              </span>
            </dt>
          </div>
        ))}
      </dl>
    </section>
  )
}

function CustomerPanel({ row, onPay }: { readonly row: ReceivableCustomer; readonly onPay: (() => void) | null }) {
  return (
    <DetailPanel label="The selected customer" title={row.customerName} aside={<FlagChips customer={{ doNotService: false, badDebt: row.badDebt, creditHold: row.creditHold }} />}>
      {row.promise ? (
        <PanelSection tone="yours" title={row.promise.nextStep} aside={<Due dueAt={row.promise.dueAt} since={row.promise.openedAt} relative />}>
          <p className="t2">Held by {row.promise.holder}.</p>
          <div className="row">
            <ActionButton small label="Open the invoice" keys="Enter" onClick={() => (row.invoices[0] ? navigate(invoiceTarget(row.invoices[0].id)) : undefined)} />
            {onPay ? <ActionButton small label="Take payment" keys="T" onClick={onPay} /> : null}
          </div>
        </PanelSection>
      ) : (
        <PanelSection>
          <div className="row">
            <ActionButton small label="Open the invoice" keys="Enter" onClick={() => (row.invoices[0] ? navigate(invoiceTarget(row.invoices[0].id)) : undefined)} />
            {onPay ? <ActionButton small label="Take payment" keys="T" onClick={onPay} /> : null}
          </div>
        </PanelSection>
      )}
      <PanelSection title="Open invoices">
        <div className={classes['open']}>
          {row.invoices.map((invoice) => [
            <span key={`${invoice.id} name`} className="el">
              <a href={routeHref(invoiceTarget(invoice.id))}>{invoice.number}</a> <span className="t2">{invoice.summary}</span>
              <span className="t3 dense"> {invoice.daysOver > 0 ? `${plural(invoice.daysOver, 'day')} over` : `due ${formatDay(invoice.dueDay)}`}</span>
            </span>,
            <span key={invoice.id} className={invoice.daysOver > 90 ? classes['over90'] : invoice.daysOver > 60 ? classes['over60'] : ''}>
              {formatAmount(invoice.balanceCents)}
            </span>,
          ])}
        </div>
      </PanelSection>
      <PanelSection>
        <Facts
          end
          items={[
            { name: 'Telephone', value: row.phone === null ? 'none' : <PhoneNumber number={row.phone} name={row.customerName} customerId={row.customerId} /> },
            { name: 'Unapplied payments', value: formatMoney(row.creditCents) },
            { name: 'Customer', value: <a href={routeHref({ area: 'customers', path: [row.customerId] })}>Open the record</a> },
          ]}
        />
      </PanelSection>
    </DetailPanel>
  )
}

function OldestPayment({ invoiceId, onClose }: { readonly invoiceId: string; readonly onClose: () => void }) {
  const { data } = useQuery('invoice.get', { invoiceId })
  return data ? <PaymentDialog invoice={data} onClose={onClose} /> : null
}

/** Who owes what and since when, tied to the ledger. */
export function ReceivablesScreen() {
  const { data, error, refetch } = useQuery('invoices.receivables', {})
  const may = useMay()
  const [chosen, setChosen] = useState<string | null>(null)
  const [paying, setPaying] = useState<string | null>(null)
  const selected = data?.customers.find((customer) => customer.customerId === chosen) ?? data?.customers[0]
  const pay = may('payment.take') && selected?.invoices[0] ? () => setPaying(selected.invoices[0]?.id ?? null) : null
  useHotkeys('Receivables', pay ? [{ keys: 'T', label: 'Take a payment for the oldest invoice', run: pay }] : [])
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={16} />
  const ties = data.totalCents === data.ledgerCents
  const open = data.counts.reduce((sum, each) => sum + each, 0)
  const listed = data.customers.reduce((sum, customer) => sum + customer.invoices.length, 0)
  return (
    <div className={classes['screen']}>
      <ScreenBar title="Receivables" detail={`as of ${formatWeekday(data.asOf)}`} actions={<span className="t3 dense">every open invoice is in one bucket: {open} of {listed}</span>}>
        <MoneyViews view="receivables" />
      </ScreenBar>
      <Summary data={data} />
      <div className={classes['body']}>
        <div className={classes['list']}>
          <DataTable
            main
            label="Customers who owe"
            columns={COLUMNS}
            rows={data.customers}
            rowId={(row) => row.customerId}
            selectedId={selected?.customerId ?? null}
            onSelect={setChosen}
            onOpen={(row) => (row.invoices[0] ? navigate(invoiceTarget(row.invoices[0].id)) : undefined)}
            empty={<EmptyState>Nobody owes anything. Next: the review of what is done.</EmptyState>}
            totals={{
              customer: `All ${data.customers.length}`,
              ...Object.fromEntries(data.buckets.map((cents, bucket) => [String(bucket), formatAmount(cents)])),
              total: formatAmount(data.totalCents),
              due: ties ? (
                <span className="row t2" style={{ fontWeight: 400 }}>
                  <span className="good-t">
                    <Icon name="tick" size={12} />
                  </span>
                  ledger ties
                </span>
              ) : (
                <span className="row alert-t">
                  <StateGlyph state="alert" /> ledger {formatAmount(data.ledgerCents)}
                </span>
              ),
            }}
          />
        </div>
        {selected ? <CustomerPanel row={selected} onPay={pay} /> : null}
      </div>
      {paying ? <OldestPayment invoiceId={paying} onClose={() => setPaying(null)} /> : null}
    </div>
  )
}
