import Checkbox from '@mui/material/Checkbox'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './customers.module.css'
import { type EditProps, type FormErrors, PanelForm, useKeptForm } from './PanelForm.tsx'
import { type CustomerForm, customerForm, customerSet } from './forms.ts'

const FIELDS: Readonly<Record<string, keyof CustomerForm>> = {
  'set.firstName': 'firstName',
  'set.lastName': 'lastName',
  'set.companyName': 'companyName',
  'set.leadSource': 'leadSource',
  'set.billing.line1': 'billingLine1',
  'set.billing.line2': 'billingLine2',
  'set.billing.city': 'billingCity',
  'set.billing.state': 'billingState',
  'set.billing.postalCode': 'billingPostalCode',
}

export function EditCustomer({ customer, onClose }: EditProps) {
  const before = customerForm(customer)
  const { form, set, forget } = useKeptForm(`${customer.id}/customer`, before)
  const [errors, setErrors] = useState<FormErrors>({ field: null, message: null })
  const wrong = errors.field === null ? undefined : FIELDS[errors.field]
  const text = (name: Extract<keyof CustomerForm, string>, label: string, className = '', autoFocus = false) => (
    <div className={className}>
      <TextInput label={label} value={String(form[name])} onChange={(value) => set({ [name]: value })} error={wrong === name ? errors.message : null} autoFocus={autoFocus} />
    </div>
  )
  const flag = (name: 'taxExempt' | 'archived', label: string) => (
    <label>
      <Checkbox size="small" checked={form[name]} onChange={(event) => set({ [name]: event.target.checked })} />
      {label}
    </label>
  )
  return (
    <PanelForm
      title={`Edit ${customer.name}`}
      action="Save changes"
      onClose={onClose}
      onRefused={setErrors}
      message={errors.message}
      shownAtField={wrong !== undefined}
      onSave={async () => {
        await api.command('customer.change', { customerId: customer.id, set: customerSet(form) })
        forget()
        toast(`${customer.name} changed.`, () => {
          api.command('customer.change', { customerId: customer.id, set: customerSet(before) }).catch((thrown: unknown) => toast(asContractError(thrown).message))
        })
      }}
    >
      <div className={classes['fields']}>
        {text('firstName', 'First name', classes['grow'], true)}
        {text('lastName', 'Last name', classes['grow'])}
      </div>
      <div className={classes['fields']}>
        {text('companyName', 'Company', classes['grow'])}
        <div className={classes['grow']}>
          <Choice label="Kind" options={[{ value: 'residential', label: 'Residential' }, { value: 'commercial', label: 'Commercial' }]} value={form.kind} onChange={(kind) => set({ kind })} />
        </div>
      </div>
      {text('billingLine1', 'Billing street, if other than the location')}
      {text('billingLine2', 'Second line')}
      <div className={classes['fields']}>
        {text('billingCity', 'City', classes['grow'])}
        {text('billingState', 'State', classes['grow'])}
        {text('billingPostalCode', 'ZIP', classes['grow'])}
      </div>
      {text('leadSource', 'Heard of us by')}
      <div className={classes['flags']}>
        {flag('taxExempt', 'Tax exempt')}
        {flag('archived', 'Archived: not offered any more')}
      </div>
    </PanelForm>
  )
}
