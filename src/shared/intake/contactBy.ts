import { addDays, type Instant, MINUTE, weekdayOf } from '../base/time.ts'
import { instantOf, wallTimeOf } from '../base/zone.ts'
import type { Company } from '../domain/people/tables.ts'

/** When the office is open, as the company says. */
export type OfficeHours = Pick<Company, 'zone' | 'opensAt' | 'closesAt'>

const SUNDAY = 0

/** Nobody is owed a contact after more days than this: hours that never come are a mistake in settings. */
const MOST_DAYS = 40

/**
 * By when somebody has to be contacted: so many minutes in which the office is open. What comes at night counts from the
 * morning; Sundays do not count. Zones are read here and not where commands decide, so it travels with the lead.
 * @param at when the lead came
 * @param minutes of open office
 */
export function contactBy(at: Instant, minutes: number, { zone, opensAt, closesAt }: OfficeHours): Instant {
  if (closesAt <= opensAt) return at + minutes * MINUTE
  let left = minutes * MINUTE
  let { day } = wallTimeOf(at, zone)
  for (let count = 0; count < MOST_DAYS; count++) {
    const [opens, closes] = [instantOf(day, opensAt, zone), instantOf(day, closesAt, zone)]
    const from = Math.max(at, opens)
    if (weekdayOf(day) !== SUNDAY && from < closes) {
      if (from + left <= closes) return from + left
      left -= closes - from
    }
    day = addDays(day, 1)
  }
  return at + minutes * MINUTE
}
