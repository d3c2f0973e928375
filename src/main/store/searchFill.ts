import type { Database, Statement } from 'better-sqlite3'
import type { Customer } from '../../shared/domain/customers/tables.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { customerEntry, ownedEntry, type OwnedRecord, type SearchEntry, type SearchKind } from './searchEntries.ts'
import type { SqliteEngine } from './sqliteEngine.ts'

interface Method {
  readonly customerId: string
  readonly kind: 'phone' | 'email'
  readonly value: string
}

interface Known {
  readonly id: string
  readonly words: string
  readonly digits: string
}

interface Fresh {
  readonly id: string
  readonly entry: SearchEntry
}

/** Enters thousands of records that came without their commands: what they need is asked for once for all of them. */
export class SearchFill {
  readonly #engine: SqliteEngine
  readonly #known: Statement
  readonly #names: Statement
  readonly #methods: Statement
  readonly #insertEntry: Statement
  readonly #insertWords: Statement
  readonly #insertDigits: Statement

  constructor(database: Database, engine: SqliteEngine) {
    this.#engine = engine
    const listed = '(SELECT value FROM json_each(?))'
    this.#known = database.prepare(`SELECT entity_id AS id, words, digits FROM search_entry WHERE kind = ? AND entity_id IN ${listed}`)
    this.#names = database.prepare(`SELECT id, name FROM customer WHERE company_id = ? AND id IN ${listed}`)
    this.#methods = database.prepare(`SELECT customer_id AS customerId, kind, value FROM contact_method WHERE company_id = ? AND customer_id IN ${listed} ORDER BY +id`)
    this.#insertEntry = database.prepare('INSERT INTO search_entry (kind, entity_id, customer_id, words, digits) VALUES (?, ?, ?, ?, ?)')
    this.#insertWords = database.prepare('INSERT INTO search_words (rowid, words) SELECT rowid, words FROM search_entry WHERE rowid BETWEEN ? AND ?')
    this.#insertDigits = database.prepare('INSERT INTO search_digits (rowid, digits) SELECT rowid, digits FROM search_entry WHERE rowid BETWEEN ? AND ?')
  }

  /**
   * Enters those of the records that are not entered yet; inside a transaction.
   * @returns the ids of those that are entered under another text
   */
  enter(kind: Exclude<SearchKind, 'lead'>, rows: readonly AnyRow[]): readonly string[] {
    const entries = kind === 'customer' ? this.#ofCustomers(rows as unknown as readonly Customer[]) : this.#ofOwned(kind, rows as unknown as readonly OwnedRecord['row'][])
    const stored = this.#known.all(kind, listOf(rows.map(({ id }) => id))) as readonly Known[]
    const known = new Map(stored.map((one) => [one.id, one]))
    const stale: string[] = []
    const fresh: Fresh[] = []
    for (const [index, { id }] of rows.entries()) {
      const [entry, before] = [entries[index], known.get(id)]
      if (entry && !before) fresh.push({ id, entry })
      else if (entry && before && (entry.words !== before.words || entry.digits !== before.digits)) stale.push(id)
    }
    this.#insert(kind, fresh)
    return stale
  }

  #ofCustomers(customers: readonly Customer[]): readonly SearchEntry[] {
    const byCustomer = new Map<string, Method[]>()
    for (const method of this.#methods.all(this.#engine.companyId, listOf(customers.map(({ id }) => id))) as Method[]) {
      const methods = byCustomer.get(method.customerId)
      if (methods) methods.push(method)
      else byCustomer.set(method.customerId, [method])
    }
    return customers.map((customer) => customerEntry(customer, byCustomer.get(customer.id) ?? []))
  }

  #ofOwned(kind: OwnedRecord['kind'], rows: readonly OwnedRecord['row'][]): readonly SearchEntry[] {
    const owners = [...new Set(rows.map(({ customerId }) => customerId))]
    const named = this.#names.all(this.#engine.companyId, listOf(owners)) as { readonly id: string; readonly name: string }[]
    const names = new Map(named.map(({ id, name }) => [id, name]))
    return rows.map((row) => ownedEntry({ kind, row } as OwnedRecord, names.get(row.customerId) ?? ''))
  }

  #insert(kind: Exclude<SearchKind, 'lead'>, fresh: readonly Fresh[]): void {
    const places = fresh.map(({ id, entry }) => this.#insertEntry.run(kind, id, entry.customerId, entry.words, entry.digits).lastInsertRowid)
    // The table gives out its rowids one after the other.
    const [first, last] = [places[0], places.at(-1)]
    if (first === undefined || last === undefined) return
    this.#insertWords.run(first, last)
    this.#insertDigits.run(first, last)
  }
}

const listOf = (ids: readonly string[]): string => JSON.stringify(ids)
