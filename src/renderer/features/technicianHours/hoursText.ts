import { addDays, type Instant, isPlausibleDay, type IsoDay } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { parseTime } from '../board/boardWords.ts'

interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** What was typed: a span, or what is wrong with it in a sentence. */
export type Typed = Span | string

const TIMES = 'Write from when to when, such as 8:00 AM and 2:30 PM.'
/** Said where no day, or none that can be meant, was chosen. */
export const NO_DAY = 'Choose a day.'

/** A shift as typed, in the technician's zone; an end that is not later is in the night after the day. */
export function typedShift(day: IsoDay | '', from: string, to: string, zone: string): Typed {
  const [start, end] = [parseTime(from), parseTime(to)]
  if (day === '' || !isPlausibleDay(day)) return NO_DAY
  if (start === undefined || end === undefined) return TIMES
  return { startsAt: instantOf(day, start, zone), endsAt: instantOf(end <= start ? addDays(day, 1) : day, end, zone) }
}

/** A span over days as typed, in the technician's zone. */
export function typedSpan(fromDay: IsoDay | '', from: string, toDay: IsoDay | '', to: string, zone: string): Typed {
  const [start, end] = [parseTime(from), parseTime(to)]
  if (fromDay === '' || toDay === '' || !isPlausibleDay(fromDay) || !isPlausibleDay(toDay)) return NO_DAY
  if (start === undefined || end === undefined) return TIMES
  const [startsAt, endsAt] = [instantOf(fromDay, start, zone), instantOf(toDay, end, zone)]
  return endsAt > startsAt ? { startsAt, endsAt } : 'It must end after it starts.'
}

/** `Fri, Jul 17, 5:00 PM to Mon, Jul 20, 7:00 AM`; the second day only where it is another one. */
export function momentsWords({ startsAt, endsAt }: Span, zone: string): string {
  const [first, last] = [wallTimeOf(startsAt, zone).day, wallTimeOf(endsAt, zone).day]
  const end = formatTime(endsAt, zone)
  return `${formatWeekday(first)}, ${formatTime(startsAt, zone)} to ${first === last ? end : `${formatWeekday(last)}, ${end}`}`
}

/** `8:00 AM to 2:30 PM and 5:00 PM to 9:00 PM`, or `day off`. */
export function shiftsWords(shifts: readonly Span[], zone: string): string {
  if (shifts.length === 0) return 'day off'
  return shifts.map(({ startsAt, endsAt }) => `${formatTime(startsAt, zone)} to ${formatTime(endsAt, zone)}`).join(' and ')
}
