import type { BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
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

/** Visits are many and all have the same fields: their names are looked up once. */
function sameVisit(left: BoardVisit, right: BoardVisit, fields: readonly (keyof BoardVisit)[]): boolean {
  for (const field of fields) {
    const [mine, other] = [left[field], right[field]]
    if (mine !== other && (typeof mine !== 'object' || !equal(mine, other))) return false
  }
  return true
}

/** Visits by id, the last of a list counting where an id comes twice. @param onOther is told of each that is not as it was */
export function reuseVisits(before: ReadonlyMap<string, BoardVisit>, next: readonly BoardVisit[], onOther: (was: BoardVisit, is: BoardVisit) => void = () => undefined): ReadonlyMap<string, BoardVisit> {
  const visits = new Map<string, BoardVisit>()
  const fields = Object.keys(next[0] ?? {}) as (keyof BoardVisit)[]
  for (const visit of next) {
    const known = before.get(visit.id)
    const same = known !== undefined && sameVisit(known, visit, fields)
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
    (before.legs === next.legs || equal(before.legs, next.legs))
  return unchanged ? before : { ...next, bars }
}
