import { HOUR, type Instant, MINUTE, QUARTER_HOUR } from '../../../../shared/base/time.ts'
import { formatMinute, formatWeekday, wallTimeOf } from '../../../../shared/base/zone.ts'
import type { BoardDay } from '../../../../shared/contract/methods/dispatch.ts'

/** Time across the board: linear in instants, so that a day of a clock change is 23 or 25 hours long and nothing on it is out of place. */
export interface Axis {
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** The midnights with which the days begin, `startsAt` first. */
  readonly dayStarts: readonly Instant[]
  readonly zone: string
}

export function axisOf(day: Pick<BoardDay, 'dayStarts' | 'endsAt' | 'zeroAt' | 'zone'>): Axis {
  const startsAt = day.dayStarts[0] ?? day.zeroAt
  return { startsAt, endsAt: day.endsAt, dayStarts: day.dayStarts.length === 0 ? [startsAt] : day.dayStarts, zone: day.zone }
}

/** Px from the axis' start. */
export const xOf = (axis: Axis, hourWidth: number, at: Instant): number => ((at - axis.startsAt) / HOUR) * hourWidth

export const instantAt = (axis: Axis, hourWidth: number, x: number): Instant => axis.startsAt + (x / hourWidth) * HOUR

const hoursOf = ({ startsAt, endsAt }: { readonly startsAt: Instant; readonly endsAt: Instant }): number => (endsAt - startsAt) / HOUR

/** What the clocks on the wall show, in one zone. */
export interface WallClock {
  /** Minutes of the day, 0 to 1439. */
  minuteAt(at: Instant): number
  /** The instant from which the day's minutes count as the clocks show them at `at`. */
  zeroFor(at: Instant): Instant
  /** `1:50 PM`. */
  time(at: Instant): string
  /** `1:15–2:45 PM`; the weekday is said where another day than `startsAt`'s is meant. */
  span(startsAt: Instant, endsAt: Instant): string
  /** `Tue, Jul 14`. */
  day(at: Instant): string
}

/** Clocks change on quarter hours, so one look at the zone's table holds for that long. */
export function wallClock(zone: string): WallClock {
  const zeros = new Map<number, { readonly zero: Instant; readonly day: string }>()
  const lookUp = (at: Instant): { readonly zero: Instant; readonly day: string } => {
    const slot = Math.floor(at / QUARTER_HOUR)
    let found = zeros.get(slot)
    if (!found) {
      const { day, minute } = wallTimeOf(slot * QUARTER_HOUR, zone)
      found = { zero: slot * QUARTER_HOUR - minute * MINUTE, day }
      zeros.set(slot, found)
    }
    return found
  }
  const minuteAt = (at: Instant): number => Math.floor((at - lookUp(at).zero) / MINUTE)
  const time = (at: Instant): string => formatMinute(minuteAt(at))
  const day = (at: Instant): string => formatWeekday(lookUp(at).day)
  return {
    minuteAt,
    zeroFor: (at) => lookUp(at).zero,
    time,
    day,
    span(startsAt, endsAt) {
      const [start, end] = [time(startsAt), time(endsAt)]
      if (endsAt - startsAt >= 12 * HOUR && lookUp(startsAt).day !== lookUp(endsAt).day) return `${start}\u2013${day(endsAt).slice(0, 3)} ${end}`
      return start.slice(-2) === end.slice(-2) && endsAt - startsAt < 12 * HOUR ? `${start.slice(0, -3)}\u2013${end}` : `${start}\u2013${end}`
    },
  }
}

const HOME_FIRST = 7 * HOUR
const HOME_LAST = 19 * HOUR
const EARLIEST_HOME = 5 * HOUR
const LATEST_HOME = 22 * HOUR

