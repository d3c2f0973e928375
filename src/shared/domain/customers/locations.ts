import { z } from 'zod'
import { taxZoneTable } from '../invoices/tables.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, optionalLine } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { update } from '../kernel/changes.ts'
import { refuse } from '../kernel/refusal.ts'
import { locationValues, newLocation, parkingInput } from './fields.ts'
import { locationRow } from './rows.ts'
import { customerTable, locationTable } from './tables.ts'

export const addLocation = defineIntention({
  name: 'location.add',
  version: 2,
  summary: 'Add a place where a customer has work done.',
  permission: 'customer.edit',
  input: z.strictObject({ customerId: idInput, location: newLocation }),
  *load(input) {
    return {
      customer: yield* get(customerTable, input.customerId),
      existing: yield* get(locationTable, input.location.id),
      taxZone: yield* getIf(taxZoneTable, input.location.taxZoneId),
    }
  },
  decide(input, { customer, existing, taxZone }) {
    if (!customer) return refuse('customer.unknown', 'This customer is not recorded.', { field: 'customerId' })
    if (existing) return refuse('location.exists', 'This location is recorded already.', { field: 'location' })
    if (input.location.taxZoneId !== null && !taxZone) {
      return refuse('location.unknownTaxZone', 'Choose a tax zone from the list.', { field: 'location.taxZoneId' })
    }
    return accept(locationRow(input.customerId, input.location))
  },
})

export const changeLocation = defineIntention({
  name: 'location.change',
  version: 2,
  summary: 'Change a location\u2019s address, access, parking, pets or gate code.',
  permission: 'customer.edit',
  input: z.strictObject({
    locationId: idInput,
    set: z.strictObject({ name: optionalLine('The name of the place', 80), ...locationValues, parking: parkingInput }).partial(),
  }),
  *load(input) {
    return { location: yield* get(locationTable, input.locationId), taxZone: yield* getIf(taxZoneTable, input.set.taxZoneId) }
  },
  decide(input, { location, taxZone }) {
    if (!location) return refuse('location.unknown', 'This location is not recorded.')
    if (input.set.taxZoneId !== undefined && input.set.taxZoneId !== null && !taxZone) {
      return refuse('location.unknownTaxZone', 'Choose a tax zone from the list.', { field: 'set.taxZoneId' })
    }
    return accept(update(locationTable, location, input.set))
  },
})
