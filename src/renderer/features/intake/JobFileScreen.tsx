import { useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import type { JobColumn } from '../../../shared/contract/methods/jobFile.ts'
import { PAYMENT_FORMS } from '../../../shared/domain/jobs/tables.ts'
import { PAYMENT_FORM_NAMES } from '../../../shared/domain/jobs/words.ts'
import { api, useEvent } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { sendFile } from '../../stores/intake.ts'
import { navigate } from '../../stores/route.ts'
import { ImportWork } from './ImportWork.tsx'
import classes from './intake.module.css'
import { JobColumns, JobTables } from './JobFileTables.tsx'
import { counted, grouped } from './words.ts'

type Preview = OutputOf<'jobFile.preview'>
type CameIn = OutputOf<'jobFile.bringIn'>
type Payment = (typeof PAYMENT_FORMS)[number]

const PAYMENT_CHOICES = PAYMENT_FORMS.map((value) => ({ value, label: PAYMENT_FORM_NAMES[value] }))

interface Progress {
  readonly operationId: string
  readonly label: string
  readonly done: number
  readonly total: number
}

type Stage =
  | { readonly kind: 'choose' }
  | { readonly kind: 'look'; readonly uploadId: string; readonly preview: Preview }
  | { readonly kind: 'importing'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly came: CameIn }

const toCustomers = (): void => navigate({ area: 'import' })
const toBoard = (): void => navigate({ area: 'board' })

function Counts({ preview }: { readonly preview: Preview }) {
  const counts = [
    ['Jobs', preview.jobs],
    ['With a technician', preview.planned],
    ['New customers', preview.customers],
    ['Rows that stay out', preview.bad],
    ['Here already', preview.known],
  ] as const
  return (
    <dl className={classes['counts']}>
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt className="cap">{label}</dt>
          <dd>{grouped(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

interface LookProps {
  readonly preview: Preview
  readonly look: (columns: readonly JobColumn[]) => void
  readonly bringIn: (columns: readonly JobColumn[], payment: Payment) => void
  readonly another: () => void
}

function Look({ preview, look, bringIn, another }: LookProps) {
  const [payment, setPayment] = useState<Payment>('check')
  const columns = preview.columns.map(({ becomes }) => becomes)
  const canCome = preview.unusable === null && preview.jobs > 0
  const start = (): false | void => (canCome ? bringIn(columns, payment) : false)
  useHotkeys('Jobs from a file', [
    { keys: 'Ctrl+Enter', label: 'Import the jobs', run: start },
    { keys: 'Escape', label: 'Choose another file', run: another },
  ])
  return (
    <>
      <ScreenBar
        title="Import jobs"
        detail={`${preview.fileName}, ${counted(preview.rows, 'row')}`}
        actions={
          <>
            <ActionButton small label="Choose another file" keys="Escape" onClick={another} />
            {canCome ? <ActionButton small kind="primary" label={`Import ${counted(preview.jobs, 'job')}`} keys="Ctrl+Enter" onClick={start} /> : null}
          </>
        }
      />
      {preview.unusable === null ? <Counts preview={preview} /> : null}
      <div className={classes['notice']}>
        {preview.unusable === null ? null : <ErrorNotice error={{ message: preview.unusable }} />}
        {preview.unusable === null && preview.jobs === 0 ? <p>{preview.known > 0 ? 'Every job of this file is here already.' : 'No row of this file can come in. The reasons are below.'}</p> : null}
        <FieldRow>
          <Choice<Payment> label="How they pay, where the file does not say" options={PAYMENT_CHOICES} value={payment} onChange={setPayment} autoFocus />
        </FieldRow>
      </div>
      {preview.unusable === null ? <JobTables preview={preview} /> : null}
      <JobColumns columns={preview.columns} look={look} />
    </>
  )
}

function Done({ came, another }: { readonly came: CameIn; readonly another: () => void }) {
  useHotkeys('Jobs from a file', [
    { keys: 'Ctrl+Enter', label: 'Show the board', run: toBoard },
    { keys: 'Escape', label: 'Import another file', run: another },
  ])
  return (
    <>
      <ScreenBar title="Import jobs" />
      <div className={classes['result']} role="status">
        <h2 className="h1">
          {counted(came.jobs, 'job')} of {counted(came.customers, 'new customer')} {came.jobs === 1 ? 'is' : 'are'} in, {grouped(came.planned)} with a technician.
        </h2>
        {came.keptAside > 0 ? <p className="t2">{counted(came.keptAside, 'row')} stayed out and {came.keptAside === 1 ? 'is' : 'are'} kept whole, each with the reason: under Import, choose this import and press D.</p> : <p className="t2">No row stayed out.</p>}
        {came.known > 0 ? <p className="t2">{counted(came.known, 'job')} {came.known === 1 ? 'was' : 'were'} here already.</p> : null}
        {came.unplannedCount > 0 ? (
          <>
            <p className="t2">{counted(came.unplannedCount, 'job')} came in without a technician whom the file names; what nobody has waits in the tray:</p>
            <ul className={classes['names']}>
              {came.unplanned.map(({ name, why }, index) => (
                <li key={index}>
                  {name}: {why}
                </li>
              ))}
            </ul>
            {came.unplannedCount > came.unplanned.length ? <p className="t2">and {counted(came.unplannedCount - came.unplanned.length, 'other')}.</p> : null}
          </>
        ) : null}
        <div className="row">
          <ActionButton kind="primary" label="Show the board" keys="Ctrl+Enter" autoFocus onClick={toBoard} />
          <ActionButton kind="quiet" label="Import another file" keys="Escape" onClick={another} />
        </div>
      </div>
    </>
  )
}

function ChooseJobs({ busy, take }: { readonly busy: boolean; readonly take: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  useHotkeys('Jobs from a file', [
    { keys: 'Ctrl+Enter', label: 'Choose a file', run: () => input.current?.click() },
    { keys: 'O', label: 'Import customers', run: toCustomers },
  ])
  return (
    <>
      <ScreenBar title="Import jobs" actions={<ActionButton small kind="quiet" label="Import customers" keys="O" onClick={toCustomers} />} />
      <div className={classes['drop']}>
        <h2 className="h2">Booked jobs from ServiceTitan, Housecall Pro or Jobber, saved as CSV</h2>
        <p className={`t2 ${classes['lead']}`}>
          One row for each visit: customer, address, job type, day and arrival window, and the technician where one has it. First you see what would come in, what would not and why. Nothing changes before you say so.
        </p>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          aria-label="CSV file of jobs"
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) take(file)
            event.target.value = ''
          }}
        />
        <ActionButton kind="primary" icon="upload" label="Choose a file" keys="Ctrl+Enter" autoFocus busy={busy} onClick={() => input.current?.click()} />
      </div>
    </>
  )
}

/** Booked jobs from a file: choose, look, say what the columns are, import. The same file twice brings nothing twice. */
export function JobFileScreen() {
  const [stage, setStage] = useState<Stage>({ kind: 'choose' })
  const { run, busy, error } = useAction()
  useEvent('progress', (progress) => setStage((now) => (now.kind === 'importing' && now.progress.operationId === progress.operationId ? { kind: 'importing', progress } : now)))
  const look = async (uploadId: string, columns: readonly JobColumn[] | null): Promise<void> =>
    setStage({ kind: 'look', uploadId, preview: await api.action('jobFile.preview', { uploadId, columns: columns && [...columns] }) })
  const take = (file: File): void =>
    void run(async () => {
      const uploadId = newId()
      await sendFile(file, uploadId, () => undefined)
      await look(uploadId, null)
    })
  const bringIn = (before: Extract<Stage, { readonly kind: 'look' }>, columns: readonly JobColumn[], plannedPayment: Payment): void =>
    void run(async () => {
      const operationId = newId()
      const { uploadId, preview } = before
      setStage({ kind: 'importing', progress: { operationId, label: `Importing ${preview.fileName}`, done: 0, total: preview.jobs + 1 } })
      try {
        setStage({ kind: 'done', came: await api.action('jobFile.bringIn', { uploadId, columns: [...columns], operationId, plannedPayment }) })
      } catch (thrown) {
        setStage(before)
        throw thrown
      }
    })
  const another = (): void => {
    if (stage.kind === 'look') api.action('import.discard', { uploadId: stage.uploadId }).catch(() => undefined)
    setStage({ kind: 'choose' })
  }
  return (
    <section className={classes['screen']} aria-label="Import jobs" tabIndex={-1}>
      {stage.kind === 'choose' ? <ChooseJobs busy={busy} take={take} /> : null}
      {stage.kind === 'look' ? <Look preview={stage.preview} look={(columns) => void run(() => look(stage.uploadId, columns))} bringIn={(columns, payment) => bringIn(stage, columns, payment)} another={another} /> : null}
      {stage.kind === 'importing' ? <ImportWork title="Import jobs" progress={stage.progress} /> : null}
      {stage.kind === 'done' ? <Done came={stage.came} another={another} /> : null}
      {error ? (
        <div className={classes['notice']}>
          <ErrorNotice error={error} />
        </div>
      ) : null}
    </section>
  )
}
