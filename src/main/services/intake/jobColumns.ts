import { foldText } from '../../../shared/base/text.ts'
import type { JobColumn } from '../../../shared/contract/methods/jobFile.ts'
import type { Column, Field } from './jobberColumns.ts'

/**
 * The columns of a list of booked jobs, as ServiceTitan's job and dispatch reports, Housecall Pro's and Jobber's job exports head
 * them, folded; the surest first.
 */
const GUESSES: readonly (readonly [JobColumn, RegExp])[] = [
  ['number', /^(?:job|work order|invoice|ticket|visit|appointment)(?: (?:number|no|id))?$/],
  ['windowStart', /\b(?:arrival )?window(?: start.*| from)?$|^arrival (?:start|from|time|window)\b|^promised (?:start|from)\b/],
  ['windowEnd', /\bwindow (?:end|to|until)\b|^arrival (?:end|to|until)\b|^promised (?:end|to)\b/],
  ['minutes', /\b(?:duration|length|minutes)\b/],
  ['end', /^(?:(?:scheduled|schedule|appointment|appt|job|visit|planned) )?(?:end|finish)(?: (?:time|date|date time|at))?$/],
  ['start', /^(?:(?:scheduled|schedule|appointment|appt|job|visit|planned) )?start(?: (?:time|date|date time|at))?$|^(?:scheduled|schedule|appointment|appt|visit) time$|^scheduled for$/],
  ['day', /^(?:(?:scheduled|schedule|appointment|appt|job|visit|service|dispatch) )?(?:date|day)$|^scheduled(?: on)?$/],
  ['technician', /^(?:assigned |primary |lead )?(?:technicians?|techs?|employees?|crew|team|resource)(?: name| assigned)?$|^assigned(?: to| employees?| technicians?| techs?)?$/],
  ['jobType', /^(?:job|work|service|visit) (?:type|category|kind)$|^(?:service|line items?|job title)$/],
  ['priority', /\bpriority$|^urgency$/],
  ['payment', /^(?:payment|planned payment|pays? by)(?: (?:method|type|form|term))?$|^form of payment$/],
  ['gateCode', /\bgate(?: code)?$/],
  ['access', /\baccess(?: (?:note|notes|instructions))?$/],
  ['home', /^(?:who (?:will be|is) )?(?:at )?home$|^on ?site contact$|^contact on ?site$/],
  ['summary', /^(?:job |visit |work )?(?:summary|description|subject|title|details)$/],
  ['notes', /\b(?:note|notes|instructions|comments?)$/],
  ['latitude', /\blat(?:itude)?$/],
  ['longitude', /\b(?:lng|lon|long|longitude)$/],
  ['firstName', /\bfirst name$/],
  ['lastName', /\blast name$/],
  ['companyName', /^(?:customer |client )?company(?: name)?$/],
  ['email', /\be ?mails?(?: address)?$/],
  ['otherPhone', /^(?:home|work|other|alternate|alt|second|secondary)(?: phone)?(?: number)?$/],
  ['phone', /\b(?:phone|telephone|mobile|cell)(?: number| number s| s)?$/],
  ['postalCode', /\b(?:zip|postal)(?: code)?$/],
  ['line2', /\b(?:street|address|line) ?(?:line )?2$|^(?:apt|apartment|unit|suite)$/],
  ['line1', /\b(?:street|address)(?: ?(?:line )?1)?$/],
  ['city', /\b(?:city|town)$/],
  ['state', /^(?:(?:service|location|customer|property|job) )?(?:state|province)$/],
  ['name', /^(?:customer|client|display|full|location)?(?: name)?$|^(?:bill to|homeowner)$/],
]

/** Of the customer's bill, of money, or of the record itself: nothing of it belongs to the visit. */
const NOT_OF_THE_VISIT = /\bbilling\b|\b(?:total|amount|balance|price|revenue|cost|created|completed|modified|updated|canceled|business unit|status)\b/

/** What each column of a file is taken for; of two that mean the same the first has it. */
export function guessJobColumns(headings: readonly string[]): readonly JobColumn[] {
  const taken = new Set<JobColumn>()
  return headings.map((heading) => {
    const folded = foldText(heading.replaceAll('#', ' number ').replaceAll(/([a-z])([A-Z])/g, '$1 $2')).replaceAll(/[^a-z0-9]+/g, ' ').trim()
    if (folded === '' || NOT_OF_THE_VISIT.test(folded)) return 'none'
    const [found = 'none'] = GUESSES.find(([column, pattern]) => pattern.test(folded) && !taken.has(column)) ?? []
    taken.add(found)
    return found
  })
}

/** Why no job can come of a file with these columns; null where some can. */
export function unusableJobColumns(columns: readonly JobColumn[]): string | null {
  const has = (...wanted: readonly JobColumn[]): boolean => wanted.some((column) => columns.includes(column))
  if (!has('name', 'firstName', 'lastName', 'companyName')) return 'No column holds the customer\u2019s name. Say which column does.'
  if (!has('line1')) return 'No column holds the street. Say which column does.'
  if (!has('jobType')) return 'No column holds the job type. Say which column does.'
  if (!has('day', 'start')) return 'No column holds the day of the visit. Say which column does.'
  if (!has('start', 'windowStart')) return 'No column holds the arrival window or the time of the visit. Say which column does.'
  return null
}

const CUSTOMER_FIELDS: Readonly<Partial<Record<JobColumn, Field>>> = {
  name: 'displayName',
  firstName: 'firstName',
  lastName: 'lastName',
  companyName: 'companyName',
  phone: 'mainPhone',
  otherPhone: 'otherPhone',
  email: 'emails',
  line1: 'street1',
  line2: 'street2',
  city: 'city',
  state: 'state',
  postalCode: 'zip',
}

/** The columns that tell who the customer is, as a list of clients would have them. */
export function customerColumns(columns: readonly JobColumn[]): readonly Column[] {
  return columns.map((column): Column => {
    const field = CUSTOMER_FIELDS[column]
    return { heading: '', target: field === undefined ? { kind: 'none' } : { kind: 'field', field } }
  })
}
