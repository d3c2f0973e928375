import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import { useState } from 'react'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { anotherFile, customersToCome, type Preview, setLeaveOutKnown, startImport, useImportStore } from '../../stores/intake.ts'
import { useZone } from '../../stores/session.ts'
import { counted, grouped } from './words.ts'
import classes from './intake.module.css'

type Sample = Preview['sample'][number]
type Finding = Preview['findings'][number]
type FileColumn = Preview['columns'][number]
type View = 'sample' | 'bad' | 'here' | 'warning' | 'columns'

const ENCODINGS: Readonly<Record<Preview['encoding'], string>> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'windows-1252': 'Windows-1252' }

const SAMPLE_COLUMNS: readonly Column<Sample>[] = [
  { key: 'row', header: 'Row', width: '64px', align: 'right', quiet: true, cell: (one) => one.rowNumber },
  { key: 'name', header: 'Customer', width: 'minmax(140px, 1fr)', strong: true, cell: (one) => one.name },
  { key: 'kind', header: 'Kind', width: '112px', quiet: true, cell: (one) => (one.kind === 'commercial' ? 'Commercial' : 'Residential') },
  { key: 'phones', header: 'Telephone', width: 'minmax(140px, 1fr)', cell: (one) => one.phones.join(', ') || '\u2013' },
  { key: 'emails', header: 'Email', width: 'minmax(140px, 1fr)', cell: (one) => one.emails.join(', ') || '\u2013' },
  { key: 'places', header: 'Locations', width: 'minmax(180px, 2fr)', cell: (one) => one.places.join('; ') },
]

const FINDING_COLUMNS: readonly Column<Finding>[] = [
  { key: 'row', header: 'Row', width: '64px', align: 'right', quiet: true, cell: (one) => one.rowNumber },
  { key: 'who', header: 'Customer', width: 'minmax(140px, 1fr)', strong: true, cell: (one) => one.who || '\u2013' },
  { key: 'text', header: 'Why', width: 'minmax(240px, 3fr)', cell: (one) => <span title={one.text}>{one.text}</span> },
]

const COLUMN_COLUMNS: readonly Column<FileColumn>[] = [
  { key: 'heading', header: 'Column of the file', width: 'minmax(180px, 1fr)', strong: true, cell: (one) => one.heading || '(no heading)' },
  { key: 'becomes', header: 'Becomes', width: 'minmax(180px, 2fr)', cell: (one) => one.becomes ?? <span className="t3">Left out</span> },
]

const finding = (one: Finding): string => `${one.kind}/${one.rowNumber}/${one.text}`

function ViewTable({ view, preview }: { readonly view: View; readonly preview: Preview }) {
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const rows = { selectedId, onSelect: setSelectedId, main: true }
  if (view === 'sample') return <DataTable label="First customers as they will come in" columns={SAMPLE_COLUMNS} rows={preview.sample} rowId={(one) => String(one.rowNumber)} {...rows} />
  if (view === 'columns') {
    return <DataTable label="Columns of the file" columns={COLUMN_COLUMNS} rows={preview.columns} rowId={(one) => String(preview.columns.indexOf(one))} {...rows} />
  }
  const found = preview.findings.filter((one) => one.kind === view)
  return (
    <DataTable
      label={view === 'bad' ? 'Rows that stay out' : view === 'here' ? 'Customers who are here already' : 'Rows to look at'}
      columns={FINDING_COLUMNS}
      rows={found}
      rowId={finding}
      empty={<EmptyState>{view === 'bad' ? 'Every row can come in.' : view === 'here' ? 'Nobody in this file is here already.' : 'Nothing in this file needs a look.'}</EmptyState>}
      {...rows}
    />
  )
}

