import { useState } from 'react'
import type { Acceptance } from '../../../shared/domain/dispatch/acceptance.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './board.module.css'

const HEARS = [
  { value: 'toCall', label: 'Will be called: a promise for dispatch' },
  { value: 'told', label: 'Has been told' },
] as const

/** What a customer was promised moves only with a word about who accepted it and how they hear of it. */
export function AcceptanceForm({ accept }: { readonly accept: (acceptance: Acceptance) => void }) {
  const [acceptedBy, setAcceptedBy] = useState('')
  const [customer, setCustomer] = useState<Acceptance['customer']>('toCall')
  const [words, setWords] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = (): void => {
    if (acceptedBy.trim() === '') return setError('Write who accepted it: the customer, or somebody of the office.')
    if (customer === 'told' && words.trim() === '') return setError('Write what the customer was told.')
    accept({ acceptedBy: acceptedBy.trim(), customer, words: words.trim() })
  }
  useHotkeys('Move though promised', [{ keys: 'Ctrl+Enter', label: 'Move it though promised', run: submit }])
  return (
    <form
      className={classes['form']}
      aria-label="Move though promised"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextInput label="Accepted by" autoFocus value={acceptedBy} onChange={setAcceptedBy} maxLength={80} error={error} />
      <Choice label="The customer" options={HEARS} value={customer} onChange={(value) => setCustomer(value === 'told' ? 'told' : 'toCall')} />
      <TextInput label={customer === 'told' ? 'Told in these words' : 'What to say, if anything'} value={words} onChange={setWords} maxLength={300} />
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label="Move it" onClick={() => undefined} />
      </div>
    </form>
  )
}
