import type { Happened, ProposedMove, Proposal, TriedMove } from '../../../../shared/contract/methods/assistant.ts'
import { assertNever } from '../../../../shared/base/assertNever.ts'
import { overlaps, type Instant } from '../../../../shared/base/time.ts'
import { brokenBy, isLocked } from '../../../../shared/domain/dispatch/acceptance.ts'
import { checkPlan, type PlanFault } from '../../../../shared/planner/checker.ts'
import type { Disruption } from '../../../../shared/planner/disruption.ts'
import type { CallReason, Move, Seat } from '../../../../shared/planner/moves.ts'
import type { Plan } from '../../../../shared/planner/plan.ts'
import type { Budget } from '../../../../shared/planner/search/budget.ts'
import { MOST_MOVED, type Proposal as PlannerProposal, replan, REPLAN_PRICES } from '../../../../shared/planner/replan.ts'
import type { DayFacts, DayVisit } from './dayFacts.ts'
import { dayMark } from './seen.ts'
import { AS_IT_IS, type DayOptions, emergencyStop, isBlock, judging, plannedDay, type PlannedDay, waitingStop, withPlace } from './plannedDay.ts'

export interface ReplanQuestion {
  readonly facts: DayFacts
  readonly happened: readonly Happened[]
}

/** A proposal that the checker finds fault with is never shown. */
export type ReplanAnswer = { readonly kind: 'proposal'; readonly proposal: Proposal } | { readonly kind: 'unsound'; readonly faults: readonly PlanFault[] }

interface Left {
  readonly appointmentId: string
  readonly name: string
  readonly why: string
}

const minutesOf = (seconds: number): number => Math.round(seconds / 60)

/** Has somebody who begins it late or never: planned for before, and nobody has set to work. */
const isNotBegun = ({ state }: DayVisit): boolean => state === 'scheduled' || state === 'confirmed' || state === 'dispatched'

/** What a sick technician should have begun by now is theirs no more either. */
function sickFrom({ visits }: DayFacts, technicianId: string, from: Instant): Instant {
  const waiting = visits.filter((visit) => visit.technicianId === technicianId && isNotBegun(visit) && visit.startsAt !== null && visit.startsAt < from)
  return Math.min(from, ...waiting.map(({ startsAt }) => startsAt ?? from))
}

/** Who is back in the middle of lunch or training is back after it. */
function backAt({ technicians }: DayFacts, technicianId: string, until: Instant): Instant {
  const blocks = technicians.find(({ id }) => id === technicianId)?.blocks ?? []
  return Math.max(until, ...blocks.filter(({ startsAt, endsAt }) => startsAt < until && until < endsAt).map(({ endsAt }) => endsAt))
}

/** What has no place in the day yet and is to get one. */
function comingIn(happened: readonly Happened[]): ReadonlySet<string> {
  return new Set(happened.flatMap((event) => (event.kind === 'emergency' ? [event.appointmentId] : event.kind === 'waiting' ? event.appointmentIds : [])))
}

function optionsFor({ visits }: DayFacts, happened: readonly Happened[]): DayOptions {
  const sick = new Set(happened.flatMap((event) => (event.kind === 'sick' ? [event.technicianId] : [])))
  return {
    ...AS_IT_IS,
    without: comingIn(happened),
    calledOut: happened.some(({ kind }) => kind === 'emergency'),
    standing: new Set(visits.filter(({ state, technicianId }) => state === 'working' && technicianId !== null && sick.has(technicianId)).map(({ id }) => id)),
    lasts: new Map(happened.flatMap((event) => (event.kind === 'overrun' ? [[event.appointmentId, event.endsAt] as const] : []))),
  }
}

