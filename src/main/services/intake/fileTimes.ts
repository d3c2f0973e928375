import { type IsoDay, isPlausibleDay, type MinuteOfDay } from '../../../shared/base/time.ts'

/** Reads days and times as programs and spreadsheets write them in America. */

const CLOCK = String.raw`(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*(?:([ap])\.?m?\.?)?`
const ONE_TIME = new RegExp(`^${CLOCK}$`, 'i')
const TWO_TIMES = new RegExp(String.raw`^${CLOCK}\s*(?:-|\u2013|\u2014|to|until)\s*${CLOCK}$`, 'i')

const HALF_A_DAY = 12 * 60

/** Nobody promises a visit before this without saying AM: `1-3` is the afternoon. */
const EARLIEST_UNSAID = 6 * 60

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

/** `1` and `2:30` may be of either half of the day; `01:00` and `13:00` are of a clock of 24 hours. */
const isOfEitherHalf = (hour: string | undefined, half: string | undefined): boolean => half === undefined && /^(?:[1-9]|1[0-2])$/.test(hour ?? '')

/** How the half of the day is known: `said` as AM or PM, or by a clock of 24 hours; `guessed` as afternoon; `open`: it may be either. */
type KnownHalf = 'said' | 'guessed' | 'open'

export interface ClockSpan {
  readonly from: MinuteOfDay
  readonly to: MinuteOfDay | null
  readonly half: KnownHalf
}

/** A span of which neither end says its half of the day: by day where it can be, the end behind the beginning. */
function bySense(from: MinuteOfDay, to: MinuteOfDay): ClockSpan {
  const isAfternoon = from < EARLIEST_UNSAID
  const begins = isAfternoon ? from + HALF_A_DAY : from
  const ends = [to, to + HALF_A_DAY].find((minute) => minute > begins) ?? to
  return { from: begins, to: ends, half: isAfternoon ? 'guessed' : 'said' }
}

/** Two cells as one span: each may leave the half of the day open. */
export function joinSpan(first: ClockSpan, last: ClockSpan): ClockSpan {
  if (first.half === 'open' && last.half === 'open') return bySense(first.from, last.from)
  const isOtherHalf = first.half === 'open' && first.from < EARLIEST_UNSAID && first.from + HALF_A_DAY < last.from
  const from = isOtherHalf ? first.from + HALF_A_DAY : first.from
  const to = last.half === 'open' && last.from <= from ? last.from + HALF_A_DAY : last.from
  return { from, to, half: 'said' }
}

/** A single time of an open half: the one that lies in the window, else by day. */
export function timeWithin({ from, half }: ClockSpan, window: { readonly from: MinuteOfDay; readonly to: MinuteOfDay | null } | null): MinuteOfDay {
  if (half !== 'open' || from + HALF_A_DAY >= 2 * HALF_A_DAY) return from
  if (window === null || window.to === null) return from < EARLIEST_UNSAID ? from + HALF_A_DAY : from
  const { from: opens, to: closes } = window
  return (from < opens || from > closes) && from + HALF_A_DAY >= opens && from + HALF_A_DAY <= closes ? from + HALF_A_DAY : from
}

/** `8-10 AM`, `8:00 AM to 12:00 PM`, `1-3` of the afternoon, or one time alone. */
export function readClockSpan(text: string): ClockSpan | undefined {
  const one = readClock(text)
  if (one !== undefined) {
    const alone = ONE_TIME.exec(text.trim())
    return { from: one, to: null, half: isOfEitherHalf(alone?.[1], alone?.[3]) ? 'open' : 'said' }
  }
  const match = TWO_TIMES.exec(text.trim())
  if (!match) return undefined
  const [secondHalf, firstHalf] = [match[6]?.toLowerCase(), match[3]?.toLowerCase()]
  const to = minuteOf(Number(match[4]), Number(match[5] ?? 0), secondHalf)
  // `8-10 AM`: the half of the day is said once; `11-1 PM` begins in the other one.
  const sameHalf = firstHalf ?? secondHalf
  const from = minuteOf(Number(match[1]), Number(match[2] ?? 0), sameHalf)
  if (from === undefined || to === undefined) return undefined
  if (isOfEitherHalf(match[1], firstHalf) && isOfEitherHalf(match[4], secondHalf)) return bySense(from, to)
  // `1 PM - 3`, `10 AM - 2`.
  if (isOfEitherHalf(match[4], secondHalf) && to <= from && to + HALF_A_DAY > from) return { from, to: to + HALF_A_DAY, half: 'said' }
  if (firstHalf === undefined && from > to && from >= HALF_A_DAY) return { from: from - HALF_A_DAY, to, half: 'said' }
  return { from, to, half: 'said' }
}

export interface Duration {
  readonly minutes: number
  /** True where the file says a number alone that can only be hours. */
  readonly guessed: boolean
}

/** No visit takes longer: what says so is not a duration. */
const LONGEST = 24 * 60

/** A number alone up to this is hours: no visit takes eight minutes. */
const MOST_HOURS_ALONE = 8

/** `2 h`, `1:30`, `90 min`, `1 hr 30 min`, `1.5 hours`, `PT1H30M`, or minutes as a number; undefined where it is no duration. */
export function readDuration(text: string): Duration | undefined {
  const trimmed = text.trim().toLowerCase()
  const known = (minutes: number, guessed = false): Duration | undefined => (minutes > 0 && minutes <= LONGEST ? { minutes: Math.round(minutes), guessed } : undefined)
  const clock = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?$/.exec(trimmed)
  if (clock) return known(Number(clock[1]) * 60 + Number(clock[2]))
  const iso = /^pt(?:(\d+)h)?(?:(\d+)m)?(?:\d+s)?$/.exec(trimmed)
  if (iso) return known(Number(iso[1] ?? 0) * 60 + Number(iso[2] ?? 0))
  const hours = /^(\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)\.?(?:[\s,]*(?:and\s+)?(\d+)\s*(?:m|mins?|minutes?)?\.?)?$/.exec(trimmed)
  if (hours) return known(Number((hours[1] ?? '').replace(',', '.')) * 60 + Number(hours[2] ?? 0))
  const minutes = /^(\d+)\s*(?:m|mins?|minutes?)\.?$/.exec(trimmed)
  if (minutes) return known(Number(minutes[1]))
  const alone = /^\d+(?:[.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN
  return alone <= MOST_HOURS_ALONE ? known(alone * 60, Number.isInteger(alone)) : known(alone)
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
