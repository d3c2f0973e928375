import { MINUTE, type Instant } from '../../../../shared/base/time.ts'
import type { Interval } from '../../../../shared/domain/dispatch/availability.ts'
import { isLocked } from '../../../../shared/domain/dispatch/acceptance.ts'
import { PLAN_STEP } from '../../../../shared/domain/dispatch/visit.ts'
import { checkPlan } from '../../../../shared/planner/checker.ts'
import type { Plan, PlanCost, PlanEntry, PlanRoute } from '../../../../shared/planner/plan.ts'
import { isFixedStop, PLAIN_STOP, type PlanBlock, type PlanStop, type PlanTechnician, type PlanWindow, type Problem } from '../../../../shared/planner/problem.ts'
import { matrixOf } from '../../../../shared/planner/travel.ts'
import { type Place, straightLine } from '../travel.ts'
import type { DayFacts, DayTechnician, DayVisit } from './dayFacts.ts'
import { wishPrices } from './preferences.ts'

/**
 * From Baton's day to the planner's. The board plans to the five minutes, so everything is told to the planner in whole steps
 * of five: what takes time is rounded up, what gives time is rounded down. Each beginning it answers with is then one that a
 * command takes, and a drive has its doors and lights in it.
 */
const STEP = PLAN_STEP / 1000

/** Where a place was never found on the map: from and to everywhere. */
const UNKNOWN_DRIVE = 15 * 60

/** Cents. A minute behind the wheel with the van; an hour that a technician stays longer; what a broken word costs us. */
const PRICES = {
  travel: 100,
  overtime: 150,
  promise: 20_000,
  late: 60,
  /** Leaving a visit for another day: least for the last priority, more for each above it. */
  drop: { least: 60_000, rank: 20_000 },
} as const

/** Nobody is asked to stay longer than this, except who is on call. */
const OVERTIME = 2 * 3600

/** Between instants and whole steps of a day, in seconds from its beginning. */
interface Steps {
  readonly floor: (at: Instant) => number
  readonly ceil: (at: Instant) => number
  readonly instantOf: (seconds: number) => Instant
}

const stepsFrom = (zero: Instant): Steps => ({
  floor: (at) => Math.floor((at - zero) / PLAN_STEP) * STEP,
  ceil: (at) => Math.ceil((at - zero) / PLAN_STEP) * STEP,
  instantOf: (seconds) => zero + seconds * 1000,
})

export interface PlannedDay extends Steps {
  readonly facts: DayFacts
  readonly problem: Problem
  /** The day as it stands. */
  readonly plan: Plan
  /** The places of the travel table, in its order; null is a place that is not known. */
  readonly places: readonly (Place | null)[]
}

export interface DayOptions {
  /** Visits to be left out, as if nobody had them. */
  readonly without: ReadonlySet<string>
  /** True where who is on call may be called out. */
  readonly calledOut: boolean
  /** Visits whose technician can't be asked to go on with them; they stand for what they are, and are nobody's to move. */
  readonly standing: ReadonlySet<string>
  /** Until when a visit lasts now, where that is known. */
  readonly lasts: ReadonlyMap<string, Instant>
  /** True where what is promised and waits without a technician has to find room too. */
  readonly waiting: boolean
}

export const AS_IT_IS: DayOptions = { without: new Set(), calledOut: false, standing: new Set(), lasts: new Map(), waiting: false }

/** Seconds of driving, in whole steps. */
export function driveSeconds(speed: number): (from: Place | null, to: Place | null) => number {
  const travel = straightLine(speed)
  return (from, to) => (from === null || to === null ? UNKNOWN_DRIVE : Math.ceil((travel.minutesBetween(from, to) * 60) / STEP) * STEP)
}

class Places {
  readonly list: (Place | null)[] = []
  readonly #known = new Map<string, number>()

