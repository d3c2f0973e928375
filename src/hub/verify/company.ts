import type pg from 'pg'
import type { AnyRow, Row, Table } from '../../shared/domain/kernel/table.ts'
import { rowsOf } from '../store/pool.ts'
import { sqlOf } from '../store/tableSql.ts'

/** One company's rows at one moment, for those that check them. */
export class CheckedCompany {
  readonly id: string
  readonly #client: pg.ClientBase
  readonly #remembered = new Map<string, readonly AnyRow[]>()

  constructor(client: pg.ClientBase, id: string) {
    this.#client = client
    this.id = id
  }

  /** Rows of a statement whose first parameter is the company. */
  select<T extends object>(sql: string): Promise<readonly T[]> {
    return rowsOf<T>(this.#client, sql, [this.id])
  }

  /** Every row of a table; kept, because several checks ask for the same. */
  async rows<T extends Table>(table: T): Promise<readonly Row<T>[]> {
    let rows = this.#remembered.get(table.name)
    if (!rows) {
      const sql = sqlOf(table)
      const { text, values } = sql.read(this.id, { kind: 'all', table })
      const stored = await this.#client.query<unknown[]>({ text, values: [...values], rowMode: 'array' })
      this.#remembered.set(table.name, (rows = stored.rows.map((row) => sql.decode(row))))
    }
    return rows as unknown as readonly Row<T>[]
  }
}

/** Looks at a company and says in sentences what is not as it must be. */
export type Check = (company: CheckedCompany) => Promise<readonly string[]>
