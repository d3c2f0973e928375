import { entryKey, type Plan, type PlanCost, type PlanEntry, type PlanRoute } from './plan.ts'
import type { PlanTechnician } from './problem.ts'
import { int, real } from './search/cells.ts'
import type { Compiled } from './search/compile.ts'
import { lay } from './search/layout.ts'
import { emptyRoutes, type Routes } from './search/routes.ts'

/** From the search's numbers back to stops, blocks, times and prices. */

/**
 * When things began in the plan before, by `entryKey`: they begin then again where that makes nothing late; and with the technicians
 * who keep their order, at any price, because somebody has put them there.
 */
export interface WishedStarts {
  readonly starts: ReadonlyMap<string, number>
  readonly kept: ReadonlySet<number>
}

interface Piece {
  readonly kind: 'stop' | 'block'
  readonly id: string
  readonly place: number | null
  readonly startsAt: number
  readonly endsAt: number
}

function piecesOf(day: Compiled, technician: PlanTechnician, task: number, startsAt: number): readonly Piece[] {
  const what = day.tasks[task]
  const { stops } = day.problem
  const stopPiece = (index: number, from: number): Piece[] => stops.slice(index, index + 1).map(({ id, place, seconds }) => ({ kind: 'stop', id, place, startsAt: from, endsAt: from + seconds }))
  const blockPiece = (index: number, from: number): Piece[] => technician.blocks.slice(index, index + 1).map(({ id, place, seconds }) => ({ kind: 'block', id, place, startsAt: from, endsAt: from + seconds }))
  if (what === undefined) return []
  switch (what.kind) {
    case 'stop':
      return stopPiece(what.stop, startsAt)
    case 'block':
      return blockPiece(what.block, startsAt)
    case 'fixed':
      return what.work.members.flatMap(({ kind, index, start }) => (kind === 'stop' ? stopPiece(index, start) : blockPiece(index, start)))
  }
}

function travelBetween({ problem: { travel } }: Compiled, from: number | null, to: number | null): number {
  return from === null || to === null || from === to ? 0 : (travel.seconds[from * travel.places + to] ?? 0)
}

/** The beginnings of an order: as early as can be, or as wished where nothing after it becomes late or overtime by that. */
function startsOf(day: Compiled, routes: Routes, technician: number, { wished, isKept }: { readonly wished: (task: number) => number | null; readonly isKept: boolean }): readonly number[] {
  const latest = isKept ? routes.latest : routes.free
  const slot = int(routes.slot, technician)
  const base = slot * routes.stride
  const starts: number[] = []
  for (let cell = base; cell < base + int(routes.length, slot); cell++) {
    const opening = int(routes.opening, cell)
    const before = cell > base ? (starts.at(-1) ?? 0) + int(day.seconds, int(routes.opening, cell - 1)) : int(day.from, technician)
    const from = cell > base ? int(routes.place, cell - 1) : int(day.startPlace, technician)
    const drive = day.floats[opening] === 1 ? 0 : int(day.travel, from * day.places + int(day.placeIn, opening))
    const earliest = Math.max(before + drive, int(day.open, opening))
    const wish = wished(int(day.taskOf, opening)) ?? earliest
    const start = Math.max(earliest, Math.min(wish, int(latest, cell)))
    starts.push(start)
  }
  return starts
}

function routeOf(day: Compiled, routes: Routes, index: number, technician: PlanTechnician, wished: WishedStarts | null): PlanRoute {
  const slot = int(routes.slot, index)
  const base = slot * routes.stride
  const wishOf = (task: number): number | null => {
    const piece = wished === null ? undefined : piecesOf(day, technician, task, 0)[0]
    return piece === undefined ? null : (wished?.starts.get(entryKey(technician.id, piece)) ?? null)
  }
  const starts = startsOf(day, routes, index, { wished: wishOf, isKept: wished?.kept.has(index) ?? false })
  const pieces = starts.flatMap((start, position) => piecesOf(day, technician, int(day.taskOf, int(routes.opening, base + position)), start))
  let place = technician.startPlace
  const entries = pieces.map(({ kind, id, startsAt, endsAt, place: to }): PlanEntry => {
    const travelSeconds = to === null ? 0 : travelBetween(day, place, to)
    place = to ?? place
    return { kind, id, startsAt, endsAt, travelSeconds }
  })
  const homeSeconds = pieces.some((piece) => piece.place !== null) ? travelBetween(day, place, technician.endPlace) : 0
  const endsAt = entries.length === 0 ? technician.shift.from : Math.max(...entries.map((entry) => entry.endsAt)) + homeSeconds
  return { technicianId: technician.id, entries, homeSeconds, endsAt }
}

