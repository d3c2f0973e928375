import { foldText } from '../../base/text.ts'
import { STATES, stateCode } from './states.ts'
import { SHORT_DIRECTIONS, STREET_ENDS, SURE_STREET_ENDS, UNIT_WORDS } from './streets.ts'

interface AddressParts {
  readonly line1: string
  readonly line2: string
  readonly city: string
  readonly state: string
  readonly postalCode: string
}

interface SplitAddress {
  readonly address: AddressParts
  /** What was pasted along and is no part of the address: a name above it, a number below. It is shown, never dropped. */
  readonly rest: string
}

/** Nobody's address is longer; a whole letter is not read. */
const LONGEST = 400

const COUNTRY = /[,\s]+(?:USA|U\.S\.A\.|U\.S\.|US|United States(?: of America)?)\.?(?=\s*(?:,|$))/gi

const STATE = [...Object.keys(STATES), ...new Set(Object.values(STATES))].toSorted((left, right) => right.length - left.length).join('|').replaceAll(' ', '\\s+')

/** `IL 60601`, `Illinois, 60601-1234`: the end of nearly every address. */
const STATE_AND_ZIP = new RegExp(`(?:^|[,\\s])(${STATE})\\b\\.?[,\\s]+(\\d{5}(?:[-\\s]?\\d{4})?)(?![\\d-])`, 'gi')

/** `, Fairhollow 60601`: the state went without saying. */
const ZIP_ALONE = /,\s*[^,\d]+?[,\s]+(\d{5}(?:-\d{4})?)\s*$/

/** `, Fairhollow, IL` or `, Illinois`: two letters only as capitals, for `in` and `or` are words. */
const STATE_ALONE = new RegExp(`,\\s*((?:${Object.keys(STATES).join('|').replaceAll(' ', '\\s+')}))\\s*$`, 'i')
const CODE_ALONE = new RegExp(`[,\\s]\\s*(${[...new Set(Object.values(STATES))].join('|')})\\s*$`)

/** `N.Y. 11375`. */
const DOTTED_STATE = /\b([A-Z])\.\s?([A-Z])\.(?=,?\s*\d{5})/g

const HOUSE = /^(?:\d+[A-Za-z]?(?:[-/]\d+)?(?:\s+\d\/\d)?\s+\S|P\.?\s?O\.?\s+Box\s+\S|(?:RR|HC|County\s+Road|CR)\s+\d)/i

const UNIT = new RegExp(`\\s+((?:(?:${UNIT_WORDS.join('|')})\\.?\\s*#?\\s*|#\\s*)(?:[A-Za-z]?\\d[\\w-]*|[A-Za-z]))$`, 'i')

interface Tail {
  readonly state: string
  readonly postalCode: string
  /** Everything before the state. */
  readonly head: string
  readonly after: string
}

function zipOf(text: string): string {
  const digits = text.replace(/\D/g, '')
  return digits.length === 9 ? `${digits.slice(0, 5)}-${digits.slice(5)}` : digits
}

function lastMatch(pattern: RegExp, text: string): RegExpExecArray | undefined {
  return [...text.matchAll(pattern)].at(-1)
}

function tailOf(text: string): Tail | undefined {
  const both = lastMatch(STATE_AND_ZIP, text)
  if (both) {
    const [whole, state = '', zip = ''] = both
    return { state: stateCode(state) ?? state, postalCode: zipOf(zip), head: text.slice(0, both.index), after: text.slice(both.index + whole.length) }
  }
  const zip = ZIP_ALONE.exec(text)?.[1]
  if (zip !== undefined) return { state: '', postalCode: zipOf(zip), head: text.slice(0, text.lastIndexOf(zip)), after: '' }
  const state = STATE_ALONE.exec(text) ?? CODE_ALONE.exec(text)
  const name = state?.[1]
  if (!state || name === undefined) return undefined
  return { state: stateCode(name) ?? name, postalCode: '', head: text.slice(0, state.index), after: '' }
}

const LEADING_UNIT = new RegExp(`^((?:(?:${UNIT_WORDS.join('|')})\\.?\\s*#?\\s*|#\\s*)(?:[A-Za-z]?\\d[\\w-]*|[A-Za-z]))(?:\\s+|$)`, 'i')