  numberOf(place: Place | null): number {
    const key = place === null ? '' : `${place.latitude} ${place.longitude}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.list.length)
    return this.list.push(place) - 1
  }
}

const byStart = (left: Interval, right: Interval): number => left.startsAt - right.startsAt || left.endsAt - right.endsAt

/** A crew goes together, and what is done is done: neither is moved by the planner, whoever else is. */
export function isBlock({ id, crewIds, state }: DayVisit, { standing, lasts }: DayOptions): boolean {
  return (crewIds.length > 0 && !lasts.has(id)) || state === 'done' || standing.has(id)
}

/** True where what stands is not for the planner to move: somebody is there, on the way, or has put it on hold. */
const standsFixed = ({ state, invoiced }: DayVisit): boolean => state === 'working' || state === 'dispatched' || state === 'hold' || invoiced

class DayBuilder {
  readonly #facts: DayFacts
  readonly #options: DayOptions
  readonly #steps: Steps
  readonly #places = new Places()

  constructor(facts: DayFacts, options: DayOptions) {
    this.#facts = facts
    this.#options = options
    this.#steps = stepsFrom(facts.startsAt)
  }

  build(): PlannedDay {
    const facts = this.#facts
    const { floor, ceil } = this.#steps
    const planned = facts.visits.filter(({ id, technicianId, startsAt }) => technicianId !== null && startsAt !== null && !this.#options.without.has(id))
    const technicians = facts.technicians.map((technician) => this.#technician(technician, planned))
    const waiting = this.#options.waiting ? facts.visits.filter(({ technicianId }) => technicianId === null) : []
    const stops = [...planned.filter((visit) => !isBlock(visit, this.#options)).map((visit) => this.#stop(visit)), ...waiting.map((visit) => this.#waitingStop(visit))]
    const seconds = driveSeconds(facts.speed)
    const lastStep = Math.max(0, ...technicians.map(({ shift, overtime }) => overtime?.until ?? shift.to))
    const now = ceil(facts.now)
    const problem: Problem = {
      technicians,
      stops,
      travel: matrixOf(this.#places.list, seconds),
      travelPrice: PRICES.travel,
      now: now > 0 && now < lastStep ? now : null,
    }
    return {
      facts,
      problem,
      plan: standingPlan(problem, planned.flatMap(({ id, technicianId, startsAt }) => (technicianId === null || startsAt === null ? [] : [{ id, technicianId, start: floor(startsAt) }]))),
      places: this.#places.list,
      ...this.#steps,
    }
  }

  /** When a visit that stands is over: somebody who is still at work is not, whatever was planned. */
  #endOf({ id, state, endsAt, startsAt }: DayVisit): number {
    const planned = this.#steps.ceil(this.#options.lasts.get(id) ?? endsAt ?? startsAt ?? 0)
    return state === 'working' ? Math.max(planned, this.#steps.ceil(this.#facts.now)) : planned
  }

  #technician(technician: DayTechnician, planned: readonly DayVisit[]): PlanTechnician {
    const { shift, overtime, blocks } = this.#hours(technician)
    const home = technician.home === null ? null : this.#places.numberOf(technician.home)
    const work = planned.filter((visit) => {
      const goesAlong = visit.crewIds.includes(technician.id)
      return goesAlong || (visit.technicianId === technician.id && isBlock(visit, this.#options))
    })
    const visits = work.map((visit): PlanBlock => {
      const earliest = this.#steps.floor(visit.startsAt ?? 0)
      return { id: `visit ${visit.id}`, earliest, latest: earliest, seconds: this.#endOf(visit) - earliest, place: this.#places.numberOf(visit.place), skipPrice: 0 }
    })
    return { id: technician.id, skills: technician.skills, shift, overtime, startPlace: home, endPlace: home, blocks: [...blocks, ...visits], capacity: null }
  }

  /** One span with what lies between two shifts taken out of it; what lies at its ends makes it shorter. */
  #hours({ shifts, blocks, onCall }: DayTechnician): Pick<PlanTechnician, 'shift' | 'overtime' | 'blocks'> {
    const { calledOut } = this.#options
    const today = shifts.length > 0 || !calledOut ? shifts : onCall
    const spans = today.map(({ startsAt, endsAt }) => ({ startsAt: Math.max(0, this.#steps.ceil(startsAt)), endsAt: this.#steps.floor(endsAt) })).filter(({ startsAt, endsAt }) => startsAt < endsAt).sort(byStart)
    const [first] = spans
    if (!first) return { shift: { from: 0, to: 0 }, overtime: null, blocks: [] }
    let [from, to] = [first.startsAt, Math.max(...spans.map(({ endsAt }) => endsAt))]
    let taken: Interval[] = blocks.map(({ startsAt, endsAt }) => ({ startsAt: this.#steps.floor(startsAt), endsAt: this.#steps.ceil(endsAt) }))
    let end = first.endsAt
    for (const span of spans) {
      if (span.startsAt > end) taken.push({ startsAt: end, endsAt: span.startsAt })
      end = Math.max(end, span.endsAt)
    }
    taken = taken.sort(byStart)
    for (const block of taken) if (block.startsAt <= from && block.endsAt > from) from = block.endsAt
    const isCutShort = (block: Interval): boolean => block.startsAt < to && block.endsAt >= to
    // Who is away at the end of the day is not asked to stay longer.
    const leavesEarly = taken.some(isCutShort)
    for (let block = taken.findLast(isCutShort); block; block = taken.findLast(isCutShort)) to = block.startsAt
    to = Math.max(from, to)
    const called = calledOut ? Math.max(to, ...onCall.filter(({ startsAt, endsAt }) => this.#steps.ceil(startsAt) <= to && this.#steps.floor(endsAt) > to).map(({ endsAt }) => this.#steps.floor(endsAt))) : to
    return {
      shift: { from, to },
      overtime: from === to || leavesEarly ? null : { until: Math.max(to + OVERTIME, called), price: PRICES.overtime },
      blocks: taken
        .filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from)
        .map(({ startsAt, endsAt }, index): PlanBlock => ({ id: `block ${index}`, earliest: startsAt, latest: startsAt, seconds: endsAt - startsAt, place: null, skipPrice: 0 })),
    }
  }

  /** Promised to the customer, and still to be given to somebody. */
  #waitingStop(visit: DayVisit): PlanStop {
    const { id, place, skills, rank, promisedTechnicianId } = visit
    return {
      ...PLAIN_STOP,
      id,
      place: this.#places.numberOf(place),
      seconds: lengthOf(visit),
      skills,
      windows: [{ ...windowOf(visit, this.#steps), price: 0, late: null }],
      dropPrice: dropPrice(rank),
      technicianPrices: wishPrices(visit, [promisedTechnicianId]),
      promised: promisedTechnicianId === null ? null : { window: null, technician: { id: promisedTechnicianId, price: PRICES.promise } },
    }
  }

  #stop(visit: DayVisit): PlanStop {
    const { id, technicianId, promisedTechnicianId, promisedAt, startsAt, skills, rank } = visit
    const start = this.#steps.floor(startsAt ?? 0)
    const stands = standsFixed(visit) || start < 0
    const promised = promisedAt === null ? windowOf(visit, this.#steps) : { from: this.#steps.floor(promisedAt), to: this.#steps.floor(promisedAt) }
    const windows = [promised, ...(start >= promised.from && start <= promised.to ? [] : [{ from: start, to: start }])]
    return {
      ...PLAIN_STOP,
      id,
      place: this.#places.numberOf(visit.place),
      seconds: this.#endOf(visit) - start,
      skills,
      windows: windows.map((window): PlanWindow => ({ ...window, price: 0, late: null })),
      dropPrice: dropPrice(rank),
      technicianPrices: wishPrices(visit, [technicianId, promisedTechnicianId]),
      pinned: stands
        ? { technicianId, start }
        : { technicianId: promisedTechnicianId !== null && promisedTechnicianId === technicianId ? technicianId : null, start: promisedAt !== null && isLocked(visit) && promisedAt === startsAt ? start : null },
      promised: { window: { ...promised, price: 0 }, technician: promisedTechnicianId === null ? null : { id: promisedTechnicianId, price: PRICES.promise } },
    }
  }
}

/** When a visit may begin by its window; a window of less than a step is its beginning. */
export function windowOf({ windowStartsAt, windowEndsAt }: DayVisit, { floor, ceil }: Pick<Steps, 'floor' | 'ceil'>): { readonly from: number; readonly to: number } {
  const from = ceil(windowStartsAt)
  return { from, to: Math.max(from, floor(windowEndsAt - 1)) }
}

const dropPrice = (rank: number): number => PRICES.drop.least + Math.max(0, 9 - rank) * PRICES.drop.rank

/** How long a visit takes, in whole steps. */
export function lengthOf({ startsAt, endsAt, durationMinutes }: DayVisit): number {
  const length = startsAt === null || endsAt === null ? durationMinutes * MINUTE : endsAt - startsAt
  return Math.ceil(length / PLAN_STEP) * STEP
}

/**
 * An emergency as a stop that is to be put into the day: in its window as far as that is still ahead, else as soon as can be.
 * A place that the day does not have yet needs the visit to be among those read.
 */
export function emergencyStop(visit: DayVisit, { problem, places, floor, ceil }: PlannedDay): PlanStop {
  const window = windowOf(visit, { floor, ceil })
  const from = Math.max(window.from, problem.now ?? window.from)
  const until = Math.max(from, ...problem.technicians.map(({ shift, overtime }) => overtime?.until ?? shift.to))
  return {
    ...PLAIN_STOP,
    id: visit.id,
    place: placeNumber(places, visit.place),
    seconds: lengthOf(visit),
    skills: visit.skills,
    windows: [{ from, to: Math.max(from, window.to), price: 0, late: { until, price: PRICES.late } }],
    // Nothing that is planned is worth more.
    dropPrice: PLAIN_STOP.dropPrice,
    technicianPrices: wishPrices(visit, [visit.promisedTechnicianId]),
    promised: visit.promisedTechnicianId === null ? null : { window: null, technician: { id: visit.promisedTechnicianId, price: PRICES.promise } },
  }
}

/** A visit that nobody has, as a stop for its window: not at any price, others were promised theirs. Null where the window is over. */
export function waitingStop(visit: DayVisit, day: PlannedDay): PlanStop | null {
  const stop = emergencyStop(visit, day)
  const window = windowOf(visit, day)
  const from = Math.max(window.from, day.problem.now ?? window.from)
  return from > window.to ? null : { ...stop, windows: [{ from, to: window.to, price: 0, late: null }], dropPrice: dropPrice(visit.rank) }
}

const placeNumber = (places: readonly (Place | null)[], place: Place | null): number =>
  Math.max(0, places.findIndex((each) => (place === null || each === null ? place === each : each.latitude === place.latitude && each.longitude === place.longitude)))

/** Adds a place to the day's travel table where it is not there yet. */
export function withPlace(day: PlannedDay, place: Place | null): PlannedDay {
  const isThere = day.places.some((each) => (place === null || each === null ? place === each : each.latitude === place.latitude && each.longitude === place.longitude))
  if (isThere) return day
  const places = [...day.places, place]
  return { ...day, places, problem: { ...day.problem, travel: matrixOf(places, driveSeconds(day.facts.speed)) } }
}

const NOTHING: PlanCost = { travelSeconds: 0, overtimeSeconds: 0, lateSeconds: 0, travel: 0, overtime: 0, late: 0, windows: 0, technicians: 0, dropped: 0, skippedBlocks: 0, total: 0 }

interface Seat {
  readonly id: string
  readonly technicianId: string
  readonly start: number
}

/** What people have planned, as a plan: each where it stands, with the drives between and what they cost. */
function standingPlan(problem: Problem, seats: readonly Seat[]): Plan {
  const { travel } = problem
  const drive = (from: number | null, to: number | null): number => (from === null || to === null || from === to ? 0 : (travel.seconds[from * travel.places + to] ?? 0))
  const stops = new Map(problem.stops.map((stop) => [stop.id, stop]))
  const routes = problem.technicians.map((technician): PlanRoute => {
    const visits = seats.flatMap(({ id, technicianId, start }) => {
      const stop = technicianId === technician.id ? stops.get(id) : undefined
      return stop ? [{ kind: 'stop' as const, id, start, seconds: stop.seconds, place: stop.place as number | null }] : []
    })
    const blocks = technician.blocks.map(({ id, earliest, seconds, place }) => ({ kind: 'block' as const, id, start: earliest, seconds, place }))
    let place = technician.startPlace
    let placed = false
    const entries = [...visits, ...blocks]
      .sort((left, right) => left.start - right.start || left.start + left.seconds - right.start - right.seconds)
      .map((each): PlanEntry => {
        const travelSeconds = drive(place, each.place)
        place = each.place ?? place
        placed ||= each.place !== null
        return { kind: each.kind, id: each.id, startsAt: each.start, endsAt: each.start + each.seconds, travelSeconds }
      })
    const homeSeconds = placed ? drive(place, technician.endPlace) : 0
    const endsAt = entries.length === 0 ? technician.shift.from : Math.max(...entries.map((entry) => entry.endsAt)) + homeSeconds
    return { technicianId: technician.id, entries, homeSeconds, endsAt }
  })
  const plan: Plan = { routes, dropped: [], skippedBlocks: [], cost: NOTHING }
  return { ...plan, cost: checkPlan(problem, plan).cost }
}

/** A day as it stands, for the planner. */
export function plannedDay(facts: DayFacts, options: DayOptions = AS_IT_IS): PlannedDay {
  return new DayBuilder(facts, options).build()
}

/** The same day with everything standing where it stands, except these visits: so that only they are judged. */
export function judging(day: PlannedDay, ids: ReadonlySet<string>): Problem {
  const at = new Map(day.plan.routes.flatMap(({ technicianId, entries }) => entries.filter(({ kind }) => kind === 'stop').map(({ id, startsAt }) => [id, { technicianId, start: startsAt }] as const)))
  return {
    ...day.problem,
    stops: day.problem.stops.map((stop): PlanStop => {
      const pinned = at.get(stop.id)
      if (!pinned) return stop
      if (!ids.has(stop.id)) return isFixedStop(stop) ? stop : { ...stop, pinned }
      return { ...stop, pinned: { technicianId: null, start: null }, windows: [{ from: pinned.start, to: pinned.start, price: 0, late: null }] }
    }),
  }
}
