import { entryKey, type Plan } from '../plan.ts'
import type { PlanStop, Problem } from '../problem.ts'
import { int, real } from './cells.ts'
import type { Compiled } from './compile.ts'
import { lay } from './layout.ts'
import { emptyRoutes, type Routes } from './routes.ts'

/** From a plan, which people may have made, to the search's orders. */

/** By `entryKey` the task that holds an entry: itself, or the bundle of fixed work it belongs to. */
export function tasksByEntry({ tasks, problem }: Compiled): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const enter = (task: number, technician: number, kind: 'stop' | 'block', index: number): void => {
    const owner = problem.technicians[technician]
    const id = kind === 'stop' ? problem.stops[index]?.id : owner?.blocks[index]?.id
    if (id !== undefined) found.set(entryKey(owner?.id ?? '', { kind, id }), task)
  }
  tasks.forEach((what, task) => {
    switch (what.kind) {
      case 'stop':
        return enter(task, -1, 'stop', what.stop)
      case 'block':
        return enter(task, what.technician, 'block', what.block)
      case 'fixed':
        return what.work.members.forEach(({ kind, index }) => enter(task, what.technician, kind, index))
    }
  })
  return found
}

/** The cheapest opening that holds a beginning, else the first that closes after it, else none. */
function openingAt(day: Compiled, task: number, startsAt: number): number | null {
  let [best, least, later] = [-1, Number.POSITIVE_INFINITY, -1]
  for (let opening = int(day.firstOpening, task); opening < int(day.firstOpening, task + 1); opening++) {
    if (startsAt > int(day.close, opening)) continue
    if (later < 0) later = opening
    const price = real(day.openingPrice, opening) + Math.max(0, startsAt - int(day.due, opening)) * real(day.latePrice, opening)
    if (startsAt >= int(day.open, opening) && price < least) [best, least] = [opening, price]
  }
  if (best >= 0) return best
  return later >= 0 ? later : null
}

const mayDo = (day: Compiled, task: number, technician: number): boolean => day.choice.subarray(int(day.firstChoice, task), int(day.firstChoice, task + 1)).includes(technician)

/** An opening in an order, and when the plan begins it. */
interface Standing {
  readonly opening: number
  readonly at: number
}

interface Ranked extends Standing {
  readonly rank: number
}

function standings(day: Compiled, plan: Plan): readonly (readonly Standing[])[] {
  const taskOf = tasksByEntry(day)
  const routeOf = new Map(plan.routes.map((route) => [route.technicianId, route]))
  return day.problem.technicians.map(({ id }, technician) => {
    const places = new Map<number, Ranked>()
    for (const task of day.fixedTasks[technician] ?? []) {
      const opening = int(day.firstOpening, task)
      places.set(task, { opening, at: int(day.open, opening), rank: -1 })
    }
    routeOf.get(id)?.entries.forEach((entry, rank) => {
      const task = taskOf.get(entryKey(id, entry))
      if (task === undefined || !mayDo(day, task, technician)) return
      const known = places.get(task)
      const opening = known?.opening ?? openingAt(day, task, entry.startsAt)
      if (opening !== null && (known === undefined || known.rank < 0)) places.set(task, { opening, at: known?.at ?? entry.startsAt, rank })
    })
    const fixed = (day.fixedTasks[technician] ?? []).flatMap((task) => places.get(task) ?? [])
    const free = [...places].filter(([task]) => day.fixed[task] === 0).map(([, standing]) => standing)
    return merged(fixed, free, int(day.firstPosition, technician))
  })
}

/** What stands fixed keeps its order; the rest goes between as the plan has it. */
function merged(fixed: readonly Ranked[], free: readonly Ranked[], firstPosition: number): readonly Standing[] {
  const order: Standing[] = fixed.slice(0, firstPosition)
  let next = firstPosition
  for (const standing of free.toSorted((left, right) => left.at - right.at || left.rank - right.rank)) {
    for (let before = fixed[next]; before && (before.at < standing.at || (before.at === standing.at && before.rank < standing.rank)); before = fixed[next]) {
      order.push(before)
      next += 1
    }
    order.push(standing)
  }
  return [...order, ...fixed.slice(next)]
}

/** By technician the openings of a plan's entries in order, with everything that stands fixed; what nobody may do there any more is left out. */
export function ordersFromPlan(day: Compiled, plan: Plan): readonly (readonly number[])[] {
  return standings(day, plan).map((order) => order.map(({ opening }) => opening))
}

/** True where an order can be kept with the beginnings it has. */
function holds(day: Compiled, routes: Routes, technician: number, order: readonly Standing[]): boolean {
  if (!lay(day, routes, technician, order.map(({ opening }) => opening))) return false
  const base = int(routes.slot, technician) * routes.stride
  let place = int(day.startPlace, technician)
  let free = int(day.from, technician)
  return order.every(({ opening, at }, position) => {
    const drive = day.floats[opening] === 1 ? 0 : int(day.travel, place * day.places + int(day.placeIn, opening))
    const isKept = at >= free + drive && at >= int(day.open, opening) && at <= int(routes.latest, base + position)
    free = at + int(day.seconds, opening)
    place = int(routes.place, base + position)
    return isKept
  })
}

/**
 * The problem with all stops of such routes pinned to where they stand that can't be kept as they are: people plan visits one
 * after the other without a drive between them, and the planner works around what a person has decided.
 */
export function withCollisionsPinned(day: Compiled, plan: Plan): Problem {
  const routes = emptyRoutes(day)
  const taskOf = tasksByEntry(day)
  const orders = standings(day, plan)
  const colliding = new Map<string, PlanStop['pinned']>()
  for (const { technicianId, entries } of plan.routes) {
    const technician = day.problem.technicians.findIndex(({ id }) => id === technicianId)
    const order = orders[technician]
    if (!order) continue
    const held = new Set(order.map(({ opening }) => int(day.taskOf, opening)))
    const isWhole = entries.every((entry) => held.has(taskOf.get(entryKey(technicianId, entry)) ?? -1))
    if (isWhole && holds(day, routes, technician, order)) continue
    for (const { kind, id, startsAt } of entries) if (kind === 'stop') colliding.set(id, { technicianId, start: startsAt })
  }
  if (colliding.size === 0) return day.problem
  return { ...day.problem, stops: day.problem.stops.map((stop) => ({ ...stop, pinned: colliding.get(stop.id) ?? stop.pinned })) }
}