const BOX = /^(P\.?\s?O\.?\s+Box\s+\S+)\s+(.+)$/i

/** Index of the word that ends the street: the last sure one that leaves a city, or the last that may be one. */
function streetEnd(words: readonly string[]): number {
  const folded = words.map(foldText)
  // The number and the name of the street come first: `9 Court Street` does not end after its second word.
  const ends = folded.flatMap((word, index) => (index >= 2 && STREET_ENDS.has(word) && !(word === 'st' && STREET_ENDS.has(folded[index - 1] ?? '')) ? [index] : []))
  const leaving = ends.filter((index) => index < words.length - 1)
  return leaving.findLast((index) => SURE_STREET_ENDS.has(folded[index] ?? '')) ?? leaving.at(-1) ?? ends.at(-1) ?? -1
}

interface StreetAndCity {
  readonly street: string
  readonly city: string
}

/** A unit that stands before the city belongs to the street. */
function moveUnit({ street, city }: StreetAndCity): StreetAndCity {
  const unit = LEADING_UNIT.exec(city)
  return unit ? { street: `${street} ${unit[1]}`, city: city.slice(unit[0].length) } : { street, city }
}

/** Splits `27 Larkspur Court Fairhollow` where a known city ends it, or after the word that ends the street. */
function splitWithoutComma(text: string, cities: readonly string[]): StreetAndCity | undefined {
  const words = text.split(' ')
  const known = cities.find((city) => city !== '' && foldText(text).endsWith(` ${foldText(city)}`))
  if (known !== undefined) {
    const length = known.trim().split(/\s+/).length
    return { street: words.slice(0, -length).join(' '), city: words.slice(-length).join(' ') }
  }
  const box = BOX.exec(text)
  if (box) return { street: box[1] ?? '', city: box[2] ?? '' }
  let end = streetEnd(words)
  if (end < 0) return undefined
  while (SHORT_DIRECTIONS.has(foldText(words[end + 1] ?? ''))) end += 1
  return moveUnit({ street: words.slice(0, end + 1).join(' '), city: words.slice(end + 1).join(' ') })
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/^[\s,]+|[\s,]+$/g, '')
}

/**
 * Splits a United States address as people paste it, over one line or several, with a name above and a number below.
 * Every word of it is in a field or in `rest`; the state's name becomes its two letters, the country goes.
 * @param cities what the office calls the places of that ZIP code, for addresses without commas
 * @returns `undefined` for what is no address with a state or a ZIP code: it stays where it was pasted, whole
 */
export function splitAddress(text: string, cities: readonly string[] = []): SplitAddress | undefined {
  if (text.length > LONGEST) return undefined
  const line = text.replace(/[\r\n\t;|\u2022]+/g, ', ').replace(COUNTRY, '').replace(DOTTED_STATE, '$1$2').replace(/\s+/g, ' ').replace(/(?:,\s*)+,/g, ',').replace(/[\s,]+$/, '')
  const tail = tailOf(line)
  if (!tail) return undefined
  const parts = tail.head.split(',').map(tidy).filter((part) => part !== '')
  const numbered = parts.findIndex((part) => HOUSE.test(part))
  const named = parts.findIndex((part) => STREET_ENDS.has(foldText(part.split(' ').at(-1) ?? '')))
  const start = numbered >= 0 ? numbered : Math.max(named, 0)
  const before = parts.slice(0, start)
  const [first, ...others] = parts.slice(start)
  if (first === undefined) return undefined
  const joined = others.length === 0 ? splitWithoutComma(first, cities) : moveUnit({ street: first, city: others.at(-1) ?? '' })
  if (!joined || joined.street === '') return undefined
  const unit = UNIT.exec(joined.street)?.[1] ?? ''
  const line1 = tidy(unit === '' ? joined.street : joined.street.slice(0, joined.street.length - unit.length))
  const line2 = [unit, ...others.slice(0, -1)].filter((part) => part !== '').join(', ')
  return {
    address: { line1, line2, city: tidy(joined.city), state: tail.state, postalCode: tail.postalCode },
    rest: [...before, tidy(tail.after)].filter((part) => part !== '').join(', '),
  }
}
