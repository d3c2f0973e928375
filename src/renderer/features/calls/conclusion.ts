import { HOUR, type IsoDay, MINUTE, addDays } from '../../../shared/base/time.ts'
import { formatTime, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { CALL_BACK_MINUTES } from '../../../shared/domain/calls/rules.ts'
import type { Option } from '../../components/Choice.tsx'

/** What a person may say of a call on which nothing was booked. */
export type Conclusion = 'unbooked' | 'excused' | 'notLead'

export interface Reason {
  readonly label: string
  readonly outcome: Conclusion
}

/** In their own words when none of these is it. */
export const OTHER = 'Something else'

/** The reasons offices give most; each says what it makes of the call, and the person may still choose otherwise. */
export const REASONS: readonly Reason[] = [
  { label: 'Wants to think it over', outcome: 'unbooked' },
  { label: 'Wants to ask somebody first', outcome: 'unbooked' },
  { label: 'Price', outcome: 'unbooked' },
  { label: 'No time that suits', outcome: 'unbooked' },
  { label: 'Wants an estimate first', outcome: 'unbooked' },
  { label: 'Chose another company', outcome: 'unbooked' },
  { label: 'Asked where the technician is', outcome: 'excused' },
  { label: 'Question about a booked visit', outcome: 'excused' },
  { label: 'Reschedule or cancel', outcome: 'excused' },
  { label: 'Billing question', outcome: 'excused' },
  { label: 'Complaint', outcome: 'excused' },
  { label: 'Outside our area', outcome: 'excused' },
  { label: 'Work we don\u2019t do', outcome: 'excused' },
  { label: 'Wrong number', outcome: 'notLead' },
  { label: 'Solicitor', outcome: 'notLead' },
  { label: 'Vendor', outcome: 'notLead' },
  { label: 'Technician calling in', outcome: 'notLead' },
  { label: 'Spam or silence', outcome: 'notLead' },
  { label: OTHER, outcome: 'unbooked' },
]

export const OUTCOME_WORDS: Readonly<Record<Conclusion, string>> = { unbooked: 'Unbooked', excused: 'Excused', notLead: 'Not a lead' }

export const REASON_OPTIONS: readonly Option<string>[] = REASONS.map(({ label, outcome }) => ({
  value: label,
  label,
  ...(label === OTHER ? {} : { detail: OUTCOME_WORDS[outcome] }),
}))

export type CallBackKey = 'none' | 'hour' | 'today' | 'tomorrow' | 'later'

export interface Office {
  /** Epoch milliseconds. */
  readonly now: number
  readonly zone: string
  readonly opensAt: number
  readonly closesAt: number
}

/** Everything the form holds; kept per call, so that closing the question loses nothing. */
export interface Draft {
  readonly outcome: Conclusion
  readonly reason: string | null
  readonly words: string
  readonly callBack: CallBackKey
  readonly laterDay: IsoDay | ''
  readonly laterMinute: number
  /** E.164, or ''. */
  readonly number: string
  /** Untouched while null: what is kept with the call may still arrive from the booking screen. */
  readonly callerName: string | null
  readonly notes: string | null
}

/** The instant that a quick choice stands for; `null` for none and for a day that is not chosen yet. */
export function callBackInstant(key: CallBackKey, office: Office, draft: Pick<Draft, 'laterDay' | 'laterMinute'>): number | null {
  const { now, zone, opensAt, closesAt } = office
  const { day } = wallTimeOf(now, zone)
  switch (key) {
    case 'none':
      return null
    case 'hour':
      return now + CALL_BACK_MINUTES * MINUTE
    case 'today':
      return instantOf(day, closesAt, zone)
    case 'tomorrow':
      return instantOf(addDays(day, 1), opensAt + 60, zone)
    case 'later':
      return draft.laterDay === '' ? null : instantOf(draft.laterDay, draft.laterMinute, zone)
  }
}

/** The call-back times worth offering now: after hours, tomorrow morning comes first. */
export function callBackOptions(office: Office): readonly Option<CallBackKey>[] {
  const at = (key: CallBackKey): number => callBackInstant(key, office, { laterDay: '', laterMinute: 0 }) ?? office.now
  const by = (key: CallBackKey): string => `by ${formatTime(at(key), office.zone)}`
  const hour: Option<CallBackKey> = { value: 'hour', label: 'Within the hour', detail: by('hour') }
  const tomorrow: Option<CallBackKey> = { value: 'tomorrow', label: 'Tomorrow morning', detail: by('tomorrow') }
  const open = at('today') - office.now > HOUR
  return [
    ...(open ? [hour, { value: 'today' as const, label: 'Later today', detail: by('today') }, tomorrow] : [tomorrow, hour]),
    { value: 'later', label: 'Another time' },
    { value: 'none', label: 'No call back' },
  ]
}

/** What is offered first: the soonest time the office keeps for a lead, and no call back for the rest. */
export function usualCallBack(outcome: Conclusion, office: Office, canCallBack: boolean): CallBackKey {
  if (outcome !== 'unbooked' || !canCallBack) return 'none'
  return callBackOptions(office)[0]?.value ?? 'hour'
}

/** The reason as the log keeps it: the usual words, and the person's own. */
export function reasonText({ reason, words }: Pick<Draft, 'reason' | 'words'>): string {
  const own = words.trim()
  if (reason === null || reason === OTHER) return own
  return own === '' ? reason : `${reason}: ${own}`
}

/** Takes a stored reason apart again. */
export function readReason(text: string): Pick<Draft, 'reason' | 'words'> {
  if (text === '') return { reason: null, words: '' }
  const known = REASONS.find(({ label }) => text === label || text.startsWith(`${label}: `))
  return known ? { reason: known.label, words: text.slice(known.label.length + 2) } : { reason: OTHER, words: text }
}

/** What the main button will do, said as its label. */
export function resultWords(outcome: Conclusion, callBackBy: number | null, office: Office): string {
  if (callBackBy === null) return `${OUTCOME_WORDS[outcome]}, no call back`
  const { now, zone } = office
  const today = wallTimeOf(now, zone).day
  const { day } = wallTimeOf(callBackBy, zone)
  const when = day === today ? '' : day === addDays(today, 1) ? ' tomorrow' : ` ${day}`
  return `${OUTCOME_WORDS[outcome]}, call back${when} by ${formatTime(callBackBy, zone)}`
}
