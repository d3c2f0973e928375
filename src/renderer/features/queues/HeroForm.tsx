import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import type { OutcomeChoice, PromiseItem } from '../../../shared/contract/methods/promises.ts'
import { ROLE_NAMES, ROLES, type Role } from '../../../shared/domain/people/permissions.ts'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import classes from './PromiseHero.module.css'
import { type When, WhenField, whenInstant } from './WhenField.tsx'

/** What the person is about to say of the promise in hand. */
export type HeroMode = { readonly kind: 'outcome'; readonly outcome: OutcomeChoice } | { readonly kind: 'handOver' } | { readonly kind: 'postpone' }

export interface HeroFormProps {
  readonly item: PromiseItem
  readonly mode: HeroMode
  readonly boundMinutes: number
  readonly onCancel: () => void
  /** Tells what was done, once it is recorded. */
  readonly onDone: (said: string) => void
}

interface FrameProps {
  readonly label: string
  readonly action: string
  readonly send: () => Promise<string>
  /** The sentence to show instead of sending, with the field it belongs to focused by the caller. */
  readonly check: () => string | null
  readonly onCancel: () => void
  readonly onDone: (said: string) => void
  readonly onError: (message: string, field: string | undefined) => void
  readonly children: ReactNode
  readonly buttonRef?: React.Ref<HTMLButtonElement>
}

/** One line of fields with its button, in the room where the actions were: nothing below moves. */
function FormFrame({ label, action, send, check, onCancel, onDone, onError, children, buttonRef }: FrameProps) {
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // The key that opened the form was pressed to say something: the first field is where it is said.
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const submit = (event?: FormEvent): void => {
    event?.preventDefault()
    if (busy || check() !== null) return
    setBusy(true)
    send().then(onDone, (thrown: unknown) => {
      setBusy(false)
      const { message, field } = asContractError(thrown)
      onError(message, field)
    })
  }
  useHotkeys(label, [
    { keys: 'Ctrl+Enter', label: action, run: () => submit() },
    { keys: 'Escape', label: 'Leave it as it is', run: onCancel },
  ])
  return (
    <form ref={form} className={classes['form']} aria-label={label} onSubmit={submit} noValidate>
      {children}
      <div className={classes['formButtons']}>
        <ActionButton type="submit" kind="primary" label={action} keys="Enter" busy={busy} onClick={() => undefined} {...(buttonRef ? { ref: buttonRef } : {})} />
        <ActionButton kind="quiet" label="Cancel" keys="Escape" onClick={onCancel} />
      </div>
    </form>
  )
}

function OutcomeForm({ item, outcome, boundMinutes, onCancel, onDone }: HeroFormProps & { readonly outcome: OutcomeChoice }) {
  const zone = useZone()
  const now = useNow()
  const [note, setNote] = useState('')
  const [when, setWhen] = useState<When>(null)
  const [error, setError] = useState<{ readonly on: 'note' | 'when'; readonly message: string } | null>(null)
  const noteField = useRef<HTMLInputElement>(null)
  const whenField = useRef<HTMLInputElement>(null)
  const asksWhen = outcome.effect.kind === 'retry' && outcome.effect.asksWhen
  const fail = (on: 'note' | 'when', message: string): string => {
    setError({ on, message })
    ;(on === 'note' ? noteField : whenField).current?.focus()
    return message
  }
  return (
    <FormFrame
      label={`Outcome: ${outcome.label}`}
      action={outcome.label}
      onCancel={onCancel}
      onDone={onDone}
      onError={(message, field) => fail(field === 'dueAt' && asksWhen ? 'when' : 'note', message)}
      check={() => (outcome.needsNote && note.trim() === '' ? fail('note', 'Say in a few words why.') : null)}
      send={async () => {
        const dueAt = whenInstant(when, zone)
        await api.command('promise.recordOutcome', { promiseId: item.promiseId, outcomeKey: outcome.key, note, ...(dueAt === null ? {} : { dueAt }) })
        return `${outcome.label}: ${item.title}`
      }}
    >
      <TextInput
        label={outcome.needsNote ? 'Note' : 'Note, if there is something to keep'}
        value={note}
        onChange={setNote}
        maxLength={1000}
        required={outcome.needsNote}
        error={error?.on === 'note' ? error.message : null}
        grow={2}
        inputRef={noteField}
      />
      {asksWhen ? (
        <WhenField label="Come back" value={when} onChange={setWhen} latest={now + boundMinutes * MINUTE} error={error?.on === 'when' ? error.message : null} inputRef={whenField} />
      ) : null}
    </FormFrame>
  )
}

