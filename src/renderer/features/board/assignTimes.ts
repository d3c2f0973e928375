import { addDays, DAY, MINUTE, QUARTER_HOUR, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import { formatWeekday, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { parseTime } from './boardWords.ts'

/** When a visit is assigned by typing: on which day, from when, until when. Pure; a zone's clocks are meant by what is typed. */

type Standing = Pick<BoardVisit, 'startsAt' | 'windowDay' | 'windowStart'>

/** The day a visit is assigned on: that of its plan, else the one that was promised; what is over is planned today. */
export function assignDay({ startsAt, windowDay }: Standing, zone: string, now: Instant): IsoDay {
  const today = wallTimeOf(now, zone).day
  const day = startsAt === null ? windowDay : wallTimeOf(startsAt, zone).day
  return day < today ? today : day
}

/** Where a visit starts on that day by its plan; undefined where it has none there. */
export function standingStart({ startsAt }: Standing, day: IsoDay, zone: string): Instant | undefined {
  return startsAt !== null && wallTimeOf(startsAt, zone).day === day ? startsAt : undefined
}

/** Where nobody is free: the window's beginning on that day or, where that is over, the next quarter of an hour. */
export function usualStart({ windowStart }: Standing, day: IsoDay, zone: string, now: Instant): Instant {
  return Math.max(instantOf(day, windowStart, zone), Math.ceil(now / QUARTER_HOUR) * QUARTER_HOUR)
}

/** A typed time as an instant of the day, to the five minutes visits are planned to; undefined where it is no time. */
export function typedInstant(typed: string, day: IsoDay, zone: string): Instant | undefined {
  const minute = parseTime(typed)
  return minute === undefined ? undefined : instantOf(day, Math.round(minute / 5) * 5, zone)
}

/** A typed end: an hour that is not after the start is the next day's. A visit lasts a day at most; undefined where that is no end. */
export function typedEnd(typed: string, startsAt: Instant, zone: string): Instant | undefined {
  const { day } = wallTimeOf(startsAt, zone)
  const same = typedInstant(typed, day, zone)
  const end = same === undefined || same > startsAt ? same : typedInstant(typed, addDays(day, 1), zone)
  return end === undefined || end - startsAt > DAY ? undefined : end
}

/** `Wed, Jul 15` where that is another day than the start's; a visit until midnight ends on its own. */
export function endDayWords(startsAt: Instant, endsAt: Instant, zone: string): string {
  const { day } = wallTimeOf(endsAt - MINUTE, zone)
  return day === wallTimeOf(startsAt, zone).day ? '' : formatWeekday(day)
}
