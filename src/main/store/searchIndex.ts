import type { Database, Statement } from 'better-sqlite3'
import { foldText } from '../../shared/base/text.ts'
import { contactMethodTable, customerTable, locationTable } from '../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../shared/domain/jobs/tables.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import { get, type Loading, range } from '../../shared/domain/kernel/load.ts'
import { leadEntryTable, leadTable } from '../../shared/domain/leads/tables.ts'
import { customerEntry, leadEntry, ownedEntry, type OwnedRecord, SEARCH_TABLES, type SearchEntry, type SearchKind } from './searchEntries.ts'
import { SearchFill } from './searchFill.ts'
import type { SqliteEngine } from './sqliteEngine.ts'

export interface SearchHit {
  readonly kind: SearchKind
  readonly id: string
  readonly customerId: string | null
}

function* entryFor(kind: SearchKind, id: string): Loading<SearchEntry | null> {
  if (kind === 'customer') {
    const row = yield* get(customerTable, id)
    return row ? customerEntry(row, yield* range(contactMethodTable, 'byCustomer', [id])) : null
  }
  if (kind === 'lead') {
    const row = yield* get(leadTable, id)
    return row ? leadEntry(row, yield* range(leadEntryTable, 'byLead', [id])) : null
  }
  const row = (yield* get(SEARCH_TABLES[kind], id)) as OwnedRecord['row'] | undefined
  if (!row) return null
  const customer = yield* get(customerTable, row.customerId)
  return ownedEntry({ kind, row } as OwnedRecord, customer?.name ?? '')
}

/**
 * Words by FTS5 with prefixes, telephone numbers by trigrams of their digits: any fragment of three or more
 * finds its owner. Kept in the transaction that changes the record, so a saved edit is found at once.
 */
export class SearchIndex {
  readonly #engine: SqliteEngine
  readonly #fill: SearchFill
  readonly #find: Statement
  readonly #insertEntry: Statement
  readonly #removeEntry: Statement
  readonly #insertWords: Statement
  readonly #removeWords: Statement
  readonly #insertDigits: Statement
  readonly #removeDigits: Statement
  readonly #byWords: Statement
  readonly #entered: Statement
  readonly #byDigits: Statement

