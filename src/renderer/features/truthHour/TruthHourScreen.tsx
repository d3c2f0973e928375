import { useState } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import { formatMinute, formatTime, formatWindow } from '../../../shared/base/zone.ts'
import { REGARDS, TRUTH_LISTS } from '../../../shared/domain/watch/truth.ts'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
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
import { callNumber } from '../calls/callNumber.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'
import { useSteadyRows } from '../calls/useSteadyRows.ts'
import { GoneRow, GoneVoice } from '../../components/GoneRow.tsx'
import { useStanding } from '../../components/useStanding.ts'
import { type ShownTruth, useWatch } from '../watch/useWatch.ts'
import classes from '../watch/watch.module.css'
import { MoveForm, ToldForm } from './TruthForms.tsx'
import { LIST_NAMES, REGARD_NAMES, reasonWords } from './words.ts'

/** A form belongs to the visit it was opened for: where that leaves the list, it goes with it and is nobody else's. */
interface Form {
  readonly kind: 'told' | 'move'
  readonly visitId: string
}

function columns(zone: string): readonly Column<ShownTruth>[] {
  return [
    { key: 'customer', header: 'Customer', width: 'minmax(120px, 200px)', strong: true, cell: ({ visit }) => visit.customerName },
    { key: 'regard', header: 'Who', width: '120px', cell: ({ regard }) => REGARD_NAMES[regard] },
    { key: 'why', header: 'How it stands', width: 'minmax(240px, 2fr)', cell: ({ reason, expectedAt }) => reasonWords(reason, expectedAt, zone) },
    { key: 'window', header: 'Promised', width: '120px', cell: ({ visit }) => formatWindow(visit.windowStart, visit.windowEnd) },
    { key: 'technician', header: 'Technician', width: 'minmax(96px, 160px)', cell: ({ technicianName }) => technicianName ?? '\u2013' },
    { key: 'job', header: 'Job', width: 'minmax(96px, 160px)', quiet: true, cell: ({ visit }) => visit.jobTypeName },
    { key: 'priority', header: 'Priority', width: '96px', quiet: true, cell: ({ visit }) => visit.priorityName },
  ]
}

