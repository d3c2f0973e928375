import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import { RequestError, asContractError } from '../../api/errors.ts'
import { api } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './customers.module.css'
import { type EditProps, type FormErrors, PanelForm, useKeptForm } from './PanelForm.tsx'
import { type ContactForm, contactInput, contactProblem } from './forms.ts'

const LABELS = ['mobile', 'home', 'work', 'tenant', 'billing'] as const

export function EditContact({ customer, onClose, contactId }: EditProps & { readonly contactId: string | null }) {
  const phone = customer.phones.find(({ id }) => id === contactId)
  const email = customer.emails.find(({ id }) => id === contactId)
  const existing = phone ?? email
  const start: ContactForm = { kind: email ? 'email' : 'phone', value: phone ? formatPhone(phone.value) : (email?.value ?? ''), label: existing?.label ?? '' }
  const { form, set, forget } = useKeptForm(`${customer.id}/contact/${contactId ?? 'new'}`, start)
  const [errors, setErrors] = useState<FormErrors>({ field: null, message: null })
  const of = {
    id: existing?.id ?? '',
    customerId: customer.id,
    locationId: existing?.locationId ?? null,
    position: existing?.position ?? customer.phones.length + customer.emails.length,
  }
  const word = form.kind === 'phone' ? 'phone' : 'email'
  const remove = (): void => {
    if (!existing) return
    api
      .command('contactMethod.remove', { id: existing.id })
      .then(() => {
        forget()
        toast(`${start.value} removed.`, () => {
          api.command('contactMethod.save', contactInput(start, { ...of, id: newId() })).catch((thrown: unknown) => toast(asContractError(thrown).message))
        })
        onClose()
      })
      .catch((thrown: unknown) => setErrors({ field: null, message: asContractError(thrown).message }))
  }
  return (
    <PanelForm
      title={existing ? `Change the ${word}` : 'Add a phone or email'}
      action={existing ? `Save ${word}` : `Add ${word}`}
      onClose={onClose}
      onRefused={setErrors}
      message={errors.message}
      shownAtField={errors.field === 'value'}
      {...(existing ? { extra: <ActionButton label="Remove" onClick={remove} /> } : {})}
      onSave={async () => {
        const problem = contactProblem(form)
        if (problem !== null) throw new RequestError({ code: 'contactMethod.unreadable', message: problem, field: 'value' })
        await api.command('contactMethod.save', contactInput(form, { ...of, id: existing?.id ?? newId() }))
        forget()
        toast(`${form.value} saved.`)
      }}
    >
      {existing ? null : (
        <Choice label="What" options={[{ value: 'phone', label: 'Phone' }, { value: 'email', label: 'Email' }]} value={form.kind} onChange={(kind) => set({ kind })} />
      )}
      <TextInput
        label={form.kind === 'phone' ? 'Telephone number' : 'Email address'}
        value={form.value}
        onChange={(value) => set({ value })}
        inputMode={form.kind === 'phone' ? 'tel' : 'email'}
        error={errors.field === 'value' ? errors.message : null}
        autoFocus
      />
      <div className={classes['grow']}>
        <TextInput label="Label" value={form.label} onChange={(label) => set({ label })} hint={`Like ${LABELS.slice(0, 3).join(', ')}`} />
      </div>
    </PanelForm>
  )
}
