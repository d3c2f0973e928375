import { checkPlan } from '../../../src/shared/planner/checker.ts'
import type { Plan } from '../../../src/shared/planner/plan.ts'
import type { Problem } from '../../../src/shared/planner/problem.ts'
import { MOST_MOVED, replan, REPLAN_PRICES } from '../../../src/shared/planner/replan.ts'
import { solve } from '../../../src/shared/planner/solve.ts'
import { cityDay } from '../../support/planner/planOffice.ts'
import { SOLOMON_KINDS, solomonLike } from '../../support/planner/solomonLike.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { cpuMilliseconds, labDay, labFile, labPrototype, type Prototype } from './lab.ts'
import { benchSlots } from './slotFigures.ts'

const AREA = 'plan'
const PEER = 'the lab\u2019s prototype'
const SEARCH = 2000
const LONG_SEARCH = 8000
const SEEDS = [1, 2, 3] as const

/** The distances published as best, in thousandths. */
const BEST_KNOWN = { C101: 828_940, R101: 1_642_880, RC101: 1_623_580, R112: 953_630 } as const

const say = (text: string): void => console.error(text)
const median = (values: readonly number[]): number => quantile(values, 0.5)
const gap = (value: number, best: number): number => (value / best - 1) * 100
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Every plan of the bench goes through the checker; what it finds is a figure of its own. */
class Judge {
  plans = 0
  faults = 0

  check(problem: Problem, plan: Plan): void {
    const { faults } = checkPlan(problem, plan)
    this.plans += 1
    this.faults += faults.length
    for (const { kind, technicianId, id, message } of faults.slice(0, 3)) say(`  a fault: ${kind}, technician ${technicianId}, ${id}: ${message}`)
  }

  solved(problem: Problem, seed: number, milliseconds: number): Plan {
    const plan = solve(problem, { seed, budget: { kind: 'time', milliseconds, clock: cpuMilliseconds } })
    this.check(problem, plan)
    return plan
  }
}

function* benchSolomon(judge: Judge, prototype: Prototype | null): Generator<Figure> {
  const gaps: number[] = []
  const peerGaps: number[] = []
  for (const [name, best] of Object.entries(BEST_KNOWN)) {
    const file = labFile(`instances/${name}.json`)
    if (file === null) return say('Solomon\u2019s instances are skipped: the dispatch lab is not beside the repository.')
    const problem = labDay(file)
    const ours = median(SEEDS.map((seed) => judge.solved(problem, seed, SEARCH)).map(({ cost, dropped }) => gap(cost.travelSeconds, best) + 100 * dropped.length))
    const theirs = prototype && median(SEEDS.map((seed) => gap(prototype.solve(prototype.loadVroom(file), SEARCH, seed).cost, best)))
    gaps.push(ours)
    if (theirs !== null) peerGaps.push(theirs)
    yield figure(AREA, `${name}, gap to the best known (median)`, ours, '%', { n: SEEDS.length, peer: PEER, peerValue: theirs ?? undefined })
  }
  yield figure(AREA, 'Solomon, mean gap after 2 CPU seconds', mean(gaps), '%', { target: 1.5, n: gaps.length * SEEDS.length, peer: PEER, peerValue: peerGaps.length > 0 ? mean(peerGaps) : undefined })
}

/** Days that nobody has tuned on: what two seconds leave of what a long search finds. */
function* benchGenerated(judge: Judge): Generator<Figure> {
  const gaps = SOLOMON_KINDS.map((kind, index) => {
    const problem = solomonLike({ kind, withWindow: 0.75, width: kind.endsWith('1') ? 0.12 : 0.25, seed: 900 + index })
    const short = judge.solved(problem, 1, SEARCH).cost.total
    return gap(short, Math.min(short, judge.solved(problem, 2, LONG_SEARCH).cost.total))
  })
  yield figure(AREA, 'made in Solomon\u2019s manner, mean gap to 8 CPU seconds', mean(gaps), '%', { target: 1.5, n: gaps.length })
  yield figure(AREA, 'made in Solomon\u2019s manner, widest gap', Math.max(...gaps), '%', { n: gaps.length })
}