/** Cents for beginning a task at a time, the lateness in it, and the seconds of that. */
function openingCost(day: Compiled, task: number, start: number): { readonly price: number; readonly late: number; readonly lateSeconds: number } {
  let best = { price: 0, late: 0, lateSeconds: 0 }
  let least = Number.POSITIVE_INFINITY
  for (let opening = int(day.firstOpening, task); opening < int(day.firstOpening, task + 1); opening++) {
    if (start < int(day.open, opening) || start > int(day.close, opening)) continue
    const lateSeconds = Math.max(0, start - int(day.due, opening))
    const late = lateSeconds * real(day.latePrice, opening)
    const price = real(day.openingPrice, opening)
    if (price + late > least || (price + late === least && lateSeconds >= best.lateSeconds)) continue
    least = price + late
    best = { price, late, lateSeconds }
  }
  return best
}

function choiceCost(day: Compiled, task: number, technician: number): number {
  for (let choice = int(day.firstChoice, task); choice < int(day.firstChoice, task + 1); choice++) if (int(day.choice, choice) === technician) return real(day.choicePrice, choice)
  return 0
}

function costOf(day: Compiled, routes: readonly PlanRoute[], left: { readonly dropped: readonly number[]; readonly skippedBlocks: readonly number[] }): PlanCost {
  const { problem } = day
  const taskOfStop = new Map<string, number>()
  day.tasks.forEach((task, index) => {
    const stop = task.kind === 'stop' ? problem.stops[task.stop] : undefined
    if (stop) taskOfStop.set(stop.id, index)
  })
  let [travelSeconds, overtimeSeconds, lateSeconds, overtime, late, windows, technicians] = [0, 0, 0, 0, 0, 0, 0]
  routes.forEach(({ entries, homeSeconds, endsAt }, index) => {
    travelSeconds += homeSeconds
    const technician = problem.technicians[index]
    const over = technician?.overtime == null ? 0 : Math.max(0, endsAt - technician.shift.to)
    overtimeSeconds += over
    overtime += over * real(day.overtimePrice, index)
    for (const entry of entries) {
      travelSeconds += entry.travelSeconds
      const task = entry.kind === 'stop' ? taskOfStop.get(entry.id) : undefined
      if (task === undefined) continue
      const at = openingCost(day, task, entry.startsAt)
      late += at.late
      lateSeconds += at.lateSeconds
      windows += at.price
      technicians += choiceCost(day, task, index)
    }
  })
  const travel = travelSeconds * day.travelPrice
  const dropped = left.dropped.reduce((sum, price) => sum + price, 0)
  const skippedBlocks = left.skippedBlocks.reduce((sum, price) => sum + price, 0)
  const total = travel + overtime + late + windows + technicians + dropped + skippedBlocks
  return { travelSeconds, overtimeSeconds, lateSeconds, travel, overtime, late, windows, technicians, dropped, skippedBlocks, total }
}

/**
 * @param orders by technician the openings in order, which can be kept in time
 * @throws where one can't: the search never hands one over
 */
export function describePlan(day: Compiled, orders: readonly ArrayLike<number>[], wished: WishedStarts | null = null): Plan {
  const cells = emptyRoutes(day)
  const { technicians, stops } = day.problem
  const routes = technicians.map((technician, index) => {
    if (!lay(day, cells, index, Array.from(orders[index] ?? []))) throw new Error(`The route of ${technician.id} can't be kept in time.`)
    return routeOf(day, cells, index, technician, wished)
  })
  const planned = new Set(routes.flatMap(({ technicianId, entries }) => entries.map((entry) => entryKey(technicianId, entry))))
  const dropped = stops.filter(({ id }) => !planned.has(entryKey('', { kind: 'stop', id })))
  const skipped = technicians.flatMap(({ id: technicianId, blocks }) => blocks.filter(({ id }) => !planned.has(entryKey(technicianId, { kind: 'block', id }))).map((block) => ({ technicianId, block })))
  return {
    routes,
    dropped: dropped.map(({ id }) => id),
    skippedBlocks: skipped.map(({ technicianId, block }) => ({ technicianId, id: block.id })),
    cost: costOf(day, routes, { dropped: dropped.map(({ dropPrice }) => dropPrice), skippedBlocks: skipped.map(({ block }) => block.skipPrice) }),
  }
}
