import { addDays, MINUTE, type Instant, type IsoDay, type MinuteOfDay } from '../../../shared/base/time.ts'
import { instantOf } from '../../../shared/base/zone.ts'

const known = new Map<string, Instant>()

/**
 * The instant of a day's minute 0, counted back from noon: on days of clock changes (which happen in the
 * small hours) every minute from 3 AM on is exact, so that a board's arithmetic needs no time zone tables.
 */
export function zeroOf(day: IsoDay, zone: string): Instant {
  const key = `${day} ${zone}`
  let zero = known.get(key)
  if (zero === undefined) {
    zero = instantOf(day, 12 * 60, zone) - 12 * 60 * MINUTE
    if (known.size > 2_000) known.clear()
    known.set(key, zero)
  }
  return zero
}

/** The instant of a minute of that day. */
export function instantIn(zero: Instant, minute: MinuteOfDay): Instant {
  return zero + minute * MINUTE
}

/** The minute of the day that starts at `zero`, for words like `until 3:15 PM`. */
export function minuteIn(zero: Instant, at: Instant): MinuteOfDay {
  return Math.floor((at - zero) / MINUTE)
}

/** The midnights of these days and the one after the last, in the zone: what a board of instants stands between. */
export function midnightsOf(day: IsoDay, days: number, zone: string): readonly Instant[] {
  return Array.from({ length: days + 1 }, (_, index) => instantOf(addDays(day, index), 0, zone))
}
