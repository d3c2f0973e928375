import { int, real } from './cells.ts'
import type { Compiled } from './compile.ts'
import type { Nearness } from './nearness.ts'
import { type Routes, settle } from './routes.ts'
import { type Search, touch, untouchLast } from './trial.ts'

/** Stops taken out on average, and the longest string of them in one route. The paper takes ten and ten, with hours to search; in two seconds seven get further. */
const REMOVED = 7
const LONGEST = 10
/** How often the string leaves a piece in its middle where it is. */
const SPLIT = 0.5
const LONGER_PIECE = 0.5

function positionOf(day: Compiled, routes: Routes, slot: number, task: number): number {
  const base = slot * routes.stride
  const length = int(routes.length, slot)
  for (let position = 0; position < length; position++) if (int(day.taskOf, int(routes.opening, base + position)) === task) return position
  return -1
}

/** Takes [from, to) out of a slot except [keepFrom, keepTo); fixed work always stays. */
function takeOut(search: Search, slot: number, from: number, to: number, keepFrom: number, keepTo: number): void {
  const { day, routes } = search
  const { opening } = routes
  const base = slot * routes.stride
  const length = int(routes.length, slot)
  let kept = from
  for (let position = from; position < length; position++) {
    const chosen = int(opening, base + position)
    const task = int(day.taskOf, chosen)
    if (position < to && (position < keepFrom || position >= keepTo) && day.fixed[task] === 0) search.loose[search.looseCount++] = task
    else opening[base + kept++] = chosen
  }
  routes.length[slot] = kept
}

function averageLength({ day, routes }: Search): number {
  let [tasks, used] = [0, 0]
  for (let technician = 0; technician < day.technicians; technician++) {
    const length = int(routes.length, int(routes.slot, technician))
    if (length === 0) continue
    tasks += length
    used += 1
  }
  return used === 0 ? 1 : tasks / used
}

/**
 * Adjacent string removal (Christiaens and Vanden Berghe 2020, "Slack Induction by String Removals for Vehicle Routing
 * Problems", Transportation Science 54(2), section 5.2): in routes around a stop, a string of neighbours each.
 */
export function ruin(search: Search, near: Nearness, seed: number): void {
  const { day, routes, random, where } = search
  const longest = Math.min(LONGEST, averageLength(search))
  const strings = Math.floor(random.next() * ((4 * REMOVED) / (1 + longest) - 1) + 1)
  const around = near.of[seed]
  if (!around) return
  let ruined = 0
  for (let rank = 0; rank < around.length && ruined < strings; rank++) {
    const task = int(around, rank)
    const technician = int(where, task)
    if (technician < 0 || int(search.touched, technician) === search.trial) continue
    const slot = touch(search, technician)
    const length = int(routes.length, slot)
    const position = positionOf(day, routes, slot, task)
    const taken = Math.max(1, Math.floor(random.next() * Math.min(longest, length) + 1))
    let kept = 0
    if (taken > 1 && taken < length && random.next() < SPLIT) {
      kept = 1
      while (taken + kept < length && random.next() < LONGER_PIECE) kept += 1
    }
    const whole = taken + kept
    const lowest = Math.max(0, position - whole + 1)
    const from = lowest + random.below(Math.min(position, length - whole) - lowest + 1)
    const keepFrom = from + random.below(taken + 1)
    const looseBefore = search.looseCount
    takeOut(search, slot, from, from + whole, keepFrom, keepFrom + kept)
    // Where lunch is taken depends on the stop before it: without that stop the way home may be too long.
    if (settle(day, routes, slot)) ruined += 1
    else {
      search.looseCount = looseBefore
      untouchLast(search)
    }
  }
}

/** The orders in which what is loose is put back, each with its share of all (the paper's weights, with the windows' orders beside them). */
const ORDERS = [
  { share: 4, order: 'random' },
  { share: 4, order: 'largest' },
  { share: 2, order: 'far' },
  { share: 1, order: 'close' },
  { share: 2, order: 'narrow' },
  { share: 2, order: 'early' },
  { share: 2, order: 'late' },
] as const
const SHARES = ORDERS.reduce((sum, { share }) => sum + share, 0)

type Order = (typeof ORDERS)[number]['order']

function pickOrder(search: Search): Order {
  let left = search.random.next() * SHARES
  for (const { share, order } of ORDERS) {
    left -= share
    if (left < 0) return order
  }
  return 'random'
}

function keyOf(day: Compiled, order: Order, task: number): number {
  const opening = int(day.firstOpening, task)
  if (opening === int(day.firstOpening, task + 1)) return 0
  switch (order) {
    case 'random':
      return 0
    case 'largest':
      return int(day.load, task) > 0 ? -int(day.load, task) : -int(day.seconds, opening)
    case 'far':
      return -int(day.travel, int(day.startPlace, 0) * day.places + int(day.placeIn, opening))
    case 'close':
      return int(day.travel, int(day.startPlace, 0) * day.places + int(day.placeIn, opening))
    case 'narrow':
      return int(day.close, opening) - int(day.open, opening)
    case 'early':
      return int(day.open, opening)
    case 'late':
      return -int(day.close, opening)
  }
}

/** Puts the loose tasks into one of the orders; a few dozen at most, so by insertion. */
export function orderLoose(search: Search): void {
  const { day, random, loose, sortKeys, looseCount } = search
  const order = pickOrder(search)
  for (let index = 0; index < looseCount; index++) sortKeys[index] = order === 'random' ? random.next() : keyOf(day, order, int(loose, index))
  for (let index = 1; index < looseCount; index++) {
    const task = int(loose, index)
    const key = real(sortKeys, index)
    let at = index
    for (; at > 0 && real(sortKeys, at - 1) > key; at--) {
      loose[at] = int(loose, at - 1)
      sortKeys[at] = real(sortKeys, at - 1)
    }
    loose[at] = task
    sortKeys[at] = key
  }
}
