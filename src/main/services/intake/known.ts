import { foldText } from '../../../shared/base/text.ts'
import type { ImportedCustomer } from '../../../shared/domain/intake/rows.ts'
import { contactMethodTable, customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import type { Store } from '../../store/store.ts'

/** How two spellings of an address are compared: `12 Elm St.` and `12 elm st` are one. */
function addressKey(location: Pick<ImportedCustomer['locations'][number], 'line1' | 'line2' | 'postalCode'>): string {
  return `${foldText(location.line1)}|${foldText(location.line2)}|${location.postalCode.slice(0, 5)}`
}

const nameKey = (customer: Pick<ImportedCustomer, 'firstName' | 'lastName' | 'companyName'>): string =>
  foldText(`${customer.firstName} ${customer.lastName} ${customer.companyName}`)

export interface Likeness {
  readonly name: string
  /** `same`: the same client, or the same name with the same number or address. `near`: only a number or an address in common. */
  readonly degree: 'same' | 'near'
  /** What they have in common, in words. */
  readonly by: string
  /** Where certain by the client's own number: whose further locations the file may bring. */
  readonly sameClient: string | null
}

/** Tells whether a customer of the file is in the store already. */
export class KnownCustomers {
  readonly #store: Store
  readonly #byNumber = new Map<string, string>()
  readonly #byAddress = new Map<string, string>()

  constructor(store: Store) {
    this.#store = store
    for (const { id, number } of store.prepare('SELECT id, number FROM customer').all() as { id: string; number: string }[]) this.#byNumber.set(number, id)
    const places = store.prepare('SELECT customer_id AS customerId, line1, line2, postal_code AS postalCode FROM location').all()
    for (const { customerId, ...place } of places as ({ customerId: string } & Parameters<typeof addressKey>[0])[]) this.#byAddress.set(addressKey(place), customerId)
  }

  /** True where this customer has that address already. */
  has(customerId: string, location: ImportedCustomer['locations'][number]): boolean {
    const places = this.#store.engine.run(range(locationTable, 'byCustomer', [customerId]))
    return places.some((place) => addressKey(place) === addressKey(location))
  }

  find(customer: ImportedCustomer): Likeness | null {
    const { engine } = this.#store
    const sameNumber = this.#byNumber.get(customer.number)
    if (sameNumber !== undefined && customer.number.startsWith('J')) return this.#likeness(sameNumber, customer, 'the same client', true)
    let near: Likeness | null = null
    for (const { value } of customer.phones) {
      for (const { customerId } of engine.run(range(contactMethodTable, 'byValue', ['phone', value]))) {
        const found = this.#likeness(customerId, customer, 'the same telephone number', false)
        if (found?.degree === 'same') return found
        near ??= found
      }
    }
    for (const location of customer.locations) {
      const customerId = this.#byAddress.get(addressKey(location))
      const found = customerId === undefined ? null : this.#likeness(customerId, customer, 'the same address', false)
      if (found?.degree === 'same') return found
      near ??= found
    }
    return near
  }

  #likeness(customerId: string, customer: ImportedCustomer, by: string, certain: boolean): Likeness | null {
    const known = this.#store.engine.run(get(customerTable, customerId))
    if (!known) return null
    return { name: known.name, degree: certain || nameKey(known) === nameKey(customer) ? 'same' : 'near', by, sameClient: certain ? customerId : null }
  }
}

/** Tells whether two clients of one file look like the same customer. */
export class SeenInFile {
  readonly #first = new Map<string, { readonly key: string; readonly rowNumber: number }>()

  /** The row that looks like this one, if another client has its name with its number or address. */
  find(client: { readonly key: string; readonly rowNumber: number; readonly customer: ImportedCustomer }): number | null {
    const { key, rowNumber, customer } = client
    const name = nameKey(customer)
    const marks = [...customer.phones.map(({ value }) => `${name}|${value}`), ...customer.locations.map((location) => `${name}|${addressKey(location)}`)]
    const other = marks.map((mark) => this.#first.get(mark)).find((seen) => seen !== undefined && seen.key !== key)
    for (const mark of marks) if (!this.#first.has(mark)) this.#first.set(mark, { key, rowNumber })
    return other?.rowNumber ?? null
  }
}
