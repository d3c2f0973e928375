import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { LoadAnswer, Loading, LoadRequest } from '../../shared/domain/kernel/load.ts'
import { type AnyRow, type Column, columnName, columnsOf, type Table } from '../../shared/domain/kernel/table.ts'
import { quotedName } from './ddl.ts'

/** The little of a PostgreSQL client that the engine needs; `pg`, a pool's client and PGlite all have it. */
export interface PostgresClient {
  query(sql: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
}

function decode(column: Column<unknown>, value: unknown): unknown {
  if (value === null) return null
  switch (column.kind) {
    case 'integer':
    case 'instant':
    case 'cents':
      // bigint arrives as text or number, depending on the client; all of ours fit a double exactly.
      return Number(value)
    case 'json':
      return JSON.parse(String(value))
    case 'id':
    case 'text':
    case 'day':
    case 'boolean':
      return value
  }
}

/** Answers what commands load and applies what they decide, on PostgreSQL, inside the caller's transaction. */
export class PostgresEngine {
  readonly #client: PostgresClient
  readonly #companyId: string

  constructor(client: PostgresClient, companyId: string) {
    this.#client = client
    this.#companyId = companyId
  }

  async answer(request: LoadRequest): Promise<LoadAnswer> {
    const { table } = request
    const where = ['company_id = $1']
    const values: unknown[] = [this.#companyId]
    const bind = (value: unknown): string => `$${values.push(value)}`
    if (request.kind === 'get') where.push(`id = ${bind(request.id)}`)
    if (request.kind === 'range') {
      const columns = table.indexes[request.index]
      if (!columns) throw new Error(`${table.name} has no index ${request.index}`)
      request.key.forEach((value, position) => {
        const name = quotedName(columnName(columns[position] ?? ''))
        where.push(value === null ? `${name} IS NULL` : `${name} = ${bind(value)}`)
      })
      const bounded = quotedName(columnName(columns[request.key.length] ?? ''))
      if (request.from !== undefined) where.push(`${bounded} >= ${bind(request.from)}`)
      if (request.to !== undefined) where.push(`${bounded} < ${bind(request.to)}`)
    }
    const { rows } = await this.#client.query(`SELECT * FROM ${quotedName(table.name)} WHERE ${where.join(' AND ')} ORDER BY id`, values)
    return rows.map((row) => this.#decode(table, row))
  }

  #decode(table: Table, stored: Readonly<Record<string, unknown>>): AnyRow {
    const entries = columnsOf(table).map(([property, column]) => [property, decode(column, stored[columnName(property)])])
    return Object.fromEntries(entries) as AnyRow
  }

  /** Runs a loading body to its end, one query a step. */
  async run<T>(body: Loading<T>): Promise<T> {
    let step = body.next([])
    while (!step.done) step = body.next(await this.answer(step.value))
    return step.value
  }

  async apply(changes: readonly NetChange[]): Promise<void> {
    for (const { table, id, before, after } of changes) {
      const name = quotedName(table.name)
      if (!after) {
        await this.#client.query(`DELETE FROM ${name} WHERE company_id = $1 AND id = $2`, [this.#companyId, id])
        continue
      }
      const columns = columnsOf(table)
      const names = columns.map(([property]) => quotedName(columnName(property)))
      const values = columns.map(([property, column]) => {
        const value = after[property]
        return column.kind === 'json' && value !== null ? canonicalJson(value) : value
      })
      const places = values.map((_value, index) => `$${index + 1}`)
      if (before) {
        const set = names.map((column, index) => `${column} = ${places[index]}`)
        await this.#client.query(`UPDATE ${name} SET ${set.join(', ')} WHERE company_id = $${values.length + 1} AND id = $${values.length + 2}`, [...values, this.#companyId, id])
      } else {
        await this.#client.query(`INSERT INTO ${name} (${names.join(', ')}) VALUES (${places.join(', ')})`, values)
      }
    }
  }
}
