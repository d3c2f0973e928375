import { normalizePhone } from '../../../shared/base/phone.ts'
import { parseQuantity } from '../../../shared/base/money.ts'
import type { BookingDraft } from '../../stores/booking.ts'

/** The fields of a booking by the names their places in the script carry. */
export const STEPS = [
  { key: 'customer', name: 'Customer', fields: ['customer', 'firstName', 'lastName', 'companyName', 'phone', 'email', 'leadSource'] },
  { key: 'location', name: 'Location', fields: ['location', 'line1', 'line2', 'postalCode', 'city', 'state', 'accessNotes', 'gateCode', 'pets'] },
  { key: 'jobType', name: 'Job type', fields: ['businessUnit', 'jobType'] },
  { key: 'problem', name: 'Problem', fields: ['summary', 'priority'] },
  { key: 'lines', name: 'Line items', fields: ['lines'] },
  { key: 'window', name: 'Window', fields: ['window'] },
  { key: 'payment', name: 'Payment and notes', fields: ['payment', 'notes'] },
  { key: 'readBack', name: 'Read back', fields: ['readBack', 'confirmation'] },
] as const

export type StepKey = (typeof STEPS)[number]['key']
export type FieldName = (typeof STEPS)[number]['fields'][number]

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

/** What is still missing, in the order of the script. */
export function gapsIn(draft: BookingDraft): readonly Gap[] {
  const missing = (absent: boolean, gap: Gap): readonly Gap[] => (absent ? [gap] : [])
  return [
    ...customerGaps(draft),
    ...locationGaps(draft),
    ...missing(draft.businessUnitId === null, { step: 'jobType', field: 'businessUnit', message: 'Choose a business unit.' }),
    ...missing(draft.jobTypeId === null, { step: 'jobType', field: 'jobType', message: 'Choose a job type.' }),
    ...missing(draft.summary.trim() === '', { step: 'problem', field: 'summary', message: 'Write down the problem in the customer\u2019s words.' }),
    ...missing(draft.priorityId === null, { step: 'problem', field: 'priority', message: 'Choose a priority.' }),
    ...lineGaps(draft),
    ...missing(draft.window === null, { step: 'window', field: 'window', message: 'Choose an arrival window.' }),
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

export function stepOf(field: FieldName): StepKey {
  return STEPS.find(({ fields }) => (fields as readonly string[]).includes(field))?.key ?? 'customer'
}
