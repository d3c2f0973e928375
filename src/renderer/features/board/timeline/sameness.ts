import type { BoardVisit, TravelLeg } from '../../../../shared/contract/methods/dispatch.ts'
import type { BarModel, TechnicianRow } from '../boardLayout.ts'

/** Every answer of the backend is made of new objects: these keep the old ones where nothing differs, so that only what differs is drawn. */

export function equal(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, index) => equal(item, right[index]))
  const [mine, other] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>]
  const keys = Object.keys(mine)
  return keys.length === Object.keys(other).length && keys.every((key) => equal(mine[key], other[key]))
}

/** The old list where the new one says the same. */
export function reuseEqual<Item>(before: readonly Item[], next: readonly Item[]): readonly Item[] {
  return before.length === next.length && before.every((item, index) => equal(item, next[index])) ? before : next
}

const sameWords = (left: readonly string[], right: readonly string[]): boolean => left.length === right.length && left.every((word, index) => word === right[index])

/**
 * Visits come ten thousand at a time. Each field is named, because a browser looks up a name that is written down many times faster
 * than one from a list; the test knows from the contract that none is missing.
 */
export function sameVisit(left: BoardVisit, right: BoardVisit): boolean {
  return (
    left.id === right.id &&
    left.version === right.version &&
    left.state === right.state &&
    left.technicianId === right.technicianId &&
    left.startsAt === right.startsAt &&
    left.endsAt === right.endsAt &&
    left.updatedBy === right.updatedBy &&
    left.jobId === right.jobId &&
    left.jobNumber === right.jobNumber &&
    left.customerId === right.customerId &&
    left.customerName === right.customerName &&
    left.customerFlag === right.customerFlag &&
    left.shortName === right.shortName &&
    left.businessUnitId === right.businessUnitId &&
    left.jobTypeName === right.jobTypeName &&
    left.summary === right.summary &&
    left.locked === right.locked &&
    left.promisedTechnicianId === right.promisedTechnicianId &&
    left.promisedAt === right.promisedAt &&
    left.overbooked === right.overbooked &&
    left.tentative === right.tentative &&
    left.durationMinutes === right.durationMinutes &&
    left.windowDay === right.windowDay &&
    left.windowStart === right.windowStart &&
    left.windowEnd === right.windowEnd &&
    left.windowStartsAt === right.windowStartsAt &&
    left.windowEndsAt === right.windowEndsAt &&
    left.latitude === right.latitude &&
    left.longitude === right.longitude &&
    left.priorityName === right.priorityName &&
    left.priorityRank === right.priorityRank &&
    left.bookedAt === right.bookedAt &&
    left.holdReason === right.holdReason &&
    left.cancelReason === right.cancelReason &&
    left.dispatchedAt === right.dispatchedAt &&
    left.arrivedAt === right.arrivedAt &&
    left.doneAt === right.doneAt &&
    left.closedOutAt === right.closedOutAt &&
    left.lineCount === right.lineCount &&
    left.invoiced === right.invoiced &&
    left.waiverMissing === right.waiverMissing &&
    sameWords(left.flags, right.flags) &&
    sameWords(left.skills, right.skills) &&
    sameWords(left.crewIds, right.crewIds) &&
    (left.promise === right.promise || equal(left.promise, right.promise))
  )
}

/** The drives of a technician: as many as the visits, and compared as often. */
export function sameLegs(left: readonly TravelLeg[] = [], right: readonly TravelLeg[] = []): boolean {
  if (left === right) return true
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index++) {
    const [mine, other] = [left[index], right[index]]
    if (!mine || !other || mine.startsAt !== other.startsAt || mine.endsAt !== other.endsAt || mine.minutes !== other.minutes || mine.toVisitId !== other.toVisitId || mine.technicianId !== other.technicianId) return false
  }
  return true
}

/** Visits by id, the last of a list counting where an id comes twice. @param onOther is told of each that is not as it was */
export function reuseVisits(before: ReadonlyMap<string, BoardVisit>, next: readonly BoardVisit[], onOther: (was: BoardVisit, is: BoardVisit) => void = () => undefined): ReadonlyMap<string, BoardVisit> {
  const visits = new Map<string, BoardVisit>()
  for (const visit of next) {
    const known = before.get(visit.id)
    const same = known !== undefined && sameVisit(known, visit)
    visits.set(visit.id, same ? known : visit)
    if (known && !same) onOther(known, visit)
  }
  return visits
}

/** True where two lists have the same objects, in the same order. */
export function sameItems<Item>(left: readonly Item[], right: readonly Item[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index])
}

const sameBar = (left: BarModel, right: BarModel): boolean =>
  left.visit === right.visit && left.key === right.key && left.broken === right.broken && left.lane.lane === right.lane.lane && left.lane.lanes === right.lane.lanes && equal(left.alerts, right.alerts)

/** The row before where nothing differs; otherwise the new one with the bars of before that are the same. */
export function sameRow(before: TechnicianRow, next: TechnicianRow): TechnicianRow {
  const known = new Map(before.bars.map((bar) => [bar.key, bar]))
  const bars = next.bars.map((bar) => {
    const old = known.get(bar.key)
    return old && sameBar(old, bar) ? old : bar
  })
  const unchanged =
    bars.length === before.bars.length &&
    bars.every((bar, index) => bar === before.bars[index]) &&
    before.groupName === next.groupName &&
    (before.technician === next.technician || equal(before.technician, next.technician)) &&
    sameLegs(before.legs, next.legs)
  return unchanged ? before : { ...next, bars }
}
