import { useState } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import { formatWeekday, formatWindow, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closePanel } from '../../stores/board.ts'
import classes from './board.module.css'
import { promiseVisit } from './boardActions.ts'
import { parseTime } from './boardWords.ts'
import { wallClock } from './timeline/axis.ts'

const WINDOW_ONLY = { technicianId: null, startsAt: null } as const

/** Writes down that the customer was promised this technician, this very time, or both; or takes that back to the window. */
export function PromiseForm({ visit, day }: { readonly visit: BoardVisit; readonly day: BoardDay }) {
  const clock = wallClock(day.zone)
  const promised = { technicianId: visit.promisedTechnicianId ?? null, startsAt: visit.promisedAt ?? null }
  const [technicianId, setTechnicianId] = useState(visit.locked ? promised.technicianId : visit.technicianId)
  const [typed, setTyped] = useState(promised.startsAt === null ? '' : clock.time(promised.startsAt))
  const [error, setError] = useState<string | null>(null)
  const on = promised.startsAt ?? visit.startsAt
  const promisedDay = on === null ? visit.windowDay : wallTimeOf(on, day.zone).day
  const technicians = day.groups.flatMap((group) => group.technicians).filter(({ id, active }) => active || id === technicianId)

  const submit = (): void => {
    const minute = typed.trim() === '' ? null : parseTime(typed)
    if (minute === undefined) return setError('Type the time like 2:15 PM, or leave it empty for any time of the window.')
    if (minute !== null && minute % 5 !== 0) return setError('Visits are planned to the five minutes. Promise 2:10 or 2:15, for example.')
    const startsAt: Instant | null = minute === null ? null : instantOf(promisedDay, minute, day.zone)
    if (technicianId === null && startsAt === null && !visit.locked) return setError('Choose the technician or write the time that the customer was promised.')
    void promiseVisit(visit, { technicianId, startsAt })
  }
  useHotkeys('Promise', [{ keys: 'Ctrl+Enter', label: 'Write down the promise', run: submit }])
  const planned = visit.technicianId !== null && visit.startsAt !== null
  return (
    <form
      className={classes['form']}
      aria-label="What was promised"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3 className="b">What was the customer promised?</h3>
      <p className="t2">
        {formatWeekday(visit.windowDay)}, {formatWindow(visit.windowStart, visit.windowEnd)}, and more exactly:
      </p>
      <Choice
        label="Technician"
        autoFocus
        placeholder="Whoever can"
        options={technicians.map(({ id, name }) => ({ value: id, label: name }))}
        value={technicianId}
        onChange={(value) => {
          setTechnicianId(value)
          setError(null)
        }}
        onClear={() => setTechnicianId(null)}
        hint={planned && technicianId !== null && technicianId !== visit.technicianId ? 'Somebody else has the visit: move it with A.' : 'Empty: whoever can.'}
      />
      <TextInput
        label="At exactly"
        value={typed}
        onChange={(value) => {
          setTyped(value)
          setError(null)
        }}
        error={error}
        hint={visit.startsAt === null ? 'Empty: any time of the window.' : `Planned at ${clock.time(visit.startsAt)}. Empty: any time of the window.`}
      />
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label={visit.locked ? 'Change the promise' : 'Lock the visit'} onClick={() => undefined} />
        {visit.locked ? <ActionButton label="Unlock: a window only" onClick={() => void promiseVisit(visit, WINDOW_ONLY)} /> : null}
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
      </div>
    </form>
  )
}
