import { int, real } from './cells.ts'
import type { Compiled } from './compile.ts'
import type { Routes } from './routes.ts'

/**
 * The best place of a task in a route, remembered by choice (task and technician) for as long as the route stays the same:
 * most routes do from one trial to the next.
 */
export interface Insertions {
  readonly version: Int32Array
  /** Cents that the route becomes dearer; Infinity where the task does not fit. */
  readonly added: Float64Array
  readonly position: Int32Array
  readonly opening: Int32Array
}

export function noInsertions({ choice }: Compiled): Insertions {
  const { length } = choice
  return { version: new Int32Array(length), added: new Float64Array(length), position: new Int32Array(length), opening: new Int32Array(length) }
}

/** Cents for lateness and overtime from a cell on, if it is reached at `time`; the cell may be the route's end. */
function softFrom(day: Compiled, routes: Routes, slot: number, cell: number, time: number): number {
  const technician = slot >> 1
  const end = slot * routes.stride + int(routes.length, slot)
  let [soft, at] = [0, time]
  for (let here = cell; here < end; here++) {
    const chosen = int(routes.opening, here)
    at = Math.max(at, int(day.open, chosen))
    if (at > int(day.due, chosen)) soft += (at - int(day.due, chosen)) * real(day.latePrice, chosen)
    at += int(day.seconds, chosen)
    const place = int(routes.place, here)
    const following = here + 1 < end ? int(routes.opening, here + 1) : -1
    if (following < 0) at += int(day.travel, place * day.places + int(day.endPlace, technician))
    else if (day.floats[following] === 0) at += int(day.travel, place * day.places + int(day.placeIn, following))
  }
  const shiftEnd = int(day.shiftEnd, technician)
  return at > shiftEnd ? soft + (at - shiftEnd) * real(day.overtimePrice, technician) : soft
}

/** What lateness and overtime become dearer where a cell is reached at `time` instead of when it is now. */
export function softAdded(day: Compiled, routes: Routes, slot: number, cell: number, time: number): number {
  return softFrom(day, routes, slot, cell, time) - (real(routes.soft, slot) - real(routes.softBefore, cell))
}

/** Looks at every position of a technician's route for a task, and remembers the cheapest. */
export function findInsertion(day: Compiled, routes: Routes, insertions: Insertions, task: number, choice: number): void {
  const technician = int(day.choice, choice)
  const slot = int(routes.slot, technician)
  const { places, travel, travelPrice, floats, open, close, due, latePrice, openingPrice, placeIn, placeOut, seconds } = day
  const { opening, begin, end, place, latest, free } = routes
  const base = slot * routes.stride
  const length = int(routes.length, slot)
  const routeEnd = base + length
  const home = int(day.endPlace, technician)
  const until = int(day.until, technician)
  const overtimePrice = real(day.overtimePrice, technician)
  const freeUntil = overtimePrice > 0 ? Math.min(until, int(day.shiftEnd, technician)) : until
  const drives = int(routes.placed, slot) > 0
  const plain = int(routes.floating, slot) === 0
  const lastOpening = int(day.firstOpening, task + 1)
  let [best, bestCell, bestOpening] = [Number.POSITIVE_INFINITY, -1, -1]
  const fits = int(routes.load, slot) + int(day.load, task) <= int(day.capacity, technician)
  for (let chosen = fits ? int(day.firstOpening, task) : lastOpening; chosen < lastOpening; chosen++) {
    const opens = int(open, chosen)
    const closes = int(close, chosen)
    const work = int(seconds, chosen)
    const into = int(placeIn, chosen)
    const out = int(placeOut, chosen)
    const isFloating = floats[chosen] === 1
    let cell = base + int(day.firstPosition, technician)
    // What has to begin before this task could be done stays before it.
    if (plain) while (cell < routeEnd && int(latest, cell) < opens + work) cell++
    for (; cell <= routeEnd; cell++) {
      const from = cell > base ? int(place, cell - 1) : int(day.startPlace, technician)
      let time = cell > base ? int(end, cell - 1) : int(day.from, technician)
      if (time > closes) break
      let next = cell
      let driven = 0
      if (isFloating) {
        if (time < opens) time = opens
        time += work
        if (next < routeEnd) {
          const following = int(opening, next)
          if (floats[following] === 0) time += int(travel, from * places + int(placeIn, following))
        } else if (drives) time += int(travel, from * places + home)
      } else {
        const there = int(travel, from * places + into)
        time += there
        if (time > closes) continue
        if (time < opens) time = opens
        time += work
        if (!plain) {
          // What is done wherever the technician is comes before the drive.
          while (next < routeEnd) {
            const following = int(opening, next)
            if (floats[following] === 0) break
            if (time < int(open, following)) time = int(open, following)
            if (time > int(close, following)) break
            time += int(seconds, following)
            next += 1
          }
          if (next < routeEnd && floats[int(opening, next)] === 1) continue
        }
        const to = next < routeEnd ? int(placeIn, int(opening, next)) : home
        const onwards = int(travel, out * places + to)
        time += onwards
        driven = there + onwards - (drives ? int(travel, from * places + to) : 0)
      }
      if (time > (next < routeEnd ? int(latest, next) : until)) continue
      let added = driven * travelPrice + real(openingPrice, chosen)
      if (added >= best) continue
      if (real(latePrice, chosen) > 0) {
        const begins = Math.max(opens, (cell > base ? int(end, cell - 1) : int(day.from, technician)) + (isFloating ? 0 : int(travel, from * places + into)))
        if (begins > int(due, chosen)) added += (begins - int(due, chosen)) * real(latePrice, chosen)
      }
      const undisturbed = next < routeEnd ? time <= int(free, next) || time <= int(begin, next) : time <= freeUntil
      if (!undisturbed) added += softAdded(day, routes, slot, next, time)
      if (added >= best) continue
      best = added
      bestCell = cell
      bestOpening = chosen
    }
  }
  insertions.version[choice] = int(routes.version, slot)
  insertions.added[choice] = best + real(day.choicePrice, choice)
  insertions.position[choice] = bestCell - base
  insertions.opening[choice] = bestOpening
}
