import { assertNever } from '../../../shared/base/assertNever.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import type { CallLogRow, LiveCall } from '../../../shared/contract/methods/calls.ts'
import { RINGS_ALLOWED, ringNumber } from '../../../shared/domain/calls/rules.ts'

/** `0:09`, `3:42`, `1:02:05` of a number of milliseconds. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const two = (value: number): string => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** `ring 2 of 3`, and past the office's limit `ring 4, past 3`. */
export function ringWords(ringMs: number, limitSeconds: number): string {
  const ring = ringNumber(ringMs, limitSeconds)
  return ring <= RINGS_ALLOWED ? `ring ${ring} of ${RINGS_ALLOWED}` : `ring ${ring}, past ${RINGS_ALLOWED}`
}

export function numberWords(number: string | null): string {
  return number === null ? 'Number withheld' : formatPhone(number)
}

/** A colleague’s name as it is, a number as people write it. */
export function numberOrName(to: string): string {
  return to.startsWith('+') ? formatPhone(to) : to
}

/** Who calls, as well as one knows. */
export function callerWords(call: Pick<LiveCall, 'name' | 'fromNumber'>): string {
  return call.name ?? numberWords(call.fromNumber)
}

/** What is known of it, in one line. */
export function inOneLine(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' \u00B7 ')
}

/** How the call ended, in one or two words. */
export function outcomeWords(row: Pick<CallLogRow, 'outcome' | 'extension' | 'state' | 'direction' | 'answered' | 'endCause' | 'followUp' | 'voicemailSeconds'>): string {
  if (row.state === 'ringing') return row.direction === 'out' ? 'Calling' : 'Ringing'
  if (row.state === 'live') return 'On the call'
  if (row.extension !== null) return row.answered ? 'Internal' : 'Internal, not answered'
  switch (row.outcome) {
    case 'booked':
      return 'Booked'
    case 'unbooked':
      return 'Unbooked'
    case 'excused':
      return 'Excused'
    case 'notLead':
      return 'Not a lead'
    case 'abandoned':
      return `${row.voicemailSeconds === null ? 'Missed' : `Voicemail ${formatDuration(row.voicemailSeconds * 1000)}`}${row.followUp === 'done' ? ', returned' : ''}`
    case null:
      return row.direction === 'in' ? 'Not said yet' : row.answered ? 'Reached' : row.endCause === 'busy' ? 'Busy' : 'No answer'
    default:
      return assertNever(row.outcome, 'outcome of a call')
  }
}
