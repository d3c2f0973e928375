import { assertNever } from '../../base/assertNever.ts'
import { STAMPED_COLUMNS, type Column, type Table } from '../kernel/table.ts'
import { evaluate, type Expression, type Scalar } from './expression.ts'

/** What an expression can come to. `number` counts or is money; `instant` is a point in time: they do not mix. */
export type ExpressionType = 'text' | 'number' | 'instant' | 'boolean' | 'null'

export type Typing = { readonly ok: true; readonly types: ReadonlySet<ExpressionType> } | { readonly ok: false; readonly problem: string }

/** Who made a record is a person of the office, or the software itself, which holds no promise. */
const CREATED_BY: Column<unknown> = { ...STAMPED_COLUMNS.createdBy, references: 'user' }

/** The fields a queue may read: the table's own columns, and when and by whom the record was made. JSON columns have no order and no equality. */
export function readableFields(table: Table): ReadonlyMap<string, Column<unknown>> {
  const own = Object.entries(table.columns).filter(([, column]) => column.kind !== 'json')
  return new Map([...own, ['createdAt', STAMPED_COLUMNS.createdAt], ['createdBy', CREATED_BY]])
}

function columnTypes(column: Column<unknown>): ReadonlySet<ExpressionType> {
  const types = new Set<ExpressionType>()
  switch (column.kind) {
    case 'id':
    case 'text':
    case 'day':
      types.add('text')
      break
    case 'integer':
    case 'cents':
      types.add('number')
      break
    case 'instant':
      types.add('instant')
      break
    case 'boolean':
      types.add('boolean')
      break
    case 'json':
      break
    default:
      assertNever(column.kind, 'column kind')
  }
  if (column.nullable) types.add('null')
  return types
}

function scalarType(value: Scalar): ExpressionType {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'text'
  return typeof value === 'number' ? 'number' : 'boolean'
}

/** `A call`, `An invoice`. */
export function article(table: Table): string {
  return `${/^[aeiou]/.test(table.name) ? 'An' : 'A'} ${table.name}`
}

const ok = (...types: readonly ExpressionType[]): Typing => ({ ok: true, types: new Set(types) })
const wrong = (problem: string): Typing => ({ ok: false, problem })

/** The one type beside null, or undefined where there are several. */
function soleType(types: ReadonlySet<ExpressionType>): ExpressionType | undefined {
  const rest = [...types].filter((type) => type !== 'null')
  return rest.length <= 1 ? (rest[0] ?? 'null') : undefined
}

function comparable(left: ReadonlySet<ExpressionType>, right: ReadonlySet<ExpressionType>): boolean {
  const [a, b] = [soleType(left), soleType(right)]
  return a !== undefined && b !== undefined && (a === b || a === 'null' || b === 'null')
}

/** A value that its column can never hold is a typing mistake that would make a queue silently empty. */
function strayValue(of: Expression, values: readonly Scalar[], table: Table): string | undefined {
  if (of.kind !== 'field') return undefined
  const column = readableFields(table).get(of.name)
  const stray = values.find((value) => value !== null && column?.values !== undefined && !column.values.includes(String(value)))
  return stray === undefined ? undefined : `\u201c${of.name}\u201d is never \u201c${String(stray)}\u201d; it is one of ${column?.values?.join(', ') ?? ''}.`
}

function typeAll(parts: readonly Expression[], table: Table, openedAt: boolean, wanted: ReadonlySet<ExpressionType> | null, otherwise: string): Typing {
  const types = new Set<ExpressionType>()
  for (const part of parts) {
    const typing = typeOf(part, table, openedAt)
    if (!typing.ok) return typing
    for (const type of typing.types) {
      if (wanted !== null && !wanted.has(type)) return wrong(otherwise)
      types.add(type)
    }
  }
  return { ok: true, types }
}

const BOOLEANS: ReadonlySet<ExpressionType> = new Set(['boolean'])
const INSTANTS: ReadonlySet<ExpressionType> = new Set(['instant', 'null'])

/**
 * Infers what an expression over a table's records can come to, or says what is wrong with it in a
 * sentence for the person who edits the queue.
 * @param openedAt whether the moment of opening may be used: in due times only
 */