/** What is shown first of one day, with nobody having scrolled or zoomed: 7 AM to 7 PM, and somewhat further where work reaches further. */
export function homeOf(axis: Axis, clock: WallClock, spans: Iterable<{ readonly startsAt: Instant; readonly endsAt: Instant }>): { readonly startsAt: Instant; readonly endsAt: Instant } {
  if (axis.dayStarts.length > 1) return { startsAt: axis.startsAt, endsAt: axis.endsAt }
  // Counted from noon: the clocks change in the small hours.
  const zero = clock.zeroFor(axis.startsAt + 12 * HOUR)
  let [first, last] = [HOME_FIRST, HOME_LAST]
  for (const { startsAt, endsAt } of spans) {
    if (startsAt >= axis.startsAt) first = Math.min(first, Math.max(EARLIEST_HOME, Math.floor((startsAt - zero) / HOUR) * HOUR))
    if (endsAt <= axis.endsAt) last = Math.max(last, Math.min(LATEST_HOME, Math.ceil((endsAt - zero) / HOUR) * HOUR))
  }
  return { startsAt: zero + first, endsAt: zero + last }
}

/** A line of the ruler: an hour or, stronger, a day's beginning. */
export interface Tick {
  readonly at: Instant
  readonly label: string
  readonly day: boolean
}

const STEPS = [1, 2, 3, 4, 6, 12, 24] as const
/** An hour's label takes this many px at least; a day's name more. */
const LABEL = 44

/** The ruler's labels at that scale: of every hour the wall shows, or of every second, third … one where they would touch. */
export function ticksOf(axis: Axis, clock: WallClock, hourWidth: number): readonly Tick[] {
  const step = STEPS.find((hours) => hours * hourWidth >= LABEL) ?? 24
  const several = axis.dayStarts.length > 1
  return axis.dayStarts.flatMap((dayStart, index) => {
    const until = axis.dayStarts[index + 1] ?? axis.endsAt
    const ticks: Tick[] = []
    let dayLabelEnds = 0
    for (let at = dayStart; at < until; at += HOUR) {
      if (at === dayStart && several) {
        ticks.push({ at, label: clock.day(at), day: true })
        dayLabelEnds = at + (2 * LABEL * HOUR) / hourWidth
        continue
      }
      const minute = clock.minuteAt(at)
      if (minute % (60 * step) === 0 && at >= dayLabelEnds) ticks.push({ at, label: formatMinute(minute).replace(':00', ''), day: false })
    }
    return ticks
  })
}

export const HOUR_WIDTHS = [4, 6, 8, 12, 16, 24, 32, 48, 60, 80, 100, 120, 160, 240, 360, 480] as const
/** An hour of one day is never narrower than this unless somebody zooms, px. */
const NARROWEST_HOUR = 60
const NARROWEST_WEEK_HOUR = 5

/** The width of an hour so that the home span fills what is there, px. */
export function fittingHourWidth(width: number, home: { readonly startsAt: Instant; readonly endsAt: Instant }, days: number): number {
  const fitting = width / Math.max(1, hoursOf(home))
  return days > 1 ? Math.max(NARROWEST_WEEK_HOUR, Math.floor(fitting * 10) / 10) : Math.max(NARROWEST_HOUR, Math.floor(fitting))
}

/** However narrow somebody likes the hours, the days fill the board: what lay beyond their end would look like free time. In px. */
export const narrowestHour = (width: number, axis: Axis): number => Math.floor((100 * Math.max(0, width)) / Math.max(1, hoursOf(axis))) / 100

/** The next width up or down the ladder of zooms; the same at its ends. */
export function zoomed(hourWidth: number, direction: 1 | -1): number {
  const beyond = direction === 1 ? HOUR_WIDTHS.find((width) => width > hourWidth + 0.5) : HOUR_WIDTHS.findLast((width) => width < hourWidth - 0.5)
  return beyond ?? hourWidth
}

/** To the nearest quarter hour, counted from a day's beginning. */
export function snap(at: Instant): Instant {
  return Math.round(at / QUARTER_HOUR) * QUARTER_HOUR
}
