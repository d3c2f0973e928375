import { int, real } from './cells.ts'
import type { Compiled } from './compile.ts'
import { findInsertion, type Insertions, noInsertions } from './insertion.ts'
import type { Random } from './random.ts'
import { copyToOther, emptyRoutes, putBefore, type Routes, settle } from './routes.ts'

/** The state of a search: the routes, who has which task, and the trial that is being made. */
export interface Search {
  readonly day: Compiled
  readonly routes: Routes
  readonly insertions: Insertions
  readonly random: Random
  /** By task, as accepted: its technician, or -1. */
  readonly where: Int32Array
  /** Tasks without a technician in the accepted state. */
  readonly absent: Int32Array
  absentCount: number
  /** How many of them this trial tries: the first ones. */
  tried: number

  /** The tasks the trial has taken out or tries again, and where it puts each: a technician, or -1. */
  readonly loose: Int32Array
  looseCount: number
  readonly put: Int32Array
  /** By technician: the trial's number if it has changed the route. */
  readonly touched: Int32Array
  readonly touchedList: Int32Array
  touchedCount: number
  trial: number

  /** By kind of empty day, to look at one of them only. */
  readonly seenAlike: Int32Array
  insertionsMade: number
  readonly sortKeys: Float64Array
  /** Positions until one is overlooked on purpose. */
  untilBlink: number
}

export function newSearch(day: Compiled, random: Random): Search {
  const tasks = day.tasks.length
  return {
    day,
    routes: emptyRoutes(day),
    insertions: noInsertions(day),
    random,
    where: new Int32Array(tasks).fill(-1),
    absent: new Int32Array(tasks),
    absentCount: 0,
    tried: 0,
    loose: new Int32Array(tasks),
    looseCount: 0,
    put: new Int32Array(tasks),
    touched: new Int32Array(day.technicians),
    touchedList: new Int32Array(day.technicians),
    touchedCount: 0,
    trial: 0,
    seenAlike: new Int32Array(day.technicians),
    insertionsMade: 0,
    sortKeys: new Float64Array(tasks),
    // Nothing is overlooked while the first plan is made.
    untilBlink: Number.POSITIVE_INFINITY,
  }
}

/** One position in a hundred is overlooked, so that the cheapest is not always taken (Christiaens and Vanden Berghe 2020, section 5.3). */
const BLINK = 0.01
export const blinksApart = (random: Random): number => Math.floor(Math.log(1 - random.next()) / Math.log(1 - BLINK))

/** On a day with far too much work not everything that is left over is tried every time. */
export const MOST_TRIED = 20

/** Begins a trial: nothing is touched, and what was absent is tried again. */
export function beginTrial(search: Search, mostTried: number): void {
  const { absent, absentCount, random } = search
  search.trial += 1
  search.touchedCount = 0
  search.tried = Math.min(absentCount, mostTried)
  for (let index = 0; index < search.tried; index++) {
    if (absentCount > mostTried) {
      const other = index + random.below(absentCount - index)
      const task = int(absent, other)
      absent[other] = int(absent, index)
      absent[index] = task
    }
    search.loose[index] = int(absent, index)
  }
  search.looseCount = search.tried
}

/** The slot of a technician in which the trial may write. */
export function touch(search: Search, technician: number): number {
  if (int(search.touched, technician) === search.trial) return int(search.routes.slot, technician)
  search.touched[technician] = search.trial
  search.touchedList[search.touchedCount++] = technician
  return copyToOther(search.routes, technician)
}

/** Takes back what was done to the technician touched last. */
export function untouchLast(search: Search): void {
  const technician = int(search.touchedList, --search.touchedCount)
  search.touched[technician] = 0
  search.routes.slot[technician] = int(search.routes.slot, technician) ^ 1
}

/** Puts every loose task, in the order given, where it costs least; what fits nowhere, or is dearer than leaving it out, gets -1. */
export function insertLoose(search: Search): void {
  const { day, routes, insertions, loose, put, seenAlike, random } = search
  for (let index = 0; index < search.looseCount; index++) {
    const task = int(loose, index)
    const last = int(day.firstChoice, task + 1)
    let best = real(day.dropPrice, task)
    let bestChoice = -1
    const stamp = ++search.insertionsMade
    for (let choice = int(day.firstChoice, task); choice < last; choice++) {
      const technician = int(day.choice, choice)
      const slot = int(routes.slot, technician)
      if (int(routes.length, slot) === 0) {
        const kind = int(day.alike, technician)
        if (int(seenAlike, kind) === stamp) continue
        seenAlike[kind] = stamp
      }
      if (int(insertions.version, choice) !== int(routes.version, slot)) findInsertion(day, routes, insertions, task, choice)
      const added = real(insertions.added, choice)
      if (added >= best) continue
      if (search.untilBlink-- <= 0) {
        search.untilBlink = blinksApart(random)
        continue
      }
      best = added
      bestChoice = choice
    }
    if (bestChoice < 0) {
      put[task] = -1
      continue
    }
    const technician = int(day.choice, bestChoice)
    const slot = touch(search, technician)
    putBefore(routes, slot, int(insertions.position, bestChoice), int(insertions.opening, bestChoice))
    settle(day, routes, slot)
    put[task] = technician
  }
}

/** True where both slots of a technician hold the same order. */
function isSame(routes: Routes, technician: number): boolean {
  const slot = int(routes.slot, technician)
  const other = slot ^ 1
  const length = int(routes.length, slot)
  if (length !== int(routes.length, other)) return false
  const { opening, stride } = routes
  for (let cell = 0; cell < length; cell++) if (int(opening, slot * stride + cell) !== int(opening, other * stride + cell)) return false
  return true
}

/** Cents that the trial is dearer than the accepted state. */
export function trialDifference(search: Search): number {
  const { day, routes, touchedList, loose, put, where } = search
  let difference = 0
  for (let index = 0; index < search.touchedCount; index++) {
    const slot = int(routes.slot, int(touchedList, index))
    difference += real(routes.cost, slot) - real(routes.cost, slot ^ 1)
  }
  for (let index = 0; index < search.looseCount; index++) {
    const task = int(loose, index)
    if (int(put, task) < 0) difference += real(day.dropPrice, task)
    if (int(where, task) < 0) difference -= real(day.dropPrice, task)
  }
  return difference
}

/** Gives the trial up. */
export function rejectTrial({ routes, touchedList, touchedCount }: Search): void {
  for (let index = 0; index < touchedCount; index++) {
    const technician = int(touchedList, index)
    routes.slot[technician] = int(routes.slot, technician) ^ 1
  }
}

/** Makes the trial the accepted state. Routes that have become what they were keep their version, and with it what is known of them. */
export function acceptTrial(search: Search): void {
  const { routes, touchedList, loose, put, where, absent } = search
  for (let index = 0; index < search.touchedCount; index++) {
    const technician = int(touchedList, index)
    if (isSame(routes, technician)) routes.slot[technician] = int(routes.slot, technician) ^ 1
  }
  const untried = search.absentCount - search.tried
  for (let index = 0; index < untried; index++) absent[index] = int(absent, search.tried + index)
  search.absentCount = untried
  for (let index = 0; index < search.looseCount; index++) {
    const task = int(loose, index)
    where[task] = int(put, task)
    if (int(put, task) < 0) absent[search.absentCount++] = task
  }
}
