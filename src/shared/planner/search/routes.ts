import { int, real } from './cells.ts'
import type { Compiled } from './compile.ts'

/**
 * The routes while they are searched. Each technician has two slots: one holds the route as it is, the other the one being
 * tried, so that giving up a trial is changing back a number. Cells of a slot begin at slot × stride.
 */
export interface Routes {
  stride: number
  /** By technician: the slot that counts. */
  readonly slot: Int32Array

  /** By slot. `version` is the same only where the route is. */
  readonly length: Int32Array
  readonly version: Int32Array
  readonly load: Int32Array
  /** Stops with a place: one who has none doesn't drive. */
  readonly placed: Int32Array
  readonly floating: Int32Array
  /** Cents: driving, lateness, overtime, prices of openings and technicians. */
  readonly cost: Float64Array
  /** Cents for lateness and overtime alone. */
  readonly soft: Float64Array

  /** By cell: the opening that was chosen, when it begins and ends, where the technician is afterwards. */
  opening: Int32Array
  begin: Int32Array
  end: Int32Array
  place: Int32Array
  /** The latest beginning with which the rest still holds; and with which it costs nothing for time. */
  latest: Int32Array
  free: Int32Array
  /** Cents for lateness before this cell; one cell more than the route has. */
  softBefore: Float64Array
  versions: number
}

const FIRST_STRIDE = 32

export function emptyRoutes({ technicians }: Compiled): Routes {
  const slots = technicians * 2
  const cells = slots * FIRST_STRIDE
  return {
    stride: FIRST_STRIDE,
    slot: Int32Array.from({ length: technicians }, (_, technician) => technician * 2),
    length: new Int32Array(slots),
    version: new Int32Array(slots),
    load: new Int32Array(slots),
    placed: new Int32Array(slots),
    floating: new Int32Array(slots),
    cost: new Float64Array(slots),
    soft: new Float64Array(slots),
    opening: new Int32Array(cells),
    begin: new Int32Array(cells),
    end: new Int32Array(cells),
    place: new Int32Array(cells),
    latest: new Int32Array(cells),
    free: new Int32Array(cells),
    softBefore: new Float64Array(cells),
    versions: 0,
  }
}

function spread<Cells extends Int32Array | Float64Array>(old: Cells, wide: Cells, from: number, to: number): Cells {
  for (let start = 0, slot = 0; start < old.length; start += from, slot++) wide.set(old.subarray(start, start + from), slot * to)
  return wide
}

/** Doubles the room for a route; seldom, so that it may allocate. */
export function widen(routes: Routes): void {
  const { stride } = routes
  const cells = (routes.opening.length / stride) * stride * 2
  routes.opening = spread(routes.opening, new Int32Array(cells), stride, stride * 2)
  routes.begin = spread(routes.begin, new Int32Array(cells), stride, stride * 2)
  routes.end = spread(routes.end, new Int32Array(cells), stride, stride * 2)
  routes.place = spread(routes.place, new Int32Array(cells), stride, stride * 2)
  routes.latest = spread(routes.latest, new Int32Array(cells), stride, stride * 2)
  routes.free = spread(routes.free, new Int32Array(cells), stride, stride * 2)
  routes.softBefore = spread(routes.softBefore, new Float64Array(cells), stride, stride * 2)
  routes.stride = stride * 2
}

/** The price of one technician for one task; it must be among the choices. */
function choicePriceOf(day: Compiled, task: number, technician: number): number {
  const end = int(day.firstChoice, task + 1)
  for (let choice = int(day.firstChoice, task); choice < end; choice++) if (int(day.choice, choice) === technician) return real(day.choicePrice, choice)
  return 0
}

/**
 * Computes everything of a slot from its openings, and gives it a version.
 * @returns false where the order can't be kept in time; its cells are then of no use
 */
export function settle(day: Compiled, routes: Routes, slot: number): boolean {
  const technician = slot >> 1
  const { places, travel, placeIn, placeOut, floats, seconds, open, close, due, latePrice } = day
  const { opening, begin, end, place, latest, free, softBefore } = routes
  const base = slot * routes.stride
  const length = int(routes.length, slot)
  let at = int(day.startPlace, technician)
  let time = int(day.from, technician)
  let [driven, load, placed, floating, prices, lateness] = [0, 0, 0, 0, 0, 0]
  let possible = true
  for (let cell = base; cell < base + length; cell++) {
    const chosen = int(opening, cell)
    const task = int(day.taskOf, chosen)
    if (floats[chosen] === 1) floating += 1
    else {
      const drive = int(travel, at * places + int(placeIn, chosen))
      driven += drive
      time += drive
      at = int(placeOut, chosen)
      placed += 1
    }
    const opens = int(open, chosen)
    if (time < opens) time = opens
    if (time > int(close, chosen)) possible = false
    begin[cell] = time
    softBefore[cell] = lateness
    if (time > int(due, chosen)) lateness += (time - int(due, chosen)) * real(latePrice, chosen)
    time += int(seconds, chosen)
    end[cell] = time
    place[cell] = at
    load += int(day.load, task)
    prices += real(day.openingPrice, chosen) + choicePriceOf(day, task, technician)
  }
  softBefore[base + length] = lateness
  const home = int(day.endPlace, technician)
  if (placed > 0) {
    const drive = int(travel, at * places + home)
    driven += drive
    time += drive
  }
  if (length > 0 && time > int(day.until, technician)) possible = false
  const shiftEnd = int(day.shiftEnd, technician)
  const rate = real(day.overtimePrice, technician)
  const soft = lateness + (length > 0 && time > shiftEnd ? (time - shiftEnd) * rate : 0)

  let next = home
  let last = int(day.until, technician)
  let lastFree = rate > 0 && shiftEnd < last ? shiftEnd : last
  for (let cell = base + length - 1; cell >= base; cell--) {
    const chosen = int(opening, cell)
    const ahead = int(travel, int(place, cell) * places + next) + int(seconds, chosen)
    last = Math.min(last - ahead, int(close, chosen))
    lastFree = Math.min(lastFree - ahead, real(latePrice, chosen) > 0 ? Math.min(int(due, chosen), int(close, chosen)) : int(close, chosen))
    latest[cell] = last
    free[cell] = lastFree
    next = floats[chosen] === 1 ? int(place, cell) : int(placeIn, chosen)
  }
  routes.load[slot] = load
  routes.placed[slot] = placed
  routes.floating[slot] = floating
  routes.soft[slot] = soft
  routes.cost[slot] = driven * day.travelPrice + soft + prices
  routes.version[slot] = ++routes.versions
  return possible && load <= int(day.capacity, technician)
}

/** Begins a trial: the technician's other slot becomes the one that counts, with a copy of the order. */
export function copyToOther(routes: Routes, technician: number): number {
  const from = int(routes.slot, technician)
  const to = from ^ 1
  const length = int(routes.length, from)
  const { opening, stride } = routes
  for (let cell = 0; cell < length; cell++) opening[to * stride + cell] = int(opening, from * stride + cell)
  routes.length[to] = length
  routes.slot[technician] = to
  return to
}

/** Puts an opening before a position; the slot has to be settled afterwards. */
export function putBefore(routes: Routes, slot: number, position: number, chosen: number): void {
  const length = int(routes.length, slot)
  if (length + 1 >= routes.stride) widen(routes)
  const { opening } = routes
  const base = slot * routes.stride
  for (let cell = base + length; cell > base + position; cell--) opening[cell] = int(opening, cell - 1)
  opening[base + position] = chosen
  routes.length[slot] = length + 1
}
