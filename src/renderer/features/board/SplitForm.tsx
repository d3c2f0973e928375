import { useState } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closePanel } from '../../stores/board.ts'
import classes from './board.module.css'
import { splitVisit } from './boardActions.ts'
import { lengthOf } from './boardLayout.ts'
import { lengthWords, parseLength } from './boardWords.ts'

/** Visits are planned to it, minutes. */
const STEP = 5

/** Splits a visit: how long the first part takes. The rest becomes a second visit of the job and waits in the tray. */
export function SplitForm({ visit }: { readonly visit: BoardVisit }) {
  const whole = lengthOf(visit) / MINUTE
  const [typed, setTyped] = useState(lengthWords(Math.max(STEP, Math.round(whole / 2 / STEP) * STEP)))
  const [error, setError] = useState<string | null>(null)
  const first = parseLength(typed)
  const fits = first !== undefined && first % STEP === 0 && first >= STEP && whole - first >= STEP

  const submit = (): void => {
    if (first === undefined) return setError('Type how long it takes, like 90, 1:30 or 1 h 30.')
    if (first % STEP !== 0) return setError('Visits are planned to the five minutes.')
    if (!fits) return setError(`The visit takes ${lengthWords(whole)}. Leave at least five minutes for each part.`)
    void splitVisit(visit, first)
  }
  useHotkeys('Split', [{ keys: 'Ctrl+Enter', label: 'Split the visit', run: submit }])
  return (
    <form
      className={classes['form']}
      aria-label="Split the visit"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3 className="b">Split the visit</h3>
      <p className="t2">It takes {lengthWords(whole)}. The rest becomes a second visit of the job and waits in the tray; the customer is still to be told of it.</p>
      <TextInput
        label="The first part takes"
        autoFocus
        value={typed}
        onChange={(value) => {
          setTyped(value)
          setError(null)
        }}
        error={error}
        hint={fits ? `${lengthWords(whole - first)} are left for the second.` : 'Minutes, or hours as 1:30.'}
      />
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label="Split it" onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
      </div>
    </form>
  )
}
