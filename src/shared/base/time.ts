/** An instant: integer epoch milliseconds, UTC. */
export type Instant = number

/** A calendar day as ISO text, `2026-07-14`; it has no time zone of its own. */
export type IsoDay = string

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The slot the board and the claims count in. */
export const QUARTER_HOUR = 15 * MINUTE

/** Minutes since local midnight; 13:30 is 810. */
export type MinuteOfDay = number

const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a real calendar day between 2000 and 2199: a visit in 1900 is a typing mistake. */
export function isPlausibleDay(text: string): boolean {
  const match = DAY_PATTERN.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 2000 || year > 2199) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Adds whole days to a calendar day, across months and leap years. */
export function addDays(day: IsoDay, days: number): IsoDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

const startsAsUtc = (day: IsoDay): Instant => Date.parse(`${day}T00:00:00Z`)

/**
 * True where a day lies after the day of an instant, whatever the zone. No time zone is further ahead than 14 hours,
 * so a day more than that ahead of the instant is a typing mistake everywhere.
 */
export function isFutureDay(day: IsoDay, at: Instant): boolean {
  return startsAsUtc(day) > at + 14 * HOUR
}

/**
 * True where a day is over, whatever the zone: none is further behind than 12 hours. In America a day that has ended counts
 * as over by the morning at the latest, and no command needs the tables of a time zone to say so.
 */
export function isPastDay(day: IsoDay, at: Instant): boolean {
  return at >= startsAsUtc(day) + DAY + 12 * HOUR
}

/** 0 is Sunday. */
export function weekdayOf(day: IsoDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** True where [startA, endA) and [startB, endB) share any time. */
export function overlaps(startA: Instant, endA: Instant, startB: Instant, endB: Instant): boolean {
  return startA < endB && startB < endA
}
