import { useState } from 'react'
import { type PhoneKind, SECRET_NAMES } from '../../../shared/contract/methods/phoneAccounts.ts'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { toast } from '../../stores/toast.ts'
import { dropDraft, keepDraft, useDraft, useDraftKey } from './drafts.ts'
import { PhoneDevices } from './PhoneDevices.tsx'
import { accountOf, PHONE_FIELDS, PHONE_KINDS, phoneDraft, type PhoneDraft, type TypedSecret, typedIn } from './phoneDraft.ts'
import { PhoneFields } from './PhoneFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Account = OutputOf<'phone.account'>

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

/** Reaches the telephone system for a moment with what is typed, saved or not. */
function TryIt({ kind, draft, typed }: { readonly kind: PhoneKind; readonly draft: PhoneDraft; readonly typed: TypedSecret }) {
  const [answer, setAnswer] = useState<OutputOf<'phone.tryAccount'> | null>(null)
  const { run, busy, error } = useAction()
  const tryIt = (): void => {
    setAnswer(null)
    void run(async () => setAnswer(await api.action('phone.tryAccount', { account: accountOf(kind, draft), secrets: typedIn(typed) })))
  }
  return (
    <>
      <div className="row">
        <ActionButton label="Try it" busy={busy} onClick={tryIt} />
        <span className={answer?.ready === false ? 'alert-t' : ''} aria-live="polite">
          {busy ? 'Asking the telephone system\u2026' : (answer?.sentence ?? '')}
        </span>
      </div>
      <ErrorNotice error={error} />
    </>
  )
}

function PhoneForm({ account, keptSecrets, refetch }: Account & { readonly refetch: () => void }) {
  const chosenKey = useDraftKey()('phoneKind')
  const chosen = useDraft<PhoneKind>(chosenKey)
  const kind = chosen ?? account.kind
  // Never part of the draft: what is typed there is kept in this browser, and a secret is not.
  const [typed, setTyped] = useState<Readonly<Partial<Record<PhoneKind, TypedSecret>>>>({})
  const ofKind = typed[kind] ?? {}
  const { run, busy } = useAction()
  const form = useRecordForm<PhoneDraft>({
    record: `phone/${kind}`,
    initial: phoneDraft(kind, account),
    fields: [...PHONE_FIELDS, ...SECRET_NAMES] as readonly (keyof PhoneDraft)[],
    send: (draft) => api.action('phone.saveAccount', { account: accountOf(kind, draft), secrets: typedIn(ofKind) }),
    said: 'The telephone is set',
    onSaved: () => {
      dropDraft(chosenKey)
      setTyped({})
      refetch()
    },
  })
  const forget = (): void => {
    void run(async () => {
      await api.action('phone.forgetSecrets', {})
      refetch()
      toast('The password is off this workstation')
    })
  }
  const discard = (): void => {
    dropDraft(chosenKey)
    form.discard()
  }
  const secrets = {
    typed: ofKind,
    kept: kind === account.kind ? keptSecrets : [],
    type: (name: keyof TypedSecret, text: string) => setTyped({ ...typed, [kind]: { ...ofKind, [name]: text } }),
    errorOf: form.errorOf,
  }
  return (
    <RecordPanel
      page
      title="Phone"
      form={{ ...form, changed: form.changed || kind !== account.kind, discard }}
      action="Save the telephone"
      more={keptSecrets.length > 0 ? <ActionButton kind="quiet" label="Take the password off this workstation" busy={busy} onClick={forget} /> : undefined}
    >
      <p className="t2">How this workstation takes calls. Each workstation has a telephone of its own.</p>
      <LineNow />
      <FieldRow>
        <Choice label="Telephone" required options={PHONE_KINDS} value={kind} onChange={(next) => keepDraft(chosenKey, next)} />
      </FieldRow>
      <PhoneFields kind={kind} form={form} secrets={secrets} />
      {kind === 'none' ? null : <TryIt key={kind} kind={kind} draft={form.draft} typed={ofKind} />}
      {kind === 'sip' ? <PhoneDevices /> : null}
    </RecordPanel>
  )
}

/** The telephone of this workstation: which, where, and whether it works; and its headset. */
export function PhoneSection() {
  const { data, error, refetch } = useQuery('phone.account', {})
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={8} />
  return <PhoneForm {...data} refetch={refetch} />
}
