import { DAY, HOUR, type Instant, MINUTE } from '../../base/time.ts'
import type { Appointment } from '../dispatch/tables.ts'

/** What the office has done to a visit’s day since a technician spoke of it. */

/** A plan that goes past midnight is still the one that was seen; one that begins so much later is another day’s. */
const MOVED_BY = 6 * HOUR

/** Nobody speaks of how far a visit is so long before it begins: it stood on an earlier day when they did. */
const SPOKEN_AHEAD = 14 * HOUR

/** The window whose own offset from UTC tells the days apart: no tables of time zones are needed. */
type DayOf = Pick<Appointment, 'windowStart' | 'windowStartsAt'>

function isLaterDay(startsAt: Instant, since: Instant, byMoreThan: number, { windowStart, windowStartsAt }: DayOf): boolean {
  const zeroAt = windowStartsAt - windowStart * MINUTE
  const dayOf = (at: Instant): number => Math.floor((at - zeroAt) / DAY)
  return startsAt - since > byMoreThan && dayOf(startsAt) > dayOf(since)
}

/**
 * Whether a visit was moved to a later day after the technician had seen it.
 * @param startsAt when it begins for this technician now
 * @param sawStartsAt when it began on the page
 */
export function isMovedSince(startsAt: Instant, sawStartsAt: Instant, visit: DayOf): boolean {
  return isLaterDay(startsAt, sawStartsAt, MOVED_BY, visit)
}

/**
 * The same where nobody has kept what the page showed: as far as the moment of the tap tells.
 * @param spokenAt when they spoke of the visit
 */
export function isFarAhead(startsAt: Instant, spokenAt: Instant, visit: DayOf): boolean {
  return isLaterDay(startsAt, spokenAt, SPOKEN_AHEAD, visit)
}
