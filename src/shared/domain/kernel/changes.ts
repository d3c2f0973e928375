import type { AnyRow, Row, Table, Values } from './table.ts'

/** What `decide` returns: which rows come to be, become different, or go. */
export type Change =
  | { readonly kind: 'insert'; readonly table: Table; readonly values: Readonly<Record<string, unknown>> & { readonly id: string } }
  | { readonly kind: 'update'; readonly table: Table; readonly before: AnyRow; readonly set: Readonly<Record<string, unknown>> }
  | { readonly kind: 'remove'; readonly table: Table; readonly before: AnyRow }

export function insert<T extends Table>(table: T, values: Values<T>): Change {
  return { kind: 'insert', table, values: values as Readonly<Record<string, unknown>> & { readonly id: string } }
}

/** The columns to change; one that is `undefined` stays as it is (an optional input that was not given). */
export type Patch<T extends Table> = { readonly [K in keyof Omit<Values<T>, 'id'>]?: Values<T>[K] | undefined }

/** Changes some columns of a row that was loaded; setting what is already so is no change. */
export function update<T extends Table>(table: T, before: Row<T>, patch: Patch<T>): Change {
  const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  return { kind: 'update', table, before: before as unknown as AnyRow, set }
}

export function remove<T extends Table>(table: T, before: Row<T>): Change {
  return { kind: 'remove', table, before: before as unknown as AnyRow }
}

/** A row's way from before to after over one whole command; `null` is absence. */
export interface NetChange {
  readonly table: Table
  readonly id: string
  readonly before: AnyRow | null
  readonly after: AnyRow | null
}
