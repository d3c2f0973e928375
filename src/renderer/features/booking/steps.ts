import { normalizePhone } from '../../../shared/base/phone.ts'
import { parseQuantity } from '../../../shared/base/money.ts'
import { assertNever } from '../../../shared/base/assertNever.ts'
import type { RequirableField, ScriptContent, ScriptQuestion } from '../../../shared/domain/scripts/content.ts'
import type { BookingDraft } from '../../stores/booking.ts'
import { answerField, answerProblem } from '../scripts/answers.ts'

/** The fields of a booking by the names their places in the script carry. */
export const STEPS = [
  { key: 'customer', name: 'Customer', fields: ['customer', 'firstName', 'lastName', 'companyName', 'phone', 'email', 'leadSource'] },
  { key: 'location', name: 'Location', fields: ['location', 'line1', 'line2', 'postalCode', 'city', 'state', 'accessNotes', 'gateCode', 'pets'] },
  { key: 'jobType', name: 'Job type', fields: ['businessUnit', 'jobType'] },
  { key: 'problem', name: 'Problem', fields: ['summary', 'priority'] },
  { key: 'lines', name: 'Line items', fields: ['lines'] },
  { key: 'window', name: 'Window', fields: ['window', 'overbook'] },
  { key: 'payment', name: 'Payment and notes', fields: ['payment', 'home', 'notes'] },
  { key: 'readBack', name: 'Read back', fields: ['readBack', 'confirmation'] },
] as const

export type StepKey = (typeof STEPS)[number]['key']
export type FieldName = (typeof STEPS)[number]['fields'][number] | `answer:${string}`

export interface Gap {
  readonly step: StepKey
  readonly field: FieldName
  /** What to do, under the field. */
  readonly message: string
}

function customerGaps({ customerId, newPerson }: BookingDraft): readonly Gap[] {
  if (customerId !== null) return []
  const gap = (field: FieldName, message: string): Gap => ({ step: 'customer', field, message })
  if (!newPerson) return [gap('customer', 'Find the caller, or create a new customer.')]
  const { firstName, lastName, companyName, phone, email } = newPerson
  if (`${firstName}${lastName}${companyName}`.trim() === '') return [gap('firstName', 'Enter a name.')]
  if (normalizePhone(phone) === undefined) return [gap('phone', 'Write a telephone number with its area code, like 555 014 2210.')]
  if (email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email.trim())) return [gap('email', 'This is not an email address.')]
  return []
}

function locationGaps({ locationId, newPlace }: BookingDraft): readonly Gap[] {
  if (locationId !== null) return []
  const gap = (field: FieldName, message: string): Gap => ({ step: 'location', field, message })
  if (!newPlace) return [gap('location', 'Choose where the work is.')]
  if (newPlace.line1.trim() === '') return [gap('line1', 'Enter the street.')]
  if (newPlace.city.trim() === '') return [gap('city', 'Enter the city.')]
  return []
}

function lineGaps({ lines }: BookingDraft): readonly Gap[] {
  const gap = (message: string): Gap => ({ step: 'lines', field: 'lines', message })
  if (lines.length === 0) return [gap('Add at least one line item; $0.00 is fine.')]
  const wrong = lines.find((line) => (parseQuantity(line.quantity) ?? 0) <= 0)
  return wrong ? [gap(`Write how many of \u201c${wrong.name}\u201d, more than zero, like 1 or 2.5.`)] : []
}

const inOrder = (gaps: readonly Gap[]): readonly Gap[] => STEPS.flatMap(({ key }) => gaps.filter(({ step }) => step === key))

/** Whether a field that the script asks for is still empty; what is recorded already is not asked for again. */
function lacks({ newPerson, newPlace, accessNotes, notes }: BookingDraft, field: RequirableField): boolean {
  switch (field) {
    case 'leadSource':
    case 'email':
      return newPerson !== null && newPerson[field].trim() === ''
    case 'postalCode':
      return newPlace !== null && newPlace.postalCode.trim() === ''
    case 'accessNotes':
      return (accessNotes ?? (newPlace === null ? 'recorded' : '')).trim() === ''
    case 'notes':
      return notes.trim() === ''
    default:
      return assertNever(field, 'field a script asks for')
  }
}

const ASKED: Readonly<Record<RequirableField, string>> = {
  leadSource: 'Ask how they heard of us.',
  email: 'Ask for the email address.',
  postalCode: 'Ask for the ZIP code.',
  accessNotes: 'Ask how we get in.',
  notes: 'Write a note for dispatch.',
}

