import { int, real } from './cells.ts'
import type { Compiled } from './compile.ts'
import { softAdded } from './insertion.ts'
import type { Routes } from './routes.ts'

/** Driving times between a place that is not in the table and those that are, by place; nowhere is the last and has 0. */
export interface NewPlace {
  readonly to: Int32Array
  readonly from: Int32Array
}

/** A stretch of time in which a new stop could begin between two things of a route. */
export interface Gap {
  readonly earliest: number
  readonly latest: number
  /** Beginning by then makes nothing late and no overtime. */
  readonly free: number
  readonly addedTravel: number
  /** The drive to it, whatever it replaces. */
  readonly drive: number
  /** The cells of the route that come after it: lunch perhaps, and what is driven to. */
  readonly cell: number
  readonly next: number
  /** The drive there. */
  readonly onwards: number
}

/** When an opening has to be begun at the latest for what follows to be reached by `limit`; never where it opens after that. */
function latestBefore(day: Compiled, opening: number, limit: number): number {
  const latest = Math.min(limit - int(day.seconds, opening), int(day.close, opening))
  return latest < int(day.open, opening) ? Number.NEGATIVE_INFINITY : latest
}

/** All gaps of a technician, in order; a stop of `seconds` fits into those whose `earliest` is not after their `latest`. */
export function gapsFor(day: Compiled, routes: Routes, technician: number, place: NewPlace, seconds: number): readonly Gap[] {
  const slot = int(routes.slot, technician)
  const base = slot * routes.stride
  const end = base + int(routes.length, slot)
  const home = int(day.endPlace, technician)
  const drives = int(routes.placed, slot) > 0
  const until = int(day.until, technician)
  const freeUntil = real(day.overtimePrice, technician) > 0 ? Math.min(until, int(day.shiftEnd, technician)) : until
  const gaps: Gap[] = []
  for (let cell = base + int(day.firstPosition, technician); cell <= end; cell++) {
    const from = cell > base ? int(routes.place, cell - 1) : int(day.startPlace, technician)
    const drive = int(place.to, from)
    const earliest = (cell > base ? int(routes.end, cell - 1) : int(day.from, technician)) + drive
    let next = cell
    while (next < end && day.floats[int(routes.opening, next)] === 1) next += 1
    const to = next < end ? int(day.placeIn, int(routes.opening, next)) : home
    const onwards = int(place.from, to)
    let latest = (next < end ? int(routes.latest, next) : until) - onwards
    let free = (next < end ? int(routes.free, next) : freeUntil) - onwards
    // Lunch between the two is taken first, wherever the technician is.
    for (let between = next - 1; between >= cell; between--) {
      const opening = int(routes.opening, between)
      latest = latestBefore(day, opening, latest)
      free = latestBefore(day, opening, free)
    }
    latest -= seconds
    free -= seconds
    const addedTravel = drive + onwards - (drives ? int(day.travel, from * day.places + to) : 0)
    gaps.push({ earliest, latest, free, addedTravel, drive, cell, next, onwards })
  }
  return gaps
}

/** Cents for what becomes late or overtime where a new stop is at work from `start` to `end` in a gap; 0 up to the gap's `free`. */
export function softPrice(day: Compiled, routes: Routes, technician: number, gap: Gap, { start, end }: { readonly start: number; readonly end: number }): number {
  if (start <= gap.free) return 0
  let time = end
  for (let cell = gap.cell; cell < gap.next; cell++) {
    const opening = int(routes.opening, cell)
    time = Math.max(time, int(day.open, opening)) + int(day.seconds, opening)
  }
  return Math.max(0, softAdded(day, routes, int(routes.slot, technician), gap.next, time + gap.onwards))
}
