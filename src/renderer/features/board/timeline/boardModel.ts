import type { Instant } from '../../../../shared/base/time.ts'
import type { BoardDay, BoardTechnician, BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
import type { PendingTime, PendingVisit } from '../../../stores/board.ts'
import { type BoardRowModel, groupRow, isPlanned, listsBy, type PlannedBoardVisit, rowsOf, standsOn, type TechnicianRow, technicianRow } from '../boardLayout.ts'
import { withPending } from '../boardPending.ts'
import type { AlertItem, TrayVisits } from '../Trays.tsx'
import { isUrgent } from '../boardWords.ts'
import { arrange, type ArrangedGroup, type Arrangement, USUAL } from './arrangement.ts'
import { equal, reuseEqual, reuseVisits, sameItems, sameLegs, sameRow } from './sameness.ts'

/** What is not as it was: some rows by their keys, or the order of rows itself. */
export type BoardChange = { readonly kind: 'rows'; readonly keys: ReadonlySet<string> } | { readonly kind: 'order' }

/**
 * The board as data that knows what changes: one moved bar touches the rows it leaves and comes to, and nothing else is computed
 * or drawn anew. What did not change stays the same object.
 */
export interface BoardModel {
  /** Shows an answer of the backend, as of `now`. */
  show(day: BoardDay, now: Instant): void
  /** Shows changes whose answers are still on their way. */
  pend(pending: ReadonlyMap<string, PendingVisit>): void
  /** Shows kept time where it goes. */
  pendTimes(pending: ReadonlyMap<string, PendingTime>): void
  arrange(arrangement: Arrangement): void
  /** From top to bottom. */
  rows(): readonly BoardRowModel[]
  /** Where a row stands among them, or -1. */
  indexOf(key: string): number
  /** A technician's row, whether it is shown or not. */
  row(technicianId: string): TechnicianRow | undefined
  /** A visit as it stands with what is on its way. */
  visit(visitId: string): BoardVisit | undefined
  trays(): TrayVisits
  /** The visits that the last answer showed otherwise than the one before, of the same days. */
  changes(): readonly VisitChange[]
  /** What presses now, on every technician's row, shown or not. */
  alerts(): readonly AlertItem[]
  watch(listener: (change: BoardChange) => void): () => void
}

export interface VisitChange {
  readonly was: BoardVisit
  readonly is: BoardVisit
}

interface Person {
  readonly technician: BoardTechnician
  readonly groupName: string
}

export function createBoardModel(): BoardModel {
  let day: BoardDay | null = null
  let now: Instant = 0
  let pending: ReadonlyMap<string, PendingVisit> = new Map()
  let times: ReadonlyMap<string, PendingTime> = new Map()
  let arrangement = USUAL
  /** As answered. */
  let visits: ReadonlyMap<string, BoardVisit> = new Map()
  let plannedIds: ReadonlySet<string> = new Set()
  let people: ReadonlyMap<string, Person> = new Map()
  let legs: ReadonlyMap<string, BoardDay['legs']> = new Map()
  /** As shown, by row. */
  let visitsOf = new Map<string, PlannedBoardVisit[]>()
  const rowFor = new Map<string, TechnicianRow>()
  let groups: readonly ArrangedGroup[] = []
  let rows: readonly BoardRowModel[] = []
  let places: ReadonlyMap<string, number> = new Map()
  let trays: TrayVisits = { unassigned: [], hold: [] }
  let alerts: readonly AlertItem[] = []
  let alertsStale = false
  let changes: readonly VisitChange[] = []
  const listeners = new Set<(change: BoardChange) => void>()

  const tell = (change: BoardChange): void => {
    alertsStale = true
    for (const listener of [...listeners]) listener(change)
  }

  /** A visit with what is on its way: the same object as long as both are. */
  const overlays = new WeakMap<PendingVisit, { readonly of: BoardVisit; readonly as: BoardVisit }>()
  const overlaid = (visit: BoardVisit, over: ReadonlyMap<string, PendingVisit>): BoardVisit => {
    const change = over.get(visit.id)
    if (!change || change.version <= visit.version) return visit
    let known = overlays.get(change)
    if (known?.of !== visit) {
      known = { of: visit, as: { ...visit, ...change } }
      overlays.set(change, known)
    }
    return known.as
  }

  /** The rows a visit has bars on; none where it has no place on these days. */
  const standing = (visit: BoardVisit): readonly string[] =>
    day !== null && isPlanned(visit) && standsOn(day, visit) && (plannedIds.has(visit.id) || pending.has(visit.id)) ? rowsOf(visit) : []

  const compute = (technicianId: string): void => {
    const person = people.get(technicianId)
    if (!person || !day) return
    const before = rowFor.get(technicianId)
    const next = technicianRow({ ...person, technician: withTimes(person.technician, times), visits: visitsOf.get(technicianId) ?? [], legs: legs.get(technicianId) ?? [], lateness: day.lateness }, day.dayStarts, now)
    rowFor.set(technicianId, before ? sameRow(before, next) : next)
  }

  const readTrays = (): void => {
    if (!day) return
    // Only what is on its way can move into a tray or out of it.
    const planned = [...pending.keys()].flatMap((id) => (plannedIds.has(id) ? (visits.get(id) ?? []) : []))
    const { unassigned, hold } = withPending({ ...day, planned }, pending)
    trays = { unassigned: reuseEqual(trays.unassigned, unassigned), hold: reuseEqual(trays.hold, hold) }
  }

  const assemble = (): void => {
    const shown = new Map(rows.map((row) => [row.key, row]))
    rows = groups.flatMap(({ key, name, technicians }): readonly BoardRowModel[] => {
      const own = technicians.flatMap(({ id }) => rowFor.get(id) ?? [])
      const head = groupRow(key, name, own)
      const before = shown.get(key)
      const same = before?.kind === 'group' && before.name === head.name && before.onShift === head.onShift && before.full === head.full
      return [same ? before : head, ...own]
    })
  }

  /** Says which rows differ, heads of groups among them; that the order differs where it does. */
  const publish = (before: readonly BoardRowModel[]): void => {
    assemble()
    const sameOrder = rows.length === before.length && rows.every((row, index) => row.key === before[index]?.key)
    if (!sameOrder) {
      places = new Map(rows.map(({ key }, index) => [key, index]))
      tell({ kind: 'order' })
      return
    }
    const keys = new Set<string>()
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]
      if (row && row !== before[index]) keys.add(row.key)
    }
    tell({ kind: 'rows', keys })
  }

  const rearrange = (): void => {
    groups = day ? arrange(day.groups, arrangement, (id) => rowFor.get(id)?.leftMinutes ?? 0) : []
  }

  /** The order by free time holds as it was made, or the board would never stand still. */
  const needsOrder = (next: BoardDay): boolean =>
    arrangement.sorting !== 'left' || day?.day !== next.day || day.groups.flatMap(({ technicians }) => technicians.map(({ id }) => id)).join() !== next.groups.flatMap(({ technicians }) => technicians.map(({ id }) => id)).join()

  return {
    show(next, at) {
      if (next === day && at === now) return
      const reordered = needsOrder(next)
      const fresh = next !== day
      const [lastPeople, lastVisits, lastLegs, sameTime] = [people, visitsOf, legs, at === now && day?.dayStarts.join() === next.dayStarts.join() && equal(day.lateness, next.lateness)]
      now = at
      if (fresh) {
        const sameDays = day?.day === next.day && day.dayStarts.length === next.dayStarts.length
        day = next
        const found: VisitChange[] = []
        const known = reuseVisits(visits, [...next.toCloseOut, ...next.hold, ...next.unassigned, ...next.planned], (was, is) => found.push({ was, is }))
        changes = sameDays ? found : []
        visits = known
        plannedIds = new Set(next.planned.map(({ id }) => id))
        people = new Map(next.groups.flatMap(({ name, technicians }) => technicians.map((technician): readonly [string, Person] => [technician.id, { technician, groupName: name }])))
        legs = listsBy(next.legs, ({ technicianId }) => [technicianId])
        const onBoard: PlannedBoardVisit[] = []
        for (const visit of known.values()) {
          const shown = overlaid(visit, pending)
          if (isPlanned(shown) && standing(shown).length > 0) onBoard.push(shown)
        }
        visitsOf = listsBy(onBoard, rowsOf)
        for (const id of [...rowFor.keys()]) if (!people.has(id)) rowFor.delete(id)
        readTrays()
      }
      for (const [id, person] of people) {
        // Alerts follow the clock; at the same time only what another answer says of somebody can differ.
        const same = sameTime && sameItems(lastVisits.get(id) ?? [], visitsOf.get(id) ?? []) && equal(lastPeople.get(id), person) && sameLegs(lastLegs.get(id), legs.get(id))
        if (!same || !rowFor.has(id)) compute(id)
      }
      const before = rows
      if (fresh && reordered) rearrange()
      publish(before)
    },
    pend(next) {
      const last = pending
      pending = next
      const touched = new Set<string>()
      let trayed = false
      for (const id of new Set([...last.keys(), ...next.keys()])) {
        const visit = visits.get(id)
        if (!visit || last.get(id) === next.get(id)) continue
        const [was, is] = [overlaid(visit, last), overlaid(visit, next)]
        trayed ||= !isPlanned(was) || !isPlanned(is) || was.state === 'hold' || is.state === 'hold'
        for (const key of isPlanned(was) ? rowsOf(was) : []) {
          const list = visitsOf.get(key)
          if (!list?.some((other) => other.id === id)) continue
          visitsOf.set(key, list.filter((other) => other.id !== id))
          touched.add(key)
        }
        if (!isPlanned(is)) continue
        for (const key of standing(is)) {
          visitsOf.set(key, [...(visitsOf.get(key) ?? []), is])
          touched.add(key)
        }
      }
      if (trayed) readTrays()
      const before = rows
      for (const id of touched) compute(id)
      if (touched.size > 0 || trayed) publish(before)
    },
    pendTimes(next) {
      const last = times
      if (next === last) return
      times = next
      const touched = new Set<string>()
      for (const id of new Set([...last.keys(), ...next.keys()])) {
        const [was, is] = [last.get(id), next.get(id)]
        if (was === is) continue
        for (const one of [was, is]) if (one) for (const technicianId of [one.technicianId, one.insteadOf?.technicianId]) if (technicianId) touched.add(technicianId)
        // Where the row stands by the last answer, it is hidden or shown again.
        for (const [technicianId, { technician }] of people) if (technician.blocks.some((block) => block.id === id)) touched.add(technicianId)
      }
      const before = rows
      for (const id of touched) compute(id)
      if (touched.size > 0) publish(before)
    },
    arrange(next) {
      if (next === arrangement) return
      arrangement = next
      const before = rows
      rearrange()
      publish(before)
    },
    rows: () => rows,
    indexOf: (key) => places.get(key) ?? -1,
    row: (technicianId) => rowFor.get(technicianId),
    visit(visitId) {
      const visit = visits.get(visitId)
      return visit && overlaid(visit, pending)
    },
    trays: () => trays,
    changes: () => changes,
    alerts() {
      if (alertsStale) {
        alertsStale = false
        alerts = reuseEqual(alerts, [...rowFor.values()].flatMap(urgentOf))
      }
      return alerts
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** A technician with kept time where it goes, and no longer where it was. */
function withTimes(technician: BoardTechnician, times: ReadonlyMap<string, PendingTime>): BoardTechnician {
  if (times.size === 0) return technician
  const hidden = [...times.values()].flatMap(({ insteadOf }) => (insteadOf?.technicianId === technician.id ? [insteadOf.startsAt] : []))
  const stay = technician.blocks.filter(({ id, startsAt }) => (id === null ? !hidden.includes(startsAt) : !times.has(id)))
  const come = [...times.values()].filter(({ technicianId }) => technicianId === technician.id).map(({ block }) => block)
  if (come.length === 0 && stay.length === technician.blocks.length) return technician
  return { ...technician, blocks: [...stay, ...come].sort((left, right) => left.startsAt - right.startsAt) }
}

const urgent = new WeakMap<TechnicianRow, readonly AlertItem[]>()

function urgentOf(row: TechnicianRow): readonly AlertItem[] {
  let items = urgent.get(row)
  if (!items) {
    items = row.bars.flatMap(({ visit, alerts }): readonly AlertItem[] => {
      const alert = alerts.find(isUrgent)
      return alert ? [{ visit, alert, technicianName: row.technician.name }] : []
    })
    urgent.set(row, items)
  }
  return items
}