export function typeOf(expression: Expression, table: Table, openedAt: boolean): Typing {
  switch (expression.kind) {
    case 'value':
      return ok(scalarType(expression.value))
    case 'openedAt':
      return openedAt ? ok('instant') : wrong('A condition can\u2019t depend on when the promise was opened; only a due time can.')
    case 'field': {
      const column = readableFields(table).get(expression.name)
      return column ? { ok: true, types: columnTypes(column) } : wrong(`${article(table)} has no field \u201c${expression.name}\u201d.`)
    }
    case 'compare': {
      const left = typeOf(expression.left, table, openedAt)
      if (!left.ok) return left
      const right = typeOf(expression.right, table, openedAt)
      if (!right.ok) return right
      if (!comparable(left.types, right.types)) return wrong(`A comparison sets ${[...left.types].join(' or ')} against ${[...right.types].join(' or ')}.`)
      const stray =
        expression.right.kind === 'value'
          ? strayValue(expression.left, [expression.right.value], table)
          : expression.left.kind === 'value'
            ? strayValue(expression.right, [expression.left.value], table)
            : undefined
      return stray === undefined ? ok('boolean') : wrong(stray)
    }
    case 'all':
    case 'any': {
      const parts = typeAll(expression.of, table, openedAt, BOOLEANS, `Each part of \u201c${expression.kind}\u201d must be true or false.`)
      return parts.ok ? ok('boolean') : parts
    }
    case 'not': {
      const part = typeAll([expression.of], table, openedAt, BOOLEANS, '\u201cnot\u201d needs something that is true or false.')
      return part.ok ? ok('boolean') : part
    }
    case 'isNull': {
      const part = typeOf(expression.of, table, openedAt)
      return part.ok ? ok('boolean') : part
    }
    case 'oneOf': {
      const part = typeOf(expression.of, table, openedAt)
      if (!part.ok) return part
      const values = new Set(expression.values.map(scalarType))
      if (!comparable(part.types, values)) return wrong(`A list of values is not of the same kind as the field it is compared with.`)
      const stray = strayValue(expression.of, expression.values, table)
      return stray === undefined ? ok('boolean') : wrong(stray)
    }
    case 'first':
      return typeAll(expression.of, table, openedAt, null, '')
    case 'plusMinutes': {
      const part = typeAll([expression.of], table, openedAt, INSTANTS, 'Minutes can only be added to a point in time.')
      return part
    }
    case 'earliest':
    case 'latest':
      return typeAll(expression.of, table, openedAt, INSTANTS, `\u201c${expression.kind}\u201d compares points in time only.`)
    default:
      return assertNever(expression, 'expression')
  }
}

/** Not a value a record can hold: the answer depends on fields that are not known. */
const UNKNOWN = Symbol('unknown')

/**
 * Evaluates where only some fields are known: the value where it is the same whatever the other fields
 * hold, else unknown (Kleene's three-valued logic).
 */
function evaluateKnown(expression: Expression, known: ReadonlyMap<string, Scalar>): Scalar | typeof UNKNOWN {
  switch (expression.kind) {
    case 'value':
      return expression.value
    case 'openedAt':
      return UNKNOWN
    case 'field':
      return known.has(expression.name) ? (known.get(expression.name) ?? null) : UNKNOWN
    case 'all':
    case 'any': {
      const parts = expression.of.map((part) => evaluateKnown(part, known))
      const decisive = expression.kind === 'any'
      if (parts.some((part) => part !== UNKNOWN && (part === true) === decisive)) return decisive
      return parts.includes(UNKNOWN) ? UNKNOWN : !decisive
    }
    case 'not':
    case 'isNull':
    case 'oneOf':
    case 'plusMinutes': {
      const part = evaluateKnown(expression.of, known)
      return part === UNKNOWN ? UNKNOWN : evaluate({ ...expression, of: { kind: 'value', value: part } }, { record: {}, openedAt: null })
    }
    case 'compare': {
      const left = evaluateKnown(expression.left, known)
      const right = evaluateKnown(expression.right, known)
      if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN
      return evaluate({ ...expression, left: { kind: 'value', value: left }, right: { kind: 'value', value: right } }, { record: {}, openedAt: null })
    }
    case 'first':
    case 'earliest':
    case 'latest': {
      const parts = expression.of.map((part) => evaluateKnown(part, known))
      if (parts.includes(UNKNOWN)) return UNKNOWN
      const of = parts.map((value): Expression => ({ kind: 'value', value: value === UNKNOWN ? null : value }))
      return evaluate({ kind: expression.kind, of }, { record: {}, openedAt: null })
    }
    default:
      return assertNever(expression, 'expression')
  }
}

/** True where a record with these fields is out of the condition, whatever else it holds. */
export function leadsOut(condition: Expression, set: Readonly<Record<string, Scalar>>): boolean {
  const outcome = evaluateKnown(condition, new Map(Object.entries(set)))
  return outcome !== UNKNOWN && outcome !== true
}
