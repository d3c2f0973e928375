import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import type { LoadRequest } from '../../shared/domain/kernel/load.ts'
import { type AnyRow, type Column, columnName, columnsOf, type Table } from '../../shared/domain/kernel/table.ts'
import { quotedName } from './ddl.ts'
import type { Statement } from './pool.ts'

function recordType(column: Column<unknown>): string {
  switch (column.kind) {
    case 'id':
    case 'text':
    case 'day':
    case 'json':
      return 'text'
    case 'boolean':
      return 'boolean'
    case 'integer':
    case 'instant':
    case 'cents':
      return 'bigint'
  }
}

const written = new WeakMap<AnyRow, string>()

/**
 * A row as JSON, with the parts that are stored as JSON in canonical form. A row that is written to its table and to the feed
 * is made into text once.
 */
export function rowJson(table: Table, row: AnyRow): string {
  let text = written.get(row)
  if (text === undefined) written.set(row, (text = objectText(table, row, canonicalJson)))
  return text
}

/**
 * The same as a record for PostgreSQL, with those parts as text: in JSON that it takes apart, PostgreSQL stumbles over an
 * escaped NUL even where nobody asks for it.
 */
function recordJson(table: Table, row: AnyRow): string {
  const plain = Object.values(table.columns).every(({ kind }) => kind !== 'json')
  return plain ? rowJson(table, row) : objectText(table, row, (value) => (value === null ? 'null' : JSON.stringify(canonicalJson(value))))
}

function objectText(table: Table, row: AnyRow, json: (value: unknown) => string): string {
  const parts = columnsOf(table).map(([property, column]) => {
    const value = row[property] ?? null
    return `${JSON.stringify(property)}:${column.kind === 'json' ? json(value) : JSON.stringify(value)}`
  })
  return `{${parts.join(',')}}`
}

/** One table's statements, made once. Every one of them is bound to a company. */
export class TableSql {
  readonly table: Table
  readonly #columns: readonly (readonly [string, Column<unknown>])[]
  readonly #select: string
  readonly #ranges = new Map<string, string>()
  readonly #upsert: string
  readonly #remove: string
  readonly #lines: readonly [string, string]

  constructor(table: Table) {
    this.table = table
    this.#columns = columnsOf(table)
    const name = quotedName(table.name)
    const names = this.#columns.map(([property]) => quotedName(columnName(property)))
    this.#select = `SELECT ${names.join(', ')} FROM ${name} WHERE company_id = $1`
    const given = this.#columns.filter(([property]) => property !== 'companyId')
    const into = given.map(([property]) => quotedName(columnName(property)))
    const from = given.map(([property]) => `x."${property}"`)
    const record = given.map(([property, column]) => `"${property}" ${recordType(column)}`)
    const set = into.filter((column) => column !== '"id"').map((column) => `${column} = excluded.${column}`)
    this.#upsert = `INSERT INTO ${name} (company_id, ${into.join(', ')}) SELECT $1, ${from.join(', ')} FROM json_to_recordset($2::json) AS x(${record.join(', ')}) ON CONFLICT (company_id, id) DO UPDATE SET ${set.join(', ')}`
    this.#remove = `DELETE FROM ${name} WHERE company_id = $1 AND id = ANY($2)`
    const shown = this.#columns.map(([property, column]) => `t.${quotedName(columnName(property))}${column.kind === 'json' ? '::json' : ''} AS "${property}"`)
    this.#lines = [`SELECT '["${table.name}",' || to_json(x.id)::text || ',' || row_to_json(x)::text || ']' AS line FROM (SELECT ${shown.join(', ')} FROM ${name} t WHERE `, ') x']
  }

  /** Selects `[table, id, row]` as lines of JSON made by PostgreSQL. @param where on the table as `t` */
  lines(where: string): string {
    return this.#lines.join(where)
  }

  read(companyId: string, request: LoadRequest): Statement {
    switch (request.kind) {
      case 'get':
        return { text: `${this.#select} AND id = $2`, values: [companyId, request.id] }
      case 'all':
        return { text: `${this.#select} ORDER BY id`, values: [companyId] }
      case 'range':
        return this.#range(companyId, request)
    }
  }

  #range(companyId: string, { index, key, from, to }: Extract<LoadRequest, { kind: 'range' }>): Statement {
    const shape = `${index}/${key.map((value) => (value === null ? 'n' : 'v')).join('')}/${from === undefined ? '' : 'f'}${to === undefined ? '' : 't'}`
    const values = [companyId, ...key.filter((value) => value !== null), ...(from === undefined ? [] : [bound(from)]), ...(to === undefined ? [] : [bound(to)])]
    let text = this.#ranges.get(shape)
    if (text === undefined) this.#ranges.set(shape, (text = this.#rangeSql(index, key, from !== undefined, to !== undefined)))
    return { text, values }
  }

  #rangeSql(index: string, key: readonly unknown[], from: boolean, to: boolean): string {
    const columns = this.table.indexes[index]
    if (!columns) throw new Error(`${this.table.name} has no index ${index}`)
    let place = 1
    const named = (position: number): string => quotedName(columnName(columns[position] ?? ''))
    const where = key.map((value, position) => (value === null ? ` AND ${named(position)} IS NULL` : ` AND ${named(position)} = $${(place += 1)}`))
    if (from) where.push(` AND ${named(key.length)} >= $${(place += 1)}`)
    if (to) where.push(` AND ${named(key.length)} < $${(place += 1)}`)
    return `${this.#select}${where.join('')} ORDER BY id`
  }

  decode(stored: readonly unknown[]): AnyRow {
    const row: Record<string, unknown> = {}
    this.#columns.forEach(([property, column], index) => {
      const value = stored[index]
      row[property] = column.kind === 'json' && typeof value === 'string' ? JSON.parse(value) : value
    })
    return row as unknown as AnyRow
  }

  upsert(companyId: string, rows: readonly AnyRow[]): Statement {
    return { text: this.#upsert, values: [companyId, `[${rows.map((row) => recordJson(this.table, row)).join(',')}]`] }
  }

  remove(companyId: string, ids: readonly string[]): Statement {
    return { text: this.#remove, values: [companyId, ids] }
  }
}

/** Integers only: for both `>=` and `<` the next integer up means the same. */
function bound(value: number | string): number | string {
  return typeof value === 'number' ? Math.ceil(Math.max(-Number.MAX_SAFE_INTEGER, Math.min(value, Number.MAX_SAFE_INTEGER))) : value
}

function storable(value: unknown): boolean {
  return typeof value === 'string' ? !value.includes('\u0000') : typeof value !== 'number' || Number.isSafeInteger(value)
}

/** Whether rows may match at all: PostgreSQL's text has no NUL and its integers no fractions, and asking for them is an error. */
export function canMatch(request: LoadRequest): boolean {
  switch (request.kind) {
    case 'get':
      return storable(request.id)
    case 'range':
      return request.key.every(storable)
    case 'all':
      return true
  }
}

const made = new Map<Table, TableSql>()

export function sqlOf(table: Table): TableSql {
  let sql = made.get(table)
  if (!sql) made.set(table, (sql = new TableSql(table)))
  return sql
}
