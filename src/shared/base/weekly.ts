import { addDays, type Instant, type IsoDay, isPlausibleDay, type MinuteOfDay } from './time.ts'
import { instantOf } from './zone.ts'

/** More weeks than these nobody would look through. */
const MOST = 60

export interface Weekly {
  /** The first day, and with `until` every week's same weekday up to and with it. */
  readonly day: IsoDay
  readonly until: IsoDay
  readonly start: MinuteOfDay
  /** From 1440 on it is in the night after the day. */
  readonly end: MinuteOfDay
}

/**
 * The same hours every week, resolved in a zone: 8 o'clock stays 8 o'clock where the clocks change between.
 * @returns null where the days are none, are turned round, or are more than 60 weeks
 */
export function weeklySpans({ day, until, start, end }: Weekly, zone: string): readonly { readonly startsAt: Instant; readonly endsAt: Instant }[] | null {
  if (!isPlausibleDay(day) || !isPlausibleDay(until) || until < day) return null
  const spans = []
  for (let on = day; on <= until; on = addDays(on, 7)) {
    if (spans.length === MOST) return null
    spans.push({ startsAt: instantOf(on, start, zone), endsAt: instantOf(on, end, zone) })
  }
  return spans
}
