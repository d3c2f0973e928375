import { useState } from 'react'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import type { AppointmentState } from '../../../shared/domain/dispatch/tables.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closePanel } from '../../stores/board.ts'
import classes from './board.module.css'
import { changeVisitState } from './boardActions.ts'

const BACK_REASONS = ['Clicked the wrong visit', 'Clicked too early', 'The technician called again'] as const

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
  const submit = (): void => {
    const reason = [chosen, words.trim()].filter(Boolean).join(': ')
    if (reason === '') {
      setError('Choose a reason or say it in your own words.')
      return
    }
    void changeVisitState(visit, to, reason).then((done) => (done ? closePanel() : undefined))
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
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label={label} onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
      </div>
    </form>
  )
}
