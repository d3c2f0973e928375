import { type ClipboardEvent, useEffect } from 'react'
import { splitAddress } from '../../../shared/domain/customers/address.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { EMPTY_PLACE, type NewPlace } from '../../stores/booking.ts'
import { AreaLine } from '../customers/AreaLine.tsx'
import classes from './booking.module.css'
import type { Booking } from './useBooking.ts'

const NEW = 'new'

function KnownLocation({ booking }: { readonly booking: Booking }) {
  const { draft, customer, location, change, errors, flow } = booking
  // Where the customer has one place, it is the place: the walk goes on to how we get in.
  const only = customer?.locations.length === 1 && customer.locations[0]?.id === draft.locationId
  const options = [
    ...(customer?.locations ?? []).map((place) => ({ value: place.id, label: placeName(place), detail: place.name })),
    { value: NEW, label: 'Another place', detail: 'a new location' },
  ]
  const pick = (value: string): void => {
    if (value === NEW) {
      change({ locationId: null, newPlace: EMPTY_PLACE, accessNotes: null, gateCode: null })
      flow.focusFieldAfter('line1')
    } else change({ locationId: value, newPlace: null, accessNotes: null, gateCode: null })
  }
  return (
    <>
      <div data-field="location" {...(only ? { 'data-follows': true } : {})} className={classes['wider']}>
        <Choice tight label="Service address" options={options} value={draft.locationId} onChange={pick} error={errors.location} placeholder={customer ? 'Choose' : 'After the customer'} />
      </div>
      <div data-field="accessNotes" className={classes['wide']}>
        <TextInput tight label="Access" value={draft.accessNotes ?? location?.accessNotes ?? ''} onChange={(accessNotes) => change({ accessNotes })} error={errors.accessNotes} />
      </div>
      <div data-field="gateCode" className={classes['narrow']}>
        <TextInput tight label="Gate code" value={draft.gateCode ?? location?.gateCode ?? ''} onChange={(gateCode) => change({ gateCode })} error={errors.gateCode} />
      </div>
    </>
  )
}

function NewLocationFields({ booking, place }: { readonly booking: Booking; readonly place: NewPlace }) {
  const { draft, change, errors, flow } = booking
  const set = (part: Partial<NewPlace>): void => change((current) => ({ newPlace: { ...(current.newPlace ?? EMPTY_PLACE), ...part } }))
  const postalCode = place.postalCode.trim()
  const known = useQuery('customers.placeOfZip', postalCode.length >= 5 ? { postalCode } : null).data

  const { city, state } = known?.place ?? { city: '', state: '' }
  const { key } = draft
  useEffect(() => {
    if (city === '') return
    change((current) => {
      const typed = current.newPlace
      if (!typed || typed.city !== '') return {}
      return { newPlace: { ...typed, city, state: typed.state || state } }
    })
    // The ZIP fills what is still empty, once; it never overwrites what was typed.
    // eslint-disable-next-line react/exhaustive-deps
  }, [key, city, state])

  const onPaste = (event: ClipboardEvent): void => {
    const split = splitAddress(event.clipboardData.getData('text'), [place.city])
    if (!split) return
    event.preventDefault()
    set(split.address)
    // A name above the address, a number below it: kept where it is seen.
    if (split.rest !== '') change((current) => ({ accessNotes: [current.accessNotes ?? '', split.rest].filter((part) => part !== '').join(' ') }))
  }
  const text = (name: keyof NewPlace, label: string, className: string | undefined, hint?: string) => (
    <div data-field={name} className={className} {...(name === 'line1' ? { onPaste } : {})}>
      <TextInput tight label={label} value={place[name]} onChange={(value) => set({ [name]: value })} error={errors[name]} hint={hint} />
    </div>
  )
  return (
    <div className={classes['stack']}>
      <div className={classes['fields']}>
        {text('line1', 'Street', classes['wider'])}
        {text('line2', 'Unit', classes['narrow'])}
        {text('postalCode', 'ZIP', classes['narrow'])}
        {text('city', 'City', classes['wide'])}
        {text('state', 'State', classes['tiny'])}
      </div>
      <div className={classes['fields']}>
        <div data-field="accessNotes" className={classes['wide']}>
          <TextInput tight label="Access" value={draft.accessNotes ?? ''} onChange={(accessNotes) => change({ accessNotes })} error={errors.accessNotes} />
        </div>
        <div data-field="gateCode" className={classes['narrow']}>
          <TextInput tight label="Gate code" value={draft.gateCode ?? ''} onChange={(gateCode) => change({ gateCode })} error={errors.gateCode} />
        </div>
        {text('pets', 'Pets', classes['wide'])}
      </div>
      <AreaLine area={known?.area} />
      {draft.customerId === null ? null : (
        <div>
          <ActionButton
            small
            kind="quiet"
            label="Use a recorded place instead"
            onClick={() => {
              change({ newPlace: null })
              flow.focusFieldAfter('location')
            }}
          />
        </div>
      )}
    </div>
  )
}

export function LocationStep({ booking }: { readonly booking: Booking }) {
  const { newPlace, locationId } = booking.draft
  return newPlace && locationId === null ? <NewLocationFields booking={booking} place={newPlace} /> : <KnownLocation booking={booking} />
}