/** What the script itself asks for. */
function scriptGaps(draft: BookingDraft, { questions, required }: Pick<ScriptContent, 'questions' | 'required'>): readonly Gap[] {
  const fields = required.filter((field) => lacks(draft, field)).map((field): Gap => ({ step: stepOf(field), field, message: ASKED[field] }))
  const answers = questions.flatMap((question): readonly Gap[] => {
    const message = answerProblem(question, draft)
    return message === null ? [] : [{ step: question.step, field: answerField(question.key), message }]
  })
  return [...fields, ...answers]
}

const NOTHING_MORE = { questions: [], required: [] } as const

/** What is still missing, in the order of the script: what every job needs, and what the script asks for. */
export function gapsIn(draft: BookingDraft, script: Pick<ScriptContent, 'questions' | 'required'> = NOTHING_MORE): readonly Gap[] {
  return inOrder([...bookingGaps(draft), ...scriptGaps(draft, script)])
}

function bookingGaps(draft: BookingDraft): readonly Gap[] {
  const missing = (absent: boolean, gap: Gap): readonly Gap[] => (absent ? [gap] : [])
  return [
    ...customerGaps(draft),
    ...locationGaps(draft),
    // A job type brings its business unit, so it is what is asked for.
    ...missing(draft.jobTypeId === null, { step: 'jobType', field: 'jobType', message: 'Choose a job type.' }),
    ...missing(draft.jobTypeId !== null && draft.businessUnitId === null, { step: 'jobType', field: 'businessUnit', message: 'Choose a business unit.' }),
    ...missing(draft.summary.trim() === '', { step: 'problem', field: 'summary', message: 'Write down the problem in the customer\u2019s words.' }),
    ...missing(draft.priorityId === null, { step: 'problem', field: 'priority', message: 'Choose a priority.' }),
    ...lineGaps(draft),
    ...missing(draft.window === null, { step: 'window', field: 'window', message: 'Choose an arrival window.' }),
    ...missing(draft.window?.full === 'asked' && (draft.overbookWhy ?? '').trim() === '', { step: 'window', field: 'overbook', message: 'Say why it is promised though nobody is free, or take another window.' }),
    ...missing(draft.plannedPayment === null, { step: 'payment', field: 'payment', message: 'Ask how the customer plans to pay.' }),
    ...missing(draft.readBack.includes(false), { step: 'readBack', field: 'readBack', message: 'Read it back to the customer.' }),
  ]
}

/** `2 steps left: payment, read back`. */
export function gapSentence(gaps: readonly Gap[]): string {
  const names = STEPS.filter(({ key }) => gaps.some(({ step }) => step === key)).map(({ name }) => name.toLowerCase())
  if (names.length === 0) return 'Everything is there.'
  return `${names.length} ${names.length === 1 ? 'step' : 'steps'} left: ${names.join(', ')}`
}

/** The field a refusal speaks of, by the path the command gave it. */
export function fieldOfRefusal(path: string | undefined): FieldName | null {
  if (path === undefined) return null
  const [first = '', second = ''] = path.split('.')
  switch (first) {
    case 'customerId':
      return 'customer'
    case 'firstName':
    case 'lastName':
    case 'companyName':
    case 'leadSource':
      return first
    case 'phones':
      return 'phone'
    case 'emails':
      return 'email'
    case 'locationId':
      return 'location'
    case 'location':
    case 'set': {
      const known = ['line1', 'line2', 'city', 'state', 'postalCode', 'accessNotes', 'gateCode', 'pets'] as const
      return known.find((name) => name === second) ?? 'location'
    }
    case 'businessUnitId':
      return 'businessUnit'
    case 'jobTypeId':
      return 'jobType'
    case 'priorityId':
      return 'priority'
    case 'appointment':
      return 'window'
    case 'plannedPayment':
      return 'payment'
    case 'summary':
    case 'lines':
    case 'notes':
    case 'readBack':
      return first
    default:
      return null
  }
}

export function stepOf(field: FieldName, questions: readonly Pick<ScriptQuestion, 'key' | 'step'>[] = []): StepKey {
  const asked = questions.find(({ key }) => answerField(key) === field)
  if (asked) return asked.step
  return STEPS.find(({ fields }) => (fields as readonly string[]).includes(field))?.key ?? 'customer'
}
