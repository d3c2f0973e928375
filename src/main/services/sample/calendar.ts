import { addDays, type Instant, type IsoDay, MINUTE, type MinuteOfDay } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'

const NOON = 12 * 60

/** The days of the story, counted from today: −1 is yesterday. */
export class Calendar {
  readonly now: Instant
  readonly zone: string
  readonly today: IsoDay
  readonly #noons = new Map<number, Instant>()

  constructor(now: Instant, zone: string) {
    this.now = now
    this.zone = zone
    this.today = wallTimeOf(now, zone).day
  }

  day(offset: number): IsoDay {
    return addDays(this.today, offset)
  }

  /** The instant of a wall time; clocks change at night, so a day's working hours are counted from its noon. */
  at(offset: number, minute: MinuteOfDay): Instant {
    let noon = this.#noons.get(offset)
    if (noon === undefined) this.#noons.set(offset, (noon = instantOf(this.day(offset), NOON, this.zone)))
    return noon + (minute - NOON) * MINUTE
  }
}
