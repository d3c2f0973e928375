import { useState } from 'react'
import { weeklySpans } from '../../../shared/base/weekly.ts'
import { type IsoDay, weekdayOf } from '../../../shared/base/time.ts'
import { formatWeekday } from '../../../shared/base/zone.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { TIME_KIND_NAMES, TIME_KINDS, type TimeKind } from '../../../shared/domain/dispatch/timeKinds.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './board.module.css'
import { type ActingPerson, keepTime } from './boardActions.ts'
import { parseTime } from './boardWords.ts'

interface KeepTimeProps {
  readonly day: BoardDay
  /** The first technician proposed: of the row the person stands in. */
  readonly technicianId: string | null
  readonly person: ActingPerson
  readonly close: () => void
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** Keeps a technician's time free of visits: once, or every week until a day. What is typed is in the technician's own zone. */
export function KeepTimeForm({ day, technicianId, person, close }: KeepTimeProps) {
  const technicians = day.groups.flatMap((group) => group.technicians).filter(({ active }) => active)
  const [chosen, setChosen] = useState(technicianId ?? technicians[0]?.id ?? null)
  const [kind, setKind] = useState<TimeKind>('training')
  const [on, setOn] = useState<IsoDay>(day.day)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [until, setUntil] = useState('')
  const [note, setNote] = useState('')
  const [error, setError] = useState<string | null>(null)
  const technician = technicians.find(({ id }) => id === chosen)
  const submit = (): void => {
    const [start, end] = [parseTime(from), parseTime(to)]
    if (!technician) return setError('Choose a technician.')
    if (start === undefined || end === undefined) return setError('Write from when to when, such as 1:00 PM and 2:30 PM.')
    const spans = weeklySpans({ day: on, start, end: end <= start ? end + 1440 : end, until: until === '' ? on : until }, technician.zone)
    if (spans === null) return setError('Write the days as 2026-07-14, and no more than 60 weeks.')
    void keepTime({ technicianId: technician.id, technicianName: technician.name, kind, spans, note: note.trim() }, person).then((done) => (done ? close() : undefined))
  }
  useHotkeys('Keep time', [
    { keys: 'Ctrl+Enter', label: 'Keep the time', run: submit },
    { keys: 'Escape', label: 'Back to the board', run: close },
  ])
  return (
    <form
      className={classes['form']}
      aria-label="Keep time for a technician"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3 className="b">Keep time for a technician</h3>
      <Choice label="Technician" autoFocus options={technicians.map(({ id, name }) => ({ value: id, label: name }))} value={chosen} onChange={setChosen} />
      <Choice label="For" options={TIME_KINDS.map((value) => ({ value, label: TIME_KIND_NAMES[value] }))} value={kind} onChange={(value) => setKind(TIME_KINDS.find((one) => one === value) ?? 'other')} />
      <TextInput label="Day" value={on} onChange={setOn} hint={/^\d{4}-\d\d-\d\d$/.test(on) ? formatWeekday(on) : 'As 2026-07-14.'} />
      <TextInput label="From" value={from} onChange={setFrom} hint="1 PM, 13:00, 130p" error={error} />
      <TextInput label="To" value={to} onChange={setTo} hint="An earlier hour is the next morning." />
      <TextInput label={`Every ${DAYS[/^\d{4}-\d\d-\d\d$/.test(on) ? weekdayOf(on) : 0] ?? 'week'} until`} value={until} onChange={setUntil} hint="Empty: only this once." />
      <TextInput label="Note" value={note} onChange={setNote} maxLength={200} />
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label="Keep the time" onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={close} />
      </div>
    </form>
  )
}
