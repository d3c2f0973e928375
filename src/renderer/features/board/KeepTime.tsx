import { useState } from 'react'
import { weeklySpans } from '../../../shared/base/weekly.ts'
import { type IsoDay, weekdayOf } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay, BoardTechnician } from '../../../shared/contract/methods/dispatch.ts'
import { TIME_KIND_NAMES, TIME_KINDS, type TimeKind } from '../../../shared/domain/dispatch/timeKinds.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useBoardStore } from '../../stores/board.ts'
import classes from './board.module.css'
import { type Away, BookedThen } from './BookedThen.tsx'
import type { ActingPerson } from './boardActions.ts'
import { keepTime, moveTime, type OwnedBlock } from './timeActions.ts'
import { parseTime } from './boardWords.ts'

/** What was typed, to be gone on with later. */
export interface KeepDraft {
  readonly technicianId: string | null
  readonly kind: TimeKind
  readonly on: IsoDay
  readonly from: string
  readonly to: string
  readonly until: string
  readonly note: string
}

interface KeepTimeProps {
  readonly day: BoardDay
  /** The first technician proposed: of the row the person stands in. */
  readonly technicianId: string | null
  /** What is changed; null keeps new time. */
  readonly block: OwnedBlock | null
  /** What was typed before the day was mended. */
  readonly draft: KeepDraft | null
  readonly person: ActingPerson
  /** Gives the visits under it to others first; what was typed waits. */
  readonly mend: (draft: KeepDraft, away: Away) => void
  readonly close: () => void
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)

/** The fields as they stand at first: empty for new time, or as the block is, by its technician's clock. */
function firstValues(day: BoardDay, block: OwnedBlock | null, technician: BoardTechnician | undefined) {
  if (!block) return { kind: 'training' as TimeKind, on: day.day, from: '', to: '', note: '' }
  const zone = technician?.zone ?? day.zone
  return { kind: block.kind, on: wallTimeOf(block.startsAt, zone).day, from: formatTime(block.startsAt, zone), to: formatTime(block.endsAt, zone), note: block.note }
}

/** Keeps a technician's time free of visits, once or every week until a day, or changes time that is kept. What is typed is in the technician's own zone. */
export function KeepTimeForm({ day, technicianId, block, draft, person, mend, close }: KeepTimeProps) {
  const everybody = day.groups.flatMap((group) => group.technicians).filter(({ active }) => active)
  // The lunch of the week stays with its technician.
  const technicians = block?.id === null ? everybody.filter(({ id }) => id === block.technicianId) : everybody
  const first = draft ?? firstValues(day, block, everybody.find(({ id }) => id === block?.technicianId))
  const [chosen, setChosen] = useState(draft?.technicianId ?? block?.technicianId ?? technicianId ?? technicians[0]?.id ?? null)
  const [kind, setKind] = useState<TimeKind>(first.kind)
  const [on, setOn] = useState<IsoDay>(first.on)
  const [from, setFrom] = useState(first.from)
  const [to, setTo] = useState(first.to)
  const [until, setUntil] = useState(draft?.until ?? '')
  const [note, setNote] = useState(first.note)
  const [error, setError] = useState<string | null>(null)
  /** As the time was when this was opened; once somebody was told that it has changed since, as it stands then. */
  const [seen, setSeen] = useState(block)
  const technician = technicians.find(({ id }) => id === chosen)
  const [start, end] = [parseTime(from), parseTime(to)]
  const spans = technician === undefined || start === undefined || end === undefined || !isDay(on) ? undefined : weeklySpans({ day: on, start, end: end <= start ? end + 1440 : end, until: until === '' ? on : until }, technician.zone)
  const submit = (): void => {
    if (!technician) return setError('Choose a technician.')
    if (start === undefined || end === undefined) return setError('Write from when to when, such as 1:00 PM and 2:30 PM.')
    const [span] = spans ?? []
    if (!spans || !span) return setError('Write the days as 2026-07-14, and no more than 60 weeks.')
    const { id, name } = technician
    const whenMovedOn = (): void => setSeen((was) => was && { ...was, version: everybody.flatMap(({ blocks }) => blocks).find((one) => one.id === was.id)?.version ?? was.version })
    if (seen) void moveTime(seen, { technicianId: id, ...span, kind, note: note.trim() }, `${TIME_KIND_NAMES[kind]} of ${name} is changed`, person, { whenDone: close, whenMovedOn })
    else void keepTime({ technicianId: id, technicianName: name, kind, spans, note: note.trim() }, person, { whenDone: close })
  }
  const title = block ? `Change ${TIME_KIND_NAMES[block.kind].toLowerCase()} of ${block.technicianName}` : 'Keep time for a technician'
  const action = block ? 'Change it' : 'Keep the time'
  useHotkeys('Keep time', [
    { keys: 'Ctrl+Enter', label: action, run: submit },
    // What was refused is put away first.
    { keys: 'Escape', label: 'Back to the board', run: () => (useBoardStore.getState().refusal ? false : close()) },
  ])
  return (
    <form
      className={classes['form']}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h2 className="b">{title}</h2>
      <Choice label="Technician" autoFocus options={technicians.map(({ id, name }) => ({ value: id, label: name }))} value={chosen} onChange={setChosen} />
      <Choice label="For" options={TIME_KINDS.map((value) => ({ value, label: TIME_KIND_NAMES[value] }))} value={kind} onChange={(value) => setKind(TIME_KINDS.find((one) => one === value) ?? 'other')} />
      <TextInput label="Day" value={on} onChange={setOn} hint={isDay(on) ? formatWeekday(on) : 'As 2026-07-14.'} />
      <TextInput label="From" value={from} onChange={setFrom} hint="1 PM, 13:00, 130p" error={error} />
      <TextInput label="To" value={to} onChange={setTo} hint="An earlier hour is the next morning." />
      {block ? null : <TextInput label={`Every ${DAYS[isDay(on) ? weekdayOf(on) : 0] ?? 'week'} until`} value={until} onChange={setUntil} hint="Empty: only this once." />}
      <TextInput label="Note" value={note} onChange={setNote} maxLength={200} />
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label={action} onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={close} />
      </div>
      {technician && spans?.[0] ? <BookedThen technician={technician} span={spans[0]} further={spans.length - 1} zone={day.zone} mend={(away) => mend({ technicianId: chosen, kind, on, from, to, until, note }, away)} /> : null}
    </form>
  )
}
