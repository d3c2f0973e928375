import type { Database, Statement } from 'better-sqlite3'
import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { LoadAnswer, Loading, LoadRequest } from '../../shared/domain/kernel/load.ts'
import { type AnyRow, columnName, columnsOf, type Table } from '../../shared/domain/kernel/table.ts'

type SqlValue = string | number | null

const toSql = (value: unknown): SqlValue => {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' || typeof value === 'number') return value
  return null
}

/** One table's prepared statements and its conversions between rows and SQLite's values. */
class TableAccess {
  readonly table: Table
  readonly #database: Database
  readonly #properties: readonly string[]
  readonly #booleans: readonly string[]
  readonly #json: ReadonlySet<string>
  readonly #select: string
  readonly #statements = new Map<string, Statement>()
  #upsert: Statement | null = null

  constructor(database: Database, table: Table) {
    this.#database = database
    this.table = table
    const columns = columnsOf(table)
    this.#properties = columns.map(([property]) => property)
    this.#booleans = columns.filter(([, column]) => column.kind === 'boolean').map(([property]) => property)
    this.#json = new Set(columns.filter(([, column]) => column.kind === 'json').map(([property]) => property))
    this.#select = `SELECT ${this.#properties.map((property) => `${columnName(property)} AS "${property}"`).join(', ')} FROM ${table.name} WHERE company_id = ?`
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)))
    return statement
  }

  #decode(stored: Record<string, unknown>): AnyRow {
    for (const property of this.#booleans) {
      if (stored[property] !== null) stored[property] = stored[property] === 1
    }
    for (const property of this.#json) {
      const text = stored[property]
      if (typeof text === 'string') stored[property] = JSON.parse(text)
    }
    return stored as unknown as AnyRow
  }

  get(companyId: string, id: string): AnyRow | undefined {
    const stored = this.#prepare(`${this.#select} AND id = ?`).get(companyId, id) as Record<string, unknown> | undefined
    return stored ? this.#decode(stored) : undefined
  }

  all(companyId: string): readonly AnyRow[] {
    const stored = this.#prepare(`${this.#select} ORDER BY id`).all(companyId) as Record<string, unknown>[]
    return stored.map((row) => this.#decode(row))
  }

  range(companyId: string, request: Extract<LoadRequest, { kind: 'range' }>): readonly AnyRow[] {
    const columns = this.table.indexes[request.index]
    if (!columns) throw new Error(`${this.table.name} has no index ${request.index}`)
    const bounded = columns[request.key.length]
    const where = request.key.map((value, position) => ` AND ${columnName(columns[position] ?? '')} ${value === null ? 'IS' : '='} ?`)
    if (request.from !== undefined) where.push(` AND ${columnName(bounded ?? '')} >= ?`)
    if (request.to !== undefined) where.push(` AND ${columnName(bounded ?? '')} < ?`)
    const values = [...request.key, ...(request.from === undefined ? [] : [request.from]), ...(request.to === undefined ? [] : [request.to])]
    // The plus keeps SQLite from walking the whole primary key, which is in this order already, instead of the declared index.
    const stored = this.#prepare(`${this.#select}${where.join('')} ORDER BY +id`).all(companyId, ...values.map(toSql)) as Record<string, unknown>[]
    return stored.map((row) => this.#decode(row))
  }

  #encode(row: AnyRow, properties: readonly string[]): SqlValue[] {
    return properties.map((property) => {
      const value = row[property]
      return this.#json.has(property) && value !== null ? canonicalJson(value) : toSql(value)
    })
  }

  insert(row: AnyRow): void {
    const columns = this.#properties.map(columnName)
    this.#prepare(`INSERT INTO ${this.table.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...this.#encode(row, this.#properties))
  }

  /** Writes a row over whatever stands there. */
  put(row: AnyRow): void {
    if (!this.#upsert) {
      const columns = this.#properties.map(columnName)
      const set = columns.filter((name) => name !== 'id' && name !== 'company_id').map((name) => `${name} = excluded.${name}`)
      this.#upsert = this.#database.prepare(
        `INSERT INTO ${this.table.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (company_id, id) DO UPDATE SET ${set.join(', ')}`,
      )
    }
    this.#upsert.run(...this.#encode(row, this.#properties))
  }

  /** Rows behind an id, in the order of their ids. */
  page(companyId: string, afterId: string, limit: number): readonly AnyRow[] {
    const stored = this.#prepare(`${this.#select} AND id > ? ORDER BY id LIMIT ?`).all(companyId, afterId, limit) as Record<string, unknown>[]
    return stored.map((row) => this.#decode(row))
  }

  /** Writes only the columns that differ, so that no index is touched for nothing. */
  update(before: AnyRow, after: AnyRow): void {
    const changed = this.#properties.filter((property) => before[property] !== after[property])
    const set = changed.map((property) => `${columnName(property)} = ?`).join(', ')
    const values = this.#encode(after, changed)
    const result = this.#prepare(`UPDATE ${this.table.name} SET ${set} WHERE company_id = ? AND id = ?`).run(...values, after.companyId, after.id)
    if (result.changes !== 1) throw new Error(`${this.table.name} ${after.id} was not there to be updated`)
  }

  remove(companyId: string, id: string): void {
    this.#prepare(`DELETE FROM ${this.table.name} WHERE company_id = ? AND id = ?`).run(companyId, id)
  }
}

