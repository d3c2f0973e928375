import type { Cents } from '../../base/money.ts'
import type { Instant, IsoDay } from '../../base/time.ts'

/**
 * Tables are declared once, here in plain TypeScript, and made for SQLite and for PostgreSQL from the
 * same declaration, so that `decide` sees the same rows on a workstation and at the hub.
 */

export type ColumnKind = 'id' | 'text' | 'integer' | 'boolean' | 'instant' | 'cents' | 'day' | 'json'

export interface Column<T> {
  readonly kind: ColumnKind
  readonly nullable: boolean
  /** The values this version knows, where the column is an enumeration. */
  readonly values?: readonly string[]
  /** The table this id points to, within the same company. */
  readonly references?: string
  /** Only for the type checker; never present at run time. */
  readonly type?: T
}

// The phantom `type` is what a column's declaration tells the type checker, hence the one assertion here.
const column = <T>(kind: ColumnKind, more: Omit<Column<unknown>, 'kind' | 'nullable' | 'type'> = {}): Column<T> =>
  ({ kind, nullable: false, ...more }) as Column<T>

export const col = {
  /** A reference to another table's row. */
  ref: (references: string): Column<string> => column('id', { references }),
  /** An id that points to no one table (a promise's subject). */
  id: (): Column<string> => column('id'),
  text: (): Column<string> => column('text'),
  oneOf: <const V extends string>(values: readonly V[]): Column<V> => column('text', { values }),
  integer: (): Column<number> => column('integer'),
  boolean: (): Column<boolean> => column('boolean'),
  instant: (): Column<Instant> => column('instant'),
  cents: (): Column<Cents> => column('cents'),
  day: (): Column<IsoDay> => column('day'),
  /** Stored as canonical JSON text, so that both engines compare it byte by byte. */
  json: <T>(): Column<T> => column('json'),
}

export function nullable<T>(of: Column<T>): Column<T | null> {
  return { ...of, nullable: true } as Column<T | null>
}

/**
 * What only some workstations may keep a copy of: pay, and what people said in confidence. The hub sends the rows of a
 * table that asks for a clearance to no workstation without it, so they are never on that disk.
 */
export const CLEARANCES = ['pay', 'confidential'] as const

export type Clearance = (typeof CLEARANCES)[number]

/** Columns every row has; the engine stamps them, `decide` never sets them. */
export interface StampedColumns {
  readonly companyId: string
  readonly version: number
  readonly createdAt: Instant
  readonly createdBy: string
  readonly updatedAt: Instant
  readonly updatedBy: string
}

export type ColumnTypes = Readonly<Record<string, unknown>>

export interface Table<Name extends string = string, Columns extends ColumnTypes = ColumnTypes> {
  readonly name: Name
  readonly columns: { readonly [K in keyof Columns]: Column<Columns[K]> }
  /** Ranges that commands may load and queries may rely on; each becomes an index led by the company. */
  readonly indexes: Readonly<Record<string, readonly (keyof Columns & string)[]>>
  /** Indexes whose rows must differ. */
  readonly unique: readonly string[]
  /** Null: every workstation of the company keeps the rows. No such table may refer to one that asks for a clearance. */
  readonly clearance: Clearance | null
  /** Small tables that nearly every command reads (people, queues): the runner keeps them in memory. */
  readonly resident: boolean
}

/** What `decide` writes: the declared columns and the row's id. */
export type Values<T extends Table> = T extends Table<string, infer C> ? { readonly [K in keyof C]: C[K] } & { readonly id: string } : never

/** What is stored and read: the values and the stamped columns. */
export type Row<T extends Table> = Values<T> & StampedColumns

/** A row of a table not known until run time. */
export type AnyRow = Readonly<Record<string, unknown>> & StampedColumns & { readonly id: string }

type TypesOf<C> = { readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never }

export function defineTable<const Name extends string, C extends Record<string, Column<unknown>>>(
  name: Name,
  columns: C,
  options: {
    readonly indexes?: Readonly<Record<string, readonly (keyof C & string)[]>>
    readonly unique?: readonly string[]
    readonly clearance?: Clearance
    readonly resident?: boolean
  } = {},
): Table<Name, TypesOf<C>> {
  return {
    name,
    columns: columns as unknown as Table<Name, TypesOf<C>>['columns'],
    indexes: options.indexes ?? {},
    unique: options.unique ?? [],
    clearance: options.clearance ?? null,
    resident: options.resident ?? false,
  }
}

const columnNames = new Map<string, string>()

/** `customerId` is stored as `customer_id` on both engines. Remembered, because every statement asks for it. */
export function columnName(property: string): string {
  let name = columnNames.get(property)
  if (name === undefined) {
    name = property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    columnNames.set(property, name)
  }
  return name
}

/** The stamped columns as declarations, for those that build tables and codecs. */
export const STAMPED_COLUMNS: Readonly<Record<keyof StampedColumns, Column<unknown>>> = {
  companyId: column('id'),
  version: column('integer'),
  createdAt: column('instant'),
  createdBy: column('id'),
  updatedAt: column('instant'),
  updatedBy: column('id'),
}

/** Every column of a table in storage order: id, stamped, declared. */
export function columnsOf(table: Table): readonly (readonly [string, Column<unknown>])[] {
  return [['id', { kind: 'id', nullable: false }], ...Object.entries(STAMPED_COLUMNS), ...Object.entries(table.columns)]
}
