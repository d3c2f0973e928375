import { useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { api } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { toast } from '../../stores/toast.ts'
import classes from './money.module.css'

interface EmailProps {
  readonly invoiceId: string
  readonly number: string
  readonly emails: OutputOf<'invoice.emails'>
  readonly onClose: () => void
}

const FIELDS = ['to', 'subject', 'text'] as const

function EmailForm({ invoiceId, number, emails, onClose }: EmailProps) {
  // One id for all tries: a lost answer can't ask for it twice.
  const effectId = useRef(newId())
  const [draft, setDraft] = useState(emails.draft)
  const { run, busy, error } = useAction()
  const fields = useRef<HTMLFormElement>(null)
  const put = (field: (typeof FIELDS)[number]) => (value: string) => setDraft({ ...draft, [field]: value })
  const wrong = (field: (typeof FIELDS)[number]): string | null => (error?.field === field ? error.message : null)
  const send = (): void => {
    void run(() => api.command('invoice.email', { effectId: effectId.current, invoiceId, ...draft })).then((done) => {
      if (!done) return fields.current?.querySelector<HTMLElement>('input')?.focus()
      toast(`Invoice ${number} goes to ${draft.to}.`)
      onClose()
    })
  }
  useHotkeys('Email the invoice', [{ keys: 'Ctrl+Enter', label: 'Send', run: send }])
  return (
    <form
      ref={fields}
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput label="To" type="email" value={draft.to} onChange={put('to')} error={wrong('to')} hint={emails.addresses.length > 1 ? `Also known: ${emails.addresses.filter((address) => address !== draft.to).join(', ')}` : ''} maxLength={254} required autoFocus />
      <TextInput label="Subject" value={draft.subject} onChange={put('subject')} error={wrong('subject')} maxLength={200} required />
      <TextInput label="Text" value={draft.text} onChange={put('text')} error={wrong('text')} rows={8} maxLength={4000} />
      <p className="t2 dense">The invoice goes along as a PDF. It is sent once; what becomes of it stands on the invoice.</p>
      {error && !FIELDS.some((field) => field === error.field) ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <ActionButton kind="primary" type="submit" label="Send" keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton label="Cancel" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

/** Emails a final invoice to the customer. */
export function EmailDialog(props: EmailProps) {
  return (
    <DialogFrame open title={`Email invoice ${props.number}`} onClose={props.onClose} actions={null} width="sm">
      {props.emails.hindrance === null ? (
        <EmailForm {...props} />
      ) : (
        <>
          <p>{props.emails.hindrance}</p>
          <div className="row">
            <ActionButton label="Close" keys="Escape" onClick={props.onClose} autoFocus />
          </div>
        </>
      )}
    </DialogFrame>
  )
}
