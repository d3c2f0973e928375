import { type IsoDay, isPlausibleDay, type MinuteOfDay } from '../../../shared/base/time.ts'

/** Reads days and times as programs and spreadsheets write them in America. */

const CLOCK = String.raw`(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*(?:([ap])\.?m?\.?)?`
const ONE_TIME = new RegExp(`^${CLOCK}$`, 'i')
const TWO_TIMES = new RegExp(String.raw`^${CLOCK}\s*(?:-|\u2013|\u2014|to|until)\s*${CLOCK}$`, 'i')

function minuteOf(hour: number, minute: number, half: string | undefined): MinuteOfDay | undefined {
  if (minute > 59 || hour > 24 || (half !== undefined && (hour < 1 || hour > 12))) return undefined
  const whole = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0)
  const total = whole * 60 + minute
  return total <= 24 * 60 ? total : undefined
}

/** `8:00 AM`, `8am`, `14:30`, `0800`; undefined where it is no time of day. */
export function readClock(text: string): MinuteOfDay | undefined {
  const match = ONE_TIME.exec(text.trim())
  return match ? minuteOf(Number(match[1]), Number(match[2] ?? 0), match[3]?.toLowerCase()) : undefined
}

export interface ClockSpan {
  readonly from: MinuteOfDay
  readonly to: MinuteOfDay | null
}

/** `8-10 AM`, `8:00 AM to 12:00 PM`, or one time alone. */
export function readClockSpan(text: string): ClockSpan | undefined {
  const one = readClock(text)
  if (one !== undefined) return { from: one, to: null }
  const match = TWO_TIMES.exec(text.trim())
  if (!match) return undefined
  const [secondHalf, firstHalf] = [match[6]?.toLowerCase(), match[3]?.toLowerCase()]
  const to = minuteOf(Number(match[4]), Number(match[5] ?? 0), secondHalf)
  // `8-10 AM`: the half of the day is said once; `11-1 PM` begins in the other one.
  const sameHalf = firstHalf ?? secondHalf
  const from = minuteOf(Number(match[1]), Number(match[2] ?? 0), sameHalf)
  if (from === undefined || to === undefined) return undefined
  if (firstHalf === undefined && from > to && from >= 12 * 60) return { from: from - 12 * 60, to }
  return { from, to }
}

const two = (text: string): string => text.padStart(2, '0')

export interface ReadDay {
  readonly day: IsoDay
  /** What stands behind the day in the same cell: its time. */
  readonly rest: string
}

/** `2026-11-24`, `11/24/2026`, `11/24/26 8:00 AM`, `Nov 24, 2026`; undefined where it is no day. */
export function readDay(text: string): ReadDay | undefined {
  const trimmed = text.trim().replace(/^(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*,?\s+/i, '')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.*))?$/.exec(trimmed)
  if (iso) return plausible(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '', iso[4])
  const american = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?\s+(.*))?$/.exec(trimmed)
  if (american) return plausible(american[3] ?? '', american[1] ?? '', american[2] ?? '', american[4])
  const named = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(.*))?$/i.exec(trimmed)
  const month = named ? MONTHS.indexOf((named[1] ?? '').toLowerCase()) + 1 : 0
  return named && month > 0 ? plausible(named[3] ?? '', String(month), named[2] ?? '', named[4]) : undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function plausible(year: string, month: string, day: string, rest: string | undefined): ReadDay | undefined {
  const read = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`
  return isPlausibleDay(read) ? { day: read, rest: (rest ?? '').trim() } : undefined
}
