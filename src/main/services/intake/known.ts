import { setImmediate as nextTurn } from 'node:timers/promises'
import { foldText } from '../../../shared/base/text.ts'
import type { ImportedCustomer } from '../../../shared/domain/intake/rows.ts'
import { contactMethodTable, customerTable, type Location, locationTable } from '../../../shared/domain/customers/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import type { Store } from '../../store/store.ts'

/** How two spellings of an address are compared: `12 Elm St.` and `12 elm st` are one. */
export function addressKey(location: Pick<ImportedCustomer['locations'][number], 'line1' | 'line2' | 'postalCode'>): string {
  return `${foldText(location.line1)}|${foldText(location.line2)}|${location.postalCode.slice(0, 5)}`
}

const nameKey = (customer: Pick<ImportedCustomer, 'firstName' | 'lastName' | 'companyName'>): string =>
  foldText(`${customer.firstName} ${customer.lastName} ${customer.companyName}`)

export interface Likeness {
  readonly customerId: string
  readonly name: string
  /** `same`: the same client, or the same name with the same number or address. `near`: only a number or an address in common. */
  readonly degree: 'same' | 'near'
  /** What they have in common, in words. */
  readonly by: string
  /** Where certain by the client's own number: whose further locations the file may bring. */
  readonly sameClient: string | null
}

type Place = { readonly id: string; readonly customerId: string } & Parameters<typeof addressKey>[0]

/** Rows between two breaths. */
const ROWS_A_TURN = 1000

/** All rows of a table, by their ids, with a turn for others in between. */
async function* rowsInTurns<Row extends { readonly id: string }>(store: Store, select: string): AsyncGenerator<Row> {
  const statement = store.prepare(`${select} WHERE company_id = ? AND id > ? ORDER BY id LIMIT ${ROWS_A_TURN}`)
  for (let after = ''; ; ) {
    const rows = statement.all(store.companyId, after) as Row[]
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < ROWS_A_TURN) return
    after = last.id
    await nextTurn()
  }
}

/** Tells whether a customer of the file is in the store already. */
export class KnownCustomers {
  readonly #store: Store
  readonly #byNumber = new Map<string, string>()
  readonly #byAddress = new Map<string, string>()

  private constructor(store: Store) {
    this.#store = store
  }

  /** Reads who is here, some at a time, so that a ring is answered meanwhile. */
  static async in(store: Store): Promise<KnownCustomers> {
    const known = new KnownCustomers(store)
    for await (const { id, number } of rowsInTurns<{ id: string; number: string }>(store, 'SELECT id, number FROM customer')) known.#byNumber.set(number, id)
    const places = rowsInTurns<Place>(store, 'SELECT id, customer_id AS customerId, line1, line2, postal_code AS postalCode FROM location')
    for await (const { customerId, ...place } of places) known.#byAddress.set(addressKey(place), customerId)
    return known
  }

  /** True where this customer has that address already. */
  has(customerId: string, location: ImportedCustomer['locations'][number]): boolean {
    return this.place(customerId, location) !== undefined
  }

  /** The location of this customer that has that address, if one has. */
  place(customerId: string, location: ImportedCustomer['locations'][number]): Location | undefined {
    const places = this.#store.engine.run(range(locationTable, 'byCustomer', [customerId]))
    return places.find((place) => addressKey(place) === addressKey(location))
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
    return { customerId, name: known.name, degree: certain || nameKey(known) === nameKey(customer) ? 'same' : 'near', by, sameClient: certain ? customerId : null }
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
