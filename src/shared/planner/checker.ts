import type { Plan, PlanCost, PlanEntry, PlanRoute } from './plan.ts'
import { isFixedBlock, isFixedStop, type PlanBlock, type PlanStop, type PlanTechnician, type PlanWindow, type Problem } from './problem.ts'

/**
 * Looks at a plan with the problem alone, in plain steps. It shares no arithmetic with the planner, so that a mistake in one
 * is not a mistake in both: tests and the bench put every plan before it.
 */

export interface PlanFault {
  readonly kind: 'unknown' | 'twice' | 'missing' | 'technician' | 'skill' | 'window' | 'pinned' | 'overlap' | 'shift' | 'past' | 'load' | 'block' | 'length' | 'travel' | 'cost'
  readonly technicianId: string | null
  readonly id: string | null
  readonly message: string
}

export interface PlanCheck {
  readonly faults: readonly PlanFault[]
  /** Counted anew from the routes. */
  readonly cost: PlanCost
}

/** What an entry is about: a stop or a block of this technician. */
type Thing = { readonly kind: 'stop'; readonly stop: PlanStop } | { readonly kind: 'block'; readonly block: PlanBlock }

const isFixed = (thing: Thing): boolean => (thing.kind === 'stop' ? isFixedStop(thing.stop) : isFixedBlock(thing.block))
const placeOf = (thing: Thing): number | null => (thing.kind === 'stop' ? thing.stop.place : thing.block.place)
const secondsOf = (thing: Thing): number => (thing.kind === 'stop' ? thing.stop.seconds : thing.block.seconds)

function travelBetween({ travel }: Problem, from: number | null, to: number | null): number {
  return from === null || to === null || from === to ? 0 : (travel.seconds[from * travel.places + to] ?? Number.NaN)
}

/** Cents for a beginning in one of a stop's windows, and how much of it is lateness in seconds; null where the window forbids it. */
function priceInWindow(window: PlanWindow, start: number): { readonly price: number; readonly lateSeconds: number; readonly late: number } | null {
  if (start < window.from) return null
  if (start <= window.to) return { price: window.price, lateSeconds: 0, late: 0 }
  if (window.late === null || start > window.late.until) return null
  const lateSeconds = start - window.to
  return { price: window.price, lateSeconds, late: (lateSeconds / 60) * window.late.price }
}

/** The cheapest window that admits a beginning, with the promise that is broken by it. */
function windowPrice(stop: PlanStop, start: number): { readonly windows: number; readonly lateSeconds: number; readonly late: number } | null {
  if (stop.pinned.start !== null) return { windows: 0, lateSeconds: 0, late: 0 }
  const answers = stop.windows.map((window) => priceInWindow(window, start)).filter((answer) => answer !== null)
  const best = answers.toSorted((left, right) => left.price + left.late - right.price - right.late || left.lateSeconds - right.lateSeconds)[0]
  if (!best) return null
  const promise = stop.promised?.window ?? null
  const broken = promise !== null && (start < promise.from || start > promise.to) ? promise.price : 0
  return { windows: best.price + broken, lateSeconds: best.lateSeconds, late: best.late }
}

function technicianPrice(stop: PlanStop, technicianId: string): number {
  if (stop.pinned.technicianId !== null) return 0
  const promise = stop.promised?.technician ?? null
  return (stop.technicianPrices[technicianId] ?? 0) + (promise !== null && promise.id !== technicianId ? promise.price : 0)
}

interface Count {
  travelSeconds: number
  overtimeSeconds: number
  lateSeconds: number
  overtime: number
  late: number
  windows: number
  technicians: number
}

class Inspection {
  readonly faults: PlanFault[] = []
  readonly count: Count = { travelSeconds: 0, overtimeSeconds: 0, lateSeconds: 0, overtime: 0, late: 0, windows: 0, technicians: 0 }
  readonly #problem: Problem
  readonly #stops: ReadonlyMap<string, PlanStop>

  constructor(problem: Problem) {
    this.#problem = problem
    this.#stops = new Map(problem.stops.map((stop) => [stop.id, stop]))
  }

  fault(kind: PlanFault['kind'], technicianId: string | null, id: string | null, message: string): void {
    this.faults.push({ kind, technicianId, id, message })
  }

