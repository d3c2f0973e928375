import type { IsoDay } from '../../base/time.ts'
import type { Company } from '../people/tables.ts'

/** True where the accountant has closed the books over this day. */
export function isClosed(day: IsoDay, company: Pick<Company, 'booksClosedThrough'>): boolean {
  return company.booksClosedThrough !== null && day <= company.booksClosedThrough
}
