import { useState } from 'react'
import { addDays, isPlausibleDay, type IsoDay } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import { api, useQuery } from '../../api/api.ts'
import { receiveFile } from '../../api/receiveFile.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import calls from '../calls/CallsScreen.module.css'
import type { ScreenProps } from '../screenProps.ts'
import { KeptSheets } from './KeptSheets.tsx'

type Day = OutputOf<'daySheets.day'>
type Technician = Day['technicians'][number]

const COLUMNS: readonly Column<Technician>[] = [
  { key: 'name', header: 'Technician', width: 'minmax(160px, 320px)', strong: true, cell: ({ name }) => name },
  { key: 'visits', header: 'Visits', width: '80px', align: 'right', cell: ({ visits }) => visits },
  { key: 'first', header: 'First at', width: 'minmax(120px, 1fr)', cell: ({ firstAt, zone }) => (firstAt === null ? '\u2013' : formatTime(firstAt, zone)) },
]

async function hand(input: { readonly form: 'pdf'; readonly day: IsoDay; readonly technicianId: string | null } | { readonly form: 'calendar'; readonly day: IsoDay; readonly technicianId: string }): Promise<void> {
  const { delivery, name } = await api.action('daySheets.hand', input)
  const where = receiveFile(delivery, name)
  if (where !== null) toast(where)
}

interface LoadedProps {
  readonly data: Day
  readonly day: IsoDay
  readonly today: IsoDay
  readonly wanted: string | undefined
}

function Loaded({ data, day, today, wanted }: LoadedProps) {
  const [selectedId, setSelectedId] = useState<string | null>(wanted ?? null)
  const { run, busy, error } = useAction()
  const selected = data.technicians.find(({ id }) => id === selectedId) ?? data.technicians[0]
  const everybody = (): void => void run(() => hand({ form: 'pdf', day, technicianId: null }))
  const pdf = (technician: Technician | undefined): void | false => (technician ? void run(() => hand({ form: 'pdf', day, technicianId: technician.id })) : false)
  const calendar = (technician: Technician | undefined): void | false => (technician ? void run(() => hand({ form: 'calendar', day, technicianId: technician.id })) : false)
  const goTo = (next: IsoDay): void => navigate({ area: 'daySheets', query: { day: next } })
  useHotkeys('Day sheets', [
    { keys: 'P', label: 'Everybody\u2019s day as a PDF', run: everybody },
    { keys: 'I', label: 'The technician\u2019s day as a calendar file', run: () => calendar(selected) },
    { keys: 'T', label: 'Today', run: () => goTo(today) },
    { keys: 'Shift+ArrowRight', label: 'Next day', run: () => goTo(addDays(day, 1)) },
    { keys: 'Shift+ArrowLeft', label: 'Previous day', run: () => goTo(addDays(day, -1)) },
  ])
  return (
    <div className={calls['screen']}>
      <ScreenBar
        title={`Day sheets, ${formatWeekday(day)}`}
        detail={data.nobodys === 0 ? undefined : `${data.nobodys} ${data.nobodys === 1 ? 'visit' : 'visits'} without a technician, on a page of their own`}
        actions={
          <>
            <ActionButton small label="Previous day" keys="Shift+ArrowLeft" onClick={() => goTo(addDays(day, -1))} />
            <ActionButton small label="Next day" keys="Shift+ArrowRight" onClick={() => goTo(addDays(day, 1))} />
            <ActionButton small label="Calendar file" keys="I" busy={busy} onClick={() => void calendar(selected)} />
            <ActionButton small label="This technician" keys="Enter" busy={busy} onClick={() => void pdf(selected)} />
            <ActionButton small kind="primary" label="Everybody" keys="P" busy={busy} onClick={everybody} />
          </>
        }
      />
      <ErrorNotice error={error} />
      <div className={calls['parts']}>
        <div className={calls['list']}>
          <DataTable
            main
            label="Technicians"
            columns={COLUMNS}
            rows={data.technicians}
            rowId={({ id }) => id}
            selectedId={selected?.id ?? null}
            onSelect={setSelectedId}
            onOpen={pdf}
            empty={<EmptyState>No technicians yet. Add them in Settings, with their shifts and skills.</EmptyState>}
          />
        </div>
      </div>
      <KeptSheets />
    </div>
  )
}

/** Technicians’ days on paper and for their calendars, and what is kept of them for an outage. */
export function DaySheetsScreen({ route }: ScreenProps) {
  const zone = useZone()
  const today = wallTimeOf(useNow(), zone).day
  const asked = route.query['day'] ?? today
  const day = isPlausibleDay(asked) ? asked : today
  const { data, error, refetch } = useQuery('daySheets.day', { day }, { keep: true })
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  return <Loaded data={data} day={day} today={today} wanted={route.query['technician']} />
}
