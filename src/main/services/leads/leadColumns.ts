import { foldText } from '../../../shared/base/text.ts'
import type { LeadColumn } from '../../../shared/contract/methods/leadSettings.ts'

/** What headings say, folded, the surest first. What nothing fits is kept under its heading. */
const GUESSES: readonly (readonly [LeadColumn, RegExp])[] = [
  ['id', /^(lead |job |request |customer )?(id|number|no|reference|ref)$/],
  ['firstName', /\b(first|given) ?name\b|^first$/],
  ['lastName', /\b(last|family) ?name\b|\bsurname\b|^last$/],
  ['email', /\be ?mail\b/],
  ['phone', /\b(phone|telephone|mobile|cell|number to call)\b/],
  ['postalCode', /\b(zip|postal)( ?code)?\b/],
  ['line2', /\b(address|street|line) ?2\b|\b(apartment|suite|unit)\b/],
  ['line1', /\b(address|street)( ?(line)? ?1)?\b/],
  ['city', /\b(city|town)\b/],
  ['state', /^(state|province)$/],
  ['jobType', /\b(service|category|job type|type of work|task|trade|product)\b/],
  ['message', /\b(message|comments?|notes?|description|details|project|request)\b/],
  ['campaign', /\b(campaign|source|utm)\b/],
  ['name', /\b(name|customer|contact|homeowner)\b/],
]

/** Only one column can be each of these; a second one is kept under its heading. */
const ONCE: ReadonlySet<LeadColumn> = new Set(['id', 'name', 'firstName', 'lastName', 'email', 'line1', 'line2', 'city', 'state', 'postalCode', 'jobType', 'campaign'])

/** What each column of a file is taken for, by its heading. */
export function guessColumns(headings: readonly string[]): readonly LeadColumn[] {
  const taken = new Set<LeadColumn>()
  return headings.map((heading) => {
    const folded = foldText(heading)
    const [found = 'detail'] = GUESSES.find(([column, pattern]) => pattern.test(folded) && !(ONCE.has(column) && taken.has(column))) ?? []
    taken.add(found)
    return heading.trim() === '' ? 'none' : found
  })
}

/** Why nobody could be called or written to from such a file; null where somebody can. */
export function unusable(columns: readonly LeadColumn[]): string | null {
  const reaches = columns.some((column) => column === 'phone' || column === 'email')
  return reaches ? null : 'No column holds a telephone number or an email address, so nobody could be reached. Say which column does.'
}
