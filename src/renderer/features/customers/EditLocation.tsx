import { useEffect, useState } from 'react'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import { AreaLine } from './AreaLine.tsx'
import classes from './customers.module.css'
import { type EditProps, type FormErrors, PanelForm, useKeptForm } from './PanelForm.tsx'
import { EMPTY_LOCATION, type LocationForm, locationForm, newLocation, pastedLocation } from './forms.ts'

/** Where people write sentences; names and numbers are not spelled. */
const SENTENCES: ReadonlySet<keyof LocationForm> = new Set(['accessNotes', 'pets', 'parking'])

/** The fields of a place; pasting a whole address splits it, a known ZIP fills city and state. */
export function LocationFields(props: { readonly form: LocationForm; readonly set: (part: Partial<LocationForm>) => void; readonly errorOf: (name: keyof LocationForm) => string | null; readonly autoFocus?: boolean }) {
  const { form, set, errorOf, autoFocus = false } = props
  const postalCode = form.postalCode.trim()
  const known = useQuery('customers.placeOfZip', postalCode.length >= 5 ? { postalCode } : null).data
  const { city, state } = known?.place ?? { city: '', state: '' }
  useEffect(() => {
    if (city !== '' && form.city.trim() === '') set({ city, state: form.state || state })
    // Only the ZIP's own answer fills in; typing a city afterwards is not undone.
    // eslint-disable-next-line react/exhaustive-deps
  }, [city, state])
  const text = (name: Exclude<keyof LocationForm, 'kind'>, label: string, className = classes['grow'], focus = false) => (
    <div className={className}>
      <TextInput label={label} value={form[name]} onChange={(value) => set({ [name]: value })} error={errorOf(name)} autoFocus={focus} spellCheck={SENTENCES.has(name)} />
    </div>
  )
  return (
    <>
      <div
        onPaste={(event) => {
          const split = pastedLocation(event.clipboardData.getData('text'), form)
          if (!split) return
          event.preventDefault()
          set(split)
        }}
      >
        {text('line1', 'Street', '', autoFocus)}
      </div>
      <div className={classes['fields']}>
        {text('line2', 'Unit')}
        {text('postalCode', 'ZIP', classes['short'])}
      </div>
      <div className={classes['fields']}>
        {text('city', 'City')}
        {text('state', 'State', classes['short'])}
      </div>
      <AreaLine area={known?.area} />
      <div className={classes['fields']}>
        <div className={classes['grow']}>
          <Choice
            label="Kind"
            options={[
              { value: 'home', label: 'Home' },
              { value: 'business', label: 'Business' },
              { value: 'rental', label: 'Rental' },
            ]}
            value={form.kind}
            onChange={(kind) => set({ kind })}
          />
        </div>
        {text('name', 'Name of the place')}
      </div>
      {text('accessNotes', 'Access', '')}
      <div className={classes['fields']}>
        {text('gateCode', 'Gate code')}
        {text('pets', 'Pets')}
        {text('parking', 'Parking')}
      </div>
    </>
  )
}

export function EditLocation({ customer, onClose, locationId }: EditProps & { readonly locationId: string | null }) {
  const location = customer.locations.find(({ id }) => id === locationId)
  const before = location ? locationForm(location) : EMPTY_LOCATION
  const { form, set, forget } = useKeptForm(`${customer.id}/location/${locationId ?? 'new'}`, before)
  const [errors, setErrors] = useState<FormErrors>({ field: null, message: null })
  const name = errors.field?.split('.').at(-1)
  const known = name !== undefined && name in form
  return (
    <PanelForm
      title={location ? 'Edit the location' : 'Add a location'}
      action={location ? 'Save location' : 'Add location'}
      onClose={onClose}
      onRefused={setErrors}
      message={errors.message}
      shownAtField={known}
      onSave={async () => {
        if (location) {
          await api.command('location.change', { locationId: location.id, set: form })
          toast('Location changed.', () => {
            api.command('location.change', { locationId: location.id, set: before }).catch((thrown: unknown) => toast(asContractError(thrown).message))
          })
        } else {
          await api.command('location.add', { customerId: customer.id, location: await newLocation(form) })
          toast(`${form.line1} added.`)
        }
        forget()
      }}
    >
      <LocationFields form={form} set={set} errorOf={(field) => (known && field === name ? errors.message : null)} autoFocus />
    </PanelForm>
  )
}
