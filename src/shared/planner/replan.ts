import { describePlan, type WishedStarts } from './describe.ts'
import { type DisruptedDay, type Disruption, type DisruptionPrices, disrupt } from './disruption.ts'
import { entryKey, type Plan, type PlanCost } from './plan.ts'
import type { Problem } from './problem.ts'
import { type Move, movesBetween } from './moves.ts'
import { anneal } from './search/anneal.ts'
import type { Budget } from './search/budget.ts'
import { int, real } from './search/cells.ts'
import { type Compiled, compile } from './search/compile.ts'
import { ordersFromPlan, tasksByEntry } from './search/fromPlan.ts'
import { lay } from './search/layout.ts'
import { emptyRoutes } from './search/routes.ts'

/**
 * Mends today's plan after something has happened, with as few visits moved as can be. It begins with the plan as it is, lets
 * no more than a few others change hands, and answers with a proposal: nothing is moved until somebody accepts it.
 */
export interface ReplanQuestion extends DisruptionPrices {
  readonly problem: Problem
  /** As it stands on the board. */
  readonly plan: Plan
  readonly disruptions: readonly Disruption[]
  readonly budget: Budget
  readonly seed: number
  /** Visits not hit by what has happened that may change hands at most. */
  readonly mostMoved: number
  /** Cents that a move has to be worth at least, beside what it costs. */
  readonly movePrice: number
  /** Cents for a minute that another visit begins later than planned, though within its window. */
  readonly retimePrice: number
}

/** Cents: a move is worth ten minutes of driving, a delay an hour of which is worth as much. */
export const REPLAN_PRICES = { movePrice: 1000, retimePrice: 15, lockPrice: 20_000, otherTimePrice: 10_000 } as const
export const MOST_MOVED = 10

export interface Proposal {
  /** The day as it is after what has happened; the plan is to be checked against it. */
  readonly problem: Problem
  readonly plan: Plan
  readonly moves: readonly Move[]
  /** Of today's plan before anything happened, and of the one proposed. */
  readonly before: PlanCost
  readonly after: PlanCost
  readonly technicians: readonly TechnicianChange[]
  readonly rounds: number
}

/** How a technician's day changes in all. */
export interface TechnicianChange {
  readonly technicianId: string
  readonly travelSeconds: { readonly before: number; readonly after: number }
  readonly endsAt: { readonly before: number; readonly after: number }
  readonly overtimeSeconds: { readonly before: number; readonly after: number }
}

/** The lab's values: hot enough to change two visits, not the day. */
const HEAT = { first: 0.05, last: 0.005 } as const

/** By task the technician who has it in the plan, where it was not hit itself; else -1. */
function homes(day: Compiled, plan: Plan, hit: ReadonlySet<string>): Int32Array {
  const home = new Int32Array(day.tasks.length).fill(-1)
  const taskOf = tasksByEntry(day)
  const numberOf = new Map(day.problem.technicians.map(({ id }, index) => [id, index]))
  for (const { technicianId, entries } of plan.routes) {
    for (const entry of entries) {
      const task = taskOf.get(entryKey(technicianId, entry))
      const technician = numberOf.get(technicianId)
      if (task !== undefined && technician !== undefined && entry.kind === 'stop' && !hit.has(entry.id)) home[task] = technician
    }
  }
  return home
}

/** The same day in which each change of hands, and each minute later than planned, has its price: for the search alone. */
function asDisturbed(day: Compiled, home: Int32Array, plan: Plan, { movePrice, retimePrice }: ReplanQuestion): Compiled {
  const choicePrice = day.choicePrice.slice()
  const due = day.due.slice()
  const latePrice = day.latePrice.slice()
  const planned = new Map(plan.routes.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'stop').map(({ id, startsAt }) => [id, startsAt])))
  day.tasks.forEach((what, task) => {
    if (int(home, task) < 0 || what.kind !== 'stop') return
    for (let choice = int(day.firstChoice, task); choice < int(day.firstChoice, task + 1); choice++) {
      if (int(day.choice, choice) !== int(home, task)) choicePrice[choice] = real(choicePrice, choice) + movePrice
    }
    const startsAt = planned.get(day.problem.stops[what.stop]?.id ?? '')
    if (startsAt === undefined) return
    for (let opening = int(day.firstOpening, task); opening < int(day.firstOpening, task + 1); opening++) {
      if (real(latePrice, opening) > 0) continue
      latePrice[opening] = retimePrice / 60
      due[opening] = Math.max(startsAt, int(day.open, opening))
    }
  })
  return { ...day, choicePrice, due, latePrice }
}

interface Mended {
  readonly orders: readonly ArrayLike<number>[]
  /** Technicians whose day stays as it is. */
  readonly kept: ReadonlySet<number>
}