function PostponeForm({ item, boundMinutes, onCancel, onDone }: HeroFormProps) {
  const zone = useZone()
  const now = useNow()
  const [when, setWhen] = useState<When>(null)
  const [reason, setReason] = useState('')
  const [error, setError] = useState<{ readonly on: 'when' | 'reason'; readonly message: string } | null>(null)
  const reasonField = useRef<HTMLInputElement>(null)
  const whenField = useRef<HTMLInputElement>(null)
  const fail = (on: 'when' | 'reason', message: string): string => {
    setError({ on, message })
    ;(on === 'when' ? whenField : reasonField).current?.focus()
    return message
  }
  return (
    <FormFrame
      label="New due time"
      action="Set the new time"
      onCancel={onCancel}
      onDone={onDone}
      onError={(message, field) => fail(field === 'dueAt' ? 'when' : 'reason', message)}
      check={() => {
        if (whenInstant(when, zone) === null) return fail('when', 'Choose a time or a day.')
        return reason.trim() === '' ? fail('reason', 'Say in a few words why.') : null
      }}
      send={async () => {
        await api.command('promise.postpone', { promiseId: item.promiseId, dueAt: whenInstant(when, zone) ?? 0, reason })
        return `New due time: ${item.title}`
      }}
    >
      <WhenField label="New due time" value={when} onChange={setWhen} latest={now + boundMinutes * MINUTE} error={error?.on === 'when' ? error.message : null} inputRef={whenField} />
      <TextInput label="Reason" value={reason} onChange={setReason} maxLength={200} required error={error?.on === 'reason' ? error.message : null} grow={2} inputRef={reasonField} />
    </FormFrame>
  )
}

type HolderValue = `person:${string}` | `role:${Role}`

function HandOverForm({ item, onCancel, onDone }: HeroFormProps) {
  const people = useQuery('people.list', {}).data?.people ?? []
  const [to, setTo] = useState<HolderValue | null>(null)
  const [error, setError] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const here = people.filter((person) => person.presence === 'active')
  const staffed = ROLES.filter((role) => here.some((person) => person.roles.includes(role)))
  const options: readonly Option<HolderValue>[] = [
    ...here.map((person) => ({ value: `person:${person.userId}` as const, label: person.name, detail: person.roles.map((role) => ROLE_NAMES[role]).join(', ') })),
    ...staffed.map((role) => ({ value: `role:${role}` as const, label: ROLE_NAMES[role], detail: 'whoever takes it first' })),
  ]
  const fail = (message: string): string => {
    setError(message)
    field.current?.focus()
    return message
  }
  return (
    <FormFrame
      label="Hand over"
      action="Hand it over"
      buttonRef={button}
      onCancel={onCancel}
      onDone={onDone}
      onError={fail}
      check={() => (to === null ? fail('Choose a person or a role.') : null)}
      send={async () => {
        const [kind, id = ''] = (to ?? '').split(':', 2)
        const toRole = ROLES.find((role) => role === id) ?? item.role
        await api.command('promise.handOver', { promiseId: item.promiseId, toUserId: kind === 'person' ? id : null, toRole })
        return `With ${options.find((option) => option.value === to)?.label ?? 'them'} now: ${item.title}`
      }}
    >
      <Choice
        label="To"
        options={options}
        value={to}
        onChange={(value) => {
          setTo(value)
          setError(null)
          // The choice is all there is to say: Enter hands it over.
          requestAnimationFrame(() => button.current?.focus())
        }}
        error={error}
        placeholder="A person who is here, or a role"
        grow={2}
        inputRef={field}
      />
    </FormFrame>
  )
}

/** The fields for what the person chose to say. */
export function HeroForm(props: HeroFormProps) {
  switch (props.mode.kind) {
    case 'outcome':
      return <OutcomeForm {...props} outcome={props.mode.outcome} />
    case 'handOver':
      return <HandOverForm {...props} />
    case 'postpone':
      return <PostponeForm {...props} />
  }
}
