import { useState } from 'react'
import { MINUTE, type Instant } from '../../../shared/base/time.ts'
import { formatTime, formatWindow } from '../../../shared/base/zone.ts'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { StateChip, StateGlyph } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { alertWords } from '../board/boardWords.ts'
import { wallClock, type WallClock } from '../board/timeline/axis.ts'
import calls from '../calls/CallsScreen.module.css'
import { callNumber } from '../calls/callNumber.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'
import { useSteadyRows } from '../calls/useSteadyRows.ts'
import { seenWords, seersOf } from './seenWords.ts'
import { GoneRow, GoneVoice } from '../../components/GoneRow.tsx'
import { useStanding } from '../../components/useStanding.ts'
import { type ShownAlert, useWatch } from './useWatch.ts'
import classes from './watch.module.css'

const DOING = ['Calling the customer', 'Calling the technician', 'Moving the visit', 'Sending somebody else', 'Accepted as it is'] as const

const LATER = [5, 15, 30, 60, 120, 240] as const

const alertKey = ({ visitId, alert }: ShownAlert): string => `${visitId} ${alert.kind}`

/** What I do about it, and when everybody is reminded again. */
function SeeForm({ alert, now, onDone }: { readonly alert: ShownAlert; readonly now: Instant; readonly onDone: () => void }) {
  const [doing, setDoing] = useState<string | null>(DOING[0])
  const [words, setWords] = useState('')
  const zone = useZone()
  const [minutes, setMinutes] = useState<string>('15')
  const { run, busy, error } = useAction()
  const submit = (): void => {
    const said = [doing, words.trim()].filter(Boolean).join(': ')
    const lookAgainAt = Date.now() + Number(minutes) * MINUTE
    void run(() => api.command('visitAlert.see', { appointmentId: alert.visitId, kind: alert.alert.kind, cause: alert.cause, doing: said, lookAgainAt })).then((done) => {
      if (!done) return
      toast(`Quiet for everybody for ${minutes} minutes: ${alert.visit.customerName}.`)
      onDone()
    })
  }
  useHotkeys('Seen', [
    { keys: 'Ctrl+Enter', label: 'Say that you have seen it', run: submit },
    { keys: 'Escape', label: 'Back to the list', run: onDone },
  ])
  return (
    <form
      className={classes['form']}
      aria-label="Seen"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Choice label="What I do" autoFocus options={DOING.map((value) => ({ value, label: value }))} value={doing} onChange={setDoing} onClear={() => setDoing(null)} />
      <TextInput label="In my own words" value={words} onChange={setWords} maxLength={120} />
      <Choice
        label="Look again in"
        options={LATER.map((value) => ({ value: String(value), label: value < 60 ? `${value} minutes` : value === 60 ? 'an hour' : `${value / 60} hours`, detail: formatTime(now + value * MINUTE, zone) }))}
        value={minutes}
        onChange={setMinutes}
      />
      <ErrorNotice error={error} />
      <div className={classes['actions']}>
        <ActionButton kind="primary" type="submit" label="I am at it" keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Back" keys="Escape" onClick={onDone} />
      </div>
    </form>
  )
}

function columns(clock: WallClock, now: Instant, zone: string, names: ReadonlyMap<string, string>): readonly Column<ShownAlert>[] {
  return [
    { key: 'glyph', header: '', spoken: 'Alert', width: '28px', cell: ({ loud }) => (loud ? <span className="alert-t"><StateGlyph state="alert" label="Asks for somebody" /></span> : <StateGlyph state="confirmed" label="Seen" />) },
    { key: 'customer', header: 'Customer', width: 'minmax(120px, 200px)', strong: true, cell: ({ visit }) => visit.customerName },
    { key: 'what', header: 'What', width: 'minmax(260px, 2fr)', cell: ({ alert }) => alertWords(alert, clock, now) },
    { key: 'technician', header: 'Technician', width: 'minmax(96px, 160px)', cell: ({ technicianName }) => technicianName },
    { key: 'window', header: 'Promised', width: '112px', cell: ({ visit }) => formatWindow(visit.windowStart, visit.windowEnd) },
    { key: 'seen', header: 'Who is at it', width: 'minmax(160px, 1fr)', quiet: true, cell: (row) => seenWords(row.seen, names, zone) },
  ]
}

