import { namesPrice } from '../scripts/merge.ts'

/** What is offered in words; words that name a price are a price. */
const namesOne = (value: unknown): boolean => typeof value === 'object' && value !== null && 'words' in value && typeof value.words === 'string' && namesPrice(value.words)

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => {
      if (name === 'priceCents') return [name, null]
      return [name, stripped(name === 'specials' && Array.isArray(part) ? part.filter((special) => !namesOne(special)) : part)]
    }),
  )
}

/**
 * A draft for somebody who must not see prices, though whoever typed it did. Booked without them, its lines cost what the
 * price book says.
 * @param body the JSON text a page keeps; what cannot be read is nothing
 */
export function withoutPrices(body: string): string {
  try {
    return JSON.stringify(stripped(JSON.parse(body)))
  } catch {
    return ''
  }
}
