import { z } from 'zod'
import { accept, defineIntention } from '../kernel/command.ts'
import { emailInput, idInput, optionalLine, phoneInput } from '../kernel/inputs.ts'
import { get, getIf, range } from '../kernel/load.ts'
import { insert, remove, update } from '../kernel/changes.ts'
import { refuse } from '../kernel/refusal.ts'
import { storedEmail } from './rows.ts'
import { contactMethodTable, customerTable, locationTable } from './tables.ts'

const shared = {
  id: idInput,
  customerId: idInput,
  locationId: idInput.nullable(),
  label: optionalLine('The label', 30),
  position: z.int().min(0).max(999),
}

export const saveContactMethod = defineIntention({
  name: 'contactMethod.save',
  version: 1,
  summary: 'Add or change a customer\u2019s telephone number or email address.',
  permission: 'customer.edit',
  input: z.discriminatedUnion('kind', [
    z.strictObject({ ...shared, kind: z.literal('phone'), value: phoneInput }),
    z.strictObject({ ...shared, kind: z.literal('email'), value: emailInput }),
  ]),
  *load(input) {
    return {
      customer: yield* get(customerTable, input.customerId),
      location: yield* getIf(locationTable, input.locationId),
      existing: yield* get(contactMethodTable, input.id),
      siblings: yield* range(contactMethodTable, 'byCustomer', [input.customerId]),
    }
  },
  decide(input, { customer, location, existing, siblings }) {
    if (!customer) return refuse('customer.unknown', 'This customer is not recorded.', { field: 'customerId' })
    if (input.locationId !== null && location?.customerId !== customer.id) {
      return refuse('contactMethod.foreignLocation', 'This location belongs to another customer.', { field: 'locationId' })
    }
    if (existing && existing.customerId !== customer.id) {
      return refuse('contactMethod.foreign', 'This entry belongs to another customer.', { field: 'id' })
    }
    const value = input.kind === 'email' ? storedEmail(input.value) : input.value
    if (siblings.some((sibling) => sibling.id !== input.id && sibling.kind === input.kind && sibling.value === value)) {
      const what = input.kind === 'phone' ? 'telephone number' : 'email address'
      return refuse('contactMethod.doubled', `${customer.name} has this ${what} already.`, { field: 'value' })
    }
    const { id, ...rest } = input
    const values = { ...rest, value }
    return accept(existing ? update(contactMethodTable, existing, values) : insert(contactMethodTable, { id, ...values, importRunId: null }))
  },
})

export const removeContactMethod = defineIntention({
  name: 'contactMethod.remove',
  version: 1,
  summary: 'Remove a telephone number or email address that no longer reaches the customer.',
  permission: 'customer.edit',
  input: z.strictObject({ id: idInput }),
  *load(input) {
    return yield* get(contactMethodTable, input.id)
  },
  decide(_input, existing) {
    if (!existing) return refuse('contactMethod.unknown', 'This entry is gone already.')
    return accept(remove(contactMethodTable, existing))
  },
})