  #thing(technician: PlanTechnician, entry: PlanEntry): Thing | null {
    if (entry.kind === 'stop') {
      const stop = this.#stops.get(entry.id)
      return stop ? { kind: 'stop', stop } : null
    }
    const block = technician.blocks.find(({ id }) => id === entry.id)
    return block ? { kind: 'block', block } : null
  }

  route(technician: PlanTechnician, route: PlanRoute): void {
    const problem = this.#problem
    const { id } = technician
    const known = route.entries.flatMap((entry) => {
      const thing = this.#thing(technician, entry)
      if (!thing) this.fault('unknown', id, entry.id, 'is not in the problem')
      return thing ? [{ entry, thing }] : []
    })
    let place = technician.startPlace
    let freeAt = Number.NEGATIVE_INFINITY
    let previousFixed = true
    let placed = false
    let load = 0
    for (const { entry, thing } of known) {
      const fixed = isFixed(thing)
      const drive = placeOf(thing) === null ? 0 : travelBetween(problem, place, placeOf(thing))
      this.#timing(technician, { entry, thing, drive, freeAt, loose: fixed && previousFixed })
      if (thing.kind === 'stop') {
        this.#stop(technician, thing.stop, entry)
        load += thing.stop.load
      } else this.#block(technician, thing.block, entry)
      place = placeOf(thing) ?? place
      placed ||= placeOf(thing) !== null
      freeAt = Math.max(freeAt, entry.endsAt)
      previousFixed = fixed
      this.count.travelSeconds += drive
    }
    if (technician.capacity !== null && load > technician.capacity) this.fault('load', id, null, `${load} in a van for ${technician.capacity}`)
    const home = placed ? travelBetween(problem, place, technician.endPlace) : 0
    const endsAt = known.length === 0 ? technician.shift.from : freeAt + home
    if (home !== route.homeSeconds) this.fault('travel', id, null, `the drive home is ${home} s, said to be ${route.homeSeconds}`)
    if (endsAt !== route.endsAt) this.fault('shift', id, null, `ends at ${endsAt}, said to end at ${route.endsAt}`)
    this.count.travelSeconds += home
    const allowed = this.#allowedEnd(technician)
    if (endsAt > allowed) this.fault('shift', id, null, `ends at ${endsAt}, allowed until ${allowed}`)
    const over = technician.overtime === null ? 0 : Math.max(0, endsAt - technician.shift.to)
    this.count.overtimeSeconds += over
    this.count.overtime += (over / 60) * (technician.overtime?.price ?? 0)
  }

  /** What stands fixed for a technician, in order. */
  #fixedOf(technician: PlanTechnician): readonly { readonly start: number; readonly end: number; readonly place: number | null }[] {
    const stops = this.#problem.stops.flatMap(({ pinned, seconds, place }) =>
      pinned.technicianId === technician.id && pinned.start !== null ? [{ start: pinned.start, end: pinned.start + seconds, place }] : [],
    )
    const blocks = technician.blocks.filter(isFixedBlock).map((block) => ({ start: block.earliest, end: block.earliest + block.seconds, place: block.place }))
    return [...stops, ...blocks].sort((left, right) => left.start - right.start || left.end - right.end)
  }

  /** The shift and its overtime; or what stands fixed beyond it and the drive home, which nobody begins before now. */
  #allowedEnd(technician: PlanTechnician): number {
    const lower = Math.max(technician.shift.from, this.#problem.now ?? Number.NEGATIVE_INFINITY)
    const fixed = this.#fixedOf(technician).map((work) => (work.start < lower ? { ...work, end: Math.max(work.end, lower) } : work))
    const upper = Math.max(technician.shift.to, technician.overtime?.until ?? Number.NEGATIVE_INFINITY)
    const lastPlace = fixed.findLast(({ place }) => place !== null)?.place ?? technician.startPlace
    return Math.max(upper, ...fixed.map(({ end }) => end + travelBetween(this.#problem, lastPlace, technician.endPlace)))
  }

  #timing(technician: PlanTechnician, at: { readonly entry: PlanEntry; readonly thing: Thing; readonly drive: number; readonly freeAt: number; readonly loose: boolean }): void {
    const { entry, thing, drive, freeAt, loose } = at
    const { id } = technician
    if (entry.endsAt - entry.startsAt !== secondsOf(thing)) this.fault('length', id, entry.id, `takes ${entry.endsAt - entry.startsAt} s instead of ${secondsOf(thing)}`)
    if (entry.travelSeconds !== drive) this.fault('travel', id, entry.id, `the drive is ${drive} s, said to be ${entry.travelSeconds}`)
    if (!loose && entry.startsAt < freeAt + drive) this.fault('overlap', id, entry.id, `begins at ${entry.startsAt}, can't before ${freeAt + drive}`)
    if (isFixed(thing)) return
    const { now } = this.#problem
    const from = technician.shift.from + (freeAt === Number.NEGATIVE_INFINITY ? drive : 0)
    if (entry.startsAt < from) this.fault('shift', id, entry.id, `begins at ${entry.startsAt}, can't before ${from}`)
    if (now !== null && entry.startsAt < now + drive) this.fault('past', id, entry.id, `begins at ${entry.startsAt}, nobody can be there before ${now + drive}`)
  }

  #stop(technician: PlanTechnician, stop: PlanStop, entry: PlanEntry): void {
    const { id } = technician
    const { pinned } = stop
    if (pinned.technicianId === null) {
      const missing = stop.skills.filter((skill) => !technician.skills.includes(skill))
      if (missing.length > 0) this.fault('skill', id, stop.id, `needs ${missing.join(', ')}`)
    } else if (pinned.technicianId !== id) this.fault('pinned', id, stop.id, `belongs to ${pinned.technicianId}`)
    if (pinned.start !== null && pinned.start !== entry.startsAt) this.fault('pinned', id, stop.id, `stands at ${pinned.start}, is planned at ${entry.startsAt}`)
    const price = technicianPrice(stop, id)
    if (price === Number.POSITIVE_INFINITY) this.fault('technician', id, stop.id, 'never this technician')
    this.count.technicians += price
    const window = windowPrice(stop, entry.startsAt)
    if (!window) this.fault('window', id, stop.id, `begins at ${entry.startsAt}, outside its windows`)
    this.count.windows += window?.windows ?? 0
    this.count.late += window?.late ?? 0
    this.count.lateSeconds += window?.lateSeconds ?? 0
  }

  #block(technician: PlanTechnician, block: PlanBlock, entry: PlanEntry): void {
    const latest = Math.max(block.earliest, block.latest)
    if (entry.startsAt < block.earliest || entry.startsAt > latest) this.fault('block', technician.id, block.id, `begins at ${entry.startsAt}, not from ${block.earliest} to ${latest}`)
  }

  /** Each stop once or dropped, each block once or skipped, nothing fixed left out. */
  completeness(plan: Plan): void {
    const planned = plan.routes.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'stop').map(({ id }) => id))
    this.#once(this.#problem.stops.map(({ id }) => id), [...planned, ...plan.dropped], null)
    const here = new Set<string | null>(this.#problem.technicians.map(({ id }) => id))
    const dropped = new Set(plan.dropped)
    for (const stop of this.#problem.stops) if (isFixedStop(stop) && here.has(stop.pinned.technicianId) && dropped.has(stop.id)) this.fault('pinned', stop.pinned.technicianId, stop.id, 'stands fixed and is dropped')
    this.#problem.technicians.forEach((technician, index) => {
      const skipped = plan.skippedBlocks.filter(({ technicianId }) => technicianId === technician.id).map(({ id }) => id)
      const taken = (plan.routes[index]?.entries ?? []).filter(({ kind }) => kind === 'block').map(({ id }) => id)
      this.#once(technician.blocks.map(({ id }) => id), [...taken, ...skipped], technician.id)
      for (const block of technician.blocks) if (isFixedBlock(block) && skipped.includes(block.id)) this.fault('block', technician.id, block.id, 'stands fixed and is skipped')
    })
  }

  #once(wanted: readonly string[], found: readonly string[], technicianId: string | null): void {
    const times = new Map<string, number>()
    for (const id of found) times.set(id, (times.get(id) ?? 0) + 1)
    for (const id of wanted) {
      const count = times.get(id) ?? 0
      if (count !== 1) this.fault(count === 0 ? 'missing' : 'twice', technicianId, id, `is there ${count} times`)
    }
    const known = new Set(wanted)
    for (const id of times.keys()) if (!known.has(id)) this.fault('unknown', technicianId, id, 'is not in the problem')
  }
}

