import { digitsOf } from '../../../shared/base/phone.ts'
import type { SearchHit } from '../../store/searchIndex.ts'
import type { Store } from '../../store/store.ts'

/** Fewer digits than this are in nearly every number. */
const FEWEST_DIGITS = 3

/** Digits and what people put between them, nothing else. */
const PHONE_LIKE = /^[\s\d()+./-]+$/

function distinct(hits: readonly SearchHit[]): readonly SearchHit[] {
  const seen = new Set<string>()
  return hits.filter(({ kind, id }) => {
    const key = `${kind}/${id}`
    return !seen.has(key) && seen.add(key)
  })
}

/** `martin 2210`: the words name him, the digits are in his number. */
function byBoth(tokens: readonly string[], limit: number, { search }: Store): readonly SearchHit[] {
  const numbers = tokens.filter((token) => PHONE_LIKE.test(token) && digitsOf(token).length >= FEWEST_DIGITS)
  const words = tokens.filter((token) => !numbers.includes(token))
  if (numbers.length === 0 || words.length === 0) return []
  const owners = new Set(search.byDigits(numbers.map(digitsOf).join(''), 500).map(({ id }) => id))
  return search.byWords(words.join(' '), 500).filter(({ kind, id }) => (kind === 'customer' || kind === 'lead') && owners.has(id)).slice(0, limit)
}

/**
 * Records that fit what was typed, best first: words by their beginnings in any order, any part of a
 * telephone number, or a name together with a part of its number.
 */
export function findRecords(text: string, limit: number, store: Store): readonly SearchHit[] {
  const typed = text.trim()
  const tokens = typed.split(/\s+/).filter(Boolean)
  if (tokens.length === 0) return []
  const byWords = store.search.byWords(typed, limit)
  if (PHONE_LIKE.test(typed)) {
    const digits = digitsOf(typed)
    const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
    // A job or invoice number typed in full stands before the numbers that happen to contain it.
    return distinct([...byWords, ...(digits.length >= FEWEST_DIGITS ? store.search.byDigits(national, limit) : [])]).slice(0, limit)
  }
  return distinct([...byWords, ...byBoth(tokens, limit, store)]).slice(0, limit)
}
