import { type Budget, progressOf } from './budget.ts'
import { int } from './cells.ts'
import type { Compiled } from './compile.ts'
import { fixedOrder, layWhatFits, orderOf } from './layout.ts'
import { nearness } from './nearness.ts'
import { randomFrom } from './random.ts'
import { orderLoose, ruin } from './ruin.ts'
import { acceptTrial, beginTrial, blinksApart, insertLoose, MOST_TRIED, newSearch, rejectTrial, type Search, trialDifference } from './trial.ts'

export interface SearchOptions {
  readonly seed: number
  readonly budget: Budget
  /** Where to begin; null: with what stands fixed alone. */
  readonly from: StartingPoint | null
  /** How dear a change may be at first and at last, in drives to the fifth neighbour. */
  readonly heat: { readonly first: number; readonly last: number }
}

export interface StartingPoint {
  /** By technician the openings in order, fixed work included. */
  readonly orders: readonly (readonly number[])[]
  /** By task the technician with whom it counts as not moved; -1 where it doesn't matter. */
  readonly home: Int32Array
  /** No more of them are elsewhere at the end. */
  readonly mostMoved: number
}

export interface SearchResult {
  /** By technician the openings in order. */
  readonly orders: readonly Int32Array[]
  readonly rounds: number
}

/** Tasks that somebody could do at some time. */
const isPossible = (day: Compiled, task: number): boolean =>
  int(day.firstOpening, task) < int(day.firstOpening, task + 1) && int(day.firstChoice, task) < int(day.firstChoice, task + 1)

function layStart(search: Search, from: StartingPoint | null): void {
  const { day, routes, where, absent } = search
  for (let technician = 0; technician < day.technicians; technician++) {
    layWhatFits(day, routes, technician, from?.orders[technician] ?? fixedOrder(day, technician))
    for (const chosen of orderOf(routes, technician)) where[int(day.taskOf, chosen)] = technician
  }
  for (let task = 0; task < day.tasks.length; task++) if (int(where, task) < 0 && isPossible(day, task)) absent[search.absentCount++] = task
  beginTrial(search, Number.POSITIVE_INFINITY)
  orderLoose(search)
  insertLoose(search)
  acceptTrial(search)
}

/** How many of the trial's tasks would be away from home, less those who are now. */
function movedMore({ loose, looseCount, where, put }: Search, home: Int32Array): number {
  let more = 0
  for (let index = 0; index < looseCount; index++) {
    const task = int(loose, index)
    const at = int(home, task)
    if (at >= 0) more += Number(int(put, task) !== at) - Number(int(where, task) !== at)
  }
  return more
}

function movedNow({ day, where }: Search, home: Int32Array): number {
  let moved = 0
  for (let task = 0; task < day.tasks.length; task++) if (int(home, task) >= 0 && int(where, task) !== int(home, task)) moved += 1
  return moved
}

/** The best routes so far; only those that have changed since are copied. */
class Best {
  readonly orders: Int32Array[]
  readonly #versions: Int32Array

  constructor({ day, routes }: Search) {
    this.orders = Array.from({ length: day.technicians }, (_, technician) => orderOf(routes, technician))
    this.#versions = Int32Array.from(this.orders, (_, technician) => int(routes.version, int(routes.slot, technician)))
  }

  take({ routes }: Search): void {
    for (let technician = 0; technician < this.orders.length; technician++) {
      const version = int(routes.version, int(routes.slot, technician))
      if (version === int(this.#versions, technician)) continue
      this.#versions[technician] = version
      this.orders[technician] = orderOf(routes, technician)
    }
  }
}

/**
 * Ruin and recreate under simulated annealing: takes some neighbouring stops out, puts them back where they cost least, and
 * keeps the result if it is better, or at first not much worse.
 */
export function anneal(day: Compiled, { seed, budget, from, heat }: SearchOptions): SearchResult {
  const progress = progressOf(budget)
  const random = randomFrom(seed)
  const search = newSearch(day, random)
  layStart(search, from)
  search.untilBlink = blinksApart(random)
  const best = new Best(search)
  const near = nearness(day)
  const seeds = Int32Array.from(day.tasks.keys().filter((task) => day.fixed[task] === 0 && isPossible(day, task) && (near.of[task]?.length ?? 0) > 0))
  if (seeds.length === 0) return { orders: best.orders, rounds: 0 }
  // Costs are counted from the start; only differences matter.
  let [current, least, moved] = [0, 0, from ? movedNow(search, from.home) : 0]
  let rounds = 0
  for (let done = progress(0); done < 1; done = progress(++rounds)) {
    const temperature = near.step * heat.first * (heat.last / heat.first) ** done
    beginTrial(search, MOST_TRIED)
    ruin(search, near, int(seeds, random.below(seeds.length)))
    orderLoose(search)
    insertLoose(search)
    const difference = trialDifference(search)
    const more = from ? movedMore(search, from.home) : 0
    const tooMany = from !== null && more > 0 && moved + more > from.mostMoved
    if (tooMany || difference >= -temperature * Math.log(1 - random.next())) {
      rejectTrial(search)
      continue
    }
    acceptTrial(search)
    current += difference
    moved += more
    if (current < least - 1e-6) {
      least = current
      best.take(search)
    }
  }
  return { orders: best.orders, rounds }
}
