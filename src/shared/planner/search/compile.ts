import { isFixedBlock, isFixedStop, type PlanStop, type PlanTechnician, type Problem } from '../problem.ts'
import { type FixedDay, type FixedWork, fixedDay } from './fixedWork.ts'
import { type Opening, openingsOfBlock, openingsOfStop } from './openings.ts'

/**
 * A problem as the search wants it: tasks (stops, blocks, bundles of fixed work), each with the openings in which it may
 * begin and the technicians who may do it, in flat typed arrays.
 */
export interface Compiled {
  readonly problem: Problem
  readonly tasks: readonly Task[]
  readonly technicians: number
  /** Width of the travel table: the problem's places and one that is nowhere, from and to which nobody drives. */
  readonly places: number
  readonly travel: Int32Array
  /** Cents for a second. */
  readonly travelPrice: number

  /** By task. */
  readonly firstOpening: Int32Array
  readonly dropPrice: Float64Array
  readonly load: Int32Array
  readonly fixed: Uint8Array
  readonly firstChoice: Int32Array

  /** By choice: a technician who may do a task. */
  readonly choice: Int32Array
  readonly choicePrice: Float64Array

  /** By opening. `floats`: done wherever the technician is. */
  readonly taskOf: Int32Array
  readonly open: Int32Array
  readonly close: Int32Array
  readonly due: Int32Array
  readonly latePrice: Float64Array
  readonly openingPrice: Float64Array
  readonly placeIn: Int32Array
  readonly placeOut: Int32Array
  readonly seconds: Int32Array
  readonly floats: Uint8Array

  /** By technician. `alike`: the same number for those between whom an empty day makes no difference. */
  readonly from: Int32Array
  /** How many pieces of fixed work nothing may be put before: 0 or 1. */
  readonly firstPosition: Int32Array
  readonly until: Int32Array
  readonly shiftEnd: Int32Array
  readonly overtimePrice: Float64Array
  readonly startPlace: Int32Array
  readonly endPlace: Int32Array
  readonly capacity: Int32Array
  readonly alike: Int32Array
  readonly fixedTasks: readonly (readonly number[])[]
}

export type Task =
  | { readonly kind: 'stop'; readonly stop: number }
  | { readonly kind: 'block'; readonly technician: number; readonly block: number }
  | { readonly kind: 'fixed'; readonly technician: number; readonly work: FixedWork }

interface Choice {
  readonly technician: number
  readonly price: number
}

interface Draft {
  readonly task: Task
  readonly openings: readonly Opening[]
  readonly choices: readonly Choice[]
  readonly dropPrice: number
  readonly load: number
  readonly placeIn: number | null
  readonly placeOut: number | null
  readonly seconds: number
}

/** More than any price: what may not be left out is left out only where there is no way at all. */
const NEVER_DROPPED = 1e12

/** Who may do a stop, and what is added for each; a pinned stop has no choice and costs nothing for it. */
function choicesOf(stop: PlanStop, technicians: readonly PlanTechnician[], skilled: ReadonlyMap<string, ReadonlySet<number>>): Choice[] {
  const { pinned, promised, technicianPrices } = stop
  return technicians.flatMap(({ id }, technician) => {
    if (pinned.technicianId !== null) return pinned.technicianId === id ? [{ technician, price: 0 }] : []
    if (!stop.skills.every((skill) => skilled.get(skill)?.has(technician))) return []
    const other = promised?.technician != null && promised.technician.id !== id ? promised.technician.price : 0
    const price = (technicianPrices[id] ?? 0) + other
    return price === Number.POSITIVE_INFINITY ? [] : [{ technician, price }]
  })
}

function skilledBy(technicians: readonly PlanTechnician[]): ReadonlyMap<string, ReadonlySet<number>> {
  const skilled = new Map<string, Set<number>>()
  technicians.forEach(({ skills }, index) => {
    for (const skill of skills) skilled.set(skill, (skilled.get(skill) ?? new Set()).add(index))
  })
  return skilled
}

function draftsOf(problem: Problem, days: readonly FixedDay[]): readonly Draft[] {
  const skilled = skilledBy(problem.technicians)
  const stops = problem.stops.flatMap((stop, index): Draft[] => {
    if (isFixedStop(stop)) return []
    const { place, seconds, load, dropPrice } = stop
    return [{ task: { kind: 'stop', stop: index }, openings: openingsOfStop(stop, problem.now), choices: choicesOf(stop, problem.technicians, skilled), dropPrice, load, placeIn: place, placeOut: place, seconds }]
  })
  const blocks = problem.technicians.flatMap(({ blocks, shift }, technician) =>
    blocks.flatMap((block, index): Draft[] => {
      if (isFixedBlock(block)) return []
      const { place, seconds } = block
      const openings = openingsOfBlock(block, Math.max(shift.from, problem.now ?? Number.NEGATIVE_INFINITY))
      return [{ task: { kind: 'block', technician, block: index }, openings, choices: [{ technician, price: 0 }], dropPrice: block.skipPrice, load: 0, placeIn: place, placeOut: place, seconds }]
    }),
  )
  const fixed = days.flatMap(({ work }, technician) =>
    work.map((piece): Draft => {
      const { placeIn, placeOut, load, start, end } = piece
      const openings = [{ open: start, close: start, due: start, latePrice: 0, price: 0 }]
      return { task: { kind: 'fixed', technician, work: piece }, openings, choices: [{ technician, price: 0 }], dropPrice: NEVER_DROPPED, load, placeIn, placeOut, seconds: end - start }
    }),
  )
  return [...stops, ...blocks, ...fixed]
}

