import { useState } from 'react'
import { formatPhone } from '../../../shared/base/phone.ts'
import type { SearchHit } from '../../../shared/contract/methods/search.ts'
import { FLAG_RULES } from '../../../shared/domain/customers/flags.ts'
import { api, useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { type FlagsShown, shownFlags } from '../../components/FlagChips.tsx'
import { Icon } from '../../components/icons.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { type Suggestion, TypeAhead } from '../../components/TypeAhead.tsx'
import { EMPTY_PERSON, EMPTY_PLACE, type NewPerson } from '../../stores/booking.ts'
import classes from './booking.module.css'
import { ReadOnly } from './ReadOnly.tsx'
import type { Booking } from './useBooking.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

interface Found extends Suggestion {
  readonly pick: { readonly kind: 'known'; readonly customerId: string; readonly locationId: string | null } | { readonly kind: 'new'; readonly typed: string }
}

function fromHit(hit: SearchHit): Found {
  return {
    key: `${hit.kind}/${hit.id}`,
    label: hit.kind === 'location' ? hit.detail : hit.title,
    detail: hit.kind === 'location' ? hit.title : hit.detail,
    warning: hit.flag,
    pick: { kind: 'known', customerId: hit.customerId, locationId: hit.kind === 'location' ? hit.id : null },
  }
}

const flagName = (candidate: FlagsShown): string => {
  const [flag] = shownFlags(candidate)
  return flag ? FLAG_RULES[flag].name : ''
}

/** What was typed to find somebody is the beginning of somebody new. */
function personFrom(typed: string, callingFrom: string | null): NewPerson {
  const number = callingFrom === null ? '' : formatPhone(callingFrom)
  if (/^[\s\d()+./-]+$/.test(typed)) return { ...EMPTY_PERSON, phone: typed.trim() || number }
  if (typed.includes('@')) return { ...EMPTY_PERSON, email: typed.trim(), phone: number }
  const [firstName = '', ...rest] = typed.trim().split(/\s+/)
  return { ...EMPTY_PERSON, firstName, lastName: rest.join(' '), phone: number }
}

/** What a lead names is shown, though it is none of the company’s own sources. */
const sourcesWith = (sources: readonly string[], named: string): readonly string[] => (named === '' || sources.includes(named) ? sources : [named, ...sources])

function FindCustomer({ booking }: { readonly booking: Booking }) {
  const { draft, customer, pop, change, errors, flow } = booking
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? customer?.name ?? ''
  const searching = typed !== null && typed.trim() !== ''
  const { data, outdated, error } = useQuery('search.query', searching ? { text: typed, kinds: ['customer', 'location'], limit: 8 } : null, { keep: true })
  const hits = data?.hits ?? []
  const candidates: readonly Found[] = (pop?.candidates ?? []).map((candidate) => ({
    key: candidate.customerId,
    label: candidate.name,
    detail: candidate.locations[0] ? `${candidate.locations[0].line1}, ${candidate.locations[0].city}` : candidate.number,
    warning: flagName(candidate),
    pick: { kind: 'known', customerId: candidate.customerId, locationId: null },
  }))
  const fresh: Found = { key: 'new', label: searching ? `New customer \u201c${typed.trim()}\u201d` : 'New customer', pick: { kind: 'new', typed: typed ?? '' } }
  const suggestions = [...(searching ? hits.map(fromHit) : customer ? [] : candidates), ...(searching || !customer ? [fresh] : [])]

  const pick = ({ pick: picked }: Found): void => {
    setTyped(null)
    if (picked.kind === 'new') {
      change({ customerId: null, newPerson: personFrom(picked.typed, pop?.fromNumber ?? null), locationId: null, newPlace: EMPTY_PLACE, accessNotes: null, gateCode: null })
      flow.focusFieldAfter('firstName')
      return
    }
    const same = picked.customerId === draft.customerId
    change({ customerId: picked.customerId, newPerson: null, ...(same && picked.locationId === null ? {} : { locationId: picked.locationId, newPlace: null, accessNotes: null, gateCode: null }) })
    // Known from now on to whoever looks at this call, booked or not; a refusal changes nothing about the booking.
    if (draft.callId !== null && pop?.customerId !== picked.customerId) {
      api.command('call.link', { callId: draft.callId, customerId: picked.customerId, locationId: picked.locationId }).catch(() => undefined)
    }
    flow.goOnAfter('customer')
  }

  return (
    <>
      <div data-field="customer" data-own-enter className={classes['wide']}>
        <TypeAhead
          tight
          label="Caller"
          text={text}
          onText={setTyped}
          suggestions={suggestions}
          pending={searching && !error && (outdated || !data)}
          onPick={pick}
          {...(customer && typed === null ? { settled: true, onGoOn: () => flow.goOn('customer') } : {})}
          onLeave={() => setTyped(null)}
          placeholder="Name, phone or address"
          error={errors.customer}
          none="Nobody found."
          end={
            customer && typed === null ? (
              <span className={`good-t row ${classes['matched']}`}>
                <Icon name="tick" size={12} />
                {pop && pop.customerId === customer.id ? 'matched' : 'recorded'}
              </span>
            ) : null
          }
        />
      </div>
      <ReadOnly label="Calling from" value={pop ? (pop.fromNumber === null ? 'Withheld' : <PhoneNumber number={pop.fromNumber} />) : 'No call'} />
      <ReadOnly label="Reach at" value={
          customer?.phones[0] ? (
            <>
              <PhoneNumber number={customer.phones[0].value} name={customer.name} customerId={customer.id} />
              {customer.phones[0].label === '' ? '' : `, ${customer.phones[0].label}`}
            </>
          ) : (
            '\u2013'
          )
        } />
    </>
  )
}

function NewCustomerFields({ booking, person }: { readonly booking: Booking; readonly person: NewPerson }) {
  const { change, errors, form, flow } = booking
  const set = (part: Partial<NewPerson>): void => {
    const next = { ...person, ...part }
    change({ newPerson: { ...next, kind: next.companyName.trim() === '' ? 'residential' : 'commercial' } })
  }
  const text = (name: 'firstName' | 'lastName' | 'companyName' | 'phone' | 'email', label: string, inputMode: 'text' | 'tel' | 'email' = 'text') => (
    <div data-field={name} className={classes['grow']}>
      <TextInput tight label={label} value={person[name]} onChange={(value) => set({ [name]: value })} inputMode={inputMode} error={errors[name]} />
    </div>
  )
  return (
    <div className={classes['stack']}>
      <div className={classes['fields']}>
        {text('firstName', 'First name')}
        {text('lastName', 'Last name')}
        {text('phone', 'Phone', 'tel')}
      </div>
      <div className={classes['fields']}>
        {text('email', 'Email', 'email')}
        {text('companyName', 'Company, if commercial')}
        <div data-field="leadSource" className={classes['grow']}>
          <Choice
            tight
            label="Heard of us by"
            options={sourcesWith(form.leadSources, person.leadSource).map((value) => ({ value, label: value }))}
            value={person.leadSource === '' ? null : person.leadSource}
            onChange={(leadSource) => set({ leadSource })}
            onClear={() => set({ leadSource: '' })}
          />
        </div>
      </div>
      <div>
        <ActionButton
          small
          kind="quiet"
          label="Use a recorded customer instead"
          onClick={() => {
            change({ newPerson: null, newPlace: null })
            flow.focusFieldAfter('customer')
          }}
        />
      </div>
    </div>
  )
}

export function CustomerStep({ booking }: { readonly booking: Booking }) {
  const { newPerson, customerId } = booking.draft
  return newPerson && customerId === null ? <NewCustomerFields booking={booking} person={newPerson} /> : <FindCustomer booking={booking} />
}
