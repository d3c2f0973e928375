import type { z } from 'zod'

/** What came in, as the schema understands it; or why not, and the field to return to as a path: `lines.0.quantity`. */
export type ReadInput<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'unreadable'; readonly message: string; readonly field: string }

type Path = readonly PropertyKey[]

/** Names that make sense to whoever sends them, and none to a person. */
const SPOKEN: Readonly<Record<string, string>> = { expectedVersion: 'version', restVersion: 'version', expectedAt: 'time' }

/** `windowDay` as people say it: `window day`. The last name on the path; a place in a list has none. */
function spoken(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string')
  return name === undefined ? 'input' : SPOKEN[name] ?? name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  tuple: 'a list',
  object: 'a record',
  record: 'a record',
  date: 'a date',
  null: 'empty',
}

function outOfBounds(what: string, origin: string, bound: number | bigint, above: boolean): string {
  const least = above ? 'at most' : 'at least'
  if (origin === 'string') return above ? `The ${what} is longer than ${bound} characters.` : bound === 1 ? `The ${what} is empty.` : `The ${what} needs at least ${bound} characters.`
  if (origin === 'array' || origin === 'set' || origin === 'map') return `The ${what} may have ${least} ${bound} ${bound === 1 ? 'entry' : 'entries'}.`
  return `The ${what} must be ${least} ${bound}.`
}

/** A sentence where the schema has none of its own: zod's words are for programmers. */
function explain(issue: z.core.$ZodRawIssue): string {
  const what = spoken(issue.path ?? [])
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `The ${what} is missing.`
      return `The ${what} must be ${KIND_WORDS[issue.expected] ?? 'of another kind'}.`
    case 'too_small':
      return outOfBounds(what, issue.origin, issue.minimum, false)
    case 'too_big':
      return outOfBounds(what, issue.origin, issue.maximum, true)
    case 'invalid_value':
      return `The ${what} must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}.`
    case 'unrecognized_keys':
      return `There is no field named ${issue.keys.map((key) => `\u201c${key}\u201d`).join(', ')} here.`
    case 'invalid_union':
      return issue.input === undefined ? `The ${what} is missing.` : `The ${what} is of a kind that does not belong here.`
    default:
      return `The ${what} can\u2019t be read.`
  }
}

/** Reads what a page, a script or a file sent. Every schema of the contract and of the commands is read by this. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): ReadInput<z.output<Schema>> {
  const parsed = schema.safeParse(input, { error: explain })
  if (parsed.success) return { kind: 'read', value: parsed.data }
  const issue = parsed.error.issues[0]
  return { kind: 'unreadable', message: issue?.message ?? 'This can\u2019t be read.', field: issue?.path.join('.') ?? '' }
}
