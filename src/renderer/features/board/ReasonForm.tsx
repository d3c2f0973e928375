import { useState } from 'react'
import { isPlausibleDay } from '../../../shared/base/time.ts'
import { formatDay, instantOf } from '../../../shared/base/zone.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import type { AppointmentState } from '../../../shared/domain/dispatch/tables.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closeForm, closePanel } from '../../stores/board.ts'
import { useZone } from '../../stores/session.ts'
import classes from './board.module.css'
import { awaitParts, changeVisitState } from './boardActions.ts'

const BACK_REASONS = ['Clicked the wrong visit', 'Clicked too early', 'The technician called again'] as const

/** The minute of the expected day at which somebody looks whether the parts came: deliveries are in by then. */
const LOOKED_AT = 15 * 60

const RHYTHMS = [
  { value: '1', label: 'Every day' },
  { value: '2', label: 'Every two days' },
  { value: '3', label: 'Every three days' },
  { value: '7', label: 'Once a week' },
  { value: '14', label: 'Every two weeks' },
] as const

export interface ReasonFormProps {
  readonly visit: BoardVisit
  readonly to: AppointmentState
  readonly holdReasons: readonly string[]
  readonly cancelReasons: readonly string[]
}

function title(visit: BoardVisit, to: AppointmentState): string {
  if (to === 'hold') return 'Why is it on hold?'
  if (to === 'canceled') return 'Why is it canceled?'
  return `Why back from ${STATE_NAMES[visit.state]} to ${STATE_NAMES[to]}?`
}

/** Hold, cancel and every way back say why: one of the office's reasons, own words, or both. */
export function ReasonForm({ visit, to, holdReasons, cancelReasons }: ReasonFormProps) {
  const reasons = to === 'hold' ? holdReasons : to === 'canceled' ? cancelReasons : BACK_REASONS
  const [chosen, setChosen] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [error, setError] = useState<string | null>(null)
  const zone = useZone()
  const [what, setWhat] = useState('')
  const [from, setFrom] = useState('')
  const [expectedDay, setExpectedDay] = useState('')
  const [rhythm, setRhythm] = useState('2')
  const [wrong, setWrong] = useState<{ readonly from?: string; readonly day?: string }>({})
  const ordered = to === 'hold' && what.trim() !== ''
  const orderParts = (): void => {
    const expectedAt = isPlausibleDay(expectedDay) ? instantOf(expectedDay, LOOKED_AT, zone) : null
    const missing = { ...(from.trim() === '' ? { from: 'Say from whom they come.' } : {}), ...(expectedAt === null ? { day: 'Choose the day on which they are expected.' } : {}) }
    setWrong(missing)
    if (expectedAt === null || from.trim() === '') return
    const note = `${what.trim()}, from ${from.trim()}, expected ${formatDay(expectedDay)}`
    const reason = [[chosen ?? 'Waiting for parts', note].join(': '), words.trim()].filter(Boolean).join('. ')
    void awaitParts(visit, { what, from, expectedAt, updateEveryDays: Number(rhythm) }, reason.slice(0, 300)).then((done) => (done ? closeForm('reason', visit.id) : undefined))
  }
  const submit = (): void => {
    if (ordered) return orderParts()
    const reason = [chosen, words.trim()].filter(Boolean).join(': ')
    if (reason === '') {
      setError('Choose a reason or say it in your own words.')
      return
    }
    void changeVisitState(visit, to, reason).then((done) => (done ? closeForm('reason', visit.id) : undefined))
  }
  useHotkeys('Reason', [{ keys: 'Ctrl+Enter', label: 'Save the reason', run: submit }])
  const label = to === 'hold' ? 'Put on hold' : to === 'canceled' ? 'Cancel the visit' : `Set to ${STATE_NAMES[to]}`
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3 className="b">{title(visit, to)}</h3>
      <Choice
        label="Reason"
        autoFocus
        options={reasons.map((reason) => ({ value: reason, label: reason }))}
        value={chosen}
        onChange={(value) => {
          setChosen(value)
          setError(null)
        }}
        onClear={() => setChosen(null)}
        error={error}
      />
      <TextInput label="In your own words" rows={2} value={words} onChange={setWords} maxLength={200} />
      {to === 'hold' ? (
        <fieldset className={classes['form']}>
          <legend className="m">Parts that were ordered</legend>
          <TextInput label="What" value={what} onChange={setWhat} maxLength={200} hint="Left empty where none are awaited." />
          {ordered ? (
            <>
              <TextInput label="From whom" value={from} onChange={setFrom} maxLength={100} error={wrong.from ?? null} required />
              <DayInput label="Expected on" value={expectedDay} onChange={setExpectedDay} error={wrong.day ?? null} required />
              <Choice label="We tell them how it stands" options={RHYTHMS} value={rhythm} onChange={setRhythm} hint="As agreed with the customer, until the parts are here." />
            </>
          ) : null}
        </fieldset>
      ) : null}
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label={label} onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
      </div>
    </form>
  )
}