const tasksOf = (day: Compiled, order: ArrayLike<number>): readonly number[] => Array.from(order, (opening) => int(day.taskOf, opening))
const sorted = (tasks: readonly number[]): string => tasks.toSorted((left, right) => left - right).join(' ')

/** By technician the number of the group that visits change hands in. */
function groups(day: Compiled, found: readonly Int32Array[], home: Int32Array): readonly number[] {
  const group = found.map((_, technician) => technician)
  const rootOf = (technician: number): number => {
    let root = technician
    while (group[root] !== root) root = group[root] ?? root
    return root
  }
  found.forEach((order, technician) => {
    for (const task of tasksOf(day, order)) if (int(home, task) >= 0) group[rootOf(int(home, task))] = rootOf(technician)
  })
  return found.map((_, technician) => rootOf(technician))
}

/**
 * Takes over of what the search has found only what has to do with what happened: a better day for others is no reason to move
 * their visits now. Who keeps all visits keeps their order too, unless another one is worth more than a move.
 */
function mend(day: Compiled, found: readonly Int32Array[], old: readonly (readonly number[])[], { home, hit, movePrice }: { readonly home: Int32Array; readonly hit: ReadonlySet<number>; readonly movePrice: number }): Mended {
  const routes = emptyRoutes(day)
  const group = groups(day, found, home)
  const isStanding = old.map((order, technician) => lay(day, routes, technician, order))
  const concerned = new Set(group.filter((_, technician) => !isStanding[technician] || tasksOf(day, found[technician] ?? []).some((task) => hit.has(task))))
  const kept = new Set<number>()
  const orders = found.map((order, technician) => {
    const before = old[technician] ?? []
    if (!isStanding[technician]) return order
    if (concerned.has(group[technician] ?? technician)) {
      if (sorted(tasksOf(day, before)) !== sorted(tasksOf(day, order))) return order
      const cost = (openings: readonly number[]): number => (lay(day, routes, technician, openings) ? real(routes.cost, int(routes.slot, technician)) : Number.POSITIVE_INFINITY)
      if (cost(before) - cost(Array.from(order)) > movePrice) return order
    }
    kept.add(technician)
    return before
  })
  return { orders, kept }
}

function startsOf(plan: Plan): WishedStarts['starts'] {
  return new Map(plan.routes.flatMap(({ technicianId, entries }) => entries.map((entry) => [entryKey(technicianId, entry), entry.startsAt])))
}

function changesBetween(problem: Problem, before: Plan, after: Plan): readonly TechnicianChange[] {
  const old = new Map(before.routes.map((route) => [route.technicianId, route]))
  return problem.technicians.flatMap((technician, index): TechnicianChange[] => {
    const [was, is] = [old.get(technician.id), after.routes[index]]
    if (!was || !is) return []
    const over = (endsAt: number): number => Math.max(0, endsAt - technician.shift.to)
    const travel = ({ entries, homeSeconds }: typeof is): number => entries.reduce((sum, { travelSeconds }) => sum + travelSeconds, homeSeconds)
    const change: TechnicianChange = {
      technicianId: technician.id,
      travelSeconds: { before: travel(was), after: travel(is) },
      endsAt: { before: was.endsAt, after: is.endsAt },
      overtimeSeconds: { before: over(was.endsAt), after: over(is.endsAt) },
    }
    return change.travelSeconds.before === change.travelSeconds.after && was.endsAt === is.endsAt ? [] : [change]
  })
}

function search(disrupted: DisruptedDay, question: ReplanQuestion): { readonly plan: Plan; readonly rounds: number } {
  const day = compile(disrupted.problem)
  const old = ordersFromPlan(day, disrupted.plan)
  const home = homes(day, disrupted.plan, disrupted.hit)
  const { orders, rounds } = anneal(asDisturbed(day, home, disrupted.plan, question), {
    seed: question.seed,
    budget: question.budget,
    heat: HEAT,
    from: { orders: old, home, mostMoved: question.mostMoved },
  })
  const hit = new Set(day.tasks.flatMap((what, task) => (what.kind === 'stop' && disrupted.hit.has(day.problem.stops[what.stop]?.id ?? '') ? [task] : [])))
  const mended = mend(day, orders, old, { home, hit, movePrice: question.movePrice })
  return { plan: describePlan(day, mended.orders, { starts: startsOf(disrupted.plan), kept: mended.kept }), rounds }
}

/** What to do about what has happened. Deterministic by seed where the budget is iterations. */
export function replan(question: ReplanQuestion): Proposal {
  const disrupted = disrupt(question)
  const { plan, rounds } = search(disrupted, question)
  return {
    problem: disrupted.problem,
    plan,
    moves: movesBetween(question, disrupted, plan),
    before: question.plan.cost,
    after: plan.cost,
    technicians: changesBetween(question.problem, question.plan, plan),
    rounds,
  }
}
