import { addDays, MINUTE } from '../../../shared/base/time.ts'
import { formatTime, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'

export interface OfficeDay {
  /** Epoch milliseconds. */
  readonly now: number
  readonly zone: string
  /** Minutes of the company's day. */
  readonly opensAt: number
  readonly closesAt: number
}

/** What is promised on the telephone is promised for today, or for noon of the next day where today has less than an hour left. */
export function bySameDay({ now, zone, opensAt, closesAt }: OfficeDay): number {
  const { day } = wallTimeOf(now, zone)
  const closing = instantOf(day, closesAt, zone)
  return closing - now > 60 * MINUTE ? closing : instantOf(addDays(day, 1), Math.max(opensAt + 60, 12 * 60), zone)
}

/** The end of the office’s day after the one on which something else is due. */
export function theDayAfter(at: number, { zone, closesAt }: OfficeDay): number {
  return instantOf(addDays(wallTimeOf(at, zone).day, 1), closesAt, zone)
}

/** `by 5:00 PM`, `tomorrow by 12:00 PM`: as the caller is told. */
export function spokenDue(at: number, { now, zone }: OfficeDay): string {
  const today = wallTimeOf(now, zone).day
  const { day } = wallTimeOf(at, zone)
  return `${day === today ? '' : day === addDays(today, 1) ? 'tomorrow ' : `${day} `}by ${formatTime(at, zone)}`
}
