import { useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { LEAD_COLUMNS, type LeadColumn } from '../../../shared/contract/methods/leadSettings.ts'
import { api } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { sendFile } from '../../stores/intake.ts'
import { navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import classes from './intake.module.css'
import { counted } from './words.ts'

type Preview = OutputOf<'leadFile.preview'>
type Sample = Preview['sample'][number]

const COLUMN_NAMES: Readonly<Record<LeadColumn, string>> = {
  id: 'The source\u2019s own id',
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Telephone',
  email: 'Email',
  line1: 'Street',
  line2: 'Apartment',
  city: 'City',
  state: 'State',
  postalCode: 'ZIP',
  jobType: 'Job type',
  message: 'What they wrote',
  campaign: 'Campaign',
  detail: 'Kept under its heading',
  none: 'Left out',
}

const TARGETS = LEAD_COLUMNS.map((value) => ({ value, label: COLUMN_NAMES[value] }))

const SAMPLE: readonly Column<Sample>[] = [
  { key: 'row', header: 'Row', width: '64px', align: 'right', quiet: true, cell: (one) => one.rowNumber },
  { key: 'name', header: 'Who', width: 'minmax(140px, 1fr)', strong: true, cell: (one) => one.name || '\u2013' },
  { key: 'phone', header: 'Telephone', width: 'minmax(120px, 1fr)', cell: (one) => one.phone || '\u2013' },
  { key: 'email', header: 'Email', width: 'minmax(140px, 1fr)', cell: (one) => one.email || '\u2013' },
  { key: 'place', header: 'Where', width: 'minmax(140px, 1fr)', cell: (one) => one.place || '\u2013' },
  { key: 'wants', header: 'Wants', width: 'minmax(140px, 2fr)', quiet: true, cell: (one) => one.wants || '\u2013' },
]

interface Chosen {
  readonly uploadId: string
  readonly preview: Preview
}

function Look({ chosen, onColumns, onDone }: { readonly chosen: Chosen; readonly onColumns: (sourceName: string, columns: readonly LeadColumn[]) => void; readonly onDone: () => void }) {
  const { uploadId, preview } = chosen
  const [sourceName, setSourceName] = useState('')
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const { run, busy, error } = useAction()
  const columns = preview.columns.map(({ becomes }) => becomes)
  const bringIn = (): void => {
    void run(async () => {
      const came = await api.action('leadFile.bringIn', { uploadId, operationId: newId(), sourceName, columns })
      toast(`${counted(came.received, 'lead')} came in${came.known > 0 ? `, ${came.known} were here already` : ''}${came.bad > 0 ? `, ${came.bad} rows stayed out` : ''}.`)
      onDone()
      navigate({ area: 'leads' })
    })
  }
  useHotkeys('Leads from a file', [{ keys: 'Ctrl+Enter', label: 'Bring the leads in', run: bringIn }])
  const action = preview.unusable === null ? `Bring in ${counted(preview.leads, 'lead')}` : 'Bring the leads in'
  return (
    <>
      <div className={classes['notice']}>
        <FieldRow>
          <TextInput label="Whose leads these are" placeholder="Angi" value={sourceName} onChange={setSourceName} autoFocus required maxLength={60} error={error?.field === 'sourceName' ? error.message : null} />
        </FieldRow>
        <p>{preview.unusable ?? `${preview.fileName}: ${counted(preview.rows, 'row')}, ${counted(preview.leads, 'lead')}, ${preview.known} here already, ${preview.bad} that stay out.`}</p>
        {preview.findings.slice(0, 3).map(({ rowNumber, text }) => (
          <p key={rowNumber} className="t2">
            Row {rowNumber}: {text}
          </p>
        ))}
        {error && error.field !== 'sourceName' ? <ErrorNotice error={error} /> : null}
        <div className="row">
          <ActionButton kind="primary" label={action} keys="Ctrl+Enter" busy={busy} onClick={bringIn} />
          <ActionButton kind="quiet" label="Another file" onClick={onDone} />
        </div>
      </div>
      <h2 className={`h2 ${classes['heading']}`}>What the columns are</h2>
      <div className={classes['columns']}>
        {preview.columns.map(({ heading, becomes, example }, index) => (
          // A file may have two columns of one heading.
          // eslint-disable-next-line react/no-array-index-key
          <Choice<LeadColumn> key={index} tight label={heading || `Column ${index + 1}`} hint={example} options={TARGETS} value={becomes} onChange={(next) => onColumns(sourceName, columns.map((column, place) => (place === index ? next : column)))} />
        ))}
      </div>
      <h2 className={`h2 ${classes['heading']}`}>First rows as they will come in</h2>
      <DataTable label="First leads as they will come in" columns={SAMPLE} rows={preview.sample} rowId={(one) => String(one.rowNumber)} selectedId={selectedId} onSelect={setSelectedId} empty={<EmptyState>No row can come in as it is.</EmptyState>} />
    </>
  )
}

/** Leads from a file: choose, say whose they are and what the columns are, bring them in. The same file twice brings nobody twice. */
export function LeadFileScreen() {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const { run, busy, error } = useAction()
  const look = async (uploadId: string, sourceName: string, columns: readonly LeadColumn[] | null): Promise<void> =>
    setChosen({ uploadId, preview: await api.action('leadFile.preview', { uploadId, sourceName, columns: columns && [...columns] }) })
  const take = (file: File | undefined): void => {
    if (!file) return
    void run(async () => {
      const uploadId = newId()
      await sendFile(file, uploadId, () => undefined)
      await look(uploadId, '', null)
    })
  }
  useHotkeys('Leads from a file', [
    ...(chosen ? [] : [{ keys: 'Ctrl+Enter', label: 'Choose a file', run: () => input.current?.click() }]),
    { keys: 'G', label: 'Import customers', run: () => navigate({ area: 'import' }) },
  ])
  return (
    <section className={classes['screen']} aria-label="Leads from a file" tabIndex={-1}>
      <ScreenBar title="Leads from a file" actions={<ActionButton small kind="quiet" label="Import customers" keys="G" onClick={() => navigate({ area: 'import' })} />} />
      {chosen ? (
        <Look chosen={chosen} onColumns={(sourceName, columns) => void run(() => look(chosen.uploadId, sourceName, columns))} onDone={() => setChosen(null)} />
      ) : (
        <div className={classes['drop']}>
          <h2 className="h2">A list of leads, saved as CSV</h2>
          <p className={`t2 ${classes['lead']}`}>Any file with a heading row. What its columns are is guessed, and you can say otherwise. First you see what would come in; nothing changes before you say so.</p>
          <input
            ref={input}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-label="CSV file of leads"
            hidden
            onChange={(event) => {
              take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <ActionButton kind="primary" icon="upload" label="Choose a file" keys="Ctrl+Enter" autoFocus busy={busy} onClick={() => input.current?.click()} />
        </div>
      )}
      {error ? (
        <div className={classes['notice']}>
          <ErrorNotice error={error} />
        </div>
      ) : null}
    </section>
  )
}
