import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import { formatWeekday, formatWindow } from '../../../shared/base/zone.ts'
import type { LeadDetail, LeadItem } from '../../../shared/contract/methods/leads.ts'
import { LEAD_TRY_NAMES, type LeadEntryKind, type LeadState } from '../../../shared/domain/leads/tables.ts'

export const LEAD_STATE_NAMES: Readonly<Record<LeadState, string>> = { new: 'New', accepted: 'Accepted', converted: 'Converted', dismissed: 'Dismissed' }

export const ENTRY_NAMES: Readonly<Record<LeadEntryKind, string>> = {
  said: 'said',
  answer: 'answered',
  note: 'noted',
  attempt: 'tried',
  accepted: 'took it',
  chatClosed: 'closed the chat',
  converted: 'booked it',
  dismissed: 'dismissed it',
  reopened: 'opened it again',
}

/** `tomorrow 8 AM–12 PM`: a time that would suit them. @param today null: for who reads it on another day */
export function wishedWindow({ day, start, end }: LeadDetail['windows'][number], today: IsoDay | null): string {
  const on = today === null ? formatWeekday(day) : day === today ? 'today' : day === addDays(today, 1) ? 'tomorrow' : formatWeekday(day)
  return end > start ? `${on} ${formatWindow(start, end)}` : on
}

/** `2, no answer`: how often somebody was tried, and what came of it last. */
export function triesWords({ attempts, lastAttempt }: Pick<LeadItem, 'attempts' | 'lastAttempt'>): string {
  if (attempts === 0) return '\u2013'
  return lastAttempt === null ? String(attempts) : `${attempts}, ${LEAD_TRY_NAMES[lastAttempt].toLowerCase()}`
}

/** `61 Saltbrook Lane, Fairhollow, IL 60601`, as far as it was said. */
export function placeWords({ line1, line2, city, region, postalCode }: LeadDetail['address']): string {
  return [line1, line2, city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
}

/** Why nothing can be said in a chat any more: the visitor has left, or one of us has closed or settled it. */
export function chatEnd({ name, state, entries }: Pick<LeadDetail, 'name' | 'state' | 'entries'>): string {
  const last = entries.findLast(({ kind }) => kind === 'said' || kind === 'chatClosed' || kind === 'converted' || kind === 'dismissed')
  if (last?.kind === 'chatClosed') return `${last.by} closed the chat.`
  if (state === 'converted') return 'This is booked, and the chat is closed.'
  if (state === 'dismissed') return 'This was dismissed, and the chat is closed.'
  return `${name} has left the chat.`
}