/** What a person has to see to: the plan leaves it where it is. */
function leftToPeople({ visits, technicians }: DayFacts, happened: readonly Happened[], options: DayOptions): readonly Left[] {
  const nameOf = (id: string): string => technicians.find((technician) => technician.id === id)?.name ?? ''
  const left = new Map<string, Left>()
  const put = (visit: DayVisit, why: string): void => void left.set(visit.id, { appointmentId: visit.id, name: visit.name, why })
  for (const event of happened) {
    for (const visit of visits) {
      if (visit.state === 'done' || visit.startsAt === null || visit.endsAt === null || options.without.has(visit.id)) continue
      if (event.kind === 'sick') {
        if (visit.endsAt <= event.from || (event.until !== null && visit.startsAt >= event.until)) continue
        if (visit.crewIds.includes(event.technicianId)) put(visit, `${nameOf(event.technicianId)} goes along: say who goes instead`)
        else if (visit.technicianId === event.technicianId && visit.crewIds.length > 0) put(visit, 'A crew goes to it: say who leads')
        else if (visit.technicianId === event.technicianId && visit.state === 'working') put(visit, `${nameOf(event.technicianId)} is at work there: put it on hold first`)
      } else if (event.kind === 'overrun') {
        const longer = visits.find(({ id }) => id === event.appointmentId)
        if (!longer || visit.id === longer.id || longer.startsAt === null || visit.startsAt < longer.startsAt || visit.startsAt >= event.endsAt) continue
        const people = new Set([longer.technicianId, ...longer.crewIds])
        const isTheirs = people.has(visit.technicianId) || visit.crewIds.some((id) => people.has(id))
        if (isTheirs && isBlock(visit, options)) put(visit, 'A crew goes to it, and one of them is still at work')
      }
    }
  }
  return [...left.values()]
}

function disruptionsOf(day: PlannedDay, happened: readonly Happened[]): readonly Disruption[] {
  const { facts, floor, ceil } = day
  return happened.flatMap((event): Disruption[] => {
    switch (event.kind) {
      case 'sick':
        return [{ kind: 'sick', technicianId: event.technicianId, from: floor(sickFrom(facts, event.technicianId, event.from)), until: event.until === null ? null : ceil(backAt(facts, event.technicianId, event.until)) }]
      case 'emergency': {
        const visit = facts.visits.find(({ id }) => id === event.appointmentId)
        return visit ? [{ kind: 'emergency', stop: emergencyStop(visit, day) }] : []
      }
      case 'waiting':
        return event.appointmentIds.flatMap((id): Disruption[] => {
          const visit = facts.visits.find((each) => each.id === id)
          const stop = visit ? waitingStop(visit, day) : null
          return stop ? [{ kind: 'emergency', stop }] : []
        })
      case 'overrun':
        return [{ kind: 'overrun', stopId: event.appointmentId, endsAt: ceil(event.endsAt) }]
      default:
        return assertNever(event, 'event')
    }
  })
}

const CALL_WORDS: Readonly<Record<CallReason, string>> = {
  dropped: 'Nobody can come that day',
  window: 'Another time than they were told',
  technician: 'Another technician than they were promised',
  locked: 'They were promised the very time',
  arrival: 'They wait to hear when somebody comes',
}

/** Why the customer has to hear of it. To the planner a visit that somebody drives to is locked too; that is no promise. */
function callsFor(visit: DayVisit, { kind, call: reasons }: Move, isPlain: boolean, broke: ProposedMove['broke'], after: ProposedMove['after']): string[] {
  // Was promised a window and gets somebody in it: there is nothing new to tell.
  if (kind === 'placed' && isPlain && broke === null) return []
  const all: readonly CallReason[] = broke === 'window' && !reasons.includes('window') ? ['window', ...reasons] : reasons
  const told = all.filter((reason) => {
    if (reason === 'technician') return visit.promisedTechnicianId !== null && visit.promisedTechnicianId !== after?.technicianId
    return reason !== 'locked' || (isLocked(visit) && visit.promisedAt !== null && visit.promisedAt !== after?.startsAt)
  })
  return [...told.map((reason) => CALL_WORDS[reason]), ...(visit.state === 'dispatched' ? ['Somebody was on the way to them'] : [])]
}

