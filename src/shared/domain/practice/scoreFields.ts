import { assertNever } from '../../base/assertNever.ts'
import { type Expected, type ExpectedField, FIELD_NAMES, type Observed } from './caller.ts'
import { type Finding, PART_POINTS, type PartScore } from './parts.ts'
import { plain } from './words.ts'

/** The last ten digits: how a number is written does not matter. */
const digits = (text: string): string => text.replaceAll(/\D/gu, '')

/** Several numbers stand in one field, apart from each other. */
const numbersIn = (text: string): readonly string[] => text.split(';').map((number) => digits(number).slice(-10))

/** Whether a field holds what is expected of it. */
export function holds(expected: Expected, value: string): boolean {
  const text = plain(value)
  switch (expected.kind) {
    case 'is':
      return expected.anyOf.some((wanted) => plain(wanted) === text)
    case 'says':
      return expected.groups.every((group) => group.some((words) => text.includes(plain(words))))
    case 'phone':
      return numbersIn(value).includes(digits(expected.number).slice(-10))
    case 'something':
      return text !== ''
    case 'nothing':
      return text === ''
    default:
      return assertNever(expected, 'what is expected of a field')
  }
}

function findingOf({ field, expected, better }: ExpectedField, observed: Observed): Finding {
  const yours = observed[field] ?? ''
  const right = holds(expected, yours)
  return { part: 'fields', verdict: right ? 'right' : yours === '' ? 'missing' : 'wrong', what: FIELD_NAMES[field], yours, better: right ? '' : better }
}

/** Every field counts the same, in whatever order they are listed or were filled. */
export function scoreFields(fields: readonly ExpectedField[], observed: Observed): PartScore {
  const findings = fields.map((field) => findingOf(field, observed))
  const right = findings.filter(({ verdict }) => verdict === 'right').length
  return { points: fields.length === 0 ? PART_POINTS.fields : Math.floor((PART_POINTS.fields * right) / fields.length), findings }
}
