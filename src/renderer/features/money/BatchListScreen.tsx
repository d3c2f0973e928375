import { useState } from 'react'
import { formatAmount } from '../../../shared/base/money.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BatchSummary } from '../../../shared/contract/methods/accounting.ts'
import { useQuery } from '../../api/api.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { StateChip } from '../../components/StateGlyph.tsx'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import classes from './money.module.css'
import { MoneyViews } from './MoneyViews.tsx'
import { batchTarget, daysWords } from './words.ts'

function BatchState({ batch }: { readonly batch: BatchSummary }) {
  if (batch.state === 'discarded') return <StateChip state="canceled">Discarded</StateChip>
  if (batch.exports.length > 0) return <StateChip state="done">Exported</StateChip>
  if (batch.state === 'posted') return <StateChip state="confirmed">Posted</StateChip>
  return batch.reviewedAt === null ? <StateChip state="scheduled">Open</StateChip> : <StateChip state="scheduled">Reviewed</StateChip>
}

function columnsFor(zone: string): readonly Column<BatchSummary>[] {
  const when = (at: number): string => `${formatDay(wallTimeOf(at, zone).day)}, ${formatTime(at, zone)}`
  return [
    { key: 'number', header: 'Batch', width: '72px', strong: true, cell: (batch) => batch.number },
    { key: 'state', header: 'State', width: '112px', cell: (batch) => <BatchState batch={batch} /> },
    { key: 'days', header: 'Days', width: '112px', cell: (batch) => daysWords(batch.fromDay, batch.toDay) },
    { key: 'invoices', header: 'Invoices', width: '72px', align: 'right', quiet: true, cell: (batch) => batch.invoices },
    { key: 'invoiced', header: 'Invoiced', width: '112px', align: 'right', strong: true, cell: (batch) => formatAmount(batch.invoicedCents) },
    { key: 'payments', header: 'Payments', width: '80px', align: 'right', quiet: true, cell: (batch) => batch.payments },
    { key: 'paid', header: 'Paid', width: '112px', align: 'right', strong: true, cell: (batch) => formatAmount(batch.paidCents) },
    { key: 'prepared', header: 'Prepared', width: 'minmax(120px, 1fr)', quiet: true, cell: (batch) => `${batch.preparedBy}, ${when(batch.preparedAt)}` },
    { key: 'posted', header: 'Posted', width: 'minmax(120px, 1fr)', quiet: true, cell: (batch) => (batch.postedAt === null ? '' : `${batch.postedBy ?? ''}, ${when(batch.postedAt)}`) },
    { key: 'exported', header: 'Exported', width: 'minmax(120px, 1fr)', quiet: true, cell: (batch) => batch.exports.map((each) => `${each.format.toUpperCase()} ${when(each.at)}`).join('; ') },
  ]
}

/** Every batch, the newest first. */
export function BatchListScreen() {
  const { data, error, refetch } = useQuery('batches.list', {})
  const zone = useZone()
  const [chosen, setChosen] = useState<string | null>(null)
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={12} />
  return (
    <div className={classes['screen']}>
      <ScreenBar title="Batches">
        <MoneyViews view="batches" />
      </ScreenBar>
      <div className={classes['body']}>
        <div className={classes['list']}>
          <DataTable
            main
            label="Batches"
            columns={columnsFor(zone)}
            rows={data.batches}
            rowId={(batch) => batch.id}
            selectedId={chosen ?? data.batches[0]?.id ?? null}
            onSelect={setChosen}
            onOpen={(batch) => navigate(batchTarget(batch.id))}
            empty={<EmptyState>No batch yet. The review makes one of what is ready.</EmptyState>}
          />
        </div>
      </div>
    </div>
  )
}
