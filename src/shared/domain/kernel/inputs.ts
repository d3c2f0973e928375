import { z } from 'zod'
import { ID_PATTERN } from '../../base/id.ts'
import { MAX_CENTS } from '../../base/money.ts'
import { cleanText } from '../../base/text.ts'
import { isPlausibleDay } from '../../base/time.ts'

/** The shapes that inputs are made of, with the sentences a person sees when they do not fit. */

export const idInput = z.string().regex(ID_PATTERN, 'This is not a record id.')

/** One line of text, cleaned. */
export const lineInput = (label: string, max = 120) =>
  z.string().transform(cleanText).pipe(z.string().min(1, `${label} is empty.`).max(max, `${label} is longer than ${max} characters.`))

/** One line of text that may be empty. */
export const optionalLine = (label: string, max = 120) =>
  z.string().transform(cleanText).pipe(z.string().max(max, `${label} is longer than ${max} characters.`))

/** Free text over several lines; may be empty. */
export const textInput = (label: string, max = 4000) => optionalLine(label, max)

/** An instant between 2000 and 2200: anything else is a mistake, not a time. */
export const instantInput = z.int().min(946_684_800_000, 'This time is before the year 2000.').max(7_258_118_400_000, 'This time is after the year 2199.')

export const dayInput = z.string().refine(isPlausibleDay, 'This is not a day between the years 2000 and 2199.')

export const centsInput = z.int().min(-MAX_CENTS, 'This amount is too large.').max(MAX_CENTS, 'This amount is too large.')
export const positiveCents = z.int().min(1, 'The amount must be more than zero.').max(MAX_CENTS, 'This amount is too large.')
export const priceInput = z.int().min(0, 'A price can\u2019t be negative.').max(MAX_CENTS, 'This amount is too large.')

/** A quantity in thousandths. */
export const quantityInput = z.int().min(1, 'The quantity must be more than zero.').max(10_000_000, 'The quantity is too large.')

/** An IANA name such as `America/Chicago`. Whether this machine's tables know it is for the edge to say. */
export const zoneInput = z.string().regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/, 'This is not a time zone. Choose one from the list.').max(60, 'This is not a time zone. Choose one from the list.')

/** E.164, as `normalizePhone` makes it. */
export const phoneInput = z.string().regex(/^\+[1-9]\d{6,14}$/, 'This is not a telephone number.')

export const emailInput = z
  .string()
  .transform(cleanText)
  .pipe(z.string().max(254, 'This email address is too long.').regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/u, 'This is not an email address.'))

/** Minutes since local midnight; an end may be the next day's first minute. */
export const minuteInput = z.int().min(0).max(1440)

export const versionInput = z.int().min(1)
