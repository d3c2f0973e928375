import { useState } from 'react'
import { addDays } from '../../../shared/base/time.ts'
import { formatDay, formatTime, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { CallLogRow } from '../../../shared/contract/methods/calls.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { PlainChip } from '../../components/StateGlyph.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { askConclusion, isMine, useCallsStore } from '../../stores/calls.ts'
import { useNow } from '../../stores/clock.ts'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { navigate } from '../../stores/route.ts'
import { useCompany, usePerson } from '../../stores/session.ts'
import type { ScreenProps } from '../screenProps.ts'
import { hearVoicemails, ringPractice } from './callActions.ts'
import { CallDetail } from './CallDetail.tsx'
import { EMPTY_WORDS, type Filter, FILTERS, FILTER_WORDS, passes, ringSummary } from './callFilters.ts'
import classes from './CallsScreen.module.css'
import { callNumber } from './callNumber.ts'
import { formatDuration, outcomeWords } from './callWords.ts'
import { PhoneNumber } from './PhoneNumber.tsx'
import { chooseHeadset } from './useHeadset.ts'
import { PracticePanel } from './PracticePanel.tsx'
import { useSteadyRows } from './useSteadyRows.ts'

const NO_ROWS: readonly CallLogRow[] = []

const seconds = (milliseconds: number | null): string => (milliseconds === null ? '–' : `${Math.round(milliseconds / 1000)} s`)

function Caller({ row }: { readonly row: CallLogRow }) {
  return (
    <span className="row">
      <span className="el">{row.name !== '' ? row.name : row.fromNumber === null ? 'Number withheld' : <PhoneNumber inRow number={row.fromNumber} returnsCallId={row.direction === 'in' ? row.callId : null} />}</span>
      {row.practice ? <PlainChip>Practice</PlainChip> : null}
    </span>
  )
}

function Outcome({ row }: { readonly row: CallLogRow }) {
  const open = row.outcomeByRule && row.outcome === 'unbooked'
  return (
    <>
      <span className={row.outcome === 'abandoned' && row.followUp === 'owed' ? 'm alert-t' : row.outcome === 'booked' ? 'm good-t' : 'm'}>{outcomeWords(row)}</span>
      {row.reason === '' ? (open ? <span className="hold-t"> · no reason yet</span> : null) : <span className="t2"> · {row.reason}</span>}
    </>
  )
}

/** The day is said where it is not the day of the call. */
function callBackWords({ followUp, callBackBy, offeredAt }: CallLogRow, zone: string): string {
  if (followUp === 'done') return 'Returned'
  if (followUp !== 'owed' || callBackBy === null) return ''
  const { day } = wallTimeOf(callBackBy, zone)
  return day === wallTimeOf(offeredAt, zone).day ? formatTime(callBackBy, zone) : `${formatDay(day)}, ${formatTime(callBackBy, zone)}`
}

function columnsFor(zone: string, limitMs: number): readonly Column<CallLogRow>[] {
  return [
    { key: 'time', header: 'Time', width: '80px', cell: (row) => formatTime(row.offeredAt, zone) },
    {
      key: 'who',
      header: 'Caller',
      width: 'minmax(148px, 1.4fr)',
      strong: true,
      cell: (row) => <Caller row={row} />,
    },
    { key: 'line', header: 'Line', width: 'minmax(88px, 112px)', quiet: true, cell: (row) => row.lineName },
    { key: 'ring', header: 'Ring', width: '52px', align: 'right', cell: (row) => <span className={(row.ringMs ?? 0) > limitMs ? 'hold-t' : undefined}>{seconds(row.ringMs)}</span> },
    { key: 'talk', header: 'Talk', width: '60px', align: 'right', cell: (row) => (row.talkMs ? formatDuration(row.talkMs) : '–') },
    { key: 'agent', header: 'Taken by', width: 'minmax(92px, 112px)', quiet: true, cell: (row) => row.agentName ?? '–' },
    { key: 'outcome', header: 'Outcome', width: 'minmax(156px, 1.8fr)', cell: (row) => <Outcome row={row} /> },
    { key: 'back', header: 'Call back by', width: '128px', cell: (row) => callBackWords(row, zone) },
  ]
}

/** The calls of one day with their outcomes, the filters that somebody must work, and the practice line. */
export function CallsScreen({ route }: ScreenProps) {
  const { zone, ringLimitSeconds } = useCompany()
  const { userId } = usePerson()
  const today = wallTimeOf(useNow(), zone).day
  const day = route.query['day'] ?? today
  const filter = FILTERS.find((name) => name === route.query['show']) ?? 'all'
  const selectedId = route.path[0] ?? null
  const talking = useCallsStore((store) => store.calls.some(({ call }) => isMine(call, userId)))
  const { data, error, loading, refetch } = useQuery('calls.day', { day }, { keep: true })
  const { shown, waiting, show } = useSteadyRows(data?.rows ?? NO_ROWS, (row) => row.callId, talking && data !== undefined)
  const [, setShownAt] = useState(0)
  const messages = usePhoneLine()?.messages ?? null
  const rows = shown.filter((row) => passes(filter, row))
  const columns = columnsFor(zone, ringLimitSeconds * 1000)

  const go = (change: { readonly day?: string; readonly show?: Filter; readonly call?: string | null }): void => {
    const query = { day: change.day ?? day, show: change.show ?? filter }
    const call = change.call === undefined ? (change.day === undefined ? selectedId : null) : change.call
    navigate({ area: 'calls', path: call === null ? [] : [call], query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== today && value !== 'all')) }, { replace: true })
  }
  const open = (row: CallLogRow): void => {
    if (row.customerId === null) navigate({ area: 'booking', query: { call: row.callId } })
    else navigate({ area: 'customers', path: [row.customerId] })
  }
  const showWaiting = (): void | false => {
    if (waiting === 0) return false
    show()
    setShownAt(performance.now())
  }

  const callBack = (): void | false => {
    const row = (data?.rows ?? NO_ROWS).find(({ callId }) => callId === selectedId)
    if (!row || row.fromNumber === null) return false
    void callNumber({ number: row.fromNumber, name: row.name, customerId: row.customerId, returnsCallId: row.direction === 'in' ? row.callId : null }, userId)
  }
  useHotkeys('Calls', [
    { keys: '[', label: 'The day before', run: () => go({ day: addDays(day, -1) }) },
    { keys: ']', label: 'The day after', run: () => (day < today ? go({ day: addDays(day, 1) }) : false) },
    { keys: 'T', label: 'Today', run: () => go({ day: today }) },
    { keys: 'R', label: 'Show the calls that came meanwhile', run: showWaiting },
    { keys: 'B', label: 'Book on this call', run: () => (selectedId === null ? false : navigate({ area: 'booking', query: { call: selectedId } })) },
    { keys: 'C', label: 'Call back', run: callBack },
    { keys: 'O', label: 'Say how this call ended', run: () => (selectedId === null ? false : askConclusion(selectedId)) },
    { keys: 'W', label: 'Calls to return', run: () => navigate({ area: 'worklists' }) },
    { keys: 'H', label: 'Choose a headset whose keys steer calls', run: () => void chooseHeadset() },
    { keys: 'V', label: 'Hear the voicemails', run: () => void hearVoicemails() },
    { keys: 'P', label: 'The practice line', run: () => go({ call: null }) },
  ])

  // Practice calls stand in the list and in none of its numbers.
  const count = (name: Filter): number => (data?.rows ?? NO_ROWS).filter((row) => !row.practice && passes(name, row)).length
  return (
    <div className={classes['screen']}>
      <ScreenBar
        title="Calls"
        detail={day === today ? `Today, ${formatWeekday(day)}` : formatWeekday(day)}
        actions={
          <>
            {messages ? <ActionButton small label={messages.fresh === 0 ? 'Voicemails' : `${messages.fresh} new ${messages.fresh === 1 ? 'voicemail' : 'voicemails'}`} keys="V" onClick={() => void hearVoicemails()} /> : null}
            <ActionButton small label="Calls to return" keys="W" onClick={() => navigate({ area: 'worklists' })} />
            <ActionButton small label="Practice call" icon="headset" keys="Alt+R" onClick={() => void ringPractice()} />
          </>
        }
      >
        <ActionButton small label="Day before" icon="chevronLeft" keys="[" onClick={() => go({ day: addDays(day, -1) })} />
        {day < today ? <ActionButton small label="Day after" icon="chevronRight" keys="]" onClick={() => go({ day: addDays(day, 1) })} /> : null}
        <SegmentedControl<Filter>
          label="Which calls"
          value={filter}
          onChange={(name) => go({ show: name })}
          segments={FILTERS.map((value) => ({ value, label: FILTER_WORDS[value], count: count(value) }))}
        />
        <span className="t2 el">{data ? ringSummary(data.counted) : ''}</span>
      </ScreenBar>
      <div className={classes['parts']}>
        <div className={classes['list']}>
          {error ? <ErrorNotice error={error} onRetry={refetch} /> : null}
          {waiting > 0 ? (
            <button type="button" className={classes['waiting']} onClick={() => showWaiting()}>
              {waiting} new, press R
            </button>
          ) : null}
          {loading ? (
            <LoadingLines />
          ) : (
            <DataTable
              main
              label="Calls"
              columns={columns}
              rows={rows}
              rowId={(row) => row.callId}
              selectedId={selectedId}
              onSelect={(callId) => go({ call: callId })}
              onOpen={open}
              alert={(row) => row.outcome === 'abandoned' && row.followUp === 'owed'}
              empty={
                <EmptyState {...(filter === 'all' ? { action: <ActionButton label="Let a practice caller ring" keys="Alt+R" onClick={() => void ringPractice()} /> } : {})}>
                  {EMPTY_WORDS[filter]}
                </EmptyState>
              }
            />
          )}
        </div>
        {selectedId === null ? <PracticePanel /> : <CallDetail callId={selectedId} />}
      </div>
    </div>
  )
}
