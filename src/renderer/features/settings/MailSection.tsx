import { useState } from 'react'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import { FormChoice, FormNumber, FormText } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Mail = OutputOf<'mail.settings'>
type Settings = NonNullable<Mail['settings']>

const SECURITIES = [
  { value: 'tls', label: 'TLS from the start', detail: 'mostly port 465' },
  { value: 'startTls', label: 'STARTTLS', detail: 'mostly port 587' },
  { value: 'none', label: 'None', detail: 'anybody on the way can read it' },
] as const

const fresh = ({ suggested }: Mail): Settings => ({ host: '', port: 465, security: 'tls', userName: '', ...suggested })

/** The password is this workstation's: it is kept here and nowhere else. */
function Password({ mail }: { readonly mail: Mail }) {
  const [password, setPassword] = useState('')
  const { run, busy, error } = useAction()
  const keep = (): void => {
    void run(async () => {
      await api.action('mail.savePassword', { password })
      setPassword('')
      toast('The password is kept on this workstation')
    })
  }
  const forget = (): void => {
    void run(async () => {
      await api.action('mail.forgetPassword', {})
      toast('The password is off this workstation')
    })
  }
  return (
    <>
      <h3>Password on this workstation</h3>
      <p className="t2">Each workstation that is to send mail has its own copy, in its keychain where it has one. It is in no backup and goes to no other workstation.</p>
      <FieldRow>
        <TextInput label={mail.hasPassword ? 'Another password' : 'Password'} type="password" autoComplete="new-password" value={password} onChange={setPassword} error={error?.message ?? null} maxLength={400} />
      </FieldRow>
      <div className="row">
        <ActionButton label="Keep the password here" busy={busy} onClick={keep} />
        {mail.hasPassword ? <ActionButton kind="quiet" label="Take it off this workstation" busy={busy} onClick={forget} /> : null}
        <span className="t2" aria-live="polite">{mail.hasPassword ? 'A password is here.' : 'No password is here.'}</span>
      </div>
    </>
  )
}

/** Sends one message at once: the only proof that everything is right. */
function TryOut({ mail }: { readonly mail: Mail }) {
  const [to, setTo] = useState(mail.settings?.fromAddress ?? '')
  const [answer, setAnswer] = useState<OutputOf<'mail.tryOut'> | null>(null)
  const { run, busy, error } = useAction()
  const send = (): void => {
    setAnswer(null)
    void run(async () => setAnswer(await api.action('mail.tryOut', { to })))
  }
  return (
    <>
      <h3>Try it</h3>
      <FieldRow>
        <TextInput label="Send a test to" type="email" value={to} onChange={setTo} error={error?.field === 'to' ? error.message : null} maxLength={254} />
      </FieldRow>
      <div className="row">
        <ActionButton label="Send a test" busy={busy} onClick={send} />
        <span className={answer?.sent === false ? 'alert-t' : ''} aria-live="polite">{busy ? 'Asking the mail server\u2026' : (answer?.sentence ?? mail.hindrance ?? '')}</span>
      </div>
      {error && error.field !== 'to' ? <ErrorNotice error={error} /> : null}
    </>
  )
}

function MailForm({ mail }: { readonly mail: Mail }) {
  const form = useRecordForm<Settings>({
    record: 'mail',
    initial: mail.settings ?? fresh(mail),
    fields: ['host', 'port', 'security', 'userName', 'fromName', 'fromAddress'],
    send: (draft) => api.command('mail.configure', draft),
    said: 'Mail server saved',
  })
  return (
    <RecordPanel page title="Mail" form={form} action="Save the mail server">
      <p className="t2">Invoices are emailed over your own mail server. These settings are the company’s and go to every workstation.</p>
      <FieldRow>
        <FormText form={form} field="host" label="Mail server" hint="Such as smtp.example.com" required grow={2} maxLength={253} />
        <FormNumber form={form} field="port" label="Port" required />
      </FieldRow>
      <FieldRow>
        <FormChoice form={form} field="security" label="Secure line" options={SECURITIES} required />
        <FormText form={form} field="userName" label="User name" hint="Empty where the server asks nobody." maxLength={254} />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="fromName" label="Sent in the name of" required maxLength={100} />
        <FormText form={form} field="fromAddress" label="Sent from" required maxLength={254} />
      </FieldRow>
      {mail.settings === null ? null : (
        <>
          {mail.settings.userName === '' ? null : <Password mail={mail} />}
          <TryOut mail={mail} />
        </>
      )}
    </RecordPanel>
  )
}

/** The mail server, the password of this workstation, and a test. */
export function MailSection() {
  const { data, error, refetch } = useQuery('mail.settings', {})
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={8} />
  return <MailForm mail={data} />
}
