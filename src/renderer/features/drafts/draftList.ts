import { formatPhone } from '../../../shared/base/phone.ts'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { type BookingDraft, isBegun } from '../../stores/booking.ts'
import type { RouteTarget } from '../../stores/route.ts'
import type { ScriptContent } from '../../../shared/domain/scripts/content.ts'
import { gapsIn } from '../booking/steps.ts'

/** Where a draft is worked. */
export function draftTarget({ key, callId }: Pick<BookingDraft, 'key' | 'callId'>): RouteTarget {
  return { area: 'booking', query: callId === null ? { draft: key } : { call: callId } }
}

/** Who is calling, as far as anybody knows. */
export function draftWho({ who, newPerson }: Pick<BookingDraft, 'who' | 'newPerson'>, call: Pick<LiveCall, 'name' | 'fromNumber'> | null): string {
  if (who !== '') return who
  const typed = newPerson ? [newPerson.firstName, newPerson.lastName].filter(Boolean).join(' ') || newPerson.companyName || newPerson.phone : ''
  if (typed.trim() !== '') return typed.trim()
  if (call?.name) return call.name
  return call?.fromNumber ? formatPhone(call.fromNumber) : 'New caller'
}

/**
 * What was begun, in a few words, for a colleague: "AC not cooling, 3 things left to ask".
 * @param script what the script of its call asks for besides
 */
export function draftAbout(draft: BookingDraft, script?: Pick<ScriptContent, 'questions' | 'required'>): string {
  const left = gapsIn(draft, script).length
  const summary = (draft.summary.trim() || draft.path.words.trim()).slice(0, 120)
  return [summary, left === 0 ? 'ready to book' : `${left} ${left === 1 ? 'thing' : 'things'} left to ask`].filter(Boolean).join(', ')
}

/**
 * The drafts of this workstation in the order in which they were begun, so that none changes its place while others are
 * typed in: those with something in them, and the one on the screen.
 */
export function listedDrafts(drafts: Readonly<Record<string, BookingDraft>>, currentKey: string | null, upCallIds: ReadonlySet<string>): readonly BookingDraft[] {
  return Object.values(drafts)
    .filter((draft) => draft.key === currentKey || isBegun(draft) || (draft.callId !== null && upCallIds.has(draft.callId)))
    .toSorted((left, right) => left.begunAt - right.begunAt || (left.key < right.key ? -1 : 1))
}

/** The draft after this one, round and round; the first where none of them is on the screen. */
export function nextDraft(listed: readonly BookingDraft[], currentKey: string | null): BookingDraft | undefined {
  const index = listed.findIndex(({ key }) => key === currentKey)
  const next = listed[(index + 1) % Math.max(listed.length, 1)]
  return next?.key === currentKey ? undefined : next
}
