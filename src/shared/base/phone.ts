import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * Telephone numbers as E.164 text (`+15550142210`), which is what every record and every phone system
 * compares by. Only lengths are checked ("possible"), not whether a block is in service: numbering plans
 * change faster than software, and 555-01xx, reserved for fiction, is what tests and the sample company use.
 */

/** A number in E.164 form. */
export type E164 = string

/** Where a number without a country code is taken to be dialled. */
export type Country = CountryCode

const NORTH_AMERICAN = /^\+1(\d{3})(\d{3})(\d{4})$/

/** `00` is how much of the world writes `+`; no North American number starts with it. */
const FOREIGN_PREFIX = /^\s*00(?=[1-9])/

/** The scheme of a telephone link (RFC 3966). */
const LINK = /^\s*tel:/i

/**
 * Reads a number in any usual notation; an extension is dropped. `undefined` for what is not a number:
 * words, "Anonymous", too few or too many digits.
 */
export function normalizePhone(text: string, country: Country = 'US'): E164 | undefined {
  const parsed = parsePhoneNumberFromString(text.replace(LINK, '').replace(FOREIGN_PREFIX, '+'), { defaultCountry: country, extract: false })
  return parsed?.isPossible() ? parsed.number : undefined
}

/** `(555) 014-2210` for North America, `+44 20 7946 0958` for elsewhere; what is not E.164 comes back as it is. */
export function formatPhone(e164: E164): string {
  const local = NORTH_AMERICAN.exec(e164)
  if (local) return `(${local[1]}) ${local[2]}-${local[3]}`
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}

/** The forms in which people type a number they half remember (design section 7). */
export interface PhoneDigits {
  /** Without the country code: `5550142210`. */
  readonly national: string
  /** What a neighbour would dial: `0142210`. */
  readonly lastSeven: string
  /** The national number back to front, so that "ends in 2210" is a search for a beginning. */
  readonly reversed: string
}

export function phoneDigits(e164: E164): PhoneDigits {
  const national = NORTH_AMERICAN.test(e164) ? e164.slice(2) : (parsePhoneNumberFromString(e164)?.nationalNumber ?? digitsOf(e164))
  return { national, lastSeven: national.slice(-7), reversed: reverseDigits(national) }
}

/** Only the digits of what was typed: `555-01` is `55501`. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

export function reverseDigits(digits: string): string {
  let reversed = ''
  for (const digit of digits) reversed = digit + reversed
  return reversed
}