function proposedMove({ facts, instantOf }: PlannedDay, move: Move, waiting: ReadonlySet<string>): ProposedMove | null {
  const visit = facts.visits.find(({ id }) => id === move.stopId)
  if (!visit) return null
  const seatOf = (seat: Seat | null): ProposedMove['after'] => (seat === null ? null : { technicianId: seat.technicianId, startsAt: instantOf(seat.startsAt), endsAt: instantOf(seat.endsAt) })
  const after = seatOf(move.after)
  // Where it stands, to the minute, not rounded as the planner is told.
  const before = move.before === null || visit.technicianId === null || visit.startsAt === null || visit.endsAt === null ? null : { technicianId: visit.technicianId, startsAt: visit.startsAt, endsAt: visit.endsAt }
  const broke = brokenBy(visit, after) ?? null
  return {
    appointmentId: visit.id,
    name: visit.name,
    kind: move.kind,
    isHit: move.isHit,
    before,
    after,
    broke,
    call: callsFor(visit, move, waiting.has(visit.id), broke, after),
    tell: [...move.tell],
    driveMinutes: minutesOf(move.travelSeconds),
    locked: isLocked(visit),
    seen: { version: visit.version, dayMark: after === null ? null : dayMark(facts, after.technicianId) },
    needs: [...move.needs],
  }
}

/** What a short search finds is at times better than what is left of a long one, once that is freed of what nobody asked for. */
const SHORT: Budget = { kind: 'iterations', count: 50 }

/** What a proposal costs, with the price of each visit that changes though nothing has happened to it. */
const priceOf = ({ after, moves }: PlannerProposal): number => after.total + REPLAN_PRICES.movePrice * moves.filter(({ isHit }) => !isHit).length

const cheapest = (proposals: readonly PlannerProposal[]): PlannerProposal | undefined => proposals.toSorted((left, right) => priceOf(left) - priceOf(right))[0]

/** What stands where another is to go has to leave first, on the board too: there a visit that was hit still stands where it stood. */
function withStanding(moves: readonly ProposedMove[]): ProposedMove[] {
  return moves.map((move) => {
    const { after } = move
    if (after === null) return move
    const inTheWay = moves.filter(({ appointmentId, before }) => appointmentId !== move.appointmentId && before?.technicianId === after.technicianId && overlaps(before.startsAt, before.endsAt, after.startsAt, after.endsAt))
    return { ...move, needs: [...new Set([...move.needs, ...inTheWay.map(({ appointmentId }) => appointmentId)])] }
  })
}

/** What waits and has no place in its window with anybody: a person decides. */
function withoutPlace({ visits }: DayFacts, waiting: ReadonlySet<string>, { moves }: PlannerProposal): readonly Left[] {
  const placed = new Set(moves.map(({ stopId }) => stopId))
  return visits
    .filter(({ id }) => waiting.has(id) && !placed.has(id))
    .map(({ id, name }) => ({ appointmentId: id, name, why: 'Nobody is free for it in its window: A shows who could come when' }))
}

/**
 * What to do about what has happened: pure, in a thread of its own for as long as the budget is. Who is concerned and can't be
 * moved by a plan is named. The proposal is put before the checker, which recomputes it from the problem.
 */
