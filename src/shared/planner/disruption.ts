import type { Plan, PlanEntry } from './plan.ts'
import { isFixedStop, type PlanStop, type PlanTechnician, type PlanWindow, type Problem } from './problem.ts'
import { compile } from './search/compile.ts'
import { withCollisionsPinned } from './search/fromPlan.ts'
import { assertNever } from '../base/assertNever.ts'

/** What upsets a day. Times in seconds from the problem's zero. */
export type Disruption =
  /** Does nothing from then on; `until` null: not today any more. What is being worked on at `from` is finished. */
  | { readonly kind: 'sick'; readonly technicianId: string; readonly from: number; readonly until: number | null }
  | { readonly kind: 'emergency'; readonly stop: PlanStop }
  /** Will last until then. */
  | { readonly kind: 'overrun'; readonly stopId: string; readonly endsAt: number }

/** The day after what has happened. */
export interface DisruptedDay {
  readonly problem: Problem
  /** Today's plan without the visits that can't stay where they are. */
  readonly plan: Plan
  /** The stops that what has happened concerns directly: to move them is no choice. */
  readonly hit: ReadonlySet<string>
  /** Of them, those that stood locked. */
  readonly unlocked: ReadonlySet<string>
}

export interface DisruptionPrices {
  /** Cents for going back on what was locked, where it can't be kept. */
  readonly lockPrice: number
  /** Cents for offering a customer whose visit was hit another time that day than they were told; null: rather leave it to a person. */
  readonly otherTimePrice: number | null
}

interface Draft {
  problem: Problem
  /** What stood pinned before anything was added to it, by stop. */
  readonly locks: ReadonlyMap<string, PlanStop['pinned']>
  readonly hit: Set<string>
  readonly unlocked: Set<string>
}

interface Placed {
  readonly technicianId: string
  readonly entry: PlanEntry
}

const placedStops = (plan: Plan): ReadonlyMap<string, Placed> =>
  new Map(plan.routes.flatMap(({ technicianId, entries }) => entries.filter(({ kind }) => kind === 'stop').map((entry) => [entry.id, { technicianId, entry }])))

function changeStops(draft: Draft, change: (stop: PlanStop) => PlanStop): void {
  draft.problem = { ...draft.problem, stops: draft.problem.stops.map(change) }
}

/** Lets go of a lock that can't be kept; what was promised by it keeps its price. */
function released(stop: PlanStop, at: Placed, lockPrice: number): PlanStop {
  const { entry, technicianId } = at
  const window = stop.promised?.window ?? stop.windows.find(({ from, to }) => from <= entry.startsAt && entry.startsAt <= to) ?? { from: entry.startsAt, to: entry.startsAt }
  return {
    ...stop,
    pinned: { technicianId: null, start: null },
    promised: {
      window: { from: window.from, to: window.to, price: Math.max(lockPrice, stop.promised?.window?.price ?? 0) },
      technician: { id: stop.promised?.technician?.id ?? technicianId, price: Math.max(lockPrice, stop.promised?.technician?.price ?? 0) },
    },
  }
}

/** Any time of the day's shifts, at a price. */
function anyTime({ technicians, now }: Problem, price: number): PlanWindow {
  const from = Math.min(...technicians.map(({ shift }) => shift.from))
  return { from: Math.max(from, now ?? from), to: Math.max(...technicians.map(({ shift, overtime }) => Math.max(shift.to, overtime?.until ?? shift.to))), price, late: null }
}

/** Takes stops from where they stand. */
function hitStops(draft: Draft, ids: ReadonlySet<string>, placed: ReadonlyMap<string, Placed>, { lockPrice, otherTimePrice }: DisruptionPrices): void {
  changeStops(draft, (stop) => {
    const at = placed.get(stop.id)
    if (!ids.has(stop.id) || !at) return stop
    draft.hit.add(stop.id)
    const windows = otherTimePrice === null ? stop.windows : [...stop.windows, anyTime(draft.problem, otherTimePrice)]
    const lock = draft.locks.get(stop.id) ?? { technicianId: null, start: null }
    if (lock.technicianId === null && lock.start === null) return { ...stop, windows, pinned: lock }
    draft.unlocked.add(stop.id)
    return { ...released(stop, at, lockPrice), windows }
  })
}

