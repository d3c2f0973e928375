import { EMERGENCY_KINDS, type EmergencyKind, EMERGENCY_RULES, type Weather } from './kinds.ts'
import { ELECTRICS, LIGHT_WORDS, NEGATORS, type Phrase, PHRASES } from './words.ts'

/** An emergency is said at once: what comes after so many words is history. */
const FIRST_WORDS = 60

/** A part of what was said in which one word can deny another. */
type Clause = readonly string[]

const CLAUSE_ENDS = /[.,;:!?\n()\u2013\u2014]+|\s-+\s|\b(?:but|and|although|however|now|then|except)\b/u

/** Lower case, apostrophes gone, so that `Isn’t` and `isnt` are one word. */
function clausesOf(text: string): readonly Clause[] {
  let left = FIRST_WORDS
  return text
    .toLowerCase()
    .replace(/['\u2018\u2019\u02BC`]/gu, '')
    .replace(/\ba\s*\/\s*c\b|\ba\.c\.?(?=\s|$)/gu, 'ac')
    .split(CLAUSE_ENDS)
    .map((clause) => {
      const words = (clause.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, left)
      left -= words.length
      return words
    })
    .filter((words) => words.length > 0)
}

const isOneOf = (word: string, choices: string): boolean => choices.split('|').includes(word)

/** Where the phrase's words stand from `start` on, or undefined. */
function placesFrom(clause: Clause, start: number, { words, gap }: Phrase): readonly number[] | undefined {
  const places: number[] = []
  let from = start
  for (const [index, choices] of words.entries()) {
    const until = index === 0 ? start : Math.min(from + gap, clause.length - 1)
    let found: number | undefined
    for (let at = from; at <= until && found === undefined; at++) if (isOneOf(clause[at] ?? '', choices)) found = at
    if (found === undefined) return undefined
    places.push(found)
    from = found + 1
  }
  return places
}

const hasNegator = ({ words }: Phrase): boolean => words.some((choices) => choices.split('|').some((word) => NEGATORS.has(word)))

/** True where a negator stands before the place and only light words, or things joined by “or”, between the two. */
function isDenied(clause: Clause, start: number): boolean {
  for (let at = start - 1; at >= 0; at--) {
    const word = clause[at] ?? ''
    if (NEGATORS.has(word)) return true
    const listed = clause[at + 1] === 'or' || clause[at + 1] === 'nor'
    if (!LIGHT_WORDS.has(word) && !listed) return false
  }
  return false
}

/** True where the neighbors of the phrase’s first word make it another word. */
function meansOther(clause: Clause, start: number, { notAfter, notBefore }: Phrase): boolean {
  return notAfter?.has(clause[start - 1] ?? '') === true || notBefore?.has(clause[start + 1] ?? '') === true
}

function saysSo(clause: Clause, phrase: Phrase): boolean {
  if (phrase.unless.some((word) => clause.includes(word))) return false
  const ownNegator = hasNegator(phrase)
  return clause.some((_word, start) => {
    const places = placesFrom(clause, start, phrase)
    if (!places || meansOther(clause, start, phrase)) return false
    if (ownNegator) return true
    const between = clause.slice(start, places.at(-1)).filter((_other, index) => !places.includes(start + index))
    return !isDenied(clause, start) && !between.some((word) => NEGATORS.has(word))
  })
}

/** “No emergency”, “it isn’t an emergency”: the caller says that it can wait. */
function saysNone(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) => clause.some((word, at) => word === 'nonemergency' || (word === 'emergency' && isDenied(clause, at))))
}

function counts(kind: EmergencyKind, weather: Weather): boolean {
  if (kind === 'noHeat') return weather === 'cold'
  if (kind === 'noCooling') return weather === 'heat'
  return true
}

/**
 * The emergency that the first words speak of, the gravest where there are several, or null. It looks at whole words:
 * pass what stands before the caret's word while somebody types, or `spark` rings for `sparkling`.
 */
export function recogniseEmergency(text: string, weather: Weather): EmergencyKind | null {
  const clauses = clausesOf(text)
  const said = (kind: keyof typeof PHRASES): boolean => clauses.some((clause) => PHRASES[kind].some((phrase) => saysSo(clause, phrase)))
  const canWait = saysNone(clauses)
  for (const kind of EMERGENCY_KINDS) {
    if (!counts(kind, weather)) continue
    if (kind === 'floodElectric') {
      if (said('flood') && clauses.some((clause) => clause.some((word) => ELECTRICS.has(word)))) return kind
    } else if (said(kind) && (!canWait || EMERGENCY_RULES[kind].danger || kind === 'flood')) return kind
  }
  return null
}

/** What is typed without its last word while that may still become another one. */
export function wholeWords(typed: string): string {
  return /[\p{L}\p{N}]$/u.test(typed) ? typed.replace(/[\p{L}\p{N}'\u2019]+$/u, '') : typed
}
