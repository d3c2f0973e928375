import { z } from 'zod'
import { assertNever } from '../../base/assertNever.ts'
import type { Permission } from '../people/permissions.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, type DecisionContext, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { type Customer, CUSTOMER_FLAGS, type CustomerFlag, customerTable, type FlagChange, flagChangeTable } from './tables.ts'

interface FlagRule {
  readonly name: string
  /** `stop`: nothing is booked unless a manager books it. `warn`: it is said before anything is promised. */
  readonly weight: 'stop' | 'warn'
  /** What whoever is on the call does about it. */
  readonly advice: string
  /** Whoever may do one of these sets and lifts it. */
  readonly holders: readonly Permission[]
  /** Who they are, for those who may not. */
  readonly who: string
}

/** Flags that protect the company are a manager's to set and to lift, or they would protect nothing; bad debt is receivables' too. */
export const FLAG_RULES: Readonly<Record<CustomerFlag, FlagRule>> = {
  doNotService: {
    name: 'Do not service',
    weight: 'stop',
    advice: 'Book nothing. A service manager or an owner decides.',
    holders: ['settings.edit'],
    who: 'Only a service manager or an owner changes',
  },
  badDebt: {
    name: 'Bad debt',
    weight: 'warn',
    advice: 'What they owe was given up. Ask receivables before you promise a visit, and book only against payment in advance.',
    holders: ['settings.edit', 'batch.post'],
    who: 'Only receivables, a service manager or an owner changes',
  },
  creditHold: {
    name: 'Credit hold',
    weight: 'warn',
    advice: 'No work on account: payment is due at the visit, the open balance with it.',
    holders: ['settings.edit'],
    who: 'Only a service manager or an owner changes',
  },
}

type Flagged = Pick<Customer, 'doNotService' | 'creditHold' | 'badDebtAt'>

export function hasFlag(customer: Flagged, flag: CustomerFlag): boolean {
  switch (flag) {
    case 'doNotService':
      return customer.doNotService
    case 'creditHold':
      return customer.creditHold
    case 'badDebt':
      return customer.badDebtAt !== null
    default:
      return assertNever(flag, 'customer flag')
  }
}

/** The flags that hold, the gravest first. */
export function flagsOf(customer: Flagged): readonly CustomerFlag[] {
  return CUSTOMER_FLAGS.filter((flag) => hasFlag(customer, flag))
}

/** What a list says of a customer in a word: the gravest flag, or that they are archived; empty for neither. */
export function flagWord(customer: Flagged & Pick<Customer, 'archived'>): string {
  const [flag] = flagsOf(customer)
  return flag ? FLAG_RULES[flag].name : customer.archived ? 'Archived' : ''
}

/** A refusal where the actor may not set or lift this flag. */
export function refusedFlagChange(flag: CustomerFlag, context: Pick<DecisionContext, 'may'>, field: string): Refused | undefined {
  const { holders, who, name } = FLAG_RULES[flag]
  if (holders.some((permission) => context.may(permission))) return undefined
  return refuse('customer.managerOnly', `${who} \u201c${name.toLowerCase()}\u201d.`, { field })
}

/** The row that says who did it, when and why. */
export function flagChange(values: Pick<FlagChange, 'customerId' | 'flag' | 'raised' | 'reason'>, context: DecisionContext): Change {
  return insert(flagChangeTable, { id: context.id(`flag/${values.flag}`), ...values, byId: context.actorId, at: context.at })
}

function setTo(flag: CustomerFlag, raised: boolean, at: number): Partial<Flagged> {
  switch (flag) {
    case 'doNotService':
      return { doNotService: raised }
    case 'creditHold':
      return { creditHold: raised }
    case 'badDebt':
      return { badDebtAt: raised ? at : null }
    default:
      return assertNever(flag, 'customer flag')
  }
}

export const changeFlag = defineIntention({
  name: 'customer.flag',
  version: 1,
  summary: 'Mark a customer \u201cdo not service\u201d, \u201cbad debt\u201d or \u201ccredit hold\u201d, or lift the mark, and say why.',
  permission: 'customer.edit',
  input: z.strictObject({
    customerId: idInput,
    flag: z.enum(CUSTOMER_FLAGS),
    raised: z.boolean(),
    reason: lineInput('The reason', 300),
  }),
  *load(input) {
    return yield* get(customerTable, input.customerId)
  },
  decide({ flag, raised, reason }, customer, context) {
    if (!customer) return refuse('customer.unknown', 'This customer is not recorded.')
    const refused = refusedFlagChange(flag, context, 'flag')
    if (refused) return refused
    if (hasFlag(customer, flag) === raised) {
      const standing = raised ? 'is marked' : 'is not marked'
      return refuse('customer.flagStands', `${customer.name} ${standing} \u201c${FLAG_RULES[flag].name.toLowerCase()}\u201d already.`, { field: 'flag' })
    }
    return accept(update(customerTable, customer, setTo(flag, raised, context.at)), flagChange({ customerId: customer.id, flag, raised, reason }, context))
  },
})