function costOf(problem: Problem, plan: Plan, count: Count): PlanCost {
  const droppedStops = new Set(plan.dropped)
  const dropped = problem.stops.reduce((sum, stop) => sum + (droppedStops.has(stop.id) ? stop.dropPrice : 0), 0)
  const skippedBlocks = plan.skippedBlocks.reduce((sum, { technicianId, id }) => {
    const block = problem.technicians.find((technician) => technician.id === technicianId)?.blocks.find((candidate) => candidate.id === id)
    return sum + (block?.skipPrice ?? 0)
  }, 0)
  const travel = (count.travelSeconds / 60) * problem.travelPrice
  const total = travel + count.overtime + count.late + count.windows + count.technicians + dropped + skippedBlocks
  return { ...count, travel, dropped, skippedBlocks, total }
}

const COSTS = ['travelSeconds', 'overtimeSeconds', 'lateSeconds', 'travel', 'overtime', 'late', 'windows', 'technicians', 'dropped', 'skippedBlocks', 'total'] as const

/** Every fault of a plan, and what it really costs; no fault means that it can be carried out as it stands. */
export function checkPlan(problem: Problem, plan: Plan): PlanCheck {
  const inspection = new Inspection(problem)
  problem.technicians.forEach((technician, index) => {
    const route = plan.routes[index]
    if (route?.technicianId === technician.id) inspection.route(technician, route)
    else inspection.fault('missing', technician.id, null, 'has no route')
  })
  inspection.completeness(plan)
  const cost = costOf(problem, plan, inspection.count)
  for (const name of COSTS) {
    if (!(Math.abs(cost[name] - plan.cost[name]) <= 1e-6 * Math.max(1, Math.abs(cost[name])))) inspection.fault('cost', null, null, `${name} is ${cost[name]}, said to be ${plan.cost[name]}`)
  }
  return { faults: inspection.faults, cost }
}
