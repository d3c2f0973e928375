import { formatDay, formatTime } from '../../../shared/base/zone.ts'
import type { EndOfDay, EndOfDayItem } from '../../../shared/contract/methods/watch.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { StateChip } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import calls from '../calls/CallsScreen.module.css'
import { useSteadyRows } from '../calls/useSteadyRows.ts'
import { GoneVoice } from '../../components/GoneRow.tsx'
import { goneWords, useStanding } from '../../components/useStanding.ts'

const NO_INPUT = {} as const

const LISTS: Readonly<Record<EndOfDayItem['list'], string>> = {
  today: 'Visits of today that are not done: finish them, or promise another window',
  closeOut: 'Done, not closed out',
  issues: 'Open issues: M takes them to tomorrow',
  unassigned: 'Tomorrow, without a technician',
}

const moved = 'Reassigned to tomorrow at the end of the day'

function columns(zone: string): readonly Column<EndOfDayItem>[] {
  return [
    { key: 'customer', header: 'Customer', width: 'minmax(120px, 220px)', strong: true, cell: ({ customerName }) => customerName || '\u2013' },
    { key: 'what', header: 'What', width: 'minmax(200px, 1fr)', cell: ({ what }) => what },
    { key: 'at', header: 'When', width: '160px', cell: ({ day, at }) => (day === null ? `due ${formatTime(at, zone)}` : `${formatDay(day)}, ${formatTime(at, zone)}`) },
    { key: 'state', header: 'State', width: '128px', cell: ({ state }) => (state === null ? null : <StateChip state={state} />) },
  ]
}

/** Where an item is worked. */
function open({ visitId, taskId, day }: EndOfDayItem): void {
  if (taskId !== null) navigate({ area: 'tasks', path: [taskId] })
  else if (visitId !== null) navigate({ area: 'board', query: { visit: visitId, ...(day === null ? {} : { day }) } })
}

function Loaded({ data }: { readonly data: EndOfDay }) {
  const { userId } = usePerson()
  const { run, busy, error } = useAction()
  const talking = useCallsStore((store) => store.calls.some(({ call }) => call.state === 'live' && call.agentId === userId))
  const { shown } = useSteadyRows(data.items, ({ key }) => key, talking)
  const { row: selected, gone, stand, act } = useStanding(shown, ({ key }) => key)
  const take = (items: readonly EndOfDayItem[]): void | false => {
    const promises = items.flatMap(({ promiseId }) => promiseId ?? [])
    if (promises.length === 0) return false
    const send = async (): Promise<void> => {
      for (const promiseId of promises) await api.command('promise.postpone', { promiseId, dueAt: data.opensTomorrowAt, reason: moved })
    }
    const going = items.flatMap(({ key, promiseId }) => (promiseId === null ? [] : [key]))
    void act(going, () => run(send)).then((done) => (done ? toast(promises.length === 1 ? 'It is tomorrow\u2019s first thing.' : `${promises.length} issues are tomorrow\u2019s first thing.`) : undefined))
  }
  const issues = data.items.filter(({ list }) => list === 'issues')
  useHotkeys('End of day', [
    { keys: 'M', label: 'Take the issue to tomorrow', run: () => (selected ? take([selected]) : false) },
    { keys: 'Shift+M', label: 'Take every open issue to tomorrow', run: () => take(issues) },
  ])
  return (
    <div className={calls['screen']}>
      <ScreenBar
        title="End of day"
        detail={[data.items.length === 0 ? 'nothing is left' : `${data.items.length} left`, ...(gone && shown.length > 0 ? [goneWords(gone.customerName || gone.what)] : [])].join(' \u00B7 ')}
        actions={issues.length > 0 ? <ActionButton small label={`Take ${issues.length === 1 ? 'the issue' : `${issues.length} issues`} to tomorrow`} keys="Shift+M" busy={busy} onClick={() => void take(issues)} /> : undefined}
      />
      <ErrorNotice error={error} />
      <div className={calls['parts']}>
        <div className={calls['list']}>
          <DataTable
            main
            label="End of day"
            columns={columns(data.zone)}
            rows={shown}
            rowId={({ key }) => key}
            selectedId={selected?.key ?? null}
            onSelect={stand}
            onOpen={open}
            group={({ list }) => LISTS[list]}
            empty={<EmptyState>The day is over: nothing is left of it, and tomorrow has its technicians.</EmptyState>}
          />
        </div>
      </div>
      <GoneVoice name={gone ? gone.customerName || gone.what : null} />
    </div>
  )
}

/** The dispatcher's last list: what is left of today, and what tomorrow still lacks. It ends at zero. */
export function EndOfDayScreen() {
  const { data, error, refetch } = useQuery('dispatch.endOfDay', NO_INPUT)
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  return <Loaded data={data} />
}
