import { type Instant, type IsoDay, MINUTE, type MinuteOfDay } from './time.ts'

/** From `at` on, the clocks of a zone are `offset` minutes ahead of UTC. */
export interface ClockChange {
  readonly at: Instant
  readonly offset: number
}

/**
 * What the clocks of one zone do, as data: in order, the first change holding for all time before the second. It travels in
 * commands and lies in rows, so that whoever decides needs no tables of time zones of its own.
 */
export type Clock = readonly ClockChange[]

/** A clock that never changes. */
export function steadyClock(offset: number): Clock {
  return [{ at: 0, offset }]
}

/** Minutes ahead of UTC at an instant. */
function offsetAt(clock: Clock, at: Instant): number {
  let [low, high] = [0, clock.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((clock[middle]?.at ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return clock[low]?.offset ?? 0
}

export interface ClockTime {
  readonly day: IsoDay
  readonly minute: MinuteOfDay
}

/** What the clock shows at an instant. */
export function shownAt(clock: Clock, at: Instant): ClockTime {
  const local = at + offsetAt(clock, at) * MINUTE
  const day = new Date(local).toISOString().slice(0, 10)
  return { day, minute: Math.floor((local - Date.parse(`${day}T00:00:00Z`)) / MINUTE) }
}

/**
 * The instant at which the clock shows a time. One that is skipped is the moment after the gap, one that comes twice is the
 * first: as `instantOf` has it.
 * @param minute from 1440 on it is a minute of the next day
 */
export function instantShown(clock: Clock, day: IsoDay, minute: MinuteOfDay): Instant {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE
  const [before, after] = [offsetAt(clock, asUtc - 24 * 60 * MINUTE), offsetAt(clock, asUtc + 24 * 60 * MINUTE)]
  for (const offset of before === after ? [before] : [Math.max(before, after), Math.min(before, after)]) {
    if (offsetAt(clock, asUtc - offset * MINUTE) === offset) return asUtc - offset * MINUTE
  }
  return asUtc - Math.min(before, after) * MINUTE
}
