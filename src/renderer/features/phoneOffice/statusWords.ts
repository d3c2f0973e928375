import { MINUTE } from '../../../shared/base/time.ts'
import type { Colleague } from '../../../shared/contract/methods/phoneOffice.ts'
import type { WorkStatus } from '../../../shared/domain/phone/tables.ts'
import type { StateName } from '../../components/StateGlyph.tsx'

export const STATUS_NAMES: Readonly<Record<WorkStatus, string>> = { available: 'Available', wrapUp: 'Wrap-up', lunch: 'Lunch', break: 'Break', meeting: 'Meeting', gone: 'Gone home' }

/** What a person can say of themselves, with the letter that says it. */
export const CHOSEN_STATUSES = [
  { status: 'available', keys: 'A' },
  { status: 'lunch', keys: 'L' },
  { status: 'break', keys: 'B' },
  { status: 'meeting', keys: 'M' },
  { status: 'gone', keys: 'G' },
] as const satisfies readonly { readonly status: WorkStatus; readonly keys: string }[]

const CALL_NAMES = { ringing: 'Ringing', talking: 'On a call', holding: 'Holding a caller' } as const

const minutesSince = (since: number, now: number): number => Math.max(0, Math.floor((now - since) / MINUTE))

/** What a colleague does now, in a word or two: a call stands over a status, and who is not there over both. */
export function doingWords(person: Pick<Colleague, 'call' | 'status' | 'at'>): string {
  if (person.call && person.call.state !== 'ringing') return CALL_NAMES[person.call.state]
  if (person.status !== 'available') return STATUS_NAMES[person.status]
  if (person.call) return CALL_NAMES[person.call.state]
  if (person.at === 'out') return 'Not signed in'
  return person.at === 'locked' ? 'Page locked' : STATUS_NAMES.available
}

/** Since when, for the same. */
export const doingSince = ({ call, status, since }: Pick<Colleague, 'call' | 'status' | 'since'>): number | null => call?.since ?? (status === 'available' ? null : since)

/** `On a call, 4 min`, `Available`. */
export function doingSentence(person: Pick<Colleague, 'call' | 'status' | 'at' | 'since'>, now: number): string {
  const since = doingSince(person)
  return since === null || doingWords(person) === STATUS_NAMES.available ? doingWords(person) : `${doingWords(person)}, ${minutesSince(since, now)} min`
}

/** The sign beside the words: shapes that people know from the board. */
export function doingGlyph(person: Pick<Colleague, 'call' | 'status' | 'at' | 'free'>): StateName {
  if (person.call && person.call.state !== 'ringing') return 'working'
  if (person.free) return 'scheduled'
  return person.status === 'available' || person.status === 'gone' ? 'canceled' : 'hold'
}