  constructor(database: Database, engine: SqliteEngine) {
    this.#engine = engine
    this.#fill = new SearchFill(database, engine)
    this.#find = database.prepare('SELECT rowid, words, digits FROM search_entry WHERE kind = ? AND entity_id = ?')
    this.#insertEntry = database.prepare('INSERT INTO search_entry (kind, entity_id, customer_id, words, digits) VALUES (?, ?, ?, ?, ?)')
    this.#removeEntry = database.prepare('DELETE FROM search_entry WHERE rowid = ?')
    this.#insertWords = database.prepare('INSERT INTO search_words (rowid, words) VALUES (?, ?)')
    this.#removeWords = database.prepare("INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)")
    this.#insertDigits = database.prepare('INSERT INTO search_digits (rowid, digits) VALUES (?, ?)')
    this.#removeDigits = database.prepare("INSERT INTO search_digits (search_digits, rowid, digits) VALUES ('delete', ?, ?)")
    this.#entered = database.prepare('SELECT count(*) FROM search_entry WHERE kind = ?').pluck()
    this.#byWords = database.prepare(
      `SELECT e.kind, e.entity_id AS id, e.customer_id AS customerId FROM search_words w JOIN search_entry e ON e.rowid = w.rowid
       WHERE search_words MATCH ? ORDER BY w.rank LIMIT ?`,
    )
    this.#byDigits = database.prepare(
      `SELECT e.kind, e.entity_id AS id, e.customer_id AS customerId FROM search_digits d JOIN search_entry e ON e.rowid = d.rowid
       WHERE search_digits MATCH ? LIMIT ?`,
    )
  }

  /** Follows a command's changes; called inside its transaction. */
  apply(changes: readonly NetChange[]): void {
    const stale = new Map<string, { readonly kind: SearchKind; readonly id: string }>()
    const touch = (kind: SearchKind, id: unknown): void => {
      if (typeof id === 'string') stale.set(`${kind}/${id}`, { kind, id })
    }
    for (const { table, id, before, after } of changes) {
      if (table.name === contactMethodTable.name) touch('customer', (after ?? before)?.['customerId'])
      else if (table.name === customerTable.name) {
        touch('customer', id)
        if (before && after && before['name'] !== after['name']) for (const kept of this.#bearingNameOf(id)) touch(kept.kind, kept.id)
      } else if (table.name === locationTable.name) touch('location', id)
      else if (table.name === jobTable.name) {
        if (!before || !after || before['summary'] !== after['summary']) touch('job', id)
      } else if (table.name === invoiceTable.name) {
        if (!before || !after || before['number'] !== after['number']) touch('invoice', id)
      } else if (table.name === leadTable.name) {
        // What a lead said of itself stays as it came.
        if (!before || !after) touch('lead', id)
      } else if (table.name === leadEntryTable.name && (after ?? before)?.['kind'] === 'said') touch('lead', (after ?? before)?.['leadId'])
    }
    for (const { kind, id } of stale.values()) this.#refresh(kind, id)
  }

  /**
   * Enters records that came without their commands, some at a time, in the order of their ids.
   * @returns the id to go on behind, or null where that was all
   */
  enter(kind: SearchKind, afterId: string, limit: number): string | null {
    const rows = this.#engine.page(SEARCH_TABLES[kind], afterId, limit)
    // Leads are few, and what was said in each is asked for each.
    for (const id of kind === 'lead' ? rows.map((row) => row.id) : this.#fill.enter(kind, rows)) this.#refresh(kind, id)
    return rows.length < limit ? null : (rows.at(-1)?.id ?? null)
  }

  #bearingNameOf(customerId: string): readonly { readonly kind: SearchKind; readonly id: string }[] {
    const rows = this.#engine
    const locations = rows.run(range(locationTable, 'byCustomer', [customerId])).map(({ id }) => ({ kind: 'location' as const, id }))
    const jobs = rows.run(range(jobTable, 'byCustomer', [customerId])).map(({ id }) => ({ kind: 'job' as const, id }))
    const invoices = rows.run(range(invoiceTable, 'byCustomer', [customerId])).map(({ id }) => ({ kind: 'invoice' as const, id }))
    return [...locations, ...jobs, ...invoices]
  }

  #refresh(kind: SearchKind, id: string): void {
    const entry = this.#engine.run(entryFor(kind, id))
    const known = this.#find.get(kind, id) as { rowid: number; words: string; digits: string } | undefined
    if (known) {
      if (entry && entry.words === known.words && entry.digits === known.digits) return
      this.#removeWords.run(known.rowid, known.words)
      this.#removeDigits.run(known.rowid, known.digits)
      this.#removeEntry.run(known.rowid)
    }
    if (!entry) return
    const { lastInsertRowid } = this.#insertEntry.run(kind, id, entry.customerId, entry.words, entry.digits)
    this.#insertWords.run(lastInsertRowid, entry.words)
    this.#insertDigits.run(lastInsertRowid, entry.digits)
  }

  /** Records all of whose words begin with the words typed, in any order; best match first. */
  byWords(text: string, limit: number): readonly SearchHit[] {
    const words = foldText(text).split(' ').filter(Boolean)
    if (words.length === 0) return []
    return this.#byWords.all(words.map((word) => `"${word}"*`).join(' AND '), limit) as SearchHit[]
  }

  /** How many records of a kind can be found. */
  entered(kind: SearchKind): number {
    return this.#entered.get(kind) as number
  }

  /** Customers and leads with a telephone number that holds these digits, of which there must be at least three. */
  byDigits(digits: string, limit: number): readonly SearchHit[] {
    const clean = digits.replace(/\D/g, '')
    return clean.length < 3 ? [] : (this.#byDigits.all(`"${clean}"`, limit) as SearchHit[])
  }
}
