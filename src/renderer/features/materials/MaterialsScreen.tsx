import { useState } from 'react'
import { formatQuantity } from '../../../shared/base/money.ts'
import { addDays, isPlausibleDay, type IsoDay } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import type { MaterialDay, MaterialVisit } from '../../../shared/contract/methods/materials.ts'
import { api, useQuery } from '../../api/api.ts'
import { receiveFile } from '../../api/receiveFile.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { DetailPanel, PanelSection } from '../../components/DetailPanel.tsx'
import { Due } from '../../components/Due.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { StateChip } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import calls from '../calls/CallsScreen.module.css'
import type { ScreenProps } from '../screenProps.ts'

interface Row extends Pick<MaterialVisit, 'technicianName' | 'customerName' | 'jobNumber' | 'windowStart' | 'windowEnd' | 'changed' | 'appointmentId'> {
  readonly key: string
  readonly description: string
  readonly quantity: number
}

const rowsOf = (visits: readonly MaterialVisit[]): readonly Row[] => visits.flatMap(({ lines, ...visit }) => lines.map(({ lineId, description, quantity }) => ({ ...visit, key: `${visit.appointmentId} ${lineId}`, description, quantity })))

const COLUMNS: readonly Column<Row>[] = [
  { key: 'what', header: 'Material', width: 'minmax(180px, 2fr)', strong: true, cell: ({ description }) => description },
  { key: 'count', header: 'Quantity', width: '80px', align: 'right', cell: ({ quantity }) => formatQuantity(quantity) },
  { key: 'window', header: 'Window', width: 'minmax(96px, 0.8fr)', cell: ({ windowStart, windowEnd }) => formatWindow(windowStart, windowEnd) },
  { key: 'who', header: 'Customer', width: 'minmax(120px, 1fr)', cell: ({ customerName }) => customerName },
  { key: 'job', header: 'Job', width: '80px', quiet: true, cell: ({ jobNumber }) => jobNumber },
  { key: 'changed', header: 'Warehouse', width: 'minmax(96px, 0.8fr)', quiet: true, cell: ({ changed }) => (changed ? 'does not have it' : 'has it') },
]

function Handed({ data }: { readonly data: MaterialDay }) {
  const zone = useZone()
  if (data.state === 'none' && data.sentAt === null) return <p className="t2">No visit of this day takes materials along.</p>
  return (
    <>
      <p className="row">
        {data.state === 'sent' ? <StateChip state="confirmed">The warehouse has it</StateChip> : <StateChip state="hold">{data.sentAt === null ? 'Owed to the warehouse' : 'Changed since'}</StateChip>}
        {data.dueAt === null || data.owedSince === null ? null : <Due dueAt={data.dueAt} since={data.owedSince} />}
      </p>
      {data.holder === null ? null : <p className="t2">Held by {data.holder}</p>}
      {data.sentAt === null ? null : (
        <p className="t2">
          Handed over at {formatTime(data.sentAt, zone)}
          {data.sentByName === null ? '' : ` by ${data.sentByName}`}
          {data.said === '' ? '' : `: ${data.said}`}
        </p>
      )}
    </>
  )
}

function Loaded({ data, day, today }: { readonly data: MaterialDay; readonly day: IsoDay; readonly today: IsoDay }) {
  const may = useMay()
  const [selectedKey, setSelectedKey] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const { run, busy, error } = useAction()
  const rows = rowsOf(data.visits)
  const selected = rows.find(({ key }) => key === selectedKey) ?? rows[0]
  const hands = may('visit.progress') && rows.length + (data.sentAt === null ? 0 : 1) > 0 && data.state !== 'sent'
  const hand = (): void | false =>
    hands
      ? void run(async () => {
          await api.command('materialList.hand', { day, said })
          setSaid('')
          toast(`The warehouse has the list for ${formatWeekday(day)}.`)
        })
      : false
  const file = (): void =>
    void run(async () => {
      const { delivery, name } = await api.action('materialList.file', { day })
      const where = receiveFile(delivery, name)
      if (where !== null) toast(where)
    })
  const goTo = (next: IsoDay): void => navigate({ area: 'materials', query: { day: next } })
  const open = (row: Row | undefined): void | false => (row ? navigate({ area: 'board', query: { visit: row.appointmentId, day } }) : false)
  useHotkeys('Material list', [
    { keys: 'S', label: 'The warehouse has it', run: hand },
    { keys: 'F', label: 'The list as a file', run: file },
    { keys: 'T', label: 'Tomorrow', run: () => goTo(addDays(today, 1)) },
    { keys: 'Shift+ArrowRight', label: 'Next day', run: () => goTo(addDays(day, 1)) },
    { keys: 'Shift+ArrowLeft', label: 'Previous day', run: () => goTo(addDays(day, -1)) },
  ])
  return (
    <div className={calls['screen']}>
      <ScreenBar
        title={`Material list, ${formatWeekday(day)}`}
        detail={`${data.visits.length} ${data.visits.length === 1 ? 'visit' : 'visits'}`}
        actions={
          <>
            <ActionButton small label="Previous day" keys="Shift+ArrowLeft" onClick={() => goTo(addDays(day, -1))} />
            <ActionButton small label="Next day" keys="Shift+ArrowRight" onClick={() => goTo(addDays(day, 1))} />
            <ActionButton small label="As a file" keys="F" busy={busy} onClick={file} />
            {hands ? <ActionButton small kind="primary" label="The warehouse has it" keys="S" busy={busy} onClick={() => void hand()} /> : null}
          </>
        }
      />
      <ErrorNotice error={error} />
      <div className={calls['parts']}>
        <div className={calls['list']}>
          <DataTable
            main
            label="Materials"
            columns={COLUMNS}
            rows={rows}
            rowId={({ key }) => key}
            selectedId={selected?.key ?? null}
            onSelect={setSelectedKey}
            onOpen={(row) => void open(row)}
            group={({ technicianName }) => technicianName ?? 'Nobody has these yet'}
            empty={<EmptyState>No visit of this day takes materials or equipment along. What a job’s lines name as material is here.</EmptyState>}
          />
        </div>
        <DetailPanel label="For the warehouse" title="For the warehouse">
          <PanelSection>
            <Handed data={data} />
            {hands ? <TextInput label="Note, if there is something to keep" value={said} onChange={setSaid} maxLength={200} placeholder="Printed, on the bench" /> : null}
          </PanelSection>
          {data.totals.length === 0 ? null : (
            <PanelSection title="Altogether">
              <ul>
                {data.totals.map(({ description, quantity }) => (
                  <li key={description} className="row">
                    <b className="b">{formatQuantity(quantity)}</b>
                    <span className="el">{description}</span>
                  </li>
                ))}
              </ul>
            </PanelSection>
          )}
        </DetailPanel>
      </div>
    </div>
  )
}

/** What the warehouse lays ready for a day, and whether it has the list (D12). */
export function MaterialsScreen({ route }: ScreenProps) {
  const zone = useZone()
  const today = wallTimeOf(useNow(), zone).day
  const asked = route.query['day'] ?? addDays(today, 1)
  const day = isPlausibleDay(asked) ? asked : addDays(today, 1)
  const { data, error, refetch } = useQuery('materialList.day', { day }, { keep: true })
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  return <Loaded key={day} data={data} day={day} today={today} />
}
