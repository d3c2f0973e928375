import { foldText } from '../../../shared/base/text.ts'
import type { LeadColumn } from '../../../shared/contract/methods/leadSettings.ts'

/**
 * What alone makes two rows one lead. A customer's, a job's or a row's own number does not: a second file would bring other
 * people under the same ones, and they would be taken for known.
 */
const LEAD_ID = /^(?:.* )?(?:lead|inquiry|enquiry|opportunity|opp|request|referral|quote request) (?:id|number|no|num|reference|ref|guid|uuid|oid)$|^(?:lead|inquiry|enquiry|opportunity|referral)$|^lead(?:gen)? ?id$|^sr oid$/

/** Facebook and its like call a lead's id `id`, beside those of the form and the ad. */
const OF_A_FORM = /^(?:form|ad|adset|campaign|leadgen) ?id$/

/** What is about the advertisement, the seller or the record, and not about who wants something. */
const NOT_THEIRS = /\b(?:ad|adset|form|business|company|provider|partner|pro|agent|rep|owner|assigned|dealer|distributor|contractor|event|list|file|brand) ?(?:set )?(?:name|phone|telephone|email|e mail|address|id|number|no)\b|\b(?:ip|web|website|url|page|mac) ?(?:site )?address\b/

/** When, of what kind, how many: it says something of a thing whose name stands before. */
const ABOUT = /\b(?:id|ids|number|no|num|ref|reference|date|time|at|on|type|status|stage|preference|preferred|method|count|score|rating|opt ?in|consent|verified|valid|fee|cost|price|amount|owner|extension|ext|time ?zone)$/

/** What headings say, folded, the surest first. What nothing fits is kept under its heading. */
const GUESSES: readonly (readonly [LeadColumn, RegExp])[] = [
  ['firstName', /\b(?:first|given) ?name\b|^first$/],
  ['lastName', /\b(?:last|family) ?name\b|\bsurname\b|^last$/],
  ['email', /\be ?mail(?: ?(?:address|id|1))?$/],
  ['phone', /\b(?:phone|telephone|mobile|cell|tel)(?: ?(?:phone|number|no|num))?(?: ?[1-6])?$|\bnumber to call\b|^(?:day|evening|home|work|daytime|primary|secondary|alternate|alt|other) ?phone\b|\bphone (?:number )?(?:day|evening|home|work|mobile|cell)\b/],
  ['postalCode', /\b(?:zip|postal|post)(?: ?code)?(?: postal(?: ?code)?)?$/],
  ['line2', /\b(?:address|street|line) ?(?:line )?2$|^(?:apartment|apt|suite|unit|apt suite|apt unit)(?: ?number| ?no)?$/],
  ['line1', /\b(?:address|street)(?: ?(?:address|line))?(?: ?1)?$/],
  ['city', /\b(?:city|town)$/],
  ['state', /^(?:.* )?(?:state|province|region)(?: province)?$/],
  ['jobType', /\b(?:service|services|category|job type|type of work|work type|task|trade|product)(?: (?:name|requested|needed|category|type|wanted|of interest|interested in))?$|\btype of (?:work|service|job|project)\b/],
  ['message', /\b(?:message|comments?|notes?|description|details|project|request|inquiry|enquiry|questions?)$|\bhow can we help\b|\bdescribe\b/],
  ['campaign', /\b(?:campaign|source|utm)(?: name)?$|\butm\b|^lead source\b/],
  ['name', /^(?:(?:full|customer|contact|client|homeowner|home owner|consumer|lead|prospect|person|your) ?)?name$|^(?:customer|contact|client|homeowner|home owner|consumer|prospect|who)$/],
]

/** Only one column can be each of these; a second one is kept under its heading. */
const ONCE: ReadonlySet<LeadColumn> = new Set(['id', 'name', 'firstName', 'lastName', 'email', 'line1', 'line2', 'city', 'state', 'postalCode', 'jobType', 'campaign'])

/** Which of them is the lead's own id; -1 where none says so. */
function leadIdAmong(folded: readonly string[]): number {
  const named = folded.findIndex((heading) => LEAD_ID.test(heading) && !NOT_THEIRS.test(heading))
  return named === -1 && folded.some((heading) => OF_A_FORM.test(heading)) ? folded.indexOf('id') : named
}

function guess(heading: string, taken: ReadonlySet<LeadColumn>): LeadColumn {
  if (NOT_THEIRS.test(heading)) return 'detail'
  const fits = ([column, pattern]: (typeof GUESSES)[number]): boolean => pattern.test(heading) && !(ONCE.has(column) && taken.has(column))
  const [found = 'detail'] = GUESSES.find(fits) ?? []
  const sure = found === 'email' || found === 'phone' || found === 'line1' || found === 'line2' || found === 'jobType'
  return !sure && ABOUT.test(heading) ? 'detail' : found
}

/** What each column of a file is taken for, by its heading. */
export function guessColumns(headings: readonly string[]): readonly LeadColumn[] {
  // `Lead #`, `street_address` and `phoneNumber` are words like any others.
  const folded = headings.map((heading) => foldText(heading.replaceAll('#', ' number ').replaceAll(/([a-z])([A-Z])/g, '$1 $2')))
  const idAt = leadIdAmong(folded)
  const taken = new Set<LeadColumn>()
  return headings.map((heading, index) => {
    if (heading.trim() === '') return 'none'
    const found = index === idAt ? 'id' : guess(folded[index] ?? '', taken)
    taken.add(found)
    return found
  })
}

/** Why nobody could be called or written to from such a file; null where somebody can. */
export function unusable(columns: readonly LeadColumn[]): string | null {
  const reaches = columns.some((column) => column === 'phone' || column === 'email')
  return reaches ? null : 'No column holds a telephone number or an email address, so nobody could be reached. Say which column does.'
}
