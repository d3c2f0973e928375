import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { LeadDetail } from '../../../shared/contract/methods/leads.ts'
import { DISMISS_REASON_NAMES, DISMISS_REASONS, type DismissReason, LEAD_TRIES, LEAD_TRY_NAMES, type LeadTry } from '../../../shared/domain/leads/tables.ts'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { type When, WhenField, whenInstant } from '../queues/WhenField.tsx'
import { whenOptions } from '../queues/whenOptions.ts'
import classes from '../drafts/drafts.module.css'

/** Leads are tried again within a month, or dismissed. */
const LATEST = 30 * DAY - 60_000

const TRIES = LEAD_TRIES.map((value) => ({ value, label: LEAD_TRY_NAMES[value] }))
const REASONS = DISMISS_REASONS.map((value) => ({ value, label: DISMISS_REASON_NAMES[value] }))

interface FormProps {
  readonly lead: LeadDetail
  readonly onClose: () => void
  /** After it was recorded. */
  readonly onDone: () => void
}

function Frame({ label, action, check = () => true, work, said, onClose, onDone, children }: Pick<FormProps, 'onClose' | 'onDone'> & { readonly label: string; readonly action: string; readonly check?: () => boolean; readonly work: () => Promise<unknown>; readonly said: string; readonly children: ReactNode }) {
  const { run, busy, error } = useAction()
  const send = (): void => {
    // What is missing stands at its field.
    if (!check()) return
    void run(async () => {
      await work()
      toast(said)
      onClose()
      onDone()
    })
  }
  useHotkeys(label, [{ keys: 'Ctrl+Enter', label: action, run: send }])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    send()
  }
  return (
    <form className={classes['form']} aria-label={label} noValidate onSubmit={submit}>
      {children}
      {error ? <ErrorNotice error={error} /> : null}
      <div className={classes['buttons']}>
        <ActionButton kind="primary" type="submit" label={action} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Leave it" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

/** The time that is offered for the next try: in two hours, or the first there is. */
function useOfferedTime(): When {
  const zone = useZone()
  const now = useNow()
  const [offered] = useState<When>(() => {
    const options = whenOptions(now, now + LATEST, zone)
    const option = options.find(({ value }) => value === 'In 2 hours') ?? options[0]
    return option ? { kind: 'named', value: option.value, at: option.at } : null
  })
  return offered
}

/** What came of trying to reach them, and when the next try is. */
export function TryForm({ lead, onClose, onDone }: FormProps) {
  const zone = useZone()
  const now = useNow()
  const offered = useOfferedTime()
  const [how, setHow] = useState<LeadTry>('noAnswer')
  const [when, setWhen] = useState<When>(offered)
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const whenField = useRef<HTMLInputElement>(null)
  const check = (): boolean => {
    if (whenInstant(when, zone) !== null) return true
    setMissing('Say when you try again.')
    whenField.current?.focus()
    return false
  }
  const work = (): Promise<unknown> => api.command('lead.attempt', { leadId: lead.leadId, how, nextAttemptAt: whenInstant(when, zone) ?? 0, note })
  return (
    <Frame label="Not reached" action="Try again then" check={check} work={work} said={`${lead.name}: ${LEAD_TRY_NAMES[how].toLowerCase()}, the next try is set.`} onClose={onClose} onDone={onDone}>
      <Choice<LeadTry> label="What came of it" options={TRIES} value={how} onChange={setHow} autoFocus />
      <WhenField label="Next try" value={when} onChange={setWhen} latest={now + LATEST} error={missing} inputRef={whenField} />
      <TextInput label="Note, if there is something to keep" value={note} onChange={setNote} maxLength={1000} />
    </Frame>
  )
}

/** Why it is put away. */
export function DismissForm({ lead, onClose, onDone }: FormProps) {
  const [reason, setReason] = useState<DismissReason | null>(null)
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const reasonField = useRef<HTMLInputElement>(null)
  const check = (): boolean => {
    if (reason !== null) return true
    setMissing('Choose a reason.')
    reasonField.current?.focus()
    return false
  }
  const work = (): Promise<unknown> => api.command('lead.dismiss', { leadId: lead.leadId, reason: reason ?? 'other', note })
  return (
    <Frame label="Dismiss" action="Dismiss the lead" check={check} work={work} said={`${lead.name} is dismissed.`} onClose={onClose} onDone={onDone}>
      <Choice<DismissReason> label="Why" options={REASONS} value={reason} onChange={setReason} error={reason === null ? missing : null} inputRef={reasonField} autoFocus required />
      <TextInput label="In their words" value={note} onChange={setNote} maxLength={1000} />
    </Frame>
  )
}

/** Opens a dismissed lead again, with the time of the next try. */
export function ReopenForm({ lead, onClose, onDone }: FormProps) {
  const zone = useZone()
  const now = useNow()
  const [when, setWhen] = useState<When>(useOfferedTime())
  const work = (): Promise<unknown> => api.command('lead.reopen', { leadId: lead.leadId, nextAttemptAt: whenInstant(when, zone) ?? 0 })
  return (
    <Frame label="Open again" action="Open it again" work={work} said={`${lead.name} is open again, and yours.`} onClose={onClose} onDone={onDone}>
      <WhenField label="Next try" value={when} onChange={setWhen} latest={now + LATEST} />
    </Frame>
  )
}

/** Something to keep about it. */
export function NoteForm({ lead, onClose, onDone }: FormProps) {
  const [body, setBody] = useState('')
  // Sent again after a lost answer, it is the same note.
  const [noteId] = useState(() => newId())
  return (
    <Frame label="Note" action="Keep the note" work={() => api.command('lead.note', { noteId, leadId: lead.leadId, body })} said="Note kept." onClose={onClose} onDone={onDone}>
      <TextInput label="Note" value={body} onChange={setBody} autoFocus rows={3} maxLength={2000} />
    </Frame>
  )
}

const YES_NO = [
  { value: 'Yes', label: 'Yes' },
  { value: 'No', label: 'No' },
] as const

/** What qualifies it: the questions of its job type. */
export function QualifyForm({ lead, onClose, onDone }: FormProps) {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(lead.answers.map(({ key, answer }) => [key, answer])))
  const set = (key: string, answer: string): void => setAnswers({ ...answers, [key]: answer })
  const work = (): Promise<unknown> => api.command('lead.qualify', { leadId: lead.leadId, answers: lead.questions.map(({ key, label }) => ({ key, question: label, answer: answers[key] ?? '' })) })
  return (
    <Frame label="Qualify" action="Keep the answers" work={work} said="Answers kept; the booking has them." onClose={onClose} onDone={onDone}>
      {lead.questions.map(({ key, label, kind, options }, index) =>
        kind === 'choice' || kind === 'yesNo' ? (
          <Choice
            key={key}
            label={label}
            options={kind === 'yesNo' ? YES_NO : options.map((option) => ({ value: option, label: option }))}
            value={answers[key] || null}
            onChange={(answer) => set(key, answer)}
            onClear={() => set(key, '')}
            autoFocus={index === 0}
          />
        ) : (
          <TextInput key={key} label={label} value={answers[key] ?? ''} onChange={(answer) => set(key, answer)} autoFocus={index === 0} maxLength={500} inputMode={kind === 'number' ? 'decimal' : 'text'} />
        ),
      )}
    </Frame>
  )
}
