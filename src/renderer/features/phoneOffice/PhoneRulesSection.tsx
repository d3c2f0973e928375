import type { OfficeRules } from '../../../shared/contract/methods/phoneOffice.ts'
import { api, useQuery } from '../../api/api.ts'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { PhoneInput } from '../../components/PhoneInput.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { FormNumber } from '../settings/formFields.tsx'
import { RecordPanel } from '../settings/RecordPanel.tsx'
import { useRecordForm } from '../settings/useRecordForm.ts'

const NO_INPUT = {} as const

function RulesForm({ initial }: { readonly initial: OfficeRules }) {
  const form = useRecordForm({
    record: 'phoneRules',
    initial,
    fields: ['wrapUpSeconds', 'firstSeconds', 'recordingDays', 'backupNumber', 'paymentPage', 'voicemailNumber', 'voicemailSenders'],
    send: (rules) => api.command('phoneRules.configure', { set: { ...rules, paymentPage: rules.paymentPage || null, voicemailNumber: rules.voicemailNumber || null, voicemailSenders: rules.voicemailSenders?.trim() || null } }),
    said: 'Saved',
  })
  return (
    <RecordPanel title="Wrap-up and back-up" form={form} action="Save" page>
      <FieldRow>
        <FormNumber form={form} field="wrapUpSeconds" label="Wrap-up ends by itself after" unit="s" />
        <FormNumber form={form} field="firstSeconds" label="A call rings those it is for alone for" unit="s" />
      </FieldRow>
      <p className="t2">A wrap-up begins when a call ends, and is over as soon as somebody says how the call ended. A call rings everybody at once where nobody is free.</p>
      <FieldRow>
        <PhoneInput label="Back-up number while the telephone is gone" value={form.draft.backupNumber} onChange={(number) => form.set('backupNumber', number)} error={form.errorOf('backupNumber')} />
        <FormNumber form={form} field="recordingDays" label="Recordings are kept" unit="days" />
      </FieldRow>
      <TextInput label="Page on which the processor takes card payments" placeholder="https://" value={form.draft.paymentPage ?? ''} onChange={(address) => form.set('paymentPage', address)} error={form.errorOf('paymentPage')} maxLength={400} />
      <p className="t2">Ctrl+F10 in a call offers it. Nothing is recorded while a payment is open.</p>
      <FieldRow>
        <TextInput label="Dialled to hear the voicemails" placeholder="*97" value={form.draft.voicemailNumber ?? ''} onChange={(number) => form.set('voicemailNumber', number)} error={form.errorOf('voicemailNumber')} maxLength={20} />
        <TextInput label="Voicemails are mailed from" placeholder="pbx@example.com" value={form.draft.voicemailSenders ?? ''} onChange={(senders) => form.set('voicemailSenders', senders)} error={form.errorOf('voicemailSenders')} maxLength={400} />
      </FieldRow>
      <p className="t2">An email with a voicemail from there, in the lead mailbox, is played at its call and makes no lead. Letters of others stay leads, whatever is attached. Where your mail server checks senders (SPF, DKIM), it must have passed; where it does not, anybody can write this address.</p>
      <p className="t2">Lines may have a back-up number and days of their own. No recording goes while a complaint about its call runs.</p>
    </RecordPanel>
  )
}

export function PhoneRulesSection() {
  const rules = useQuery('phoneOffice.settings', NO_INPUT).data?.rules
  return rules ? <RulesForm initial={rules} /> : <LoadingLines />
}
