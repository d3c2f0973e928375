import { z } from 'zod'
import { taxZoneTable } from '../invoices/tables.ts'
import { accept, type DecisionContext, defineIntention } from '../kernel/command.ts'
import { idInput, optionalLine } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { update } from '../kernel/changes.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { billingAddress, customerNames, newCustomer, reachValues, wishValues } from './fields.ts'
import { type Technician, technicianTable } from '../people/tables.ts'
import { flagChange, refusedFlagChange } from './flags.ts'
import { customerName } from './naming.ts'
import { customerRows, storedEmail } from './rows.ts'
import { type Customer, customerTable, locationTable } from './tables.ts'

/** Doubled ids within one input would be one row: the second would silently win. */
function firstDouble(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index)
}

export const createCustomer = defineIntention({
  name: 'customer.create',
  version: 2,
  summary: 'Add a customer with telephone numbers, email addresses and a first location.',
  permission: 'customer.edit',
  numbers: ['customer'],
  input: newCustomer,
  *load(input) {
    return {
      existing: yield* get(customerTable, input.customerId),
      place: yield* getIf(locationTable, input.location?.id),
      taxZone: yield* getIf(taxZoneTable, input.location?.taxZoneId),
    }
  },
  decide(input, { existing, place, taxZone }, context) {
    if (existing) return refuse('customer.exists', `${existing.name} is recorded already.`, { subject: { kind: 'customer', id: existing.id } })
    if (customerName(input) === '') return refuse('customer.nameless', 'Enter a first name, a last name or a company name.', { field: 'lastName' })
    if (place) return refuse('customer.locationExists', 'This location belongs to a customer already.', { field: 'location' })
    if (input.location && input.location.taxZoneId !== null && !taxZone) {
      return refuse('customer.unknownTaxZone', 'Choose a tax zone from the list.', { field: 'location.taxZoneId' })
    }
    if (firstDouble([...input.phones, ...input.emails].map(({ id }) => id)) !== undefined) {
      return refuse('customer.doubledContact', 'Two telephone numbers or email addresses carry the same id.', { field: 'phones' })
    }
    if (firstDouble(input.phones.map(({ value }) => value)) !== undefined) {
      return refuse('customer.doubledPhone', 'The same telephone number is entered twice.', { field: 'phones' })
    }
    if (firstDouble(input.emails.map(({ value }) => storedEmail(value))) !== undefined) {
      return refuse('customer.doubledEmail', 'The same email address is entered twice.', { field: 'emails' })
    }
    return accept(customerRows(input, context.number('customer')))
  },
})

/** The flags that an older Baton sets here, without a reason. */
const FLAGS_SET_HERE = ['doNotService', 'creditHold'] as const

function changedFlags(customer: Customer, set: Readonly<Partial<Customer>>): readonly (typeof FLAGS_SET_HERE)[number][] {
  return FLAGS_SET_HERE.filter((flag) => set[flag] !== undefined && set[flag] !== customer[flag])
}

function refusedFlag(customer: Customer, set: Readonly<Partial<Customer>>, context: DecisionContext): Refused | undefined {
  for (const flag of changedFlags(customer, set)) {
    const refused = refusedFlagChange(flag, context, `set.${flag}`)
    if (refused) return refused
  }
  if (set.taxExempt !== undefined && set.taxExempt !== customer.taxExempt && !context.may('invoice.edit')) {
    return refuse('customer.taxOnly', 'Only somebody who works on invoices changes the tax exemption.', { field: 'set.taxExempt' })
  }
  return undefined
}

/** Somebody unknown, or wished for and not wanted at once. */
function refusedWish(customer: Customer, set: { readonly askedForId?: string | null | undefined; readonly notWantedIds?: readonly string[] | null | undefined }, technicians: readonly Technician[]): Refused | undefined {
  const isKnown = (id: string): boolean => technicians.some((technician) => technician.id === id)
  const askedForId = set.askedForId === undefined ? customer.askedForId : set.askedForId
  const notWantedIds = set.notWantedIds === undefined ? customer.notWantedIds : set.notWantedIds
  if (set.askedForId && !isKnown(set.askedForId)) return refuse('customer.unknownTechnician', 'Choose a technician from the list.', { field: 'set.askedForId' })
  if (set.notWantedIds?.some((id) => !isKnown(id))) return refuse('customer.unknownTechnician', 'Choose technicians from the list.', { field: 'set.notWantedIds' })
  const both = askedForId !== null && notWantedIds?.includes(askedForId)
  return both ? refuse('customer.wishedBothWays', 'They can\u2019t ask for a technician whom they do not want again.', { field: set.notWantedIds === undefined ? 'set.askedForId' : 'set.notWantedIds' }) : undefined
}

export const changeCustomer = defineIntention({
  name: 'customer.change',
  version: 2,
  summary: 'Change a customer\u2019s names, billing address, how they want to be reached, which technician they ask for, or flags.',
  permission: 'customer.edit',
  input: z.strictObject({
    customerId: idInput,
    set: z
      .strictObject({
        ...customerNames,
        billing: billingAddress,
        leadSource: optionalLine('The lead source', 60),
        taxExempt: z.boolean(),
        doNotService: z.boolean(),
        creditHold: z.boolean(),
        archived: z.boolean(),
        ...reachValues,
        ...wishValues,
      })
      .partial(),
  }),
  *load(input) {
    const customer = yield* get(customerTable, input.customerId)
    const wished = [...new Set([input.set.askedForId ?? [], input.set.notWantedIds ?? []].flat())]
    const technicians: Technician[] = []
    for (const id of wished) technicians.push(...[yield* get(technicianTable, id)].filter((row) => row !== undefined))
    return { customer, technicians }
  },
  decide(input, { customer, technicians }, context) {
    if (!customer) return refuse('customer.unknown', 'This customer is not recorded.')
    const wrong = refusedWish(customer, input.set, technicians)
    if (wrong) return wrong
    const { billing, ...set } = input.set
    const given: Readonly<Partial<Customer>> = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined))
    const refused = refusedFlag(customer, given, context)
    if (refused) return refused
    const name = customerName({
      kind: set.kind ?? customer.kind,
      firstName: set.firstName ?? customer.firstName,
      lastName: set.lastName ?? customer.lastName,
      companyName: set.companyName ?? customer.companyName,
    })
    if (name === '') return refuse('customer.nameless', 'Enter a first name, a last name or a company name.', { field: 'set.lastName' })
    return accept(
      update(customerTable, customer, {
        ...set,
        name,
        billingLine1: billing?.line1,
        billingLine2: billing?.line2,
        billingCity: billing?.city,
        billingState: billing?.state,
        billingPostalCode: billing?.postalCode,
      }),
      changedFlags(customer, given).map((flag) => flagChange({ customerId: customer.id, flag, raised: given[flag] === true, reason: '' }, context)),
    )
  },
})
