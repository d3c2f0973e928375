import { useState } from 'react'
import { JOB_COLUMNS, type JobColumn } from '../../../shared/contract/methods/jobFile.ts'
import type { OutputOf } from '../../api/types.ts'
import { Choice } from '../../components/Choice.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import classes from './intake.module.css'

type Preview = OutputOf<'jobFile.preview'>
type Sample = Preview['sample'][number]
type Finding = Preview['findings'][number]

const COLUMN_NAMES: Readonly<Record<JobColumn, string>> = {
  number: 'Its number there',
  name: 'Customer',
  firstName: 'First name',
  lastName: 'Last name',
  companyName: 'Company name',
  phone: 'Telephone',
  otherPhone: 'Other telephone',
  email: 'Email',
  line1: 'Street',
  line2: 'Apartment',
  city: 'City',
  state: 'State',
  postalCode: 'ZIP',
  latitude: 'Latitude',
  longitude: 'Longitude',
  jobType: 'Job type',
  summary: 'Summary',
  notes: 'Note for dispatch',
  priority: 'Priority',
  payment: 'Form of payment',
  day: 'Day of the visit',
  windowStart: 'Arrival window, or its start',
  windowEnd: 'End of the arrival window',
  start: 'Planned start',
  end: 'Planned end',
  minutes: 'Minutes it takes',
  technician: 'Technician',
  gateCode: 'Gate code',
  access: 'Access',
  home: 'Who will be home',
  none: 'Left out',
}

const TARGETS = JOB_COLUMNS.map((value) => ({ value, label: COLUMN_NAMES[value] }))

const SAMPLE: readonly Column<Sample>[] = [
  { key: 'row', header: 'Row', width: '64px', align: 'right', quiet: true, cell: (one) => one.rowNumber },
  { key: 'name', header: 'Customer', width: 'minmax(140px, 1fr)', strong: true, cell: (one) => one.name },
  { key: 'place', header: 'Where', width: 'minmax(160px, 1fr)', cell: (one) => one.place },
  { key: 'type', header: 'Job', width: 'minmax(120px, 1fr)', cell: (one) => one.jobType },
  { key: 'when', header: 'When', width: 'minmax(180px, 1fr)', cell: (one) => one.when },
  { key: 'technician', header: 'Technician', width: 'minmax(120px, 1fr)', cell: (one) => one.technician || 'Nobody yet' },
]

const FINDINGS: readonly Column<Finding>[] = [
  { key: 'row', header: 'Row', width: '64px', align: 'right', quiet: true, cell: (one) => one.rowNumber },
  { key: 'kind', header: '', width: '112px', quiet: true, cell: (one) => (one.kind === 'bad' ? 'Stays out' : 'Look at') },
  { key: 'who', header: 'Customer', width: 'minmax(140px, 1fr)', strong: true, cell: (one) => one.who || '\u2013' },
  { key: 'text', header: 'Why', width: 'minmax(240px, 3fr)', cell: (one) => <span title={one.text}>{one.text}</span> },
]

/** What would come in, and what has to be looked at. */
export function JobTables({ preview }: { readonly preview: Preview }) {
  const [sampleId, setSampleId] = useState<string | null>(null)
  const [findingId, setFindingId] = useState<string | null>(null)
  return (
    <>
      <h2 className={`h2 ${classes['heading']}`}>First jobs as they will come in</h2>
      <DataTable label="First jobs as they will come in" columns={SAMPLE} rows={preview.sample} rowId={(one) => String(one.rowNumber)} selectedId={sampleId} onSelect={setSampleId} main empty={<EmptyState>No row can come in as it is.</EmptyState>} />
      {preview.findings.length > 0 ? (
        <>
          <h2 className={`h2 ${classes['heading']}`}>Rows that stay out, or need a look</h2>
          <DataTable label="Rows that stay out, or need a look" columns={FINDINGS} rows={preview.findings} rowId={(one) => `${one.kind}/${one.rowNumber}`} selectedId={findingId} onSelect={setFindingId} />
        </>
      ) : null}
    </>
  )
}

/** What each column of the file is taken for; a person can say otherwise. */
export function JobColumns({ columns, look }: { readonly columns: Preview['columns']; readonly look: (columns: readonly JobColumn[]) => void }) {
  const said = columns.map(({ becomes }) => becomes)
  return (
    <>
      <h2 className={`h2 ${classes['heading']}`}>What the columns are</h2>
      <div className={classes['columns']}>
        {columns.map(({ heading, becomes, example }, index) => (
          // A file may have two columns of one heading.
          // eslint-disable-next-line react/no-array-index-key
          <Choice<JobColumn> key={index} tight label={heading || `Column ${index + 1}`} hint={example} options={TARGETS} value={becomes} onChange={(next) => look(said.map((column, place) => (place === index ? next : column)))} />
        ))}
      </div>
    </>
  )
}
