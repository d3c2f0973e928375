import { formatPhone, normalizePhone } from '../../../shared/base/phone.ts'
import type { PhoneDesk } from '../../../shared/contract/methods/calls.ts'

/** Where a caller can go. */
export type Destination =
  | { readonly kind: 'colleague'; readonly userId: string; readonly name: string; readonly state: PhoneDesk['colleagues'][number]['state'] }
  | Group
  | { readonly kind: 'number'; readonly number: string }

/** Whoever of a group is free takes the caller; null where nobody is. */
interface Group {
  readonly kind: 'group'
  readonly name: string
  readonly free: { readonly userId: string; readonly name: string } | null
}

const STATE_WORDS: Readonly<Record<PhoneDesk['colleagues'][number]['state'], string>> = { free: 'free', onCall: 'on a call', away: 'away' }

/** Any number, or an extension as it is dialled; null for what is neither. */
export function numberIn(text: string): string | null {
  const bare = text.replace(/[\s().-]/g, '')
  return normalizePhone(text) ?? (/^\+?[0-9*#]{2,20}$/.test(bare) ? bare : null)
}

/** The people in the order they stood in first; whoever is new comes last. */
export function inOrder(colleagues: PhoneDesk['colleagues'], order: readonly string[]): PhoneDesk['colleagues'] {
  const place = (userId: string): number => (order.includes(userId) ? order.indexOf(userId) : order.length)
  return colleagues.toSorted((one, other) => place(one.userId) - place(other.userId))
}

const words = (name: string): readonly string[] => name.toLocaleLowerCase().split(/\s+/)

/** Those whose name has every word that was typed at the beginning of one of its own, groups after people, and the number, where one was typed. */
export function destinations(colleagues: PhoneDesk['colleagues'], text: string, groups: NonNullable<PhoneDesk['groups']> = []): readonly Destination[] {
  const number = numberIn(text)
  if (number !== null) return [{ kind: 'number', number }]
  const typed = words(text.trim()).filter(Boolean)
  const fits = ({ name }: { readonly name: string }): boolean => typed.every((part) => words(name).some((word) => word.startsWith(part)))
  return [
    ...colleagues.filter(fits).map(({ userId, name, state }): Destination => ({ kind: 'colleague', userId, name, state })),
    ...groups.filter(fits).map(({ name, userIds }): Destination => ({ kind: 'group', name, free: colleagues.find(({ userId, state }) => state === 'free' && userIds.includes(userId)) ?? null })),
  ]
}

export const destinationName = (to: Destination): string => (to.kind === 'number' ? formatPhone(to.number) : to.name)

export function destinationState(to: Destination): string {
  if (to.kind === 'colleague') return STATE_WORDS[to.state]
  if (to.kind === 'group') return to.free ? `${to.free.name} is free` : 'nobody free'
  return to.number.length < 7 ? 'extension' : 'number'
}

/** What makes it itself, whatever its state. */
export const destinationKey = (to: Destination): string => (to.kind === 'colleague' ? to.userId : to.kind === 'group' ? `group ${to.name}` : to.number)
