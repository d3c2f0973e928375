import { addDays, HOUR, type Instant, type IsoDay, MINUTE } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'

export interface WhenOption {
  readonly value: string
  readonly label: string
  readonly detail: string
  readonly at: Instant
}

const MORNING = 8 * 60
const NOON = 12 * 60
/** When a day is all that is said, the end of the working day is meant. */
const END_OF_DAY = 17 * 60

const QUARTER = 15 * MINUTE
const roundUp = (at: Instant): Instant => Math.ceil(at / QUARTER) * QUARTER

/** The end of a calendar day's work, as an instant. */
export function endOfWork(day: IsoDay, zone: string): Instant {
  return instantOf(day, END_OF_DAY, zone)
}

/**
 * Times people name when something must wait, soonest first, each later than now and no later than the bound.
 * @param latest the last moment the queue allows
 */
export function whenOptions(now: Instant, latest: Instant, zone: string): readonly WhenOption[] {
  const { day } = wallTimeOf(now, zone)
  const on = (days: number, minute: number): Instant => instantOf(addDays(day, days), minute, zone)
  const named: readonly (readonly [string, Instant])[] = [
    ['In 30 minutes', roundUp(now + 30 * MINUTE)],
    ['In 1 hour', roundUp(now + HOUR)],
    ['In 2 hours', roundUp(now + 2 * HOUR)],
    ['Today, end of the day', on(0, END_OF_DAY)],
    ['Tomorrow morning', on(1, MORNING)],
    ['Tomorrow at noon', on(1, NOON)],
    ['Tomorrow, end of the day', on(1, END_OF_DAY)],
    ['In 3 days', on(3, END_OF_DAY)],
    ['In a week', on(7, END_OF_DAY)],
    ['In two weeks', on(14, END_OF_DAY)],
    ['In a month', on(30, END_OF_DAY)],
  ]
  return named
    .filter(([, at]) => at > now && at <= latest)
    .map(([label, at]) => {
      const wall = wallTimeOf(at, zone)
      const detail = wall.day === day ? formatTime(at, zone) : `${formatWeekday(wall.day)}, ${formatTime(at, zone)}`
      return { value: label, label, detail, at }
    })
}
