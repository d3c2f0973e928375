import { type FormEvent, useRef, useState } from 'react'
import { SAMPLE_PIN } from '../../../shared/contract/bridge.ts'
import type { ContractError } from '../../../shared/contract/frames.ts'
import { ROLE_NAMES, type Role } from '../../../shared/domain/people/permissions.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { type OfficePerson, type SessionCompany, signIn } from '../../stores/session.ts'
import classes from './session.module.css'

/** A person's first role, as a line under the name. */
export const roleLine = (roles: readonly Role[]): string => (roles[0] ? ROLE_NAMES[roles[0]] : 'No role yet')

/** Nobody should have to look for the PIN of an invented person. */
export const pinHint = (company: SessionCompany): string | undefined =>
  company.phase === 'sample' ? `In the sample company every PIN is ${SAMPLE_PIN}.` : undefined

export interface SignInFormProps {
  readonly people: readonly OfficePerson[]
  /** Who is chosen at first. */
  readonly suggested?: string | undefined
  /** Who was signed in before. */
  readonly before: string | null
  readonly action: string
  /** Under the PIN, until something is wrong. */
  readonly hint?: string | undefined
  readonly onDone?: () => void
  readonly onCancel?: () => void
}

const LAST_PERSON = 'baton-last-person'

/** A person by type-ahead and a PIN; Enter in the PIN signs in. */
export function SignInForm({ people, suggested, before, action, hint, onDone, onCancel }: SignInFormProps) {
  const [userId, setUserId] = useState<string | null>(() => {
    const first = suggested ?? localStorage.getItem(LAST_PERSON)
    return people.some((person) => person.userId === first) ? first : people.length === 1 ? (people[0]?.userId ?? null) : null
  })
  const [pin, setPin] = useState('')
  const [error, setError] = useState<ContractError | null>(null)
  const [gap, setGap] = useState<'person' | 'pin' | null>(null)
  const [busy, setBusy] = useState(false)
  const personField = useRef<HTMLInputElement>(null)
  const pinField = useRef<HTMLInputElement>(null)
  const person = people.find((candidate) => candidate.userId === userId)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    setError(null)
    if (!userId) {
      setGap('person')
      return personField.current?.focus()
    }
    if (pin === '') {
      setGap('pin')
      return pinField.current?.focus()
    }
    setBusy(true)
    try {
      await signIn(userId, pin, before)
      localStorage.setItem(LAST_PERSON, userId)
      onDone?.()
    } catch (thrown) {
      setError(asContractError(thrown))
      setPin('')
      pinField.current?.focus()
    } finally {
      setBusy(false)
    }
  }

  const pinError = error?.message ?? (gap === 'pin' ? 'Type your PIN.' : person && !person.hasPin ? `${person.name} has no PIN yet. An owner can set one in Settings.` : null)
  return (
    <form className={classes['form']} onSubmit={(event) => void submit(event)} noValidate>
      <Choice
        label="Person"
        options={people.map(({ userId: value, name, roles }) => ({ value, label: name, detail: roleLine(roles) }))}
        value={userId}
        onChange={(next) => {
          setUserId(next)
          setGap(null)
          setError(null)
          // After the key's own effect: Tab would go on from the PIN otherwise.
          setTimeout(() => pinField.current?.focus())
        }}
        inputRef={personField}
        autoFocus={userId === null}
        placeholder="Type a name"
        error={gap === 'person' ? 'Choose who you are.' : null}
      />
      <TextInput
        label="PIN"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        maxLength={8}
        inputRef={pinField}
        autoFocus={userId !== null}
        error={pinError}
        hint={hint}
        onChange={(next) => {
          setPin(next.replace(/\D/g, ''))
          setGap(null)
          setError(null)
        }}
      />
      <div className="row">
        <ActionButton type="submit" kind="primary" label={action} keys="Enter" busy={busy} onClick={() => undefined} />
        {onCancel ? <ActionButton label="Cancel" keys="Escape" onClick={onCancel} /> : null}
      </div>
    </form>
  )
}
