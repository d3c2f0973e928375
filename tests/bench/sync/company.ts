import type { Store } from '../../../src/main/store/store.ts'
import { newId } from '../../../src/shared/base/id.ts'
import { addDays, DAY } from '../../../src/shared/base/time.ts'
import { type AnyRow, columnsOf } from '../../../src/shared/domain/kernel/table.ts'
import { TABLES, tableIfKnown } from '../../../src/shared/domain/tables.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'

/** A company as rows in the order of the tables. */
export interface CompanyRows {
  readonly companyId: string
  readonly rows: readonly FeedRow[]
}

/** All rows of the sample company, as a company that may go to a hub. */
export function companyIn(store: Store): CompanyRows {
  const rows = TABLES.flatMap((table) =>
    store.engine.answer({ kind: 'all', table }).map((row): FeedRow => [table.name, row.id, table.name === 'company' ? ({ ...row, phase: 'live' } as AnyRow) : row]),
  )
  return { companyId: store.companyId, rows }
}

/** The same rows as another company. */
export function asCompany({ rows }: CompanyRows, companyId: string): CompanyRows {
  return {
    companyId,
    rows: rows.map(([table, id, row]): FeedRow => (table === 'company' ? [table, companyId, row && { ...row, id: companyId, companyId }] : [table, id, row && { ...row, companyId }])),
  }
}

/** Whose row it is, by the columns that refer to other rows. */
function refersTo(gone: ReadonlySet<string>, table: string, row: AnyRow): boolean {
  if (table === 'promise' && gone.has(String(row['subjectId']))) return true
  return Object.entries(tableIfKnown(table)?.columns ?? {}).some(([property, column]) => column.references !== undefined && gone.has(String(row[property])))
}

function withCustomers({ companyId, rows }: CompanyRows, count: number): CompanyRows {
  const customers = rows.filter(([table]) => table === 'customer')
  const gone = new Set(customers.slice(count).map(([, id]) => id))
  let kept = rows.filter(([, id]) => !gone.has(id))
  for (let before = -1; before !== gone.size; ) {
    before = gone.size
    kept = kept.filter(([table, id, row]) => {
      if (!row || !refersTo(gone, table, row)) return true
      gone.add(id)
      return false
    })
  }
  return { companyId, rows: kept }
}

/** The company with so many of its customers that it has about this many rows, and nothing that refers to the others. */
export function cutTo(company: CompanyRows, rows: number): CompanyRows {
  let [low, high] = [1, company.rows.filter(([table]) => table === 'customer').length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (withCustomers(company, middle).rows.length < rows) low = middle + 1
    else high = middle
  }
  return withCustomers(company, low)
}

const PEOPLE_WE_SERVE = new Set(['customer', 'location', 'contact_method'])
const HISTORY = new Set(['note', 'call', 'job', 'job_line', 'appointment', 'assignment', 'promise', 'invoice', 'invoice_line', 'payment', 'batch', 'ledger_entry'])
const CUSTOMERS_TIMES = 4
/** A copy of the sample company's two weeks every so many days. */
const DAYS_APART = 24

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

function shifted(table: string, row: AnyRow, days: number): AnyRow {
  const moved: Record<string, unknown> = { ...row }
  for (const [property, column] of columnsOf(tableIfKnown(table) ?? TABLES[0]!)) {
    const value = row[property]
    if (typeof value === 'number' && column.kind === 'instant') moved[property] = value - days * DAY
    if (typeof value === 'string' && column.kind === 'day') moved[property] = addDays(value as Parameters<typeof addDays>[0], -days)
  }
  return moved as AnyRow
}

function renamed(row: AnyRow, names: ReadonlyMap<string, string>): AnyRow {
  return JSON.parse(JSON.stringify(row).replaceAll(ID, (id) => names.get(id) ?? id)) as AnyRow
}

/** Four times the customers, and their two weeks over and over, back into the past, until there are this many rows. */
export function multiplied({ companyId, rows }: CompanyRows, least: number): CompanyRows {
  const all: FeedRow[] = [...rows]
  const served = rows.filter(([table]) => PEOPLE_WE_SERVE.has(table))
  // What is open is of today; what lies back is over.
  const history = rows.filter(([table, , row]) => HISTORY.has(table) && !(table === 'promise' && row?.['state'] === 'open'))
  const groups = [new Map<string, string>()]
  for (let copy = 1; copy < CUSTOMERS_TIMES; copy++) {
    const names = new Map(served.map(([, id]) => [id, newId()]))
    groups.push(names)
    for (const [table, id, row] of served) if (row) all.push([table, names.get(id) ?? id, renamed(row, names)])
  }
  for (let copy = 1; all.length < least; copy++) {
    const names = new Map([...(groups[copy % groups.length] ?? []), ...history.map(([, id]): [string, string] => [id, newId()])])
    for (const [table, id, row] of history) if (row) all.push([table, names.get(id) ?? id, renamed(shifted(table, row, copy * DAYS_APART), names)])
  }
  const order = new Map(TABLES.map((table, index) => [table.name as string, index]))
  return { companyId, rows: all.sort(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0)) }
}
