import { newId } from '../../../shared/base/id.ts'
import { normalizePhone } from '../../../shared/base/phone.ts'
import type { CustomerLocation, CustomerPage } from '../../../shared/contract/methods/customers.ts'
import { splitAddress } from '../../../shared/domain/customers/address.ts'
import { api } from '../../api/api.ts'
import type { CommandInput } from '../../api/types.ts'

/** What is typed into the forms of a customer's page, and the commands it becomes. */

export interface CustomerForm {
  readonly kind: 'residential' | 'commercial'
  readonly firstName: string
  readonly lastName: string
  readonly companyName: string
  readonly leadSource: string
  readonly billingLine1: string
  readonly billingLine2: string
  readonly billingCity: string
  readonly billingState: string
  readonly billingPostalCode: string
  readonly taxExempt: boolean
  readonly archived: boolean
}

export function customerForm({ kind, firstName, lastName, companyName, leadSource, billing, taxExempt, archived }: CustomerPage): CustomerForm {
  return {
    kind,
    firstName,
    lastName,
    companyName,
    leadSource,
    billingLine1: billing.line1,
    billingLine2: billing.line2,
    billingCity: billing.city,
    billingState: billing.state,
    billingPostalCode: billing.postalCode,
    taxExempt,
    archived,
  }
}

export function customerSet(form: CustomerForm): CommandInput<'customer.change'>['set'] {
  const { billingLine1, billingLine2, billingCity, billingState, billingPostalCode, ...rest } = form
  return { ...rest, billing: { line1: billingLine1, line2: billingLine2, city: billingCity, state: billingState, postalCode: billingPostalCode } }
}

/** How and when a customer wants to be reached. */
export type Reach = Pick<CustomerPage, 'language' | 'bestTime' | 'preferredChannel'>

/** What was changed since the form opened: what a colleague changed meanwhile stays. */
export function changedReach(start: Reach, now: Reach): Partial<Reach> {
  return {
    ...(now.language === start.language ? {} : { language: now.language }),
    ...(now.bestTime === start.bestTime ? {} : { bestTime: now.bestTime }),
    ...(now.preferredChannel === start.preferredChannel ? {} : { preferredChannel: now.preferredChannel }),
  }
}

/** Which technicians a customer wishes, and which not. */
export interface Wishes {
  readonly askedForId: string | null
  readonly notWantedIds: readonly string[]
}

/** What was changed since the form opened. */
export function changedWishes(start: Wishes, now: Wishes): { askedForId?: string | null; notWantedIds?: string[] | null } {
  return {
    ...(now.askedForId === start.askedForId ? {} : { askedForId: now.askedForId }),
    ...(now.notWantedIds.join(' ') === start.notWantedIds.join(' ') ? {} : { notWantedIds: now.notWantedIds.length === 0 ? null : [...now.notWantedIds] }),
  }
}

export type LocationForm = Pick<CustomerLocation, 'name' | 'kind' | 'line1' | 'line2' | 'city' | 'state' | 'postalCode' | 'accessNotes' | 'gateCode' | 'pets' | 'parking'>

export const EMPTY_LOCATION: LocationForm = { name: '', kind: 'home', line1: '', line2: '', city: '', state: '', postalCode: '', accessNotes: '', gateCode: '', pets: '', parking: '' }

export function locationForm({ name, kind, line1, line2, city, state, postalCode, accessNotes, gateCode, pets, parking }: LocationForm): LocationForm {
  return { name, kind, line1, line2, city, state, postalCode, accessNotes, gateCode, pets, parking }
}

/** A new place takes its zone and taxes from the office's other places at that ZIP. */
export async function newLocation(form: LocationForm): Promise<CommandInput<'location.add'>['location']> {
  const known = await api.query('customers.placeOfZip', { postalCode: form.postalCode.trim() })
  return { id: newId(), ...form, zone: known.place?.zone ?? known.zone, taxZoneId: known.place?.taxZoneId ?? null, latitude: null, longitude: null }
}

/** A pasted address in its fields; what was pasted along goes to the access note, where it is seen. `undefined` for what is none. */
export function pastedLocation(text: string, form: Pick<LocationForm, 'accessNotes' | 'city'>): Partial<LocationForm> | undefined {
  const split = splitAddress(text, [form.city])
  if (!split) return undefined
  const { address, rest } = split
  return rest === '' ? address : { ...address, accessNotes: [form.accessNotes, rest].filter((part) => part !== '').join(' ') }
}

export interface ContactForm {
  readonly kind: 'phone' | 'email'
  /** As typed. */
  readonly value: string
  readonly label: string
}

/** What is wrong with it, or nothing. */
export function contactProblem({ kind, value }: ContactForm): string | null {
  if (value.trim() === '') return kind === 'phone' ? 'Enter the telephone number.' : 'Enter the email address.'
  if (kind === 'phone' && normalizePhone(value) === undefined) return 'Write a telephone number with its area code, like 555 014 2210.'
  return null
}

export function contactInput(form: ContactForm, of: { readonly id: string; readonly customerId: string; readonly locationId: string | null; readonly position: number }): CommandInput<'contactMethod.save'> {
  const { id, customerId, locationId, position } = of
  const shared = { id, customerId, locationId, position, label: form.label }
  return form.kind === 'phone' ? { ...shared, kind: 'phone', value: normalizePhone(form.value) ?? form.value } : { ...shared, kind: 'email', value: form.value }
}