function* benchDay(judge: Judge, prototype: Prototype | null): Generator<Figure> {
  const file = labFile('fs50x400.json')
  const problem = file === null ? cityDay({ technicians: 50, stops: 400, seed: 5 }) : labDay(file)
  if (file === null) say('The lab\u2019s day of 50 technicians is skipped: a generated one takes its place, to which no yardstick applies.')
  const target = file === null ? {} : { target: 200_623 }
  const plans = SEEDS.map((seed) => judge.solved(problem, seed, SEARCH))
  const peers = file === null || prototype === null ? null : SEEDS.map((seed) => prototype.solve(prototype.loadVroom(file), SEARCH, seed))
  yield figure(AREA, '50 × 400, travel after 2 CPU seconds (median)', median(plans.map(({ cost }) => cost.travelSeconds)), 's', { ...target, n: plans.length, peer: PEER, peerValue: peers === null ? undefined : median(peers.map(({ cost }) => cost)) })
  yield figure(AREA, '50 × 400, visits left over (most)', Math.max(...plans.map(({ dropped }) => dropped.length)), '', { target: 0, n: plans.length, peer: PEER, peerValue: peers === null ? undefined : Math.max(...peers.map(({ absent }) => absent.length)) })
  yield* benchSick(judge, problem)
}

/** One technician in five falls sick in the morning, one after the other; what is moved is counted by the proposal. */
function* benchSick(judge: Judge, problem: Problem): Generator<Figure> {
  const plan = judge.solved(problem, 1, 3000)
  const took: number[] = []
  const moved: number[] = []
  const retimed: number[] = []
  const left: number[] = []
  const more: number[] = []
  for (const { id: technicianId } of problem.technicians.filter((_, index) => index % 5 === 2)) {
    const from = performance.now()
    const proposal = replan({
      problem,
      plan,
      disruptions: [{ kind: 'sick', technicianId, from: 0, until: null }],
      budget: { kind: 'time', milliseconds: 150, clock: () => performance.now() },
      seed: 1,
      mostMoved: MOST_MOVED,
      ...REPLAN_PRICES,
    })
    took.push(performance.now() - from)
    judge.check(proposal.problem, proposal.plan)
    const others = proposal.moves.filter(({ isHit }) => !isHit)
    moved.push(others.filter(({ kind, call }) => kind !== 'retimed' || call.length > 0).length)
    retimed.push(others.filter(({ kind, call }) => kind === 'retimed' && call.length === 0).length)
    left.push(proposal.plan.dropped.length)
    more.push(gap(proposal.after.travelSeconds, proposal.before.travelSeconds))
  }
  const n = took.length
  yield figure(AREA, 're-plan after a sick technician (slowest)', Math.max(...took), 'ms', { target: 300, n })
  yield figure(AREA, 're-plan, other visits moved (most)', Math.max(...moved), '', { target: MOST_MOVED, n })
  yield figure(AREA, 're-plan, others later within their window (median)', median(retimed), '', { n })
  yield figure(AREA, 're-plan, visits left over (most)', Math.max(...left), '', { n })
  yield figure(AREA, 're-plan, more travel (median)', median(more), '%', { n })
}

/** The planner beside the lab's prototype, by CPU time, in one run; every plan is checked. */
export async function* benchPlan(): AsyncGenerator<Figure> {
  const judge = new Judge()
  const prototype = await labPrototype()
  if (prototype === null) say('The prototype is not measured beside it: the dispatch lab is not beside the repository.')
  yield* benchSolomon(judge, prototype)
  yield* benchGenerated(judge)
  yield* benchDay(judge, prototype)
  yield* benchSlots()
  yield figure(AREA, 'faults the checker found in all plans', judge.faults, '', { target: 0, n: judge.plans })
}
