import { STATES } from '../../../shared/domain/customers/states.ts'

/** Reads what spreadsheets do to American addresses. */

/** `Texas` and `tx` are `TX`; what is no state stays as it is. */
export function readState(text: string): string {
  const trimmed = text.trim()
  return STATES[trimmed.toLowerCase()] ?? (/^[a-z]{2}$/i.test(trimmed) ? trimmed.toUpperCase() : trimmed)
}

/** The states whose ZIP codes begin with a zero, which a spreadsheet drops. */
const ZERO_STATES = new Set(['CT', 'MA', 'ME', 'NH', 'NJ', 'PR', 'RI', 'VT'])

export interface ReadZip {
  readonly value: string
  readonly warning: string | null
}

export function readZip(text: string, state: string): ReadZip {
  const trimmed = text.trim().toUpperCase()
  if (trimmed === '' || /^\d{5}(-\d{4})?$/.test(trimmed)) return { value: trimmed, warning: null }
  if (/^\d{9}$/.test(trimmed)) return { value: `${trimmed.slice(0, 5)}-${trimmed.slice(5)}`, warning: null }
  if (/^\d{4}$/.test(trimmed) && ZERO_STATES.has(state)) return { value: `0${trimmed}`, warning: `ZIP code ${trimmed} is read as 0${trimmed}` }
  // Canada, which some companies near the border serve.
  if (/^[A-Z]\d[A-Z] ?\d[A-Z]\d$/.test(trimmed)) return { value: trimmed, warning: null }
  return { value: trimmed.slice(0, 13), warning: `ZIP code \u201c${text.trim()}\u201d is unusual` }
}

/** Jobber's list view writes `12 Elm Street \u2022 Austin, Texas 78701` into the street; the rest has columns of its own. */
export function readStreet(text: string): string {
  return (text.split('\u2022')[0] ?? '').trim()
}
