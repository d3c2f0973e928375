import { overlaps, type Instant, type IsoDay } from '../../../../shared/base/time.ts'
import { wallTimeOf } from '../../../../shared/base/zone.ts'
import type { BoardDay, BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'

/** The day that is mended: one of those the board shows, with what stands on it and what waits for it. */
export interface MendDay {
  readonly day: IsoDay
  /** Its midnights. */
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** Promised for a window of this day, and nobody has it. */
  readonly waiting: readonly BoardVisit[]
  /** What can come in as an emergency: what waits for this day, and whatever was promised before and forgotten. */
  readonly comingIn: readonly BoardVisit[]
  /** Somebody has it on this day, and it is not over. */
  readonly running: readonly BoardVisit[]
}

type Shown = Pick<BoardDay, 'zone' | 'dayStarts' | 'endsAt' | 'planned' | 'unassigned'>

/** Every day that the board shows, first to last. */
export function mendDaysOf({ zone, dayStarts, endsAt, planned, unassigned }: Shown): readonly MendDay[] {
  return dayStarts.map((startsAt, index): MendDay => {
    const midnight = dayStarts[index + 1] ?? endsAt
    const comingIn = unassigned.filter(({ windowStartsAt }) => windowStartsAt < midnight)
    return {
      day: wallTimeOf(startsAt, zone).day,
      startsAt,
      endsAt: midnight,
      waiting: comingIn.filter(({ windowStartsAt }) => windowStartsAt >= startsAt),
      comingIn,
      running: planned.filter((visit) => visit.technicianId !== null && visit.state !== 'done' && visit.state !== 'canceled' && visit.startsAt !== null && visit.endsAt !== null && overlaps(visit.startsAt, visit.endsAt, startsAt, midnight)),
    }
  })
}

/** The day that is meant: the one of what the person stands on, else today, else the first that is shown. */
export function meantDay(days: readonly MendDay[], standsAt: Instant | null, now: Instant): MendDay | undefined {
  const of = (at: Instant): MendDay | undefined => days.find(({ startsAt, endsAt }) => at >= startsAt && at < endsAt)
  return (standsAt === null ? undefined : of(standsAt)) ?? of(now) ?? days[0]
}