/** Alerts until their cause is gone: what asks for somebody on top, what somebody is at below. */
export function AlertsScreen() {
  const { day, now, alerts, error, refetch } = useWatch()
  const { userId } = usePerson()
  const may = useMay()
  /** The alert that somebody is answering, by its key. */
  const [answering, setAnswering] = useState<string | null>(null)
  const talking = useCallsStore((store) => store.calls.some(({ call }) => call.state === 'live' && call.agentId === userId))
  const { shown } = useSteadyRows(alerts, alertKey, talking || answering !== null)
  const { row: selected, gone, stand } = useStanding(shown, alertKey)
  const seeing = selected !== undefined && answering === alertKey(selected)
  const open = (row: ShownAlert): void => navigate({ area: 'board', query: { visit: row.visitId } })
  const call = (): void | false => {
    if (!selected || selected.visit.phone === null) return false
    void callNumber({ number: selected.visit.phone, name: selected.visit.customerName, customerId: selected.visit.customerId }, userId)
  }
  useHotkeys('Alerts', [
    { keys: 'S', label: 'Seen: say what you do', run: () => (selected ? setAnswering(alertKey(selected)) : false) },
    { keys: 'L', label: 'Call the customer', run: call },
  ])
  if (!day) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  const clock = wallClock(day.zone)
  const names = seersOf(day)
  const loud = alerts.filter((row) => row.loud).length
  return (
    <div className={calls['screen']}>
      <ScreenBar title="Alerts" detail={`${loud} to act on, ${alerts.length - loud} seen \u00B7 held by ${day.holder.name}`} />
      <div className={calls['parts']}>
        <div className={calls['list']}>
          <DataTable
            main={!seeing}
            label="Alerts"
            columns={columns(clock, now, day.zone, names)}
            rows={shown}
            rowId={alertKey}
            selectedId={selected ? alertKey(selected) : null}
            onSelect={(key) => {
              stand(key)
              setAnswering(null)
            }}
            onOpen={open}
            alert={(row) => row.loud}
            group={(row) => (row.loud ? 'To act on' : 'Somebody is at it')}
            empty={<EmptyState>Every visit of today is on its way to be kept.</EmptyState>}
          />
        </div>
        {selected ? (
          <DetailPanel label={`Alert about ${selected.visit.customerName}`} title={selected.visit.customerName} aside={<StateChip state={selected.visit.state} />}>
            <PanelSection title={alertWords(selected.alert, clock, now)}>
              {selected.seen ? <p className="t2">{seenWords(selected.seen, names, day.zone)}</p> : <p className="t2">Nobody is at it yet.</p>}
              {seeing && may('visit.progress') ? (
                <SeeForm key={alertKey(selected)} alert={selected} now={now} onDone={() => setAnswering(null)} />
              ) : (
                <div className={classes['actions']}>
                  <ActionButton kind="primary" label="Seen" keys="S" onClick={() => setAnswering(alertKey(selected))} />
                  <ActionButton label="Open on the board" keys="Enter" onClick={() => open(selected)} />
                  {selected.visit.phone === null ? null : <ActionButton label="Call" keys="L" onClick={() => void call()} />}
                </div>
              )}
            </PanelSection>
            <PanelSection title="The visit">
              <Facts
                items={[
                  { name: 'Promised', value: formatWindow(selected.visit.windowStart, selected.visit.windowEnd) },
                  { name: 'Technician', value: selected.technicianName },
                  { name: 'Job', value: `${selected.visit.jobNumber}, ${selected.visit.jobTypeName}` },
                  { name: 'Priority', value: selected.visit.priorityName },
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
