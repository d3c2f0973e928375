import { type DragEvent, useRef, useState } from 'react'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { chooseFile, takeBack } from '../../stores/intake.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { useKeptAside } from './useKeptAside.ts'
import classes from './intake.module.css'

type Run = OutputOf<'import.runs'>[number]

const STATES: Readonly<Record<Run['state'], string>> = { done: 'In', running: 'Stopped part way', undone: 'Taken back' }

function runColumns(zone: string): readonly Column<Run>[] {
  return [
    { key: 'file', header: 'File', strong: true, cell: (run) => run.fileName },
    { key: 'at', header: 'Imported', width: '160px', cell: (run) => `${formatDay(wallTimeOf(run.at, zone).day)}, ${formatTime(run.at, zone)}` },
    { key: 'by', header: 'By', width: '160px', cell: (run) => run.by },
    { key: 'customers', header: 'Customers', width: '96px', align: 'right', cell: (run) => run.customers },
    { key: 'locations', header: 'Locations', width: '96px', align: 'right', cell: (run) => run.locations },
    { key: 'aside', header: 'Kept aside', width: '96px', align: 'right', cell: (run) => run.keptAside },
    { key: 'state', header: 'State', width: '140px', quiet: true, cell: (run) => STATES[run.state] },
  ]
}

const toJobs = (): void => navigate({ area: 'import', path: ['jobs'] })
const toLeads = (): void => navigate({ area: 'import', path: ['leads'] })

/** The way in: a file chosen or dropped; below it what came in before. */
export function ChooseFile() {
  const zone = useZone()
  const { data: runs } = useQuery('import.runs', {})
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const aside = useKeptAside()
  const selected = runs?.find((run) => run.runId === selectedId)

  const take = (file: File | undefined): void => {
    if (file) void chooseFile(file)
  }
  const drag = (event: DragEvent, isOver: boolean): void => {
    event.preventDefault()
    setOver(isOver)
  }
  const undo = (): false | void => {
    if (!selected || selected.state === 'undone') return false
    takeBack(selected.runId, selected.fileName)
  }
  const download = (): false | void => {
    if (!selected || selected.keptAside === 0) return false
    void aside.download(selected.runId)
  }

  useHotkeys('Import', [
    { keys: 'Ctrl+Enter', label: 'Choose a file', run: () => input.current?.click() },
    { keys: 'O', label: 'Jobs from a file', run: toJobs },
    { keys: 'G', label: 'Leads from a file', run: toLeads },
    { keys: 'B', label: 'Take the selected import back', run: undo },
    { keys: 'D', label: 'Download the rows kept aside', run: download },
  ])

  return (
    <>
      <ScreenBar
        title="Import customers"
        actions={
          selected ? (
            <>
              {selected.keptAside > 0 ? <ActionButton small label="Download rows kept aside" keys="D" busy={aside.busy} onClick={download} /> : null}
              {selected.state === 'undone' ? null : <ActionButton small icon="undo" label="Take it back" keys="B" onClick={undo} />}
            </>
          ) : (
            <>
              <ActionButton small kind="quiet" label="Jobs from a file" keys="O" onClick={toJobs} />
              <ActionButton small kind="quiet" label="Leads from a file" keys="G" onClick={toLeads} />
            </>
          )
        }
      />
      <div
        className={`${classes['drop']} ${over ? classes['over'] : ''}`}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false)
          take(event.dataTransfer.files[0])
        }}
      >
        <h2 className="h2">A clients export from Jobber, saved as CSV</h2>
        <p className={`t2 ${classes['lead']}`}>
          Drop the file here or choose it. First you see what would come in, what would not and why. Nothing changes before you say so, and an import can be taken back.
        </p>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          aria-label="CSV file"
          hidden
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <ActionButton kind="primary" icon="upload" label="Choose a file" keys="Ctrl+Enter" autoFocus onClick={() => input.current?.click()} />
      </div>
      {aside.error ? (
        <div className={classes['notice']}>
          <ErrorNotice error={aside.error} />
        </div>
      ) : null}
      {runs && runs.length > 0 ? (
        <>
          <h2 className={`h2 ${classes['heading']}`}>Imported before</h2>
          <DataTable label="Imports so far" columns={runColumns(zone)} rows={runs} rowId={(run) => run.runId} selectedId={selectedId} onSelect={setSelectedId} main />
        </>
      ) : null}
    </>
  )
}
