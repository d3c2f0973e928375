import { useState } from 'react'
import { addDays, MINUTE, type Instant } from '../../../shared/base/time.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import { isSameWindow } from '../../../shared/domain/dispatch/arrivalWindow.ts'
import type { WatchedDay } from '../../../shared/contract/methods/watch.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { toast } from '../../stores/toast.ts'
import { parseTime } from '../board/boardWords.ts'
import { tellIfLost } from '../booking/claiming.ts'
import { windowLabel } from '../booking/words.ts'
import type { ShownTruth } from '../watch/useWatch.ts'
import classes from '../watch/watch.module.css'
import { useWindowPick } from '../windowPick/useWindowPick.ts'
import { WindowPickFields } from '../windowPick/WindowPickFields.tsx'

export interface TruthFormProps {
  readonly row: ShownTruth
  readonly day: WatchedDay
  readonly now: Instant
  /** Sends what takes the visit out of its list, and goes on with the next. */
  readonly settle: (send: () => Promise<boolean>) => Promise<boolean>
  readonly onDone: () => void
}

const REASONS = ['No technician left today', 'Earlier work ran over', 'Waiting for parts', 'The customer asked'] as const

/** How far ahead another window is looked for. */
const DAYS_AHEAD = 6

/** What a customer said outlives a form that was left: another row may be looked at meanwhile. */
const typed = new Map<string, string>()

/** The customer was called: which time they heard, and what they said to it. */
export function ToldForm({ row, day, now, settle, onDone }: TruthFormProps) {
  const best = Math.ceil(Math.max(row.expectedAt ?? now, now) / (15 * MINUTE)) * 15 * MINUTE
  const [time, setTime] = useState(formatTime(best, day.zone))
  const [said, setSaid] = useState(typed.get(row.visitId) ?? '')
  const [wrong, setWrong] = useState<string | null>(null)
  const { run, busy, error } = useAction()
  const submit = (): void => {
    const minute = parseTime(time)
    if (minute === undefined) return setWrong('Write a time, like 5:30 PM.')
    const expectedAt = day.zeroAt + minute * MINUTE
    const send = () => api.command('truthHour.settle', { appointmentId: row.visitId, zeroAt: day.zeroAt, how: { kind: 'told', expectedAt }, said })
    void settle(() => run(send)).then((done) => {
      if (!done) return
      typed.delete(row.visitId)
      toast(`${row.visit.customerName} expects us at ${formatTime(expectedAt, day.zone)}.`)
      onDone()
    })
  }
  useHotkeys('New time', [
    { keys: 'Ctrl+Enter', label: 'The customer has been told', run: submit },
    { keys: 'Escape', label: 'Back to the lists', run: onDone },
  ])
  return (
    <form
      className={classes['form']}
      aria-label="New time"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextInput
        label="We will be there at"
        autoFocus
        value={time}
        error={wrong ?? (error?.field === 'expectedAt' ? error.message : null)}
        onChange={(value) => {
          setTime(value)
          setWrong(null)
        }}
      />
      <TextInput label="What they said" value={said} maxLength={300} error={error?.field === 'said' ? error.message : null} onChange={(value) => {
          typed.set(row.visitId, value)
          setSaid(value)
        }} placeholder="Fine, the neighbor lets us in" />
      <ErrorNotice error={error !== null && error.field === undefined ? error : null} />
      <div className={classes['actions']}>
        <ActionButton kind="primary" type="submit" label="They have been told" keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Back" keys="Escape" onClick={onDone} />
      </div>
    </form>
  )
}

/** Another window, promised in the call; the visit leaves the hour with it where it is another day. */
export function MoveForm({ row, day, settle, onDone }: TruthFormProps) {
  const { visit } = row
  const { data } = useQuery('dispatch.windows', { jobTypeId: visit.jobTypeId, locationId: visit.locationId, fromDay: day.day, days: DAYS_AHEAD, durationMinutes: visit.durationMinutes })
  const others = data?.windows.filter((window) => !isSameWindow({ windowDay: window.day, windowStart: window.start, windowEnd: window.end }, visit))
  const pick = useWindowPick({
    of: row.visitId,
    fresh: others,
    // Whoever waits in vain today is helped tomorrow first.
    first: (all) => all.find((window) => window.available && window.day >= addDays(day.day, 1)) ?? all.find(({ available }) => available),
    today: day.day,
    none: 'No window is free in the next days. Take a full one and say why, or tell them a new time of today.',
  })
  const [reason, setReason] = useState<string | null>(REASONS[0])
  const [words, setWords] = useState('')
  const { run, busy, error } = useAction()
  const submit = (): void => {
    const promised = pick.ready()
    if (!promised) return
    const why = [reason, words.trim()].filter(Boolean).join(': ')
    const send = async () => {
      tellIfLost(visit.customerName, row.visitId, await api.command('appointment.reschedule', { appointmentId: row.visitId, ...promised, reason: why, expectedVersion: visit.version }))
    }
    void settle(() => run(() => pick.claim(send))).then((done) => {
      if (!done) return
      toast(`${visit.customerName} is moved to ${windowLabel({ day: promised.windowDay, start: promised.windowStart, end: promised.windowEnd }, day.day)}.`)
      onDone()
    })
  }
  useHotkeys('Another window', [
    { keys: 'Ctrl+Enter', label: 'Promise this window', run: submit },
    { keys: 'Escape', label: 'Back to the lists', run: onDone },
  ])
  return (
    <form
      className={classes['form']}
      aria-label="Another window"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <WindowPickFields pick={pick} label="New arrival window" autoFocus />
      <Choice label="Why it moves" options={REASONS.map((value) => ({ value, label: value }))} value={reason} onChange={setReason} onClear={() => setReason(null)} />
      <TextInput label="In your own words" value={words} onChange={setWords} maxLength={200} />
      <ErrorNotice error={error} />
      <div className={classes['actions']}>
        <ActionButton kind="primary" type="submit" label={pick.held ? `Promise ${windowLabel(pick.held, day.day)}` : 'Promise another window'} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Back" keys="Escape" onClick={onDone} />
      </div>
    </form>
  )
}
