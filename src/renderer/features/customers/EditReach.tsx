import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { CHANNEL_NAMES, PURPOSE_NAMES, WAY_NAMES } from '../../../shared/domain/customers/consent.ts'
import { LANGUAGES } from '../../../shared/domain/customers/languages.ts'
import { type Channel, CHANNELS, CONSENT_WAYS, type ConsentWay, CONTACT_PURPOSES, type ContactPurpose } from '../../../shared/domain/customers/tables.ts'
import { api } from '../../api/api.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import { ConsentHistory } from './Consents.tsx'
import classes from './customers.module.css'
import { changedReach, type Reach } from './forms.ts'
import { type EditProps, type FormErrors, PanelForm, useKeptForm } from './PanelForm.tsx'

interface ReachForm extends Reach {
  /** As it was when the panel opened: what differs from it was changed here. */
  readonly start: Reach
  readonly consentId: string
  readonly channel: Channel | null
  readonly purpose: ContactPurpose
  readonly answer: 'yes' | 'no' | null
  readonly way: ConsentWay
  readonly words: string
}

const FIELDS = ['language', 'bestTime', 'preferredChannel', 'channel', 'words'] as const

/** How and when a customer wants to be reached, in which language, and what they allow; each answer is kept for good. */
export function EditReach({ customer, onClose }: EditProps) {
  const { language, bestTime, preferredChannel } = customer
  const reach: Reach = { language, bestTime, preferredChannel }
  const { form, set, forget } = useKeptForm<ReachForm>(`${customer.id}/reach`, {
    ...reach, start: reach, consentId: newId(), channel: null, purpose: 'marketing', answer: null, way: 'call', words: '',
  })
  const [errors, setErrors] = useState<FormErrors>({ field: null, message: null })
  const at = FIELDS.find((field) => field === errors.field?.split('.').at(-1))
  const errorOf = (field: (typeof FIELDS)[number]): string | null => (at === field ? errors.message : null)
  const save = async (): Promise<void> => {
    const typed: Reach = { language: form.language, bestTime: form.bestTime, preferredChannel: form.preferredChannel }
    const changed = changedReach(form.start, typed)
    if (Object.keys(changed).length > 0) {
      await api.command('customer.change', { customerId: customer.id, set: changed })
      // Should the answer below be refused, only what is changed after this is sent again.
      set({ start: typed })
    }
    if (form.channel !== null && form.answer !== null) {
      const { consentId, channel, purpose, way, words } = form
      await api.command('consent.record', { consentId, customerId: customer.id, channel, purpose, granted: form.answer === 'yes', way, words })
    }
    forget()
    toast('Saved how to reach them.')
  }
  return (
    <PanelForm title="How to reach them" action="Save" onClose={onClose} onRefused={setErrors} message={errors.message} shownAtField={at !== undefined} onSave={save}>
      <div className={classes['fields']}>
        <div className={classes['grow']}>
          <Choice
            label="Language"
            options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
            value={form.language}
            onChange={(next) => set({ language: next })}
            onClear={() => set({ language: null })}
            error={errorOf('language')}
            autoFocus
          />
        </div>
        <div className={classes['grow']}>
          <Choice
            label="Best reached by"
            options={CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] }))}
            value={form.preferredChannel}
            onChange={(next) => set({ preferredChannel: next })}
            onClear={() => set({ preferredChannel: null })}
            error={errorOf('preferredChannel')}
          />
        </div>
      </div>
      <TextInput label="Best time" placeholder="After 5 PM, not on Fridays" value={form.bestTime} onChange={(next) => set({ bestTime: next })} error={errorOf('bestTime')} spellCheck />
      <h3 className="h2">What they allow: a new answer</h3>
      <div className={classes['fields']}>
        <div className={classes['grow']}>
          <Choice label="Channel" options={CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] }))} value={form.channel} onChange={(channel) => set({ channel })} onClear={() => set({ channel: null })} error={errorOf('channel')} />
        </div>
        <div className={classes['grow']}>
          <Choice label="For" options={CONTACT_PURPOSES.map((value) => ({ value, label: PURPOSE_NAMES[value] }))} value={form.purpose} onChange={(purpose) => set({ purpose })} />
        </div>
      </div>
      <div className={classes['fields']}>
        <div className={classes['grow']}>
          <Choice
            label="Answer"
            options={[
              { value: 'yes', label: 'Yes, they may' },
              { value: 'no', label: 'No' },
            ]}
            value={form.answer}
            onChange={(answer) => set({ answer })}
            onClear={() => set({ answer: null })}
          />
        </div>
        <div className={classes['grow']}>
          <Choice label="How they said so" options={CONSENT_WAYS.map((value) => ({ value, label: WAY_NAMES[value] }))} value={form.way} onChange={(way) => set({ way })} />
        </div>
      </div>
      <TextInput label="In their words" value={form.words} onChange={(words) => set({ words })} error={errorOf('words')} spellCheck lang={form.language ?? undefined} />
      <ConsentHistory consents={customer.consents} />
    </PanelForm>
  )
}
