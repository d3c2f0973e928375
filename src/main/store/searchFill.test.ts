import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldText } from '../../shared/base/text.ts'
import { contactMethodTable, customerTable, locationTable } from '../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../shared/domain/jobs/tables.ts'
import { type AnyRow, columnsOf, type Table } from '../../shared/domain/kernel/table.ts'
import { SEARCH_TABLES, type SearchKind } from './searchEntries.ts'
import { openStore, type Store } from './store.ts'

const COMPANY = '01900000-0000-7000-8000-000000000000'
const KINDS = Object.keys(SEARCH_TABLES) as readonly SearchKind[]

interface Stored {
  readonly table: Table
  readonly row: AnyRow
}

/** A row with something plain in every column that is not given. */
function stored(table: Table, id: string, given: Readonly<Record<string, unknown>>): Stored {
  const plain = columnsOf(table).map(([property, { kind, nullable }]) => [property, nullable ? null : kind === 'json' ? [] : kind === 'boolean' ? false : ['integer', 'instant', 'cents'].includes(kind) ? 0 : ''])
  return { table, row: { ...Object.fromEntries(plain), ...given, id, companyId: COMPANY } as AnyRow }
}

const NAMES = ['Élodie Brûlé', 'O\u2019Hara & Sons, Inc.', 'Иван Петров', '山田 太郎', 'STRASSE straße', 'plain name', '']

/** Customers with two numbers and an address each, in an order that is not their ids’. */
function office(): readonly Stored[] {
  return NAMES.flatMap((name, index) => {
    const customerId = `c${(index * 3) % NAMES.length}`
    return [
      stored(customerTable, customerId, { name, firstName: name.slice(0, 3), number: `C-${index}` }),
      stored(contactMethodTable, `m${index}b`, { customerId, kind: 'phone', value: `+1555014${index}${index}` }),
      stored(contactMethodTable, `m${index}a`, { customerId, kind: 'phone', value: `(555) 01-9${index}` }),
      stored(contactMethodTable, `m${index}c`, { customerId, kind: 'email', value: `a.${index}@mail.example` }),
      stored(locationTable, `l${index}`, { customerId, line1: `${index} Juniper Bend`, city: 'Fair Hollow', state: 'MN' }),
      stored(jobTable, `j${index}`, { customerId, number: `J-${index}`, summary: name }),
      stored(invoiceTable, `i${index}`, { customerId: index === 0 ? 'nobody' : customerId, number: index === 1 ? null : `INV-${index}` }),
    ]
  })
}

let [byCommand, byFill]: [Store, Store] = [] as never

beforeEach(() => {
  ;[byCommand, byFill] = [openStore(':memory:', { companyId: COMPANY }), openStore(':memory:', { companyId: COMPANY })]
  for (const store of [byCommand, byFill]) {
    store.checkReferences(false)
    store.transaction(() => store.engine.fill(office()))
  }
})

afterEach(() => {
  for (const store of [byCommand, byFill]) store.close()
})

const entriesOf = (store: Store): readonly unknown[] => store.prepare('SELECT kind, entity_id, customer_id, words, digits FROM search_entry ORDER BY kind, entity_id').all()

/** Throws where what FTS5 has is not what the entries say. */
function checkIndexes(store: Store): void {
  for (const index of ['search_words', 'search_digits']) expect(store.prepare(`SELECT count(*) AS rows FROM ${index}_docsize`).get()).toEqual({ rows: entriesOf(store).length })
}

function enterAll(store: Store, limit: number): void {
  for (const kind of KINDS) for (let after: string | null = ''; after !== null; ) after = store.transaction(() => store.search.enter(kind, after ?? '', limit))
}

describe('entering records that came without their commands', () => {
  it('makes them found by the same text as a command does, however many at a time', () => {
    byCommand.transaction(() => byCommand.search.apply(office().map(({ table, row }) => ({ table, id: row.id, before: null, after: row }))))
    enterAll(byFill, 3)
    expect(entriesOf(byFill)).toEqual(entriesOf(byCommand))
    checkIndexes(byFill)
    for (const words of ['elodie', 'иван', '山田', 'juni', 'inv 3', 'strasse']) expect(new Set(byFill.search.byWords(words, 50)), words).toEqual(new Set(byCommand.search.byWords(words, 50)))
    expect(byFill.search.byDigits('555014', 50)).toHaveLength(NAMES.length)
  })

  it('enters once what it is given twice, as it is by then', () => {
    enterAll(byFill, 100)
    const once = entriesOf(byFill)
    enterAll(byFill, 100)
    expect(entriesOf(byFill)).toEqual(once)
    const renamed = office().map(({ table, row }) => ({ table, row: table === customerTable ? ({ ...row, name: 'Renamed' } as AnyRow) : row }))
    byFill.transaction(() => byFill.engine.fill([...renamed, stored(customerTable, 'c9', { name: 'Renamed, too' })]))
    enterAll(byFill, 100)
    expect(byFill.search.byWords('renamed', 100).filter(({ kind }) => kind === 'customer')).toHaveLength(NAMES.length + 1)
    expect(byFill.search.byWords('петров', 100).filter(({ kind }) => kind === 'customer')).toEqual([])
    checkIndexes(byFill)
  })
})

describe('folding text for the search', () => {
  it('gives plain letters and digits the same text as any others', () => {
    for (const text of ['  O\u2019Hara, INC. #12-b ', 'O\'Hara, INC. #12-b', '', '--', 'A_B\tc']) expect(foldText(text)).toBe(foldText(`\u0301${text}`))
  })
})
