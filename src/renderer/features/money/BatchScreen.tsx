import { useState } from 'react'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BatchDetail } from '../../../shared/contract/methods/accounting.ts'
import type { ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import { api, useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Confirm } from '../../components/Confirm.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import type { Hotkey } from '../../components/hotkeyRegistry.ts'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './money.module.css'
import { exportBatch } from './moneyActions.ts'
import { MoneyViews } from './MoneyViews.tsx'
import { PostDialog } from './PostDialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { ReviewPanel } from './ReviewPanel.tsx'
import { RowsTable } from './RowsTable.tsx'
import { type Step, Steps } from './Steps.tsx'
import { TotalsFoot } from './TotalsFoot.tsx'
import { useAction } from '../../api/useAction.ts'
import { daysWords, invoiceTarget, plural, statusOf } from './words.ts'

/** Where a batch stands: prepared, looked through, posted, out. */
type Stage = 'review' | 'post' | 'export' | 'out' | 'discarded'

function stageOf(batch: BatchDetail): Stage {
  if (batch.state === 'discarded') return 'discarded'
  if (batch.state === 'posted') return batch.exports.length > 0 ? 'out' : 'export'
  return batch.reviewedAt === null ? 'review' : 'post'
}

function stepsOf(batch: BatchDetail, stage: Stage, when: (at: number) => string): readonly Step[] {
  const stopped = batch.rows.filter((row) => statusOf(row) === 'stop').length
  const posters = batch.posters.map((poster) => poster.name)
  const records = batch.exports[0]?.records ?? batch.rows.length
  return [
    { title: 'Review', state: 'done', detail: 'what else waits', go: () => navigate({ area: 'money' }) },
    {
      title: `Batch ${batch.number}`,
      state: stage === 'review' ? 'on' : stage === 'discarded' ? 'ahead' : 'done',
      detail: stage === 'discarded' ? 'discarded' : batch.reviewedAt === null ? `${plural(batch.rows.length, 'document')}${stopped > 0 ? `, ${stopped} stopped` : ''}` : `reviewed by ${batch.reviewedBy ?? ''}`,
    },
    {
      title: 'Post',
      state: stage === 'post' ? 'on' : stage === 'export' || stage === 'out' ? 'done' : 'ahead',
      detail: batch.postedAt === null ? `by a second person${posters.length > 0 ? `, ${posters.slice(0, 2).join(' or ')}` : ''}` : `by ${batch.postedBy ?? ''}, ${when(batch.postedAt)}`,
    },
    {
      title: 'Export to QuickBooks',
      state: stage === 'export' ? 'on' : stage === 'out' ? 'done' : 'ahead',
      detail: batch.exports.length === 0 ? 'IIF or a CSV journal' : `${plural(records, 'record')}, ${batch.exports.map((each) => each.format.toUpperCase()).join(' and ')}, ${when(Math.max(...batch.exports.map((each) => each.at)))}`,
    },
  ]
}

type Asking = 'post' | 'unpost' | 'discard' | null

function LoadedBatch({ batch }: { readonly batch: BatchDetail }) {
  const zone = useZone()
  const may = useMay()
  const action = useAction()
  const [chosen, setChosen] = useState<string | null>(null)
  const [asking, setAsking] = useState<Asking>(null)
  const stage = stageOf(batch)
  const selected = batch.rows.find((row) => row.id === chosen) ?? batch.rows[0]
  const when = (at: number): string => `${formatDay(wallTimeOf(at, zone).day)}, ${formatTime(at, zone)}`
  const batchId = batch.id

  const removeItem = (row: ReviewRow | undefined): void => {
    if (!row || (row.kind !== 'invoice' && row.kind !== 'payment')) return
    const { kind, id } = row
    void action.run(() => api.command('batch.removeItem', { batchId, kind, id })).then((done) => (done ? toast(`${row.customerName} is out of the batch and waits for the next.`) : undefined))
  }
  const review = (): void => void action.run(() => api.command('batch.review', { batchId }))
  const write = (format: 'iif' | 'csv') => (): void => void action.run(() => exportBatch(batchId, format))
  const prepares = may('batch.prepare')
  const keys: readonly Hotkey[] =
    stage === 'review' || stage === 'post'
      ? [
          ...(prepares ? [{ keys: ['X', 'Delete'], label: 'Take it out of the batch', run: () => removeItem(selected) }, { keys: 'D', label: 'Discard the batch', run: () => setAsking('discard') }] : []),
          stage === 'review' ? { keys: 'Ctrl+Enter', label: 'Reviewed', run: review } : { keys: 'Ctrl+Enter', label: 'Post', run: () => setAsking('post') },
        ]
      : stage === 'export' || stage === 'out'
        ? [
            { keys: ['Ctrl+Enter', 'I'], label: 'Export IIF for QuickBooks', run: write('iif') },
            { keys: 'C', label: 'Export a CSV journal', run: write('csv') },
            ...(stage === 'export' && may('batch.post') ? [{ keys: 'U', label: 'Unpost with a reason', run: () => setAsking('unpost') }] : []),
          ]
        : []
  useHotkeys('The batch', keys)

  return (
    <div className={classes['screen']}>
      <ScreenBar title={`Batch ${batch.number}`} detail={`${daysWords(batch.fromDay, batch.toDay)}, prepared by ${batch.preparedBy}`}>
        <MoneyViews view="batches" />
      </ScreenBar>
      <Steps steps={stepsOf(batch, stage, when)} />
      <div className={classes['body']}>
        <div className={classes['list']}>
          <RowsTable
            label={`Documents of batch ${batch.number}`}
            rows={batch.rows}
            selectedId={selected?.id ?? null}
            onSelect={setChosen}
            onOpen={(row) => {
              if (row.kind === 'invoice') navigate(invoiceTarget(row.id))
            }}
            empty={<EmptyState>This batch holds nothing any more.</EmptyState>}
          />
        </div>
        <ReviewPanel row={selected} action={action} locked />
      </div>
      <div className={classes['notice']}>{action.error ? <ErrorNotice error={action.error} /> : null}</div>
      <TotalsFoot totals={batch.totals}>
        {batch.unpostReason !== null && stage !== 'export' && stage !== 'out' ? <span className="t2 dense r">Unposted: {batch.unpostReason}</span> : null}
        {stage === 'review' || stage === 'post' ? (
          <>
            {prepares ? <ActionButton label="Take out" keys="X" onClick={() => removeItem(selected)} /> : null}
            {prepares ? <ActionButton label="Discard" keys="D" onClick={() => setAsking('discard')} /> : null}
          </>
        ) : null}
        {stage === 'review' && prepares ? <ActionButton kind="primary" label="Reviewed, ready to post" keys="Ctrl+Enter" busy={action.busy} onClick={review} /> : null}
        {stage === 'post' ? <ActionButton kind="primary" label="Post" keys="Ctrl+Enter" onClick={() => setAsking('post')} /> : null}
        {stage === 'export' && may('batch.post') ? <ActionButton label="Unpost" keys="U" onClick={() => setAsking('unpost')} /> : null}
        {(stage === 'export' || stage === 'out') && may('batch.export') ? (
          <>
            <ActionButton label={stage === 'out' ? 'CSV journal again' : 'CSV journal'} keys="C" busy={action.busy} onClick={write('csv')} />
            <ActionButton kind="primary" label={batch.exports.some((each) => each.format === 'iif') ? 'Export IIF again' : 'Export IIF'} keys="Ctrl+Enter" busy={action.busy} onClick={write('iif')} />
          </>
        ) : null}
      </TotalsFoot>
      {asking === 'post' ? <PostDialog batch={batch} onClose={() => setAsking(null)} /> : null}
      {asking === 'unpost' ? (
        <ReasonDialog title={`Open batch ${batch.number} again`} action="Unpost the batch" onClose={() => setAsking(null)} onGive={(reason) => api.command('batch.unpost', { batchId, reason }).then(() => toast(`Batch ${batch.number} is open again.`))}>
          <p className="t2">Its documents can leave it again, and it has to be reviewed and posted once more.</p>
        </ReasonDialog>
      ) : null}
      {asking === 'discard' ? (
        <DiscardQuestion
          batch={batch}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </div>
  )
}

function DiscardQuestion({ batch, onClose }: { readonly batch: BatchDetail; readonly onClose: () => void }) {
  const action = useAction()
  const discard = (): void =>
    void action
      .run(() => api.command('batch.discard', { batchId: batch.id }))
      .then((done) => {
        if (!done) return
        toast(`Batch ${batch.number} is discarded; its documents wait for the next.`)
        navigate({ area: 'money' })
      })
  return (
    <Confirm open title={`Discard batch ${batch.number}`} action={`Discard batch ${batch.number}`} busy={action.busy} onConfirm={discard} onCancel={onClose}>
      <p>Its {plural(batch.rows.length, 'document')} wait for the next batch. The number stays used.</p>
      <ErrorNotice error={action.error} />
    </Confirm>
  )
}

/** One batch through its steps: looked through, posted by a second person, exported. */
export function BatchScreen({ batchId }: { readonly batchId: string }) {
  const { data, error, refetch } = useQuery('batch.get', { batchId })
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={16} />
  return <LoadedBatch key={batchId} batch={data} />
}
