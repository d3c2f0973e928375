import { normalizePhone } from '../../shared/base/phone.ts'

export const UNREADABLE_PHONE = 'Write the number with its area code, like 555 014 2210.'

/** E.164; '' where nothing is typed, and the text as it is where it is no number (yet). */
export function phoneAsTyped(text: string): string {
  return text.trim() === '' ? '' : (normalizePhone(text) ?? text)
}

/** True for nothing and for a number in any notation. */
export function isReadablePhone(text: string): boolean {
  return text.trim() === '' || normalizePhone(text) !== undefined
}
