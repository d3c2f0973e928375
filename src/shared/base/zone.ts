import { formatMinute } from './minutes.ts'
import { type Instant, type IsoDay, MINUTE, type MinuteOfDay } from './time.ts'

/**
 * The edge between wall-clock time and instants. Only screens, services and the sample company use it:
 * `decide` never does, because ICU tables differ between machines (design section 1).
 */

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(zone, found)
  }
  return found
}

/** True where this machine knows the IANA zone name. */
export function isKnownZone(zone: string): boolean {
  try {
    formatter(zone)
    return true
  } catch {
    return false
  }
}

export interface WallTime {
  readonly day: IsoDay
  readonly minute: MinuteOfDay
}

/** What a clock on the wall of that zone shows at an instant. */
export function wallTimeOf(at: Instant, zone: string): WallTime {
  const part: Record<string, string> = {}
  for (const { type, value } of formatter(zone).formatToParts(at)) part[type] = value
  return {
    day: `${part['year']}-${part['month']}-${part['day']}`,
    minute: Number(part['hour']) * 60 + Number(part['minute']),
  }
}

/**
 * The instant at which a zone's clocks show a wall time. A time skipped by daylight saving resolves
 * to the moment after the gap; one that occurs twice resolves to the first.
 */
export function instantOf(day: IsoDay, minute: MinuteOfDay, zone: string): Instant {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE
  const offsetAt = (instant: Instant): number => {
    const wall = wallTimeOf(instant, zone)
    return Date.parse(`${wall.day}T00:00:00Z`) + wall.minute * MINUTE - instant
  }
  const before = offsetAt(asUtc - 24 * 60 * MINUTE)
  const after = offsetAt(asUtc + 24 * 60 * MINUTE)
  for (const offset of before === after ? [before] : [Math.max(before, after), Math.min(before, after)]) {
    if (offsetAt(asUtc - offset) === offset) return asUtc - offset
  }
  return asUtc - Math.min(before, after)
}

export { formatMinute, formatWindow } from './minutes.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** `Jul 14`. */
export function formatDay(day: IsoDay): string {
  return `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8, 10))}`
}

/** `Tue, Jul 14`. */
export function formatWeekday(day: IsoDay): string {
  return `${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]}, ${formatDay(day)}`
}

/** `1:50 PM` at an instant, in a zone. */
export function formatTime(at: Instant, zone: string): string {
  return formatMinute(wallTimeOf(at, zone).minute)
}
