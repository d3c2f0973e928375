import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { normalizePhone } from '../../../shared/base/phone.ts'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import classes from './customers.module.css'
import { LocationFields } from './EditLocation.tsx'
import { useKeptForm } from './PanelForm.tsx'
import { EMPTY_LOCATION, type LocationForm, newLocation } from './forms.ts'

interface PersonForm {
  readonly customerId: string
  readonly firstName: string
  readonly lastName: string
  readonly companyName: string
  readonly phone: string
  readonly email: string
  readonly leadSource: string
}

type Problem = { readonly field: string; readonly message: string }

function firstProblem({ firstName, lastName, companyName, phone, email }: PersonForm, place: LocationForm): Problem | null {
  if (`${firstName}${lastName}${companyName}`.trim() === '') return { field: 'firstName', message: 'Enter a first name, a last name or a company name.' }
  if (phone.trim() !== '' && normalizePhone(phone) === undefined) return { field: 'phone', message: 'Write a telephone number with its area code, like 555 014 2210.' }
  if (phone.trim() === '' && email.trim() === '') return { field: 'phone', message: 'Enter a telephone number or an email address, so that somebody can reach them.' }
  const begun = Object.entries(place).some(([name, value]) => name !== 'kind' && value.trim() !== '')
  if (begun && place.line1.trim() === '') return { field: 'line1', message: 'Enter the street, or empty the other fields of the location.' }
  if (begun && place.city.trim() === '') return { field: 'city', message: 'Enter the city.' }
  return null
}

/** The command names its own paths; the form has one field for each. */
function formField(path: string | undefined): string {
  if (path === undefined) return ''
  if (path.startsWith('phones')) return 'phone'
  if (path.startsWith('emails')) return 'email'
  return path.split('.').at(-1) ?? ''
}

/** A new customer outside a call: who, how to reach them, where; who it may be already stands beside. */
export function NewCustomer() {
  const person = useKeptForm<PersonForm>('new/person', { customerId: newId(), firstName: '', lastName: '', companyName: '', phone: '', email: '', leadSource: '' })
  const place = useKeptForm<LocationForm>('new/location', EMPTY_LOCATION)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const { form } = person
  const sources = useQuery('booking.form', {}).data?.leadSources ?? []
  const typed = {
    phones: form.phone.trim() === '' ? [] : [form.phone.trim().slice(0, 20)],
    emails: form.email.trim() === '' ? [] : [form.email.trim().slice(0, 254)],
    firstName: form.firstName.slice(0, 400),
    lastName: form.lastName.slice(0, 400),
    companyName: form.companyName.slice(0, 400),
    line1: place.form.line1.slice(0, 400),
    postalCode: place.form.postalCode.slice(0, 40),
  }
  const matches = useQuery('customers.duplicates', typed, { keep: true }).data?.matches ?? []

  const refuse = (next: Problem): void => {
    setProblem(next)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus())
  }
  const save = async (): Promise<void> => {
    if (busy) return
    const wrong = firstProblem(form, place.form)
    if (wrong) return refuse(wrong)
    setBusy(true)
    try {
      const phone = normalizePhone(form.phone)
      await api.command('customer.create', {
        customerId: form.customerId,
        kind: form.companyName.trim() === '' ? 'residential' : 'commercial',
        firstName: form.firstName,
        lastName: form.lastName,
        companyName: form.companyName,
        leadSource: form.leadSource,
        phones: phone === undefined ? [] : [{ id: newId(), value: phone, label: 'mobile' }],
        emails: form.email.trim() === '' ? [] : [{ id: newId(), value: form.email.trim(), label: '' }],
        location: place.form.line1.trim() === '' ? null : await newLocation(place.form),
      })
      person.forget()
      place.forget()
      toast(`${[form.firstName, form.lastName].filter(Boolean).join(' ') || form.companyName} added.`)
      navigate({ area: 'customers', path: [form.customerId] }, { replace: true })
    } catch (thrown) {
      const error = asContractError(thrown)
      refuse({ field: formField(error.field), message: error.message })
    } finally {
      setBusy(false)
    }
  }
  const [likeliest] = matches
  const open = (customerId: string): void => navigate({ area: 'customers', path: [customerId] })
  useHotkeys('New customer', [
    { keys: 'Ctrl+Enter', label: 'Add the customer', run: () => void save() },
    ...(likeliest ? [{ keys: 'Alt+U', label: 'Open the recorded customer', run: () => open(likeliest.customerId) }] : []),
  ])

  const errorOf = (name: string): string | null => (problem?.field === name ? problem.message : null)
  const text = (name: Exclude<keyof PersonForm, 'customerId' | 'leadSource'>, label: string, inputMode: 'text' | 'tel' | 'email' = 'text', autoFocus = false) => (
    <div className={classes['grow']}>
      <TextInput label={label} value={form[name]} onChange={(value) => person.set({ [name]: value })} inputMode={inputMode} error={errorOf(name)} autoFocus={autoFocus} />
    </div>
  )
  const placed = problem !== null && (problem.field in form || problem.field in place.form)
  return (
    <>
      <ScreenBar title="New customer" detail="Saved here as you type" />
      <div className={classes['form']}>
        <form className={classes['formBody']} noValidate aria-label="New customer" onSubmit={(event) => event.preventDefault()}>
          <div className={classes['fields']}>
            {text('firstName', 'First name', 'text', true)}
            {text('lastName', 'Last name')}
            {text('companyName', 'Company, if commercial')}
          </div>
          <div className={classes['fields']}>
            {text('phone', 'Phone', 'tel')}
            {text('email', 'Email', 'email')}
            <div className={classes['grow']}>
              <Choice
                label="Heard of us by"
                options={sources.map((value) => ({ value, label: value }))}
                value={form.leadSource === '' ? null : form.leadSource}
                onChange={(leadSource) => person.set({ leadSource })}
                onClear={() => person.set({ leadSource: '' })}
              />
            </div>
          </div>
          <h2 className="h2">Location</h2>
          <LocationFields form={place.form} set={place.set} errorOf={errorOf} />
        </form>
        <aside className={classes['formSide']} aria-label="Recorded already" aria-live="polite">
          {matches.length === 0 ? <p className="t3">Nobody recorded has this number, email or address.</p> : <h2 className="h2 hold-t">Perhaps recorded already</h2>}
          <ul className={classes['matches']}>
            {matches.map(({ customerId, name, place: where, flag, why }, index) => (
              <li key={customerId}>
                <div className="sp">
                  <div className="m el">{name}</div>
                  <div className="t2 dense el">{where}</div>
                  <div className="t3 dense">{[flag, ...why].filter(Boolean).join(', ')}</div>
                </div>
                <ActionButton small label="Open" {...(index === 0 ? { keys: 'Alt+U' } : {})} onClick={() => open(customerId)} />
              </li>
            ))}
          </ul>
        </aside>
        <footer className={classes['formFoot']}>
          <ActionButton kind="primary" label="Add customer" keys="Ctrl+Enter" busy={busy} onClick={() => void save()} />
          <span className="alert-t m" role="status">
            {problem !== null && !placed ? problem.message : ''}
          </span>
        </footer>
      </div>
    </>
  )
}
