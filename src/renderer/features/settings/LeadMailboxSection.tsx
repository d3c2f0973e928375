import { useState } from 'react'
import { instantOf } from '../../../shared/base/zone.ts'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { formatDue } from '../../components/Due.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { FormChoice, FormDay, FormNumber, FormSwitch, FormText } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Settings = OutputOf<'leads.settings'>
/** As it is typed: `since` is a day, and is only sent where somebody says one. */
type Mailbox = Omit<NonNullable<Settings['mailbox']>, 'since'> & { readonly since: string | null }

const NO_INPUT = {} as const

const SECURITIES = [
  { value: 'tls', label: 'TLS from the start', detail: 'mostly port 993' },
  { value: 'startTls', label: 'STARTTLS', detail: 'mostly port 143' },
  { value: 'none', label: 'None', detail: 'anybody on the way can read it' },
] as const

/** The password is this workstation's: it is kept here and nowhere else. */
function Password({ here }: { readonly here: boolean }) {
  const [password, setPassword] = useState('')
  const { run, busy, error } = useAction()
  const keep = (): void => {
    void run(async () => {
      await api.action('leadMailbox.savePassword', { password })
      setPassword('')
      toast('The password is kept on this workstation')
    })
  }
  const forget = (): void => {
    void run(async () => {
      await api.action('leadMailbox.forgetPassword', {})
      toast('The password is off this workstation')
    })
  }
  return (
    <>
      <h3>Password on this workstation</h3>
      <p className="t2">One workstation that has it watches the mailbox; where it is off, another that has it takes over. It is in no backup and goes to no other workstation.</p>
      <FieldRow>
        <TextInput label={here ? 'Another password' : 'Password'} type="password" autoComplete="new-password" value={password} onChange={setPassword} error={error?.message ?? null} maxLength={400} />
      </FieldRow>
      <div className="row">
        <ActionButton label="Keep the password here" busy={busy} onClick={keep} />
        {here ? <ActionButton kind="quiet" label="Take it off this workstation" busy={busy} onClick={forget} /> : null}
        <span className="t2" aria-live="polite">{here ? 'A password is here.' : 'No password is here.'}</span>
      </div>
    </>
  )
}

function MailboxForm({ settings: { mailbox, hasPassword, watching } }: { readonly settings: Settings }) {
  const zone = useZone()
  const now = useNow()
  const form = useRecordForm<Mailbox>({
    record: 'leadMailbox',
    initial: mailbox ? { ...mailbox, since: null } : { host: '', port: 993, security: 'tls', userName: '', folder: 'INBOX', since: null, active: true },
    fields: ['host', 'port', 'security', 'userName', 'folder', 'since'],
    send: (draft) => api.command('leadMailbox.save', { ...draft, since: draft.since === null ? null : instantOf(draft.since, 0, zone) }),
    said: 'Mailbox saved',
  })
  return (
    <RecordPanel page title="Lead mailbox" form={form} action="Save the mailbox">
      <p className="t2">Every new email in this mailbox becomes a lead that is owed an answer within four hours. Baton only reads: nothing is deleted, moved or marked. Automatic answers and letters that came back are passed over.</p>
      <FieldRow>
        <FormText form={form} field="host" label="Mail server (IMAP)" hint="Such as imap.example.com" required grow={2} maxLength={253} />
        <FormNumber form={form} field="port" label="Port" required />
      </FieldRow>
      <FieldRow>
        <FormChoice form={form} field="security" label="Secure line" options={SECURITIES} required />
        <FormText form={form} field="userName" label="User name" required maxLength={254} />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="folder" label="Folder" required grow={2} maxLength={200} hint="INBOX, or one that a rule sorts leads into" />
        <FormDay form={form} field="since" label="Emails since" hint={mailbox ? `Empty: as now, since ${formatDue(mailbox.since, now, zone)}; another folder from now on` : 'Empty: from now on'} />
      </FieldRow>
      <FormSwitch form={form} field="active" label="Watch it" />
      {mailbox === null ? null : (
        <>
          <Password here={hasPassword} />
          <p className={watching.good ? '' : 'alert-t'} aria-live="polite">
            {watching.sentence}
          </p>
        </>
      )}
    </RecordPanel>
  )
}

/** The mailbox that is watched, and this workstation's password for it. */
export function LeadMailboxSection() {
  const { data, error, refetch } = useQuery('leads.settings', NO_INPUT)
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={8} />
  return <MailboxForm settings={data} />
}
