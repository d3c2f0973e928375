import { type Change, insert } from '../kernel/changes.ts'
import type { NewCustomer, NewLocation } from './fields.ts'
import { customerName } from './naming.ts'
import { contactMethodTable, customerTable, locationTable } from './tables.ts'

/** Emails match whatever case they were typed in. */
export function storedEmail(value: string): string {
  return value.toLowerCase()
}

/** What nobody has asked a new customer yet. */
export const NOTHING_ASKED = { badDebtAt: null, language: null, bestTime: null, preferredChannel: null, askedForId: null, notWantedIds: null } as const

export function locationRow(customerId: string, location: NewLocation, importRunId: string | null = null): Change {
  const { id, name, parking, ...values } = location
  return insert(locationTable, { id, customerId, name: name ?? '', ...values, parking: parking ?? null, importRunId })
}

/** The rows of one new customer, shared by the booking form and by the import. */
export function customerRows(input: NewCustomer, number: string, importRunId: string | null = null): readonly Change[] {
  const { customerId, kind, firstName, lastName, companyName, billing, leadSource } = input
  return [
    insert(customerTable, {
      id: customerId,
      number,
      kind,
      name: customerName(input),
      firstName,
      lastName,
      companyName,
      billingLine1: billing?.line1 ?? '',
      billingLine2: billing?.line2 ?? '',
      billingCity: billing?.city ?? '',
      billingState: billing?.state ?? '',
      billingPostalCode: billing?.postalCode ?? '',
      leadSource,
      taxExempt: false,
      doNotService: false,
      creditHold: false,
      archived: false,
      importRunId,
      ...NOTHING_ASKED,
      language: input.language ?? null,
      bestTime: input.bestTime ?? null,
      preferredChannel: input.preferredChannel ?? null,
    }),
    ...(input.location ? [locationRow(customerId, input.location, importRunId)] : []),
    ...input.phones.map((phone, position) =>
      insert(contactMethodTable, { id: phone.id, customerId, locationId: null, kind: 'phone', value: phone.value, label: phone.label, position, importRunId }),
    ),
    ...input.emails.map((email, position) =>
      insert(contactMethodTable, {
        id: email.id,
        customerId,
        locationId: null,
        kind: 'email',
        value: storedEmail(email.value),
        label: email.label,
        position,
        importRunId,
      }),
    ),
  ]
}