/** The travel table with one more place, nowhere. */
function withNowhere({ places, seconds }: Problem['travel']): Int32Array {
  const width = places + 1
  const table = new Int32Array(width * width)
  for (let row = 0; row < places; row++) {
    table.set(seconds.subarray(row * places, (row + 1) * places), row * width)
    table[row * width + row] = 0
  }
  return table
}

const ints = <Item>(items: readonly Item[], value: (item: Item) => number): Int32Array => Int32Array.from(items, value)
const reals = <Item>(items: readonly Item[], value: (item: Item) => number): Float64Array => Float64Array.from(items, value)

/** Where each item's parts begin, and after the last where they end. */
function starts<Item>(items: readonly Item[], count: (item: Item) => number): Int32Array {
  const first = new Int32Array(items.length + 1)
  items.forEach((item, index) => {
    first[index + 1] = (first[index] ?? 0) + count(item)
  })
  return first
}

const dayKey = ({ shift, overtime, startPlace, endPlace, capacity }: PlanTechnician): string => JSON.stringify([shift, overtime, startPlace, endPlace, capacity])

/** Technicians with the same number could change their empty days. */
function alikeBy(technicians: readonly PlanTechnician[], drafts: readonly Draft[]): Int32Array {
  const keys = technicians.map(dayKey)
  const times = new Map<string, number>()
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1)
  // What they may do is compared only where the rest is the same, which in an office of homes it never is.
  const able = new Map<number, string[]>()
  keys.forEach((key, index) => {
    if ((times.get(key) ?? 0) > 1) able.set(index, [])
  })
  if (able.size > 0) {
    drafts.forEach(({ choices }, task) => {
      for (const { technician, price } of choices) able.get(technician)?.push(`${task}:${price}`)
    })
  }
  const numbers = new Map<string, number>()
  return Int32Array.from(keys, (key, index) => {
    const whole = able.has(index) ? `${key} ${able.get(index)?.join(' ')}` : `${index}`
    const number = numbers.get(whole) ?? numbers.size
    numbers.set(whole, number)
    return number
  })
}

export function compile(problem: Problem): Compiled {
  const { technicians, travel } = problem
  const pinnedTo = new Map<string, number[]>()
  problem.stops.forEach(({ pinned: { technicianId } }, index) => {
    if (technicianId === null) return
    const indexes = pinnedTo.get(technicianId) ?? []
    indexes.push(index)
    pinnedTo.set(technicianId, indexes)
  })
  const days = technicians.map((technician) => fixedDay(problem, technician, pinnedTo.get(technician.id) ?? []))
  const drafts = draftsOf(problem, days)
  const openings = drafts.flatMap((draft, task) => draft.openings.map((opening) => ({ ...opening, task, draft })))
  const choices = drafts.flatMap((draft) => draft.choices)
  const nowhere = travel.places
  return {
    problem,
    tasks: drafts.map(({ task }) => task),
    technicians: technicians.length,
    places: travel.places + 1,
    travel: withNowhere(travel),
    travelPrice: problem.travelPrice / 60,
    firstOpening: starts(drafts, (draft) => draft.openings.length),
    dropPrice: reals(drafts, ({ dropPrice }) => Math.min(dropPrice, NEVER_DROPPED)),
    load: ints(drafts, ({ load }) => load),
    fixed: Uint8Array.from(drafts, ({ task }) => Number(task.kind === 'fixed')),
    firstChoice: starts(drafts, (draft) => draft.choices.length),
    choice: ints(choices, ({ technician }) => technician),
    choicePrice: reals(choices, ({ price }) => price),
    taskOf: ints(openings, ({ task }) => task),
    open: ints(openings, ({ open }) => open),
    close: ints(openings, ({ close }) => close),
    due: ints(openings, ({ due }) => due),
    latePrice: reals(openings, ({ latePrice }) => latePrice),
    openingPrice: reals(openings, ({ price }) => price),
    placeIn: ints(openings, ({ draft }) => draft.placeIn ?? nowhere),
    placeOut: ints(openings, ({ draft }) => draft.placeOut ?? nowhere),
    seconds: ints(openings, ({ draft }) => draft.seconds),
    floats: Uint8Array.from(openings, ({ draft }) => Number(draft.placeIn === null)),
    from: ints(days, ({ from }) => from),
    firstPosition: ints(days, ({ beginsFixed }) => Number(beginsFixed)),
    until: ints(days, ({ until }) => until),
    shiftEnd: ints(technicians, ({ shift }) => shift.to),
    overtimePrice: reals(technicians, ({ overtime }) => (overtime?.price ?? 0) / 60),
    startPlace: ints(technicians, ({ startPlace }) => startPlace ?? nowhere),
    endPlace: ints(technicians, ({ endPlace }) => endPlace ?? nowhere),
    capacity: ints(technicians, ({ capacity }) => capacity ?? 0x7fffffff),
    alike: alikeBy(technicians, drafts),
    fixedTasks: technicians.map((_, technician) => drafts.flatMap(({ task }, index) => (task.kind === 'fixed' && task.technician === technician ? [index] : []))),
  }
}