/**
 * Answers what commands load and applies what they decide, on SQLite. Small tables that nearly every
 * command reads stay in memory; a rolled-back transaction forgets them.
 */
export class SqliteEngine {
  readonly #database: Database
  readonly #access = new Map<string, TableAccess>()
  readonly #resident = new Map<string, readonly AnyRow[]>()
  #companyId: string

  constructor(database: Database, companyId: string) {
    this.#database = database
    this.#companyId = companyId
  }

  get companyId(): string {
    return this.#companyId
  }

  /** A store's company id is made when the store is; a restore may bring another. */
  useCompany(companyId: string): void {
    this.#companyId = companyId
    this.forget()
  }

  #of(table: Table): TableAccess {
    let access = this.#access.get(table.name)
    if (!access) this.#access.set(table.name, (access = new TableAccess(this.#database, table)))
    return access
  }

  #residentRows(table: Table): readonly AnyRow[] {
    let rows = this.#resident.get(table.name)
    if (!rows) this.#resident.set(table.name, (rows = this.#of(table).all(this.#companyId)))
    return rows
  }

  answer(request: LoadRequest): LoadAnswer {
    const { table } = request
    if (table.resident && request.kind !== 'range') {
      const rows = this.#residentRows(table)
      return request.kind === 'all' ? rows : rows.filter((row) => row.id === request.id)
    }
    const access = this.#of(table)
    switch (request.kind) {
      case 'get': {
        const row = access.get(this.#companyId, request.id)
        return row ? [row] : []
      }
      case 'range':
        return access.range(this.#companyId, request)
      case 'all':
        return access.all(this.#companyId)
    }
  }

  /** Runs a loading body to its end. */
  run<T>(body: Loading<T>): T {
    let step = body.next([])
    while (!step.done) step = body.next(this.answer(step.value))
    return step.value
  }

  apply(changes: readonly NetChange[]): void {
    for (const { table, before, after } of changes) {
      const access = this.#of(table)
      if (!after) access.remove(this.#companyId, before?.id ?? '')
      else if (before) access.update(before, after)
      else access.insert(after)
      if (table.resident) this.#resident.delete(table.name)
    }
  }

  /** Writes rows whole, over whatever stands there: rows of a snapshot, which are nobody's command. */
  fill(rows: readonly { readonly table: Table; readonly row: AnyRow }[]): void {
    for (const { table, row } of rows) {
      this.#of(table).put(row)
      if (table.resident) this.#resident.delete(table.name)
    }
  }

  /** Rows of a table behind an id, in the order of their ids. */
  page(table: Table, afterId: string, limit: number): readonly AnyRow[] {
    return this.#of(table).page(this.#companyId, afterId, limit)
  }

  /** Drops what is remembered of small tables, after a rollback or a restore. */
  forget(): void {
    this.#resident.clear()
  }
}
