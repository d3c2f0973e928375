import { z } from 'zod'
import { DAY, MINUTE } from '../../base/time.ts'
import { idInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { ROLES } from '../people/permissions.ts'
import { expressionSchema } from './expression.ts'
import { SUBJECT_KINDS } from './tables.ts'

const MAX_DEPTH = 16

/** Measured without recursion, so that a tree too deep for the stack is refused and not fallen over. */
function isShallow(tree: unknown): boolean {
  let level: unknown[] = [tree]
  // Two levels of JSON (an object, its list) are one level of the expression.
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH * 2) return false
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []))
  }
  return true
}

const expressionInput = z.unknown().refine(isShallow, { message: 'This rule is nested too deeply.', abort: true }).pipe(expressionSchema)

const scalarInput = z.union([optionalLine('The value'), z.number(), z.boolean(), z.null()])

/** A year in minutes: nothing promised is further away. */
const MAX_MINUTES = (366 * DAY) / MINUTE

const outcomeInput = z.strictObject({
  key: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/, 'A key is one word of letters and digits.'),
  label: lineInput('The outcome', 40),
  shortcut: z.string().regex(/^[A-Z0-9]$/, 'A shortcut is one capital letter or digit.'),
  effect: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('settle'), set: z.record(lineInput('The field', 60), scalarInput) }),
    z.strictObject({ kind: z.literal('retry'), afterMinutes: z.int().min(5, 'Come back after five minutes or more.').max(MAX_MINUTES), asksWhen: z.boolean(), daysField: lineInput('The field', 60).optional() }),
  ]),
  needsNote: z.boolean(),
})

export const queueInput = z.strictObject({
  id: idInput,
  key: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'A key is small letters, digits and hyphens, such as calls-to-return.'),
  name: lineInput('The name', 60),
  position: z.int().min(0).max(9999),
  subjectKind: z.enum(SUBJECT_KINDS),
  condition: expressionInput,
  due: expressionInput,
  boundMinutes: z.int().min(15, 'The bound is at least 15 minutes.').max(MAX_MINUTES, 'The bound is at most a year.'),
  holderRole: z.enum(ROLES),
  holderField: lineInput('The field', 60).nullable(),
  // Absent in what an older Baton gave.
  roleField: lineInput('The field', 60).nullable().default(null),
  escalateRole: z.enum(ROLES).nullable().default(null),
  title: lineInput('The title', 120),
  nextStep: lineInput('The next step', 200),
  outcomes: z.array(outcomeInput).min(1, 'A queue needs at least one outcome.').max(12, 'A queue has at most twelve outcomes.'),
  active: z.boolean(),
})
