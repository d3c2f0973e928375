import { z } from 'zod'
import { assertNever } from '../../base/assertNever.ts'
import { lineInput, optionalLine } from '../kernel/inputs.ts'

/**
 * A condition or a due time as data: an expression tree over one record's fields. It has no loops,
 * no clock and no look-ups, so every workstation and the hub get the same answer.
 */

export type Scalar = string | number | boolean | null

export type Expression =
  | { readonly kind: 'value'; readonly value: Scalar }
  | { readonly kind: 'field'; readonly name: string }
  /** The instant at which the promise opened. Only in due times: nobody is woken by a clock. */
  | { readonly kind: 'openedAt' }
  | { readonly kind: 'compare'; readonly by: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'isNull'; readonly of: Expression }
  | { readonly kind: 'oneOf'; readonly of: Expression; readonly values: readonly Scalar[] }
  /** The first that is not null. */
  | { readonly kind: 'first'; readonly of: readonly Expression[] }
  | { readonly kind: 'plusMinutes'; readonly of: Expression; readonly minutes: number }
  | { readonly kind: 'earliest' | 'latest'; readonly of: readonly Expression[] }

const scalar = z.union([optionalLine('The value', 4000), z.number(), z.boolean(), z.null()])

export const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('value'), value: scalar }),
    z.strictObject({ kind: z.literal('field'), name: lineInput('The field', 60) }),
    z.strictObject({ kind: z.literal('openedAt') }),
    z.strictObject({
      kind: z.literal('compare'),
      by: z.enum(['eq', 'ne', 'lt', 'le', 'gt', 'ge']),
      left: expressionSchema,
      right: expressionSchema,
    }),
    z.strictObject({ kind: z.enum(['all', 'any']), of: z.array(expressionSchema).max(40) }),
    z.strictObject({ kind: z.literal('not'), of: expressionSchema }),
    z.strictObject({ kind: z.literal('isNull'), of: expressionSchema }),
    z.strictObject({ kind: z.literal('oneOf'), of: expressionSchema, values: z.array(scalar).max(40) }),
    z.strictObject({ kind: z.literal('first'), of: z.array(expressionSchema).min(1).max(10) }),
    z.strictObject({ kind: z.literal('plusMinutes'), of: expressionSchema, minutes: z.int().min(-527_040).max(527_040) }),
    z.strictObject({ kind: z.enum(['earliest', 'latest']), of: z.array(expressionSchema).min(1).max(10) }),
  ]),
)

export interface EvaluationInput {
  readonly record: Readonly<Record<string, unknown>>
  readonly openedAt: number | null
}

function asScalar(value: unknown): Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function compare(by: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', left: Scalar, right: Scalar): boolean {
  if (by === 'eq') return left === right
  if (by === 'ne') return left !== right
  if (left === null || right === null || typeof left !== typeof right) return false
  switch (by) {
    case 'lt':
      return left < right
    case 'le':
      return left <= right
    case 'gt':
      return left > right
    case 'ge':
      return left >= right
    default:
      return assertNever(by, 'comparison')
  }
}

/** Evaluates an expression; a field that is missing is null, and an order over null or mixed types is false. */
export function evaluate(expression: Expression, input: EvaluationInput): Scalar {
  switch (expression.kind) {
    case 'value':
      return expression.value
    case 'field':
      return asScalar(input.record[expression.name])
    case 'openedAt':
      return input.openedAt
    case 'compare':
      return compare(expression.by, evaluate(expression.left, input), evaluate(expression.right, input))
    case 'all':
      return expression.of.every((part) => evaluate(part, input) === true)
    case 'any':
      return expression.of.some((part) => evaluate(part, input) === true)
    case 'not':
      return evaluate(expression.of, input) !== true
    case 'isNull':
      return evaluate(expression.of, input) === null
    case 'oneOf':
      return expression.values.includes(evaluate(expression.of, input))
    case 'first': {
      for (const part of expression.of) {
        const value = evaluate(part, input)
        if (value !== null) return value
      }
      return null
    }
    case 'plusMinutes': {
      const base = evaluate(expression.of, input)
      return typeof base === 'number' ? base + expression.minutes * 60_000 : null
    }
    case 'earliest':
    case 'latest': {
      const times = expression.of.map((part) => evaluate(part, input)).filter((value) => typeof value === 'number')
      if (times.length === 0) return null
      return expression.kind === 'earliest' ? Math.min(...times) : Math.max(...times)
    }
    default:
      return assertNever(expression, 'expression')
  }
}

/** The fields an expression reads, to refuse a queue that names a column its records do not have. */
export function fieldsOf(expression: Expression): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (part: Expression): void => {
    switch (part.kind) {
      case 'field':
        found.add(part.name)
        return
      case 'value':
      case 'openedAt':
        return
      case 'compare':
        visit(part.left)
        visit(part.right)
        return
      case 'not':
      case 'isNull':
      case 'oneOf':
      case 'plusMinutes':
        visit(part.of)
        return
      case 'all':
      case 'any':
      case 'first':
      case 'earliest':
      case 'latest':
        part.of.forEach(visit)
        return
      default:
        assertNever(part, 'expression')
    }
  }
  visit(expression)
  return found
}

/** Short forms in which the queues that Baton ships with are written. */
export const expr = {
  value: (value: Scalar): Expression => ({ kind: 'value', value }),
  field: (name: string): Expression => ({ kind: 'field', name }),
  openedAt: { kind: 'openedAt' } as Expression,
  is: (name: string, value: Scalar): Expression => ({ kind: 'compare', by: 'eq', left: { kind: 'field', name }, right: { kind: 'value', value } }),
  isNot: (name: string, value: Scalar): Expression => ({ kind: 'compare', by: 'ne', left: { kind: 'field', name }, right: { kind: 'value', value } }),
  more: (name: string, value: Scalar): Expression => ({ kind: 'compare', by: 'gt', left: { kind: 'field', name }, right: { kind: 'value', value } }),
  oneOf: (name: string, values: readonly Scalar[]): Expression => ({ kind: 'oneOf', of: { kind: 'field', name }, values }),
  isNull: (name: string): Expression => ({ kind: 'isNull', of: { kind: 'field', name } }),
  all: (...of: readonly Expression[]): Expression => ({ kind: 'all', of }),
  any: (...of: readonly Expression[]): Expression => ({ kind: 'any', of }),
  not: (of: Expression): Expression => ({ kind: 'not', of }),
  first: (...of: readonly Expression[]): Expression => ({ kind: 'first', of }),
  earliest: (...of: readonly Expression[]): Expression => ({ kind: 'earliest', of }),
  latest: (...of: readonly Expression[]): Expression => ({ kind: 'latest', of }),
  plus: (of: Expression, minutes: number): Expression => ({ kind: 'plusMinutes', of, minutes }),
}
