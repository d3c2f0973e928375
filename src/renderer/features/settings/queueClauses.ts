import type { Column, Table } from '../../../shared/domain/kernel/table.ts'
import type { Expression, Scalar } from '../../../shared/domain/promises/expression.ts'
import { readableFields } from '../../../shared/domain/promises/expressionTypes.ts'
import { SUBJECT_TABLES } from '../../../shared/domain/promises/subjects.ts'
import type { SubjectKind } from '../../../shared/domain/promises/tables.ts'

/** A condition as a manager reads it: clauses that must all hold. Anything richer is edited as JSON. */

const OPERATORS = ['is', 'isNot', 'isOneOf', 'isEmpty', 'isNotEmpty', 'isMore', 'isLess'] as const

export type Operator = (typeof OPERATORS)[number]

export interface Clause {
  readonly field: string
  readonly operator: Operator
  /** As typed; several between commas for `isOneOf`; unused for the empty operators. */
  readonly value: string
}

export const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  is: 'is',
  isNot: 'is not',
  isOneOf: 'is one of',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
  isMore: 'is more than',
  isLess: 'is less than',
}

/** `windowStartsAt` is "window starts at", `customerId` is "customer". */
export function fieldWords(field: string): string {
  const words = field.replace(/Id$/, '').replace(/Cents$/, '').replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.trim()
}

export function fieldsFor(kind: SubjectKind): ReadonlyMap<string, Column<unknown>> {
  return readableFields(SUBJECT_TABLES[kind] as Table)
}

/** The operators that make sense for a field. */
export function operatorsFor(column: Column<unknown> | undefined): readonly Operator[] {
  if (!column) return OPERATORS
  const empties: readonly Operator[] = column.nullable ? ['isEmpty', 'isNotEmpty'] : []
  switch (column.kind) {
    case 'boolean':
      return ['is', ...empties]
    case 'integer':
    case 'cents':
      return ['is', 'isNot', 'isMore', 'isLess', ...empties]
    case 'instant':
      return empties
    case 'id':
    case 'text':
    case 'day':
    case 'json':
      return ['is', 'isNot', 'isOneOf', ...empties]
  }
}

const TRUE = 'yes'
const FALSE = 'no'

function asTyped(value: Scalar, column: Column<unknown> | undefined): string {
  if (typeof value === 'boolean') return value ? TRUE : FALSE
  if (typeof value === 'number' && column?.kind === 'cents') return String(value / 100)
  return value === null ? '' : String(value)
}

function asScalar(typed: string, column: Column<unknown> | undefined): Scalar {
  const text = typed.trim()
  if (column?.kind === 'boolean') return text === TRUE
  if (column?.kind === 'cents' && text !== '' && Number.isFinite(Number(text))) return Math.round(Number(text) * 100)
  if (column?.kind === 'integer' && text !== '' && Number.isFinite(Number(text))) return Number(text)
  return text
}

const COMPARISONS = { eq: 'is', ne: 'isNot', gt: 'isMore', lt: 'isLess' } as const

function clauseOf(part: Expression, fields: ReadonlyMap<string, Column<unknown>>): Clause | null {
  if (part.kind === 'isNull' && part.of.kind === 'field') return { field: part.of.name, operator: 'isEmpty', value: '' }
  if (part.kind === 'not' && part.of.kind === 'isNull' && part.of.of.kind === 'field') return { field: part.of.of.name, operator: 'isNotEmpty', value: '' }
  if (part.kind === 'oneOf' && part.of.kind === 'field') {
    const column = fields.get(part.of.name)
    return { field: part.of.name, operator: 'isOneOf', value: part.values.map((value) => asTyped(value, column)).join(', ') }
  }
  if (part.kind !== 'compare' || part.left.kind !== 'field' || part.right.kind !== 'value' || part.right.value === null) return null
  if (part.by === 'le' || part.by === 'ge') return null
  return { field: part.left.name, operator: COMPARISONS[part.by], value: asTyped(part.right.value, fields.get(part.left.name)) }
}

