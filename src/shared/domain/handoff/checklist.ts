import { z } from 'zod'
import { assertNever } from '../../base/assertNever.ts'
import { lineInput } from '../kernel/inputs.ts'
import { col, defineTable, nullable } from '../kernel/table.ts'
import { evaluate, expr, type Expression, expressionSchema, type Scalar } from '../promises/expression.ts'
import { typeOf } from '../promises/expressionTypes.ts'
import type { HandoffTick } from './tables.ts'

/**
 * What a rule of a checklist may read: the visit's record gathered in one place. It is declared like a table so that rules are
 * checked as the conditions of queues are; it is never stored.
 */
export const HANDOFF_FACTS = defineTable('handoff', {
  /** How many telephone numbers the customer has. */
  phones: col.integer(),
  line1: col.text(),
  city: col.text(),
  gateCode: col.text(),
  accessNotes: col.text(),
  parking: nullable(col.text()),
  plannedPayment: col.text(),
  lineCount: col.integer(),
  confirmation: col.text(),
  summary: col.text(),
  technicianId: nullable(col.id()),
  waiver: nullable(col.text()),
})

export type HandoffFacts = { readonly [K in keyof (typeof HANDOFF_FACTS)['columns']]: Scalar }

/** How an item is answered. */
export type ItemAnswer =
  /** By the record alone: a person fills in what is missing and cannot tick it. */
  | { readonly kind: 'record'; readonly rule: Expression }
  /** By the record, or by a person who says that there is nothing to record (no gate, no code). */
  | { readonly kind: 'recordOrPerson'; readonly rule: Expression }
  /** By a person; never where the record shows that it is not true. */
  | { readonly kind: 'person'; readonly needs: Expression | null; readonly words: boolean }

export interface ChecklistItem {
  readonly key: string
  readonly label: string
  readonly answer: ItemAnswer
}

const answerInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('record'), rule: expressionSchema }),
  z.strictObject({ kind: z.literal('recordOrPerson'), rule: expressionSchema }),
  z.strictObject({ kind: z.literal('person'), needs: expressionSchema.nullable(), words: z.boolean() }),
])

export const checklistInput = z
  .array(
    z.strictObject({
      key: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/, 'An item\u2019s key is one word of letters, digits and hyphens.'),
      label: lineInput('The item', 60),
      answer: answerInput,
    }),
  )
  .max(20, 'A checklist has at most 20 items.')

/** The rule of an item, whichever way it is answered. */
function ruleOf(answer: ItemAnswer): Expression | null {
  switch (answer.kind) {
    case 'record':
    case 'recordOrPerson':
      return answer.rule
    case 'person':
      return answer.needs
    default:
      return assertNever(answer, 'answer')
  }
}

/** The first thing wrong with a checklist and the path of the field to return to; undefined where nothing is. */
export function checkChecklist(items: readonly ChecklistItem[]): { readonly field: string; readonly message: string } | undefined {
  const keys = new Set<string>()
  for (const [index, { key, label, answer }] of items.entries()) {
    if (keys.has(key)) return { field: `checklist.${index}.key`, message: `Two items of the checklist have the key \u201c${key}\u201d.` }
    keys.add(key)
    const rule = ruleOf(answer)
    const typing = rule && typeOf(rule, HANDOFF_FACTS, false)
    if (typing && !typing.ok) return { field: `checklist.${index}.answer`, message: `\u201c${label}\u201d: ${typing.problem}` }
    if (typing?.ok && [...typing.types].some((type) => type !== 'boolean')) return { field: `checklist.${index}.answer`, message: `\u201c${label}\u201d: its rule must come to true or false.` }
  }
  return undefined
}