function SameFile({ sameFile }: { readonly sameFile: NonNullable<Preview['sameFile']> }) {
  const zone = useZone()
  return (
    <div className={classes['same']} role="note">
      <StateGlyph state="hold" />
      <span>
        {sameFile.by} imported this very file on {formatDay(wallTimeOf(sameFile.at, zone).day)} at {formatTime(sameFile.at, zone)}: {counted(sameFile.customers, 'customer')}.
      </span>
    </div>
  )
}

/** What the file holds, before anything comes in. */
export function PreviewFile({ preview }: { readonly preview: Preview }) {
  const leaveOutKnown = useImportStore((store) => store.leaveOutKnown)
  const [view, setView] = useState<View>('sample')
  const coming = customersToCome(preview, leaveOutKnown)
  const usable = preview.unusable === null
  const further = leaveOutKnown ? preview.further : 0
  const label = coming > 0 || further === 0 ? `Import ${counted(coming, 'customer')}` : `Import ${counted(further, 'location')}`
  useHotkeys('Import', [
    ...(usable && coming + further > 0 ? [{ keys: 'Ctrl+Enter', label: 'Import', run: startImport }] : []),
    { keys: 'Escape', label: 'Choose another file', run: anotherFile },
    ...(['sample', 'bad', 'warning', 'here', 'columns'] as const).map((to, index) => ({ keys: String(index + 1), label: `View ${index + 1} of the file`, run: () => setView(to) })),
  ])
  const detail = usable ? `${preview.fileName}, ${counted(preview.rows, 'row')}, ${ENCODINGS[preview.encoding]}` : preview.fileName
  if (!usable) {
    return (
      <>
        <ScreenBar title="Import customers" detail={detail} actions={<ActionButton small label="Choose another file" keys="Escape" autoFocus onClick={anotherFile} />} />
        <div className={classes['notice']}>
          <ErrorNotice error={{ message: preview.unusable ?? '' }} />
        </div>
      </>
    )
  }
  return (
    <>
      <ScreenBar
        title="Import customers"
        detail={detail}
        actions={
          <>
            <ActionButton small label="Choose another file" keys="Escape" onClick={anotherFile} />
            {coming + further > 0 ? <ActionButton small kind="primary" label={label} keys="Ctrl+Enter" onClick={startImport} /> : null}
          </>
        }
      />
      {preview.sameFile ? <SameFile sameFile={preview.sameFile} /> : null}
      <dl className={classes['counts']}>
        {[
          ['Customers', preview.customers],
          ['Locations', preview.locations],
          ['Rows that stay out', preview.badRows],
          ['To look at', preview.warnings],
          ['Here already', preview.alreadyHere],
        ].map(([label, count]) => (
          <div key={label}>
            <dt className="cap">{label}</dt>
            <dd>{grouped(Number(count))}</dd>
          </div>
        ))}
      </dl>
      <div className={classes['views']}>
        <SegmentedControl
          label="What to show of the file"
          value={view}
          onChange={setView}
          segments={[
            { value: 'sample', label: 'As they come in' },
            { value: 'bad', label: 'Stay out', count: preview.badRows },
            { value: 'warning', label: 'Look at', count: preview.warnings },
            { value: 'here', label: 'Here already', count: preview.alreadyHere },
            { value: 'columns', label: 'Columns', count: preview.columns.length },
          ]}
        />
        <span className="sp" />
        {preview.alreadyHere > 0 ? (
          <FormControlLabel
            className={classes['known'] ?? ''}
            control={<Checkbox size="small" checked={leaveOutKnown} onChange={(event) => setLeaveOutKnown(event.target.checked)} />}
            label={`Keep the ${counted(preview.alreadyHere, 'customer')} who ${preview.alreadyHere === 1 ? 'is' : 'are'} here already aside`}
          />
        ) : null}
      </div>
      {coming + further === 0 ? <EmptyState>{preview.customers === 0 ? 'No row of this file can come in. Look at why under \u201cStay out\u201d.' : 'Everybody in this file is here already.'}</EmptyState> : null}
      <ViewTable key={view} view={view} preview={preview} />
    </>
  )
}
