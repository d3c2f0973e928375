import { MINUTE, type Instant, type MinuteOfDay } from '../../../shared/base/time.ts'

/** Made anew by themselves at these minutes of the company's day: before the vans leave, and before the office does. */
export const MADE_AT: readonly MinuteOfDay[] = [5 * 60 + 30, 17 * 60]

/** Changes of a busy hour are printed together. */
const AT_MOST_EVERY = 15 * MINUTE

export interface SheetsStanding {
  readonly now: Instant
  /** When the sheets that are kept were made; null where there are none of this day. */
  readonly madeAt: Instant | null
  /** Today's moments at which they are made anyway. */
  readonly marks: readonly Instant[]
  /** Something was recorded since they were made. */
  readonly touched: boolean
}

/** Whether the kept sheets of a day are to be made again now. */
export function sheetsDue({ now, madeAt, marks, touched }: SheetsStanding): boolean {
  if (madeAt === null) return true
  if (marks.some((mark) => mark > madeAt && mark <= now)) return true
  // A clock that was set back must not leave yesterday's paper lying for a day.
  return touched && (now - madeAt >= AT_MOST_EVERY || madeAt > now)
}