/** What rules there are by name, for the settings; a checklist stores the rule itself. */
export const RECORD_RULES = {
  phone: { label: 'A telephone number is recorded', rule: expr.more('phones', 0) },
  address: { label: 'Street and city are recorded', rule: expr.all(expr.isNot('line1', ''), expr.isNot('city', '')) },
  access: { label: 'A gate code or a note on access is recorded', rule: expr.any(expr.isNot('gateCode', ''), expr.isNot('accessNotes', '')) },
  payment: { label: 'A form of payment is agreed', rule: expr.isNot('plannedPayment', '') },
  line: { label: 'The job has a line item', rule: expr.more('lineCount', 0) },
  confirmation: { label: 'No confirmation is owed any more', rule: expr.isNot('confirmation', 'owed') },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly rule: Expression }>>

/** A job type with a waiver asks for it, whatever its checklist says: work does not start before it is back (003). */
export function waiverItem(waiver: string): ChecklistItem {
  return { key: 'waiver', label: `${waiver} back, signed`.slice(0, 60), answer: { kind: 'record', rule: expr.oneOf('waiver', ['returned', 'none']) } }
}

export type RecordRule = keyof typeof RECORD_RULES

/** What the technician cannot do without (D8). The sample and a new company start with it. */
export const STANDARD_CHECKLIST: readonly ChecklistItem[] = [
  { key: 'phone', label: 'Phone confirmed', answer: { kind: 'person', needs: RECORD_RULES.phone.rule, words: false } },
  { key: 'address', label: 'Address confirmed', answer: { kind: 'person', needs: RECORD_RULES.address.rule, words: false } },
  { key: 'access', label: 'Gate code and access', answer: { kind: 'recordOrPerson', rule: RECORD_RULES.access.rule } },
  { key: 'home', label: 'Who will be home', answer: { kind: 'person', needs: null, words: true } },
  { key: 'line', label: 'Line item', answer: { kind: 'record', rule: RECORD_RULES.line.rule } },
  { key: 'payment', label: 'Form of payment', answer: { kind: 'record', rule: RECORD_RULES.payment.rule } },
]

/** What is read back in every booking call: ticked by whoever books. */
export const READ_BACK_ITEMS: readonly string[] = ['phone', 'address', 'access']

/** A job type without a list of its own asks for what the books need (B3) and nothing else. */
export const LEAST_CHECKLIST: readonly ChecklistItem[] = STANDARD_CHECKLIST.filter(({ key }) => key === 'line')

export interface ItemStanding {
  readonly item: ChecklistItem
  /** Who answers for it; null while it is a hole. */
  readonly answeredBy: 'record' | 'person' | null
  readonly tick: HandoffTick | null
  /** Whether a person may tick it as the record stands. */
  readonly tickable: boolean
}

const holds = (rule: Expression, facts: HandoffFacts): boolean => evaluate(rule, { record: facts, openedAt: null }) === true

/** Whether a person may answer for this item, as the record stands. */
export function mayTick({ answer }: ChecklistItem, facts: HandoffFacts): boolean {
  switch (answer.kind) {
    case 'record':
      return false
    case 'recordOrPerson':
      return true
    case 'person':
      return answer.needs === null || holds(answer.needs, facts)
    default:
      return assertNever(answer, 'answer')
  }
}

function standingOf(item: ChecklistItem, facts: HandoffFacts, ticks: readonly HandoffTick[]): ItemStanding {
  const tick = ticks.find((candidate) => candidate.item === item.key && candidate.takenBackAt === null) ?? null
  const tickable = mayTick(item, facts)
  const byRecord = item.answer.kind !== 'person' && holds(item.answer.rule, facts)
  // A tick on what the record no longer bears out (the telephone number was removed) is a hole again.
  return { item, tick, tickable, answeredBy: byRecord ? 'record' : tick !== null && tickable ? 'person' : null }
}

/** How every item of a checklist stands, in its order. */
export function standings(items: readonly ChecklistItem[], facts: HandoffFacts, ticks: readonly HandoffTick[]): readonly ItemStanding[] {
  return items.map((item) => standingOf(item, facts, ticks))
}

export const isHole = ({ answeredBy }: ItemStanding): boolean => answeredBy === null
