import { formatPhone, normalizePhone } from '../../../shared/base/phone.ts'
import type { PhoneDesk } from '../../../shared/contract/methods/calls.ts'

/** Where a caller can go. */
export type Destination = { readonly kind: 'colleague'; readonly userId: string; readonly name: string; readonly state: PhoneDesk['colleagues'][number]['state'] } | { readonly kind: 'number'; readonly number: string }

const STATE_WORDS: Readonly<Record<PhoneDesk['colleagues'][number]['state'], string>> = { free: 'free', onCall: 'on a call', away: 'away' }

/** Any number, or an extension as it is dialled; null for what is neither. */
export function numberIn(text: string): string | null {
  const bare = text.replace(/[\s().-]/g, '')
  return normalizePhone(text) ?? (/^\+?[0-9*#]{2,20}$/.test(bare) ? bare : null)
}

const words = (name: string): readonly string[] => name.toLocaleLowerCase().split(/\s+/)

/** Those whose name has every word that was typed at the beginning of one of its own, and the number, where one was typed. */
export function destinations(colleagues: PhoneDesk['colleagues'], text: string): readonly Destination[] {
  const number = numberIn(text)
  const typed = words(text.trim()).filter(Boolean)
  const people = number !== null ? [] : colleagues.filter(({ name }) => typed.every((part) => words(name).some((word) => word.startsWith(part))))
  return [...people.map(({ userId, name, state }): Destination => ({ kind: 'colleague', userId, name, state })), ...(number === null ? [] : [{ kind: 'number', number } as const])]
}

export const destinationName = (to: Destination): string => (to.kind === 'colleague' ? to.name : formatPhone(to.number))

export const destinationState = (to: Destination): string => (to.kind === 'colleague' ? STATE_WORDS[to.state] : to.number.length < 7 ? 'extension' : 'number')
