import { z } from 'zod'
import { emailInput, idInput, lineInput, optionalLine, phoneInput, textInput, zoneInput } from '../kernel/inputs.ts'
import { CHANNELS } from './tables.ts'

/** The pieces that customer commands are made of; lengths of city, state and ZIP are what QuickBooks keeps (qbXML). */

const CUSTOMER_KINDS = ['residential', 'commercial'] as const
const LOCATION_KINDS = ['home', 'business', 'rental'] as const

export const customerNames = {
  kind: z.enum(CUSTOMER_KINDS),
  firstName: optionalLine('The first name', 60),
  lastName: optionalLine('The last name', 60),
  companyName: optionalLine('The company name', 100),
}

export const billingAddress = z.strictObject({
  line1: optionalLine('The billing street', 100),
  line2: optionalLine('The second billing line', 100),
  city: optionalLine('The billing city', 31),
  state: optionalLine('The billing state', 21),
  postalCode: optionalLine('The billing ZIP code', 13),
})

const degreesInput = (limit: number) => z.int().min(-limit * 1_000_000).max(limit * 1_000_000)

export const locationValues = {
  kind: z.enum(LOCATION_KINDS),
  line1: lineInput('The street', 100),
  line2: optionalLine('The second address line', 100),
  city: lineInput('The city', 31),
  state: optionalLine('The state', 21),
  postalCode: optionalLine('The ZIP code', 13),
  /** IANA name; windows promised here are wall time of this zone. */
  zone: zoneInput,
  accessNotes: textInput('The access note', 500),
  gateCode: optionalLine('The gate code', 40),
  pets: optionalLine('The note about pets', 120),
  /** Millionths of a degree. */
  latitude: degreesInput(90).nullable(),
  longitude: degreesInput(180).nullable(),
  taxZoneId: idInput.nullable(),
}

/** What an import brings; older hubs know no more of a place. */
export const importedLocation = z.strictObject({ id: idInput, name: optionalLine('The name of the place', 80).optional(), ...locationValues })

export const parkingInput = optionalLine('The note about parking', 200)

export const newLocation = importedLocation.extend({ parking: parkingInput.optional() })

export type NewLocation = z.output<typeof newLocation>

const label = optionalLine('The label', 30)

const newPhone = z.strictObject({ id: idInput, value: phoneInput, label })
const newEmail = z.strictObject({ id: idInput, value: emailInput, label })

/** How a customer wants to be reached. */
export const reachValues = {
  language: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'Choose the language from the list.').nullable(),
  bestTime: optionalLine('The best time to reach them', 120),
  preferredChannel: z.enum(CHANNELS, 'Choose how they want to be reached.').nullable(),
}

/** Which technicians a customer wishes. */
export const wishValues = {
  askedForId: idInput.nullable(),
  notWantedIds: z.array(idInput).max(12, 'At most 12 technicians are kept away.').nullable(),
}

export const newCustomer = z.strictObject({
  customerId: idInput,
  ...customerNames,
  ...z.strictObject(reachValues).partial().shape,
  billing: billingAddress.optional(),
  leadSource: optionalLine('The lead source', 60),
  phones: z.array(newPhone).max(12, 'A customer has at most 12 telephone numbers.'),
  emails: z.array(newEmail).max(12, 'A customer has at most 12 email addresses.'),
  location: newLocation.nullable(),
})

export type NewCustomer = z.output<typeof newCustomer>