function withoutTime(technician: PlanTechnician, from: number, until: number | null): PlanTechnician {
  if (until !== null) {
    const away = { id: `away ${from}`, earliest: from, latest: from, seconds: until - from, place: null, skipPrice: 0 }
    const blocks = technician.blocks.filter((block) => block.latest < from || block.earliest >= until)
    return { ...technician, blocks: [...blocks, away] }
  }
  const end = Math.min(technician.shift.to, from)
  return { ...technician, shift: { from: Math.min(technician.shift.from, end), to: end }, overtime: null, blocks: technician.blocks.filter((block) => block.latest < from) }
}

function sick(draft: Draft, plan: Plan, placed: ReadonlyMap<string, Placed>, event: Extract<Disruption, { kind: 'sick' }>, prices: DisruptionPrices): void {
  const until = event.until ?? Number.POSITIVE_INFINITY
  const ids = new Set([...placed].filter(([, { technicianId, entry }]) => technicianId === event.technicianId && entry.startsAt >= event.from && entry.startsAt < until).map(([id]) => id))
  hitStops(draft, ids, placed, prices)
  const { technicians } = draft.problem
  draft.problem = { ...draft.problem, technicians: technicians.map((technician) => (technician.id === event.technicianId ? withoutTime(technician, event.from, event.until) : technician)) }
}

/** What stands fixed behind a visit that lasts longer can't be kept by somebody who is still at work. */
function overrun(draft: Draft, placed: ReadonlyMap<string, Placed>, event: Extract<Disruption, { kind: 'overrun' }>, prices: DisruptionPrices): void {
  const at = placed.get(event.stopId)
  const stop = draft.problem.stops.find(({ id }) => id === event.stopId)
  if (!at || !stop) return
  const { travel } = draft.problem
  draft.hit.add(stop.id)
  changeStops(draft, (each) => (each.id === stop.id ? { ...each, seconds: Math.max(0, event.endsAt - at.entry.startsAt), pinned: { technicianId: at.technicianId, start: at.entry.startsAt } } : each))
  const late = draft.problem.stops.filter((other) => {
    if (other.id === stop.id || !isFixedStop(other) || other.pinned.technicianId !== at.technicianId) return false
    const start = other.pinned.start ?? 0
    const drive = other.place === stop.place ? 0 : (travel.seconds[stop.place * travel.places + other.place] ?? 0)
    return start >= at.entry.startsAt && start < event.endsAt + drive
  })
  hitStops(draft, new Set(late.map(({ id }) => id)), placed, prices)
}

/** Pins what has begun, or to which somebody is on the way by the plan. */
function withBegunPinned(problem: Problem, plan: Plan): Problem {
  const { now } = problem
  if (now === null) return problem
  const begun = new Map<string, PlanStop['pinned']>()
  for (const { technicianId, entries } of plan.routes) {
    for (const { kind, id, startsAt, travelSeconds } of entries) {
      if (kind === 'stop' && startsAt - travelSeconds < now) begun.set(id, { technicianId, start: startsAt })
    }
  }
  return { ...problem, stops: problem.stops.map((stop) => ({ ...stop, pinned: begun.get(stop.id) ?? stop.pinned })) }
}

function withoutHit(plan: Plan, { hit, problem }: Draft): Plan {
  const standing = new Set(problem.stops.filter(isFixedStop).map(({ id }) => id))
  const isLeft = ({ kind, id }: PlanEntry): boolean => kind === 'block' || !hit.has(id) || standing.has(id)
  return { ...plan, routes: plan.routes.map((route) => ({ ...route, entries: route.entries.filter(isLeft) })) }
}

/** Applies what has happened to a day, in the order it happened. */
export function disrupt({ problem, plan, disruptions, ...prices }: { readonly problem: Problem; readonly plan: Plan; readonly disruptions: readonly Disruption[] } & DisruptionPrices): DisruptedDay {
  const standing = withCollisionsPinned(compile(withBegunPinned(problem, plan)), plan)
  const draft: Draft = { problem: standing, locks: new Map(problem.stops.map(({ id, pinned }) => [id, pinned])), hit: new Set(), unlocked: new Set() }
  const placed = placedStops(plan)
  for (const event of disruptions) {
    switch (event.kind) {
      case 'sick':
        sick(draft, plan, placed, event, prices)
        break
      case 'emergency':
        draft.problem = { ...draft.problem, stops: [...draft.problem.stops, event.stop] }
        draft.hit.add(event.stop.id)
        break
      case 'overrun':
        overrun(draft, placed, event, prices)
        break
      default:
        assertNever(event, 'disruption')
    }
  }
  return { problem: draft.problem, plan: withoutHit(plan, draft), hit: draft.hit, unlocked: draft.unlocked }
}