export function replanDay({ facts, happened }: ReplanQuestion, budget: Budget): ReplanAnswer {
  const options = optionsFor(facts, happened)
  const waiting = new Set(happened.flatMap((event) => (event.kind === 'waiting' ? event.appointmentIds : [])))
  const emergencies = facts.visits.filter(({ id }) => options.without.has(id))
  const day = emergencies.reduce((built, { place }) => withPlace(built, place), plannedDay(facts, options))
  const disruptions = disruptionsOf(day, happened)
  const proposed = cheapest([SHORT, budget].map((each) => replan({ problem: day.problem, plan: day.plan, disruptions, budget: each, seed: 1, mostMoved: MOST_MOVED, ...REPLAN_PRICES })))
  if (!proposed) return { kind: 'unsound', faults: [] }
  const { faults } = checkPlan(proposed.problem, proposed.plan)
  if (faults.length > 0) return { kind: 'unsound', faults }
  const nameOf = (technicianId: string): string => facts.technicians.find(({ id }) => id === technicianId)?.name ?? ''
  const endOf = ({ routes }: Plan, technicianId: string, endsAt: number): number | null =>
    routes.some((route) => route.technicianId === technicianId && route.entries.some(({ kind }) => kind === 'stop')) ? day.instantOf(endsAt) : null
  return {
    kind: 'proposal',
    proposal: {
      day: facts.day,
      moves: withStanding(proposed.moves.flatMap((move) => proposedMove(day, move, waiting) ?? [])),
      left: [...leftToPeople(facts, happened, options), ...withoutPlace(facts, waiting, proposed)],
      driveMinutes: { before: minutesOf(proposed.before.travelSeconds), after: minutesOf(proposed.after.travelSeconds) },
      overtimeMinutes: { before: minutesOf(proposed.before.overtimeSeconds), after: minutesOf(proposed.after.overtimeSeconds) },
      technicians: proposed.technicians.map(({ technicianId, travelSeconds, endsAt }) => ({
        id: technicianId,
        name: nameOf(technicianId),
        driveMinutes: { before: minutesOf(travelSeconds.before), after: minutesOf(travelSeconds.after) },
        endsAt: { before: endOf(day.plan, technicianId, endsAt.before), after: endOf(proposed.plan, technicianId, endsAt.after) },
      })),
    },
  }
}

export interface TryQuestion {
  readonly facts: DayFacts
  readonly moves: readonly TriedMove[]
}

export interface Fault {
  readonly appointmentId: string | null
  readonly message: string
}

const FAULT_WORDS: Readonly<Partial<Record<PlanFault['kind'], string>>> = {
  skill: 'does not have the skill for it',
  overlap: 'can’t be there by then',
  shift: 'does not work so long',
  past: 'can’t be there so soon',
}

/** What stands against moves on the day as it is now, all of them made: everything else stands where it stands. */
export function tryMoves({ facts, moves }: TryQuestion): readonly Fault[] {
  const to = new Map(moves.map((move) => [move.appointmentId, move.to]))
  const moved = facts.visits.map((visit): DayVisit => {
    const seat = to.get(visit.id)
    return seat === undefined ? visit : { ...visit, technicianId: seat?.technicianId ?? null, startsAt: seat?.startsAt ?? null, endsAt: seat?.endsAt ?? null }
  })
  const day = plannedDay({ ...facts, visits: moved }, { ...AS_IT_IS, calledOut: true })
  const problem = judging(day, new Set(to.keys()))
  const nameOf = (technicianId: string | null): string => facts.technicians.find(({ id }) => id === technicianId)?.name ?? 'The technician'
  // Said since it was proposed; a plan never proposes it. Who has the visit, or was promised, may still come.
  const unwanted = facts.visits.flatMap(({ id, name, notWantedIds, technicianId, promisedTechnicianId }): Fault[] => {
    const seat = to.get(id)
    return seat && notWantedIds.includes(seat.technicianId) && seat.technicianId !== technicianId && seat.technicianId !== promisedTechnicianId ? [{ appointmentId: id, message: `${name} does not want ${nameOf(seat.technicianId)} again.` }] : []
  })
  const faults = checkPlan(problem, day.plan).faults.flatMap(({ kind, technicianId, id }): Fault[] => {
    const words = FAULT_WORDS[kind]
    return words === undefined ? [] : [{ appointmentId: facts.visits.find((visit) => visit.id === id)?.id ?? null, message: `${nameOf(technicianId)} ${words}.` }]
  })
  return [...unwanted, ...faults]
}
