import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import type { IsoDay } from '../../../shared/base/time.ts'
import { formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { TechnicianHours as Hours } from '../../../shared/contract/methods/dispatch.ts'
import { api, useQuery } from '../../api/api.ts'
import { type Action, useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import type { UndoEntry } from '../../stores/board.ts'
import { useNow } from '../../stores/clock.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { momentsWords, NO_DAY, shiftsWords, typedShift, typedSpan } from './hoursText.ts'
import classes from './technicianHours.module.css'

type DayHours = Hours['days'][number]
type OnCall = Hours['onCall'][number]

interface Whose {
  readonly technicianId: string
  readonly name: string
}

const setShift = (technicianId: string, { day, shifts, note }: DayHours, visitsAccepted: boolean) => api.command('shift.set', { technicianId, day, spans: shifts, note, visitsAccepted })

const clearShift = (technicianId: string, day: IsoDay, visitsAccepted: boolean) => api.command('shift.clear', { technicianId, day, visitsAccepted })

const removeOnCall = ({ id }: OnCall) => api.command('onCall.remove', { id })

const putOnCall = (technicianId: string, { id, startsAt, endsAt, note }: OnCall) => api.command('onCall.save', { id, technicianId, startsAt, endsAt, note })

/** What was done, with the commands that take it back and do it again. */
interface Told {
  readonly label: string
  readonly undo: () => Promise<unknown>
  readonly redo: () => Promise<unknown>
}

type Tell = (told: Told) => void

export interface TechnicianHoursProps extends Whose {
  /** The day that is looked at, proposed in the forms; today where it is left out or over. */
  readonly day?: IsoDay
  /** Keeps what was done on the board's pile of acts, and says it; without it a toast alone does. */
  readonly remember?: ((entry: UndoEntry) => void) | undefined
}

/** The fields may stand in another record's form: Enter sends these and not that. */
function Fields({ label, onSend, children }: { readonly label: string; readonly onSend: () => void; readonly children: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    onSend()
  }
  return (
    <div role="group" aria-label={label} className={classes['form']} onKeyDown={onKeyDown}>
      {children}
    </div>
  )
}

/** Another shift on one day, or the day off. */
function DayForm({ technicianId, name, zone, today, first, known, action, tell }: Whose & { readonly zone: string; readonly today: IsoDay; readonly first: IsoDay; readonly known: readonly DayHours[]; readonly action: Action; readonly tell: Tell }) {
  const [day, setDay] = useState<IsoDay | ''>(first)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  /** What was refused because visits would be left outside it. */
  const [refused, setRefused] = useState<DayHours['shifts'] | null>(null)
  const send = (shifts: DayHours['shifts'], visitsAccepted = false): void => {
    if (day === '') return setWrong(NO_DAY)
    const before = known.find((one) => one.day === day)
    const after = { day, shifts, note: note.trim() }
    void action
      .run(() => setShift(technicianId, after, visitsAccepted))
      .then((done) => {
        setRefused(done ? null : shifts)
        if (!done) return
        setWrong(null)
        for (const empty of [setFrom, setTo, setNote]) empty('')
        tell({
          label: `${name}, ${formatWeekday(day)}: ${shiftsWords(shifts, zone)}`,
          undo: () => (before ? setShift(technicianId, before, true) : clearShift(technicianId, day, true)),
          redo: () => setShift(technicianId, after, true),
        })
      })
  }
  const submit = (): void => {
    const typed = typedShift(day, from, to, zone)
    if (typeof typed === 'string') return setWrong(typed)
    setWrong(null)
    send([typed])
  }
  return (
    <Fields label="Another shift on one day" onSend={submit}>
      <DayInput label="On" value={day} onChange={setDay} min={today} error={wrong === NO_DAY ? wrong : null} />
      <FieldRow>
        <TextInput label="Works from" value={from} onChange={setFrom} hint="8 AM, 13:00, 130p" error={wrong === NO_DAY ? null : wrong} />
        <TextInput label="Works to" value={to} onChange={setTo} hint="An earlier hour is the next morning." />
      </FieldRow>
      <TextInput label="Why" value={note} onChange={setNote} maxLength={200} />
      <div className="row">
        <ActionButton small label="Set this shift" busy={action.busy} onClick={submit} />
        <ActionButton small label="Give the day off" busy={action.busy} onClick={() => send([])} />
        {refused !== null && action.error?.code === 'dispatch.visitsThen' ? <ActionButton small label="Set it all the same" busy={action.busy} onClick={() => send(refused, true)} /> : null}
      </div>
    </Fields>
  )
}

/** From when to when somebody can be called out. */
function OnCallForm({ technicianId, name, zone, first, action, tell }: Whose & { readonly zone: string; readonly first: IsoDay; readonly action: Action; readonly tell: Tell }) {
  const [fromDay, setFromDay] = useState<IsoDay | ''>(first)
  const [from, setFrom] = useState('')
  const [toDay, setToDay] = useState<IsoDay | ''>(first)
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const submit = (): void => {
    const typed = typedSpan(fromDay, from, toDay, to, zone)
    if (typeof typed === 'string') return setWrong(typed)
    setWrong(null)
    const onCall = { id: newId(), ...typed, note: note.trim() }
    void action
      .run(() => putOnCall(technicianId, onCall))
      .then((done) => {
        if (!done) return
        setWrong(null)
        for (const empty of [setFrom, setTo, setNote]) empty('')
        tell({ label: `${name} is on call, ${momentsWords(typed, zone)}`, undo: () => removeOnCall(onCall), redo: () => putOnCall(technicianId, onCall) })
      })
  }
  return (
    <Fields label="On call" onSend={submit}>
      <FieldRow>
        <DayInput label="On call from" value={fromDay} onChange={setFromDay} error={wrong === NO_DAY ? wrong : null} />
        <TextInput label="From this hour" value={from} onChange={setFrom} hint="5 PM" error={wrong === NO_DAY ? null : wrong} />
      </FieldRow>
      <FieldRow>
        <DayInput label="On call to" value={toDay} onChange={setToDay} />
        <TextInput label="To this hour" value={to} onChange={setTo} hint="7 AM" />
      </FieldRow>
      <TextInput label="Note" value={note} onChange={setNote} maxLength={200} />
      <div className="row">
        <ActionButton small label="Put on call" busy={action.busy} onClick={submit} />
      </div>
    </Fields>
  )
}

function HoursOf({ technicianId, name, day, remember, hours, today }: TechnicianHoursProps & { readonly hours: Hours; readonly today: IsoDay }) {
  const action = useAction()
  const { zone, days, onCall } = hours
  const first = day === undefined || day < today ? today : day
  const tell: Tell = ({ label, undo, redo }) => {
    if (remember) remember({ label, undo: async () => void (await undo()), redo: async () => void (await redo()) })
    else toast(label, () => void action.run(undo))
  }
  const clearing = useAction()
  /** The day whose usual hours were refused because visits would be left outside them. */
  const [refused, setRefused] = useState<IsoDay | null>(null)
  const usualAgain = (before: DayHours, visitsAccepted = false): void => {
    void clearing
      .run(() => clearShift(technicianId, before.day, visitsAccepted))
      .then((done) => {
        setRefused(done ? null : before.day)
        if (done) tell({ label: `${name}, ${formatWeekday(before.day)}: the usual hours again`, undo: () => setShift(technicianId, before, true), redo: () => clearShift(technicianId, before.day, true) })
      })
  }
  const takeBack = (before: OnCall): void => {
    void action
      .run(() => removeOnCall(before))
      .then((done) => (done ? tell({ label: `${name} is not on call, ${momentsWords(before, zone)}`, undo: () => putOnCall(technicianId, before), redo: () => removeOnCall(before) }) : undefined))
  }
  return (
    <section aria-label="Other hours and on call" className={classes['hours']}>
      <h3 className="b">Other hours than usual</h3>
      <ul aria-label="Other hours than usual">
        {days.map((one) => (
          <li key={one.day} className={classes['entry']}>
            <span>
              <span className="m">{formatWeekday(one.day)}</span>: {shiftsWords(one.shifts, zone)}
              {one.note === '' ? null : <span className="t2"> {'\u00B7'} {one.note}</span>}
            </span>
            <span className="sp" />
            {refused === one.day && clearing.error?.code === 'dispatch.visitsThen' ? (
              <ActionButton small kind="quiet" label="Usual hours all the same" onClick={() => usualAgain(one, true)} />
            ) : (
              <ActionButton small kind="quiet" label="Usual hours again" onClick={() => usualAgain(one)} />
            )}
          </li>
        ))}
      </ul>
      <ErrorNotice error={clearing.error} />
      <DayForm technicianId={technicianId} name={name} zone={zone} today={today} first={first} known={days} action={action} tell={tell} />
      <h3 className="b">On call</h3>
      <ul aria-label="On call">
        {onCall.map((one) => (
          <li key={one.id} className={classes['entry']}>
            <span>
              {momentsWords(one, zone)}
              {one.note === '' ? null : <span className="t2"> {'\u00B7'} {one.note}</span>}
            </span>
            <span className="sp" />
            <ActionButton small kind="quiet" label="Take back" onClick={() => takeBack(one)} />
          </li>
        ))}
      </ul>
      <OnCallForm technicianId={technicianId} name={name} zone={zone} first={first} action={action} tell={tell} />
      <ErrorNotice error={action.error} />
    </section>
  )
}

/** Where a technician's hours differ from the week's, and when they can be called out. What is typed is meant in the technician's own zone. */
export function TechnicianHours({ technicianId, name, day, remember }: TechnicianHoursProps) {
  const may = useMay()
  const office = useZone()
  const today = wallTimeOf(useNow(), office).day
  const { data, error, refetch } = useQuery('technician.hours', { technicianId, fromDay: today })
  if (!may('technician.plan')) return null
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={3} />
  return <HoursOf key={`${technicianId} ${day ?? ''}`} technicianId={technicianId} name={name} {...(day === undefined ? {} : { day })} remember={remember} hours={data} today={today} />
}
