import type { AnyRow, Row, Table } from './table.ts'

/**
 * What a command wants to read, as data: one row by its key, or a declared range in key order.
 * There is no LIKE, no collation and no aggregate, so SQLite, PostgreSQL and a Map answer alike.
 */
export type LoadRequest =
  | { readonly kind: 'get'; readonly table: Table; readonly id: string }
  | {
      readonly kind: 'range'
      readonly table: Table
      readonly index: string
      /** Equal to the leading columns of the index. */
      readonly key: readonly (string | number | boolean | null)[]
      /** Bounds on the index column after `key`, as [from, to). */
      readonly from?: number | string
      readonly to?: number | string
    }
  | { readonly kind: 'all'; readonly table: Table }

export type LoadAnswer = readonly AnyRow[]

/**
 * A body that yields its reads and returns its result. The engine that runs it answers each read:
 * synchronously on SQLite, asynchronously on PostgreSQL; the body is the same.
 */
export type Loading<T> = Generator<LoadRequest, T, LoadAnswer>

/** The row with that id, or `undefined`. */
export function* get<T extends Table>(table: T, id: string): Loading<Row<T> | undefined> {
  const rows = yield { kind: 'get', table, id }
  return rows[0] as Row<T> | undefined
}

/** The row with that id where there is an id at all. */
export function* getIf<T extends Table>(table: T, id: string | null | undefined): Loading<Row<T> | undefined> {
  return id === null || id === undefined ? undefined : yield* get(table, id)
}

type Index<T extends Table> = keyof T['indexes'] & string

/** The rows whose leading index columns equal `key`, ordered by id. */
export function* range<T extends Table>(
  table: T,
  index: Index<T>,
  key: readonly (string | number | boolean | null)[],
  bounds: { readonly from?: number | string; readonly to?: number | string } = {},
): Loading<readonly Row<T>[]> {
  const rows = yield { kind: 'range', table, index, key, ...bounds }
  return rows as readonly Row<T>[]
}

/** Every row of a small table, ordered by id. */
export function* all<T extends Table>(table: T): Loading<readonly Row<T>[]> {
  const rows = yield { kind: 'all', table }
  return rows as readonly Row<T>[]
}

/** The rows with these ids that exist, in the order asked. */
export function* getMany<T extends Table>(table: T, ids: Iterable<string>): Loading<readonly Row<T>[]> {
  const found: Row<T>[] = []
  for (const id of ids) {
    const row = yield* get(table, id)
    if (row) found.push(row)
  }
  return found
}
