import { formatPhone, normalizePhone } from '../../../shared/base/phone.ts'
import { foldText } from '../../../shared/base/text.ts'
import { flagWord } from '../../../shared/domain/customers/flags.ts'
import { namesAlike } from '../../../shared/domain/customers/likeness.ts'
import { customerName, placeName } from '../../../shared/domain/customers/naming.ts'
import { streetKey, streetWords } from '../../../shared/domain/customers/streets.ts'
import { contactMethodTable, customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { findRecords } from '../search/find.ts'
import type { Store } from '../../store/store.ts'

/** Enough to find the one who is meant among those of a common name. */
const MOST_ALIKE = 12

/** Whoever has typed less has not said who is meant. */
const SHORTEST_NAME = 5

export interface Typed {
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly firstName: string
  readonly lastName: string
  readonly companyName: string
  readonly line1: string
  readonly postalCode: string
  /** Who is no double of themselves. */
  readonly except: string | null
}

export interface Duplicate {
  readonly customerId: string
  readonly name: string
  readonly place: string
  readonly phone: string | null
  /** What warns about them, in a word; empty for nothing. */
  readonly flag: string
  readonly why: string[]
}

/** Recorded customers who may be the one being typed, those with the most reasons first. */
export function duplicatesOf(typed: Typed, store: Store): Duplicate[] {
  const { engine } = store
  const reasons = new Map<string, Set<string>>()
  const suspect = (customerId: string, why: string): void => {
    if (customerId === typed.except) return
    const known = reasons.get(customerId)
    if (known) known.add(why)
    else reasons.set(customerId, new Set([why]))
  }
  for (const phone of typed.phones) {
    const value = normalizePhone(phone)
    if (value === undefined) continue
    for (const { customerId } of engine.run(range(contactMethodTable, 'byValue', ['phone', value]))) suspect(customerId, `same phone ${formatPhone(value)}`)
  }
  for (const email of typed.emails) {
    const value = email.trim().toLowerCase()
    if (!value.includes('@')) continue
    for (const { customerId } of engine.run(range(contactMethodTable, 'byValue', ['email', value]))) suspect(customerId, 'same email')
  }
  const names = [customerName({ ...typed, kind: 'residential' }), typed.companyName].filter((name) => name !== '')
  const street = streetKey(typed.line1)
  const postalCode = typed.postalCode.trim()
  if (postalCode !== '') {
    for (const location of engine.run(range(locationTable, 'byPostalCode', [postalCode]))) {
      if (street !== '' && streetKey(location.line1) === street) suspect(location.customerId, 'same address')
      const neighbor = names.length > 0 ? engine.run(get(customerTable, location.customerId)) : undefined
      if (neighbor && names.some((name) => namesAlike(name, neighbor.name))) suspect(neighbor.id, 'like name at this ZIP')
    }
  }
  // A number and a street without its ZIP code: somebody who has only begun to type.
  const written = streetWords(typed.line1)
  if (postalCode === '' && written.length > 1 && /^\d+ \S+ \S/.test(street)) {
    for (const { id } of findRecords(written.join(' '), MOST_ALIKE, store).filter(({ kind }) => kind === 'location')) {
      const location = engine.run(get(locationTable, id))
      if (location && streetKey(location.line1) === street) suspect(location.customerId, `same street in ${location.city}`)
    }
  }
  for (const name of names.filter((candidate) => candidate.includes(' ') && foldText(candidate).length >= SHORTEST_NAME)) {
    for (const { id } of findRecords(name, MOST_ALIKE, store).filter(({ kind }) => kind === 'customer')) {
      const other = engine.run(get(customerTable, id))
      if (other && namesAlike(name, other.name) && !reasons.has(id)) suspect(id, 'like name')
    }
  }
  return [...reasons]
    .toSorted(([, left], [, right]) => right.size - left.size)
    .slice(0, 6)
    .flatMap(([customerId, why]) => {
      const customer = engine.run(get(customerTable, customerId))
      if (!customer || customer.archived) return []
      const [location] = engine.run(range(locationTable, 'byCustomer', [customerId]))
      const phone = engine.run(range(contactMethodTable, 'byCustomer', [customerId])).find(({ kind }) => kind === 'phone')
      return [{ customerId, name: customer.name, place: location ? placeName(location) : '', phone: phone?.value ?? null, flag: flagWord(customer), why: [...why] }]
    })
}
