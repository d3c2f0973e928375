import OutlinedInput from '@mui/material/OutlinedInput'
import { useRef, useState } from 'react'
import { foldText } from '../../../shared/base/text.ts'
import { formatDay, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate, type Route } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import classes from './money.module.css'
import { draftFromJob, prepareBatch } from './moneyActions.ts'
import { MoneyViews } from './MoneyViews.tsx'
import { ReviewPanel } from './ReviewPanel.tsx'
import { RowsTable } from './RowsTable.tsx'
import { type Step, Steps } from './Steps.tsx'
import { TotalsFoot } from './TotalsFoot.tsx'
import { useAction } from '../../api/useAction.ts'
import { batchTarget, invoiceTarget, isReady, plural, type RowStatus, statusOf } from './words.ts'

type Review = OutputOf<'invoices.review'>
type Show = 'all' | RowStatus

function stepsOf(review: Review, counts: Readonly<Record<Show, number>>, ready: number, zone: string): readonly Step[] {
  const { openBatch, lastExport, posters } = review
  const names = posters.length === 0 ? 'nobody else may post yet' : posters.length <= 2 ? posters.map((poster) => poster.name).join(' or ') : `${posters[0]?.name ?? ''} or ${plural(posters.length - 1, 'other')}`
  return [
    { title: 'Review', state: 'on', detail: `${counts.clean} of ${counts.all} clean, ${counts.stop} stopped` },
    openBatch
      ? { title: `Batch ${openBatch.number}`, state: 'ahead', detail: `open with ${plural(openBatch.invoices + openBatch.payments, 'document')}`, go: () => navigate(batchTarget(openBatch.id)) }
      : { title: 'Batch', state: 'ahead', detail: `${ready} ready${counts.stop > 0 ? `, ${counts.stop} stopped stay out` : ''}` },
    { title: 'Post', state: 'ahead', detail: `by a second person, ${names}` },
    {
      title: 'Export to QuickBooks',
      state: 'ahead',
      detail: lastExport ? `last: ${formatDay(wallTimeOf(lastExport.at, zone).day)}, ${plural(lastExport.records, 'record')}` : 'nothing exported yet',
    },
  ]
}

function matches(row: ReviewRow, filter: string): boolean {
  return filter === '' || foldText([row.number, row.customerName, row.jobNumber, row.what, row.paidBy].filter(Boolean).join(' ')).includes(foldText(filter))
}

/** Everything that waits for the accountant, with what stops it; the ready ones go into a batch in one key. */
export function ReviewScreen({ route }: { readonly route: Route }) {
  const { data: review, error, refetch } = useQuery('invoices.review', {})
  const zone = useZone()
  const may = useMay()
  const action = useAction()
  const [show, setShow] = useState<Show>('all')
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<string | null>(route.query['row'] ?? null)
  const filterField = useRef<HTMLInputElement>(null)

  const all = review?.rows ?? []
  const count = (status: RowStatus): number => all.filter((row) => statusOf(row) === status).length
  const counts = { all: all.length, stop: count('stop'), look: count('look'), clean: count('clean') }
  const rows = all.filter((row) => (show === 'all' || statusOf(row) === show) && matches(row, filter))
  const selected = rows.find((row) => row.id === chosen) ?? rows[0]
  const ready = all.filter(isReady)

  const open = (row: ReviewRow): void => {
    if (row.kind === 'job') void action.run(() => draftFromJob(row.id))
    else if (row.kind !== 'payment') navigate(invoiceTarget(row.id))
  }
  const nextUnclean = (): void => {
    const at = selected ? rows.indexOf(selected) : -1
    const wanted = counts.stop > 0 ? 'stop' : 'look'
    const next = [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find((row) => statusOf(row) === wanted)
    if (next) setChosen(next.id)
  }
  const batch = (): void => {
    if (ready.length > 0) void action.run(() => prepareBatch(all))
  }
  useHotkeys('Review', [
    { keys: 'N', label: counts.stop > 0 ? 'Next that is stopped' : 'Next to look at', run: nextUnclean },
    { keys: '/', label: 'Filter the list', run: () => filterField.current?.focus() },
    ...(may('batch.prepare') ? [{ keys: 'Ctrl+B', label: 'Batch what is ready', run: batch }] : []),
  ])

  if (!review) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={16} />
  const batchWords = counts.stop > 0 ? `Leave ${counts.stop} out, batch ${ready.length}` : `Batch ${ready.length}`
  const unclean = counts.stop + counts.look
  return (
    <div className={classes['screen']}>
      <ScreenBar
        title="Review and batch"
        detail={formatWeekday(review.day)}
        actions={
          <OutlinedInput
            className={classes['filter'] ?? ''}
            size="small"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            placeholder="Customer, number, job"
            startAdornment={<Icon name="filter" size={12} />}
            endAdornment={<Keycap keys="/" />}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' && event.key !== 'Enter') return
              if (event.key === 'Escape') setFilter('')
              filterField.current?.blur()
              event.stopPropagation()
            }}
            inputRef={filterField}
            slotProps={{ input: { 'aria-label': 'Filter the list', type: 'search', spellCheck: false } }}
          />
        }
      >
        <MoneyViews view="review" />
        <SegmentedControl
          label="Show"
          value={show}
          onChange={setShow}
          segments={[
            { value: 'all', label: 'All', count: counts.all },
            { value: 'stop', label: 'Stopped', count: counts.stop },
            { value: 'look', label: 'To look at', count: counts.look },
            { value: 'clean', label: 'Clean', count: counts.clean },
          ]}
        />
      </ScreenBar>
      <Steps steps={stepsOf(review, counts, ready.length, zone)} />
      <div className={classes['body']}>
        <div className={classes['list']}>
          <RowsTable
            label="Documents to review"
            rows={rows}
            selectedId={selected?.id ?? null}
            onSelect={setChosen}
            onOpen={open}
            empty={<EmptyState>{all.length === 0 ? 'Nothing waits: every finished job is charged for and batched.' : 'Nothing here matches.'}</EmptyState>}
          />
        </div>
        <ReviewPanel row={selected} action={action} />
      </div>
      <div className={classes['notice']}>{action.error ? <ErrorNotice error={action.error} /> : null}</div>
      <TotalsFoot totals={review.totals}>
        <span className="t2 dense r">
          {review.more ? 'More follow when these are done.' : counts.stop > 0 ? `${counts.stop} ${counts.stop === 1 ? 'is' : 'are'} stopped.` : `${plural(counts.look, 'document')} to look at.`}
          <br />
          {counts.stop > 0 ? 'They can wait for the next batch.' : 'Drafts and open jobs stay out.'}
        </span>
        {may('batch.prepare') ? <ActionButton kind={unclean === 0 ? 'primary' : 'plain'} label={batchWords} keys="Ctrl+B" busy={action.busy} onClick={batch} /> : null}
        {unclean > 0 ? <ActionButton kind="primary" label={counts.stop > 0 ? 'Go to next stopped' : 'Go to next to look at'} keys="N" onClick={nextUnclean} /> : null}
      </TotalsFoot>
    </div>
  )
}
