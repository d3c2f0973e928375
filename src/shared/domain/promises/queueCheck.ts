import { ROLES } from '../people/permissions.ts'
import { type Expression, fieldsOf } from './expression.ts'
import { article, leadsOut, readableFields, typeOf } from './expressionTypes.ts'
import type { QueueDefinition } from './defaultQueues.ts'
import { SETTABLE_FIELDS, SUBJECT_TABLES } from './subjects.ts'
import type { Outcome, SubjectKind } from './tables.ts'

/** What is wrong with a queue, and where: the path of the input field to return to. */
export interface QueueProblem {
  readonly field: string
  readonly message: string
}

/** Keys that the Queues screen has for itself. */
const RESERVED_SHORTCUTS: readonly string[] = ['J', 'K', 'H', 'D', 'T', 'R', 'L']

const problem = (field: string, message: string): QueueProblem => ({ field, message })

function checkExpression(field: 'condition' | 'due', expression: Expression, kind: SubjectKind): QueueProblem | undefined {
  const typing = typeOf(expression, SUBJECT_TABLES[kind], field === 'due')
  if (!typing.ok) return problem(field, typing.problem)
  if (field === 'condition') {
    return [...typing.types].every((type) => type === 'boolean') ? undefined : problem(field, 'The condition must come to true or false.')
  }
  return [...typing.types].every((type) => type === 'instant' || type === 'null') ? undefined : problem(field, 'The due time must come to a point in time.')
}

function checkSet(outcome: Outcome, index: number, queue: Pick<QueueDefinition, 'subjectKind' | 'condition'>): QueueProblem | undefined {
  if (outcome.effect.kind !== 'settle') return undefined
  const field = `outcomes.${index}.effect.set`
  const allowed = SETTABLE_FIELDS[queue.subjectKind]
  for (const [name, value] of Object.entries(outcome.effect.set)) {
    const settable = Object.hasOwn(allowed, name) ? allowed[name] : undefined
    if (!settable) {
      const may = Object.keys(allowed)
      return problem(field, may.length === 0 ? `No outcome may write on this kind of record; it is settled by working it.` : `An outcome may not write \u201c${name}\u201d, only ${may.join(', ')}.`)
    }
    if (!settable.values.includes(value)) return problem(field, `An outcome may set \u201c${name}\u201d to ${settable.values.join(' or ')} only.`)
  }
  return leadsOut(queue.condition, outcome.effect.set)
    ? undefined
    : problem(field, `\u201c${outcome.label}\u201d would leave the record in this queue: what it sets must make the condition untrue.`)
}

function checkOutcomes(queue: Pick<QueueDefinition, 'subjectKind' | 'condition' | 'outcomes' | 'boundMinutes'>): QueueProblem | undefined {
  const keys = new Set<string>()
  const shortcuts = new Set<string>()
  for (const [index, outcome] of queue.outcomes.entries()) {
    if (keys.has(outcome.key)) return problem(`outcomes.${index}.key`, `Two outcomes have the key \u201c${outcome.key}\u201d.`)
    if (RESERVED_SHORTCUTS.includes(outcome.shortcut)) return problem(`outcomes.${index}.shortcut`, `The key ${outcome.shortcut} works the list itself. Choose another.`)
    if (shortcuts.has(outcome.shortcut)) return problem(`outcomes.${index}.shortcut`, `Two outcomes have the key ${outcome.shortcut}.`)
    keys.add(outcome.key)
    shortcuts.add(outcome.shortcut)
    if (outcome.effect.kind === 'retry' && outcome.effect.afterMinutes > queue.boundMinutes) {
      return problem(`outcomes.${index}.effect.afterMinutes`, `\u201c${outcome.label}\u201d comes back after the queue\u2019s bound.`)
    }
    const daysField = outcome.effect.kind === 'retry' ? outcome.effect.daysField : undefined
    if (daysField !== undefined && readableFields(SUBJECT_TABLES[queue.subjectKind]).get(daysField)?.kind !== 'integer') {
      return problem(`outcomes.${index}.effect.daysField`, `${article(SUBJECT_TABLES[queue.subjectKind])} has no field \u201c${daysField}\u201d that counts days.`)
    }
    const wrong = checkSet(outcome, index, queue)
    if (wrong) return wrong
  }
  return undefined
}

/** The first thing wrong with a queue, or undefined: the same check in settings as they are typed and in the command. */
export function checkQueue(queue: QueueDefinition): QueueProblem | undefined {
  const table = SUBJECT_TABLES[queue.subjectKind]
  const condition = checkExpression('condition', queue.condition, queue.subjectKind)
  if (condition) return condition
  if (fieldsOf(queue.condition).size === 0) return problem('condition', 'The condition must read at least one field of the record.')
  const due = checkExpression('due', queue.due, queue.subjectKind)
  if (due) return due
  if (queue.holderField !== null) {
    const column = readableFields(table).get(queue.holderField)
    if (column?.references !== 'user') return problem('holderField', `${article(table)} has no field \u201c${queue.holderField}\u201d that names a person.`)
  }
  if (queue.roleField !== null) {
    const column = readableFields(table).get(queue.roleField)
    if (column?.values !== ROLES) return problem('roleField', `${article(table)} has no field \u201c${queue.roleField}\u201d that names a role.`)
  }
  return checkOutcomes(queue)
}