/** The hour at which the day says its truth: three lists, one action each, and it is over when they are empty. */
export function TruthHourScreen() {
  const { day, now, truth, error, refetch } = useWatch()
  const { userId } = usePerson()
  const { run, busy, error: refused } = useAction()
  const [opened, setForm] = useState<Form | null>(null)
  const talking = useCallsStore((store) => store.calls.some(({ call }) => call.state === 'live' && call.agentId === userId))
  // What must move is worked first: whoever waits for nobody has the longest way.
  const inOrder = truth.toSorted((left, right) => TRUTH_LISTS.indexOf(right.list) - TRUTH_LISTS.indexOf(left.list) || REGARDS.indexOf(left.regard) - REGARDS.indexOf(right.regard))
  const { shown } = useSteadyRows(inOrder, ({ visitId }) => visitId, talking || opened !== null)
  const { row: selected, gone, stand, act: settle } = useStanding(shown, ({ visitId }) => visitId)

  const form = opened !== null && opened.visitId === selected?.visitId ? opened.kind : null
  const openForm = (kind: Form['kind']): void => (selected ? setForm({ kind, visitId: selected.visitId }) : undefined)

  const standBy = (): void => {
    if (!selected || !day) return
    const { visitId } = selected
    const send = () => api.command('truthHour.settle', { appointmentId: visitId, zeroAt: day.zeroAt, how: { kind: 'standsBy' }, said: '' })
    void settle([visitId], () => run(send)).then((done) => (done ? toast(`We stand by it: ${selected.visit.customerName}.`) : undefined))
  }
  const kept = truth.filter(({ list }) => list === 'kept')
  /** One key for the list that asks nothing of anybody; what became late meanwhile is refused and stays. */
  const standByAll = (): void | false => {
    if (!day || kept.length === 0 || busy) return false
    const { zeroAt } = day
    const send = async (): Promise<void> => {
      for (const { visitId } of kept) await api.command('truthHour.settle', { appointmentId: visitId, zeroAt, how: { kind: 'standsBy' }, said: '' })
    }
    void settle(kept.map(({ visitId }) => visitId), () => run(send)).then((done) => (done ? toast(`We stand by ${kept.length === 1 ? 'it' : `${kept.length} promises`}.`) : undefined))
  }
  const act = (): void | false => {
    if (!selected) return false
    if (selected.list === 'kept') return standBy()
    openForm(selected.list === 'atRisk' ? 'told' : 'move')
  }
  const begin = (): void => {
    if (day) void run(() => api.command('truthHour.begin', { day: day.day, zeroAt: day.zeroAt, at: Date.now() }))
  }
  const onBoard = (row: ShownTruth): void => navigate({ area: 'board', query: { visit: row.visitId } })
  const call = (): void | false => {
    if (!selected || selected.visit.phone === null) return false
    void callNumber({ number: selected.visit.phone, name: selected.visit.customerName, customerId: selected.visit.customerId }, userId)
  }
  useHotkeys('Truth Comes Home Hour', [
    { keys: 'C', label: 'The list\u2019s own action: stand by it, new time, or move it', run: act },
    { keys: 'Shift+C', label: 'Stand by every promise that is kept', run: standByAll },
    { keys: 'N', label: 'Told the new time', run: () => (selected && selected.list !== 'mustMove' ? openForm('told') : false) },
    { keys: 'W', label: 'Promise another window', run: () => (selected ? openForm('move') : false) },
    { keys: 'A', label: 'Give it to somebody else, on the board', run: () => (selected ? onBoard(selected) : false) },
    { keys: 'L', label: 'Call the customer', run: call },
    { keys: 'B', label: 'Begin the hour now', run: () => (day?.hour === null ? begin() : false) },
  ])
  if (!day) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />

  const counts = TRUTH_LISTS.map((list) => `${truth.filter((row) => row.list === list).length} ${list === 'kept' ? 'kept' : list === 'atRisk' ? 'at risk' : 'must move'}`).join(', ')
  const standing = day.hour === null ? `begins at ${formatMinute(day.rules.truthHourAt)}` : truth.length === 0 ? `over: ${day.hour.visits} ${day.hour.visits === 1 ? 'visit' : 'visits'} settled` : `since ${formatTime(day.hour.begunAt, day.zone)} \u00B7 ${counts}`
  return (
    <div className={calls['screen']}>
      <ScreenBar
        title="Truth Comes Home Hour"
        detail={`${standing} \u00B7 held by ${day.holder.name}`}
        actions={
          day.hour === null ? (
            <ActionButton small label="Begin it now" keys="B" busy={busy} onClick={begin} />
          ) : kept.length > 1 ? (
            <ActionButton small label={`Stand by all ${kept.length} kept`} keys="Shift+C" busy={busy} onClick={() => void standByAll()} />
          ) : undefined
        }
      />
      <ErrorNotice error={refused} />
      <div className={calls['parts']}>
        <div className={calls['list']}>
          <DataTable
            main={form === null}
            label="Truth Comes Home Hour"
            columns={columns(day.zone)}
            rows={shown}
            rowId={({ visitId }) => visitId}
            selectedId={selected?.visitId ?? null}
            onSelect={(visitId) => {
              stand(visitId)
              setForm(null)
            }}
            onOpen={() => void act()}
            alert={({ list }) => list === 'mustMove'}
            group={({ list }) => LIST_NAMES[list]}
            empty={
              <EmptyState>
                {day.hour === null ? `At ${formatMinute(day.rules.truthHourAt)} every remaining visit of the day is looked at here.` : 'Every list is empty: the hour is over.'}
              </EmptyState>
            }
          />
        </div>
        {selected ? (
          <DetailPanel label={`${selected.visit.customerName} in the hour`} title={selected.visit.customerName} aside={<StateChip state={selected.visit.state} />}>
            <PanelSection title={LIST_NAMES[selected.list]}>
              <p>{reasonWords(selected.reason, selected.expectedAt, day.zone)}.</p>
              {form === 'told' ? (
                <ToldForm key={selected.visitId} row={selected} day={day} now={now} settle={(send) => settle([selected.visitId], send)} onDone={() => setForm(null)} />
              ) : form === 'move' ? (
                <MoveForm key={selected.visitId} row={selected} day={day} now={now} settle={(send) => settle([selected.visitId], send)} onDone={() => setForm(null)} />
              ) : (
                <div className={classes['actions']}>
                  {selected.list === 'kept' ? <ActionButton kind="primary" label="We stand by it" keys="C" busy={busy} onClick={standBy} /> : null}
                  {selected.list === 'mustMove' ? null : <ActionButton kind={selected.list === 'atRisk' ? 'primary' : 'plain'} label="Told the new time" keys={selected.list === 'atRisk' ? 'C' : 'N'} onClick={() => openForm('told')} />}
                  <ActionButton kind={selected.list === 'mustMove' ? 'primary' : 'plain'} label="Another window" keys={selected.list === 'mustMove' ? 'C' : 'W'} onClick={() => openForm('move')} />
                  <ActionButton label="Another technician" keys="A" onClick={() => onBoard(selected)} />
                  {selected.visit.phone === null ? null : <ActionButton label="Call" keys="L" onClick={() => void call()} />}
                </div>
              )}
            </PanelSection>
            <PanelSection title="The visit">
              <Facts
                items={[
                  { name: 'Promised', value: formatWindow(selected.visit.windowStart, selected.visit.windowEnd) },
                  { name: 'Planned', value: selected.visit.startsAt === null ? '\u2013' : `${formatTime(selected.visit.startsAt, day.zone)}, ${Math.round(((selected.visit.endsAt ?? 0) - selected.visit.startsAt) / MINUTE)} min` },
                  { name: 'Who', value: `${REGARD_NAMES[selected.regard]} (${selected.visit.priorityName}${selected.visit.letDown ? ', let down before' : ''})` },
                  { name: 'Telephone', value: selected.visit.phone === null ? '\u2013' : <PhoneNumber number={selected.visit.phone} name={selected.visit.customerName} /> },
                ]}
              />
            </PanelSection>
          </DetailPanel>
        ) : gone && shown.length > 0 ? (
          <GoneRow name={gone.visit.customerName} />
        ) : null}
      </div>
      <GoneVoice name={gone?.visit.customerName ?? null} />
    </div>
  )
}
