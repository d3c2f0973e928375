import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { formatPhone } from '../../base/phone.ts'
import { contactMethodTable, customerTable } from '../customers/tables.ts'
import { insert, remove, update } from '../kernel/changes.ts'
import { accept, type Accepted, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine, phoneInput } from '../kernel/inputs.ts'
import { get, getIf, getMany, type Loading, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { technicianTable } from '../people/tables.ts'
import { type KnownNumber, knownNumberTable } from './tables.ts'

/** One row a number, on whichever workstation it is written first. */
export function knownNumberId(number: string): string {
  return derivedId('knownNumber', number)
}

interface Owners {
  readonly known: KnownNumber | undefined
  /** Customers who are reached there, archived ones aside. */
  readonly customers: readonly { readonly id: string; readonly name: string }[]
}

function* ownersOf(number: string): Loading<Owners> {
  const known = yield* get(knownNumberTable, knownNumberId(number))
  const methods = yield* range(contactMethodTable, 'byValue', ['phone', number])
  const customers = yield* getMany(customerTable, new Set(methods.map(({ customerId }) => customerId)))
  return { known, customers: customers.filter(({ archived }) => !archived) }
}

/** A customer who rings is a customer, whatever else the number is. */
function refusedOwner(number: string, { customers: [customer] }: Owners, wish: string): Refused | undefined {
  if (!customer) return undefined
  return refuse('number.customer', `${formatPhone(number)} is ${customer.name}\u2019s number. Take it off the customer before you ${wish}.`, {
    field: 'number',
    subject: { kind: 'customer', id: customer.id },
  })
}

function written(number: string, known: KnownNumber | undefined, values: Pick<KnownNumber, 'kind' | 'name' | 'note' | 'technicianId'>): Accepted {
  return accept(known ? update(knownNumberTable, known, values) : insert(knownNumberTable, { id: knownNumberId(number), number, ...values }))
}

const remember = defineIntention({
  name: 'number.remember',
  version: 1,
  summary: 'Keep whose number this is: a vendor\u2019s or a technician\u2019s.',
  permission: 'call.handle',
  input: z.strictObject({
    number: phoneInput,
    kind: z.enum(['vendor', 'technician']),
    name: lineInput('The name'),
    note: optionalLine('The note', 300).default(''),
    technicianId: idInput.nullable().default(null),
  }),
  *load(input) {
    return { owners: yield* ownersOf(input.number), technician: yield* getIf(technicianTable, input.technicianId) }
  },
  decide(input, { owners, technician }) {
    const { number, kind, name, note, technicianId } = input
    const refused = refusedOwner(number, owners, 'keep it as somebody else\u2019s')
    if (refused) return refused
    if (technicianId !== null && (kind !== 'technician' || !technician)) return refuse('number.technicianUnknown', 'Choose the technician from the list.', { field: 'technicianId' })
    return written(number, owners.known, { kind, name, note, technicianId })
  },
})

const block = defineIntention({
  name: 'number.block',
  version: 1,
  summary: 'Let a number ring nobody any more; its calls are still logged.',
  permission: 'call.handle',
  input: z.strictObject({ number: phoneInput, note: optionalLine('The note', 300).default('') }),
  *load(input) {
    return yield* ownersOf(input.number)
  },
  decide({ number, note }, owners) {
    const refused = refusedOwner(number, owners, 'block it')
    if (refused) return refused
    if (owners.known?.kind === 'blocked') return refuse('number.blockedAlready', `${formatPhone(number)} is blocked already.`, { field: 'number' })
    if (owners.known?.kind === 'technician') return refuse('number.technician', `${formatPhone(number)} is ${owners.known.name}\u2019s, one of our technicians. It can\u2019t be blocked.`, { field: 'number' })
    return written(number, owners.known, { kind: 'blocked', name: owners.known?.name ?? '', note, technicianId: null })
  },
})

const forget = defineIntention({
  name: 'number.forget',
  version: 1,
  summary: 'Make a known or blocked number a stranger\u2019s again.',
  permission: 'call.handle',
  input: z.strictObject({ number: phoneInput }),
  *load(input) {
    return yield* get(knownNumberTable, knownNumberId(input.number))
  },
  decide({ number }, known) {
    return known ? accept(remove(knownNumberTable, known)) : refuse('number.unknown', `${formatPhone(number)} is nobody\u2019s already.`, { field: 'number' })
  },
})

export const knownNumberCommands = [remember, block, forget] as const
