import { useState } from 'react'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { toast } from '../../stores/toast.ts'
import { FormChoice, FormText } from './formFields.tsx'
import { PhoneDevices } from './PhoneDevices.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Account = OutputOf<'phone.account'>

/** All that the form can hold, whichever telephone is chosen. */
interface PhoneDraft {
  readonly kind: 'none' | 'sip'
  readonly server: string
  readonly domain: string
  readonly extension: string
  readonly userName: string
  readonly displayName: string
  readonly certificate: string
}

const KINDS = [
  { value: 'none', label: 'None', detail: 'only the practice line' },
  { value: 'sip', label: 'Softphone', detail: 'this workstation and a headset, over SIP' },
] as const

const EMPTY: PhoneDraft = { kind: 'none', server: '', domain: '', extension: '', userName: '', displayName: '', certificate: '' }

const accountOf = ({ kind, ...sip }: PhoneDraft): Account['account'] => (kind === 'none' ? { kind } : { kind, ...sip })

const STATUS = { none: 'No telephone is set up.', connecting: 'Connecting\u2026', ready: 'Connected.', down: '' } as const

/** How the line is now, in words. */
function LineNow() {
  const line = usePhoneLine()
  if (!line) return null
  const words = [STATUS[line.status], line.reason, line.account].filter((part) => part !== '')
  return (
    <p className={line.status === 'down' ? 'alert-t' : 't2'} aria-live="polite">
      {words.join(' ')}
    </p>
  )
}

/** Registers for a moment with what is typed, saved or not. */
function TryIt({ draft, password }: { readonly draft: PhoneDraft; readonly password: string }) {
  const [answer, setAnswer] = useState<OutputOf<'phone.tryAccount'> | null>(null)
  const { run, busy, error } = useAction()
  const tryIt = (): void => {
    setAnswer(null)
    void run(async () => setAnswer(await api.action('phone.tryAccount', { account: accountOf(draft), password: password === '' ? null : password })))
  }
  return (
    <>
      <div className="row">
        <ActionButton label="Try it" busy={busy} onClick={tryIt} />
        <span className={answer?.ready === false ? 'alert-t' : ''} aria-live="polite">
          {busy ? 'Asking the telephone server\u2026' : (answer?.sentence ?? '')}
        </span>
      </div>
      <ErrorNotice error={error} />
    </>
  )
}

function PhoneForm({ account, hasPassword, refetch }: Account & { readonly refetch: () => void }) {
  // Never part of the draft: what is typed there is kept in this browser, and a password is not.
  const [password, setPassword] = useState('')
  const { run, busy } = useAction()
  const form = useRecordForm<PhoneDraft>({
    record: 'phone',
    initial: account.kind === 'none' ? EMPTY : account,
    fields: ['kind', 'server', 'domain', 'extension', 'userName', 'displayName', 'certificate'],
    send: (draft) => api.action('phone.saveAccount', { account: accountOf(draft), password: draft.kind === 'none' || password === '' ? null : password }),
    said: 'The telephone is set',
    onSaved: () => {
      setPassword('')
      refetch()
    },
  })
  const forget = (): void => {
    void run(async () => {
      await api.action('phone.forgetPassword', {})
      refetch()
      toast('The password is off this workstation')
    })
  }
  return (
    <RecordPanel page title="Phone" form={form} action="Save the telephone" more={hasPassword ? <ActionButton kind="quiet" label="Take the password off this workstation" busy={busy} onClick={forget} /> : undefined}>
      <p className="t2">How this workstation takes calls. Each workstation has a telephone of its own.</p>
      <LineNow />
      <FieldRow>
        <FormChoice form={form} field="kind" label="Telephone" options={KINDS} required />
      </FieldRow>
      {form.draft.kind === 'sip' ? (
        <>
          <FieldRow>
            <FormText form={form} field="server" label="Telephone server" hint="Such as wss://phones.example.com/ws" required grow={2} maxLength={300} />
            <FormText form={form} field="domain" label="Domain" hint="The part after the @" required maxLength={200} />
          </FieldRow>
          <FieldRow>
            <FormText form={form} field="extension" label="Extension" hint="The part before the @" required maxLength={60} />
            <FormText form={form} field="userName" label="User name" hint="Empty where it is the extension." maxLength={120} />
            <FormText form={form} field="displayName" label="Name shown to those you call" maxLength={80} />
          </FieldRow>
          <FieldRow>
            <TextInput
              label={hasPassword ? 'Another password' : 'Password'}
              hint="Kept in this workstation’s keychain where it has one; in no backup."
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={setPassword}
              maxLength={400}
            />
          </FieldRow>
          <FieldRow>
            <FormText form={form} field="certificate" label="The server’s certificate" hint="Only where its certificate comes from your own office: paste it, from -----BEGIN CERTIFICATE----- on." rows={3} maxLength={20_000} />
          </FieldRow>
          <TryIt draft={form.draft} password={password} />
          <PhoneDevices />
        </>
      ) : null}
    </RecordPanel>
  )
}

/** The telephone of this workstation: which, where, and whether it works; and its headset. */
export function PhoneSection() {
  const { data, error, refetch } = useQuery('phone.account', {})
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={8} />
  return <PhoneForm {...data} refetch={refetch} />
}