/** The clauses of a condition, or null where it can't be written as clauses that all hold. */
export function clausesOf(condition: Expression, kind: SubjectKind): readonly Clause[] | null {
  const fields = fieldsFor(kind)
  const parts = condition.kind === 'all' ? condition.of : [condition]
  const clauses = parts.map((part) => clauseOf(part, fields))
  return clauses.every((clause) => clause !== null) ? clauses : null
}

function expressionOfClause({ field, operator, value }: Clause, column: Column<unknown> | undefined): Expression {
  const of: Expression = { kind: 'field', name: field }
  const compare = (by: 'eq' | 'ne' | 'gt' | 'lt'): Expression => ({ kind: 'compare', by, left: of, right: { kind: 'value', value: asScalar(value, column) } })
  switch (operator) {
    case 'is':
      return compare('eq')
    case 'isNot':
      return compare('ne')
    case 'isMore':
      return compare('gt')
    case 'isLess':
      return compare('lt')
    case 'isOneOf':
      return { kind: 'oneOf', of, values: value.split(',').map((part) => asScalar(part, column)) }
    case 'isEmpty':
      return { kind: 'isNull', of }
    case 'isNotEmpty':
      return { kind: 'not', of: { kind: 'isNull', of } }
  }
}

/** The condition that clauses say; one clause stands alone. */
export function conditionOf(clauses: readonly Clause[], kind: SubjectKind): Expression {
  const fields = fieldsFor(kind)
  const parts = clauses.map((clause) => expressionOfClause(clause, fields.get(clause.field)))
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'all', of: parts }
}

/** A clause as a sentence: "confirmation is owed", "technician is empty". */
export function clauseWords({ field, operator, value }: Clause): string {
  const tail = operator === 'isEmpty' || operator === 'isNotEmpty' ? '' : ` ${value}`
  return `${fieldWords(field)} ${OPERATOR_WORDS[operator]}${tail}`
}

/** A due time as a manager reads it: times before or after a moment, of which one counts. */

export interface DueTerm {
  /** A field that holds an instant, or null for the moment the promise opened. */
  readonly field: string | null
  /** Negative is before. */
  readonly minutes: number
}

export const COMBINES = ['first', 'earliest', 'latest'] as const

export type Combine = (typeof COMBINES)[number]

export interface DueRule {
  readonly combine: Combine
  readonly terms: readonly DueTerm[]
}

export const COMBINE_WORDS: Readonly<Record<Combine, string>> = {
  first: 'the first of these that is known',
  earliest: 'the soonest of these',
  latest: 'the latest of these',
}

function termOf(part: Expression): DueTerm | null {
  if (part.kind === 'openedAt') return { field: null, minutes: 0 }
  if (part.kind === 'field') return { field: part.name, minutes: 0 }
  if (part.kind !== 'plusMinutes') return null
  const of = termOf(part.of)
  return of && of.minutes === 0 ? { field: of.field, minutes: part.minutes } : null
}

/** The rule behind a due time, or null where it is richer than that. */
export function dueRuleOf(due: Expression): DueRule | null {
  const combined = due.kind === 'first' || due.kind === 'earliest' || due.kind === 'latest'
  const terms = (combined ? due.of : [due]).map(termOf)
  return terms.every((term) => term !== null) ? { combine: combined ? due.kind : 'first', terms } : null
}

export function dueOf({ combine, terms }: DueRule): Expression {
  const parts = terms.map(({ field, minutes }): Expression => {
    const of: Expression = field === null ? { kind: 'openedAt' } : { kind: 'field', name: field }
    return minutes === 0 ? of : { kind: 'plusMinutes', of, minutes }
  })
  return parts.length === 1 && parts[0] ? parts[0] : { kind: combine, of: parts }
}

/** `90` is "1 h 30 min", `1440` is "1 day". */
export function minutesWords(minutes: number): string {
  const magnitude = Math.abs(minutes)
  const days = Math.floor(magnitude / 1440)
  const hours = Math.floor((magnitude % 1440) / 60)
  const rest = magnitude % 60
  return [days > 0 ? `${days} day${days === 1 ? '' : 's'}` : '', hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ')
}
