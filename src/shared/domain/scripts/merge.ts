/** What a caller's own data is called in a script's words. */
export const MERGE_FIELDS = ['company', 'agent', 'first', 'place', 'address', 'phone', 'day', 'hours', 'window', 'jobType', 'eta', 'special', 'membership'] as const

export type MergeField = (typeof MERGE_FIELDS)[number]

/** What each stands for, for the person who writes a script. */
export const MERGE_FIELD_NAMES: Readonly<Record<MergeField, string>> = {
  company: 'the company\u2019s name',
  agent: 'the first name of who takes the call',
  first: 'the caller\u2019s first name',
  place: '\u201cthe house\u201d or \u201cthe business\u201d',
  address: 'the street',
  phone: 'the number to reach the caller at',
  day: 'the day, as it is said',
  hours: '\u201cbetween 4 and 6\u201d',
  window: '\u201cbetween 4 and 6 in the afternoon\u201d',
  jobType: 'the job type',
  eta: 'how soon an emergency hears from us, \u201c30 minutes\u201d',
  special: 'what is on offer that day',
  membership: 'the words for the membership',
}

/** What is said where nothing is known yet and no other words are written. */
const STANDS_FOR: Readonly<Record<MergeField, string>> = {
  company: 'our company',
  agent: 'your agent',
  first: 'sir or ma\u2019am',
  place: 'the house',
  address: 'the address',
  phone: 'your number',
  day: 'the day',
  hours: 'the window',
  window: 'the window',
  jobType: 'the visit',
  eta: 'the hour',
  special: '',
  membership: '',
}

export type MergeValues = Readonly<Partial<Record<MergeField, string>>>

/** A piece of what is said; `field` where it is this caller's own. */
export interface Said {
  readonly text: string
  readonly field: MergeField | null
}

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'field'; readonly field: MergeField } | { readonly kind: 'unknown'; readonly text: string }

const NAMES: ReadonlySet<string> = new Set(MERGE_FIELDS)
const isField = (name: string): name is MergeField => NAMES.has(name)

/** Words as written, cut where something is filled in. */
export function partsOf(words: string): readonly Part[] {
  return words
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece): Part => {
      if (!/^\{[^{}]*\}$/.test(piece)) return /[{}]/.test(piece) ? { kind: 'unknown', text: piece } : { kind: 'text', text: piece }
      const name = piece.slice(1, -1)
      return isField(name) ? { kind: 'field', field: name } : { kind: 'unknown', text: piece }
    })
}

export function fieldsIn(words: string): readonly MergeField[] {
  return partsOf(words).flatMap((part) => (part.kind === 'field' ? [part.field] : []))
}

/**
 * An amount of money in words that are said. A number of hours or a street number is none, and neither is `20% off`, which
 * promises no price.
 */
const PRICE = /[$\u20ac\u00a3]\s*\d|\d[\d,]*(?:\.\d+)?\s*(?:dollars?|bucks?|usd|cents?)\b|\b(?:dollars?|bucks)\b/i

export function namesPrice(text: string): boolean {
  return PRICE.test(text)
}

/** What is known and may be said: a value that names a price is not there for who must not quote. */
function sayable(values: MergeValues, mayQuote: boolean): MergeValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && (mayQuote || !namesPrice(value))))
}

/**
 * The words of a step for this caller. Of several ways to say it the one that lacks least is taken, the first of equals; what
 * it still lacks is said in general words. Values are never read as words: a name may hold braces.
 * @param mayQuote whether prices may be said; where not, neither words nor values that name one are
 */
export function mergeWords(variants: readonly string[], values: MergeValues, mayQuote: boolean): readonly Said[] {
  const known = sayable(values, mayQuote)
  const lacks = (words: string): number => new Set(fieldsIn(words).filter((field) => known[field] === undefined)).size
  const written = variants.filter((words) => words.trim() !== '' && (mayQuote || !namesPrice(words)))
  const best = written.reduce<string | undefined>((chosen, words) => (chosen === undefined || lacks(words) < lacks(chosen) ? words : chosen), undefined)
  if (best === undefined) return []
  return partsOf(best).flatMap((part): readonly Said[] => {
    if (part.kind !== 'field') return [{ text: part.text, field: null }]
    const value = known[part.field]
    return value === undefined ? (STANDS_FOR[part.field] === '' ? [] : [{ text: STANDS_FOR[part.field], field: null }]) : [{ text: value, field: part.field }]
  })
}

/** What is said, as one line. */
export function spoken(said: readonly Said[]): string {
  return said.map(({ text }) => text).join('')
}
