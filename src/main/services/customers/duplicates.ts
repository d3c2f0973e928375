import { formatPhone, normalizePhone } from '../../../shared/base/phone.ts'
import { foldText } from '../../../shared/base/text.ts'
import { namesAlike } from '../../../shared/domain/customers/likeness.ts'
import { customerName, placeName } from '../../../shared/domain/customers/naming.ts'
import { contactMethodTable, customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import type { Store } from '../../store/store.ts'

export interface Typed {
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly firstName: string
  readonly lastName: string
  readonly companyName: string
  readonly line1: string
  readonly postalCode: string
}

export interface Duplicate {
  readonly customerId: string
  readonly name: string
  readonly place: string
  readonly phone: string | null
  readonly why: string[]
}

/** Recorded customers who may be the one being typed, those with the most reasons first. */
export function duplicatesOf(typed: Typed, { engine }: Store): Duplicate[] {
  const reasons = new Map<string, Set<string>>()
  const suspect = (customerId: string, why: string): void => {
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
  const street = foldText(typed.line1)
  const postalCode = typed.postalCode.trim()
  if (postalCode !== '') {
    for (const location of engine.run(range(locationTable, 'byPostalCode', [postalCode]))) {
      if (street !== '' && foldText(location.line1) === street) suspect(location.customerId, 'same address')
      const neighbor = names.length > 0 ? engine.run(get(customerTable, location.customerId)) : undefined
      if (neighbor && names.some((name) => namesAlike(name, neighbor.name))) suspect(neighbor.id, 'like name at this ZIP')
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
      return [{ customerId, name: customer.name, place: location ? placeName(location) : '', phone: phone?.value ?? null, why: [...why] }]
    })
}
