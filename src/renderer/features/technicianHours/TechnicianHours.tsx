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
import { useNow } from '../../stores/clock.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { momentsWords, shiftsWords, typedShift, typedSpan } from './hoursText.ts'
import classes from './technicianHours.module.css'

type DayHours = Hours['days'][number]
type OnCall = Hours['onCall'][number]

interface Whose {
  readonly technicianId: string
  readonly name: string
}

const setShift = (technicianId: string, { day, shifts, note }: DayHours) => api.command('shift.set', { technicianId, day, spans: shifts, note })

const putOnCall = (technicianId: string, { id, startsAt, endsAt, note }: OnCall) => api.command('onCall.save', { id, technicianId, startsAt, endsAt, note })

/** Runs what takes an act back; a refusal stands where the act's own would. */
type Undoing = (work: () => Promise<unknown>) => () => void

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
function DayForm({ technicianId, name, zone, today, known, action, undoing }: Whose & { readonly zone: string; readonly today: IsoDay; readonly known: readonly DayHours[]; readonly action: Action; readonly undoing: Undoing }) {
  const [day, setDay] = useState<IsoDay | ''>(today)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const send = (shifts: DayHours['shifts']): void => {
    if (day === '') return setWrong('Choose a day.')
    const before = known.find((one) => one.day === day)
    void action
      .run(() => setShift(technicianId, { day, shifts, note: note.trim() }))
      .then((done) => {
        if (!done) return
        for (const empty of [setFrom, setTo, setNote]) empty('')
        toast(
          `${name}, ${formatWeekday(day)}: ${shiftsWords(shifts, zone)}`,
          undoing(() => (before ? setShift(technicianId, before) : api.command('shift.clear', { technicianId, day }))),
        )
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
      <DayInput label="On" value={day} onChange={setDay} min={today} />
      <FieldRow>
        <TextInput label="Works from" value={from} onChange={setFrom} hint="8 AM, 13:00, 130p" error={wrong} />
        <TextInput label="Works to" value={to} onChange={setTo} hint="An earlier hour is the next morning." />
      </FieldRow>
      <TextInput label="Why" value={note} onChange={setNote} maxLength={200} />
      <div className="row">
        <ActionButton small label="Set this shift" busy={action.busy} onClick={submit} />
        <ActionButton small label="Give the day off" busy={action.busy} onClick={() => send([])} />
      </div>
    </Fields>
  )
}

/** From when to when somebody can be called out. */
function OnCallForm({ technicianId, name, zone, today, action, undoing }: Whose & { readonly zone: string; readonly today: IsoDay; readonly action: Action; readonly undoing: Undoing }) {
  const [fromDay, setFromDay] = useState<IsoDay | ''>(today)
  const [from, setFrom] = useState('')
  const [toDay, setToDay] = useState<IsoDay | ''>(today)
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const submit = (): void => {
    const typed = typedSpan(fromDay, from, toDay, to, zone)
    if (typeof typed === 'string') return setWrong(typed)
    setWrong(null)
    const id = newId()
    void action
      .run(() => putOnCall(technicianId, { id, ...typed, note: note.trim() }))
      .then((done) => {
        if (!done) return
        for (const empty of [setFrom, setTo, setNote]) empty('')
        toast(`${name} is on call, ${momentsWords(typed, zone)}`, undoing(() => api.command('onCall.remove', { id })))
      })
  }
  return (
    <Fields label="On call" onSend={submit}>
      <FieldRow>
        <DayInput label="On call from" value={fromDay} onChange={setFromDay} />
        <TextInput label="From this hour" value={from} onChange={setFrom} hint="5 PM" error={wrong} />
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

function HoursOf({ technicianId, name, hours, today }: Whose & { readonly hours: Hours; readonly today: IsoDay }) {
  const action = useAction()
  const { zone, days, onCall } = hours
  const undoing: Undoing = (work) => () => void action.run(work)
  const usualAgain = (before: DayHours): void => {
    void action
      .run(() => api.command('shift.clear', { technicianId, day: before.day }))
      .then((done) => (done ? toast(`${name}, ${formatWeekday(before.day)}: the usual hours again`, undoing(() => setShift(technicianId, before))) : undefined))
  }
  const takeBack = (before: OnCall): void => {
    void action
      .run(() => api.command('onCall.remove', { id: before.id }))
      .then((done) => (done ? toast(`${name} is not on call, ${momentsWords(before, zone)}`, undoing(() => putOnCall(technicianId, before))) : undefined))
  }
  return (
    <section aria-label="Other hours and on call" className={classes['hours']}>
      <h3>Other hours than usual</h3>
      <ul aria-label="Other hours than usual">
        {days.map((one) => (
          <li key={one.day} className={classes['entry']}>
            <span>
              <span className="m">{formatWeekday(one.day)}</span>: {shiftsWords(one.shifts, zone)}
              {one.note === '' ? null : <span className="t2"> {'\u00B7'} {one.note}</span>}
            </span>
            <span className="sp" />
            <ActionButton small kind="quiet" label="Usual hours again" onClick={() => usualAgain(one)} />
          </li>
        ))}
      </ul>
      <DayForm technicianId={technicianId} name={name} zone={zone} today={today} known={days} action={action} undoing={undoing} />
      <h3>On call</h3>
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
      <OnCallForm technicianId={technicianId} name={name} zone={zone} today={today} action={action} undoing={undoing} />
      <ErrorNotice error={action.error} />
    </section>
  )
}

/** Where a technician's hours differ from the week's, and when they can be called out. What is typed is meant in the technician's own zone. */
export function TechnicianHours({ technicianId, name }: Whose) {
  const may = useMay()
  const office = useZone()
  const today = wallTimeOf(useNow(), office).day
  const { data, error, refetch } = useQuery('technician.hours', { technicianId, fromDay: today })
  if (!may('technician.plan')) return null
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={3} />
  return <HoursOf key={technicianId} technicianId={technicianId} name={name} hours={data} today={today} />
}
