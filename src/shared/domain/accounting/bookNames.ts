import type { Customer } from '../customers/tables.ts'
import type { Change } from '../kernel/changes.ts'
import { insert, update } from '../kernel/changes.ts'
import { get, type Loading, range } from '../kernel/load.ts'
import { type BookName, bookNameTable } from './tables.ts'
import { narrow } from './windows1252.ts'

/** QuickBooks holds 41 characters of a name in any of its lists (design section 10). */
export const MAX_BOOK_NAME = 41

/** As IIF and QuickBooks can hold a name: no tabs, lines or quotes, and no colon, which would make a sub-customer. */
export function plainName(name: string): string {
  return narrow(name)
    .text.replace(/["\u201c\u201d]/g, "'")
    .replace(/:/g, ' -')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

/** QuickBooks takes two names that differ only in case for one. */
export function foldName(name: string): string {
  return name.toLowerCase()
}

/** The name with the customer's number behind it, cut so that both fit. */
function numbered(name: string, number: string): string {
  const suffix = ` (${number})`
  return `${name.slice(0, MAX_BOOK_NAME - suffix.length).trimEnd()}${suffix}`
}

export interface NameFacts {
  readonly customer: Customer
  readonly given: BookName | undefined
  /** Everyone who has the customer's plain name, or the one with the number, in the books. */
  readonly namesakes: readonly BookName[]
}

export function* loadNameFacts(customer: Customer): Loading<NameFacts> {
  const name = plainName(customer.name)
  return {
    customer,
    given: yield* get(bookNameTable, customer.id),
    namesakes: [
      ...(yield* range(bookNameTable, 'byFolded', [foldName(name)])),
      ...(yield* range(bookNameTable, 'byFolded', [foldName(numbered(name, customer.number))])),
    ],
  }
}

/**
 * Names every customer of a batch for the books. A name once exported stays, even when the customer is renamed. A new one
 * is the customer's own name; where another customer, an employee or a tax agency has it, the customer's number goes behind
 * it, because a name in QuickBooks may stand in one list only and only once.
 * @param reserved folded names that are no customer's: our people (employees there) and tax jurisdictions (vendors there)
 */
export function nameForBooks(facts: readonly NameFacts[], reserved: ReadonlySet<string>): { readonly names: ReadonlyMap<string, string>; readonly changes: readonly Change[] } {
  const names = new Map<string, string>()
  const taken = new Map<string, string>()
  for (const { namesakes } of facts) for (const namesake of namesakes) taken.set(namesake.folded, namesake.id)
  const changes: Change[] = []
  for (const { customer, given } of facts) {
    if (given?.exported) {
      names.set(customer.id, given.name)
      continue
    }
    const own = plainName(customer.name)
    const holder = taken.get(foldName(own))
    const name = reserved.has(foldName(own)) || (holder !== undefined && holder !== customer.id) ? numbered(own, customer.number) : own
    const values = { name, folded: foldName(name), exported: false }
    taken.set(values.folded, customer.id)
    names.set(customer.id, name)
    changes.push(given ? update(bookNameTable, given, values) : insert(bookNameTable, { id: customer.id, ...values }))
  }
  return { names, changes }
}
