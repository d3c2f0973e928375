import { DAY, type Instant, type IsoDay } from '../../base/time.ts'
import type { Company } from '../people/tables.ts'

/**
 * True where a document's day lies after the day it is written. No time zone is further ahead than 14 hours,
 * so a day more than that ahead of the instant is a typing mistake everywhere.
 */
export function isFutureDay(day: IsoDay, at: Instant): boolean {
  return Date.parse(`${day}T00:00:00Z`) > at + (14 / 24) * DAY
}

/** True where the accountant has closed the books over this day. */
export function isClosed(day: IsoDay, company: Pick<Company, 'booksClosedThrough'>): boolean {
  return company.booksClosedThrough !== null && day <= company.booksClosedThrough
}
