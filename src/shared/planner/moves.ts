import type { DisruptedDay } from './disruption.ts'
import type { Plan, PlanEntry } from './plan.ts'
import type { PlanStop, Problem } from './problem.ts'

/** Where a visit stands. */
export interface Seat {
  readonly technicianId: string
  readonly startsAt: number
  readonly endsAt: number
  /** What the technician drives more for it, in seconds; below 0 where a detour saves something. */
  readonly detourSeconds: number
}

/** Why the customer has to be called before a move is carried out. */
export type CallReason =
  /** Nobody comes today any more. */
  | 'dropped'
  /** Outside of the window they were told. */
  | 'window'
  /** Another technician than they were promised. */
  | 'technician'
  /** It was locked: whoever locked it had a reason. */
  | 'locked'
  /** They wait to hear when somebody comes. */
  | 'arrival'

export interface Move {
  readonly stopId: string
  /** `given`: to another technician. `retimed`: by the same at another time. `placed`: had nobody. `dropped`: has nobody now. */
  readonly kind: 'given' | 'retimed' | 'placed' | 'dropped'
  /** What happened concerns it directly; the others are moved to make room. */
  readonly isHit: boolean
  readonly before: Seat | null
  readonly after: Seat | null
  readonly wasLocked: boolean
  /** Empty: the customer notices nothing and need not be called. */
  readonly call: readonly CallReason[]
  /** Technicians whose day it changes. */
  readonly tell: readonly string[]
  /** Driving that it adds in all; below 0 where it saves some. */
  readonly travelSeconds: number
  /** Other moves without which there is no room for it: they are accepted with it. */
  readonly needs: readonly string[]
}

const drive = ({ travel }: Problem, from: number | null, to: number | null): number =>
  from === null || to === null || from === to ? 0 : (travel.seconds[from * travel.places + to] ?? 0)

/** By stop where a plan has it. */
function seatsOf(problem: Problem, plan: Plan): ReadonlyMap<string, Seat> {
  const stops = new Map(problem.stops.map((stop) => [stop.id, stop]))
  const technicians = new Map(problem.technicians.map((technician) => [technician.id, technician]))
  const seats = new Map<string, Seat>()
  for (const { technicianId, entries } of plan.routes) {
    const technician = technicians.get(technicianId)
    const placeOf = ({ kind, id }: PlanEntry): number | null => (kind === 'stop' ? (stops.get(id)?.place ?? null) : (technician?.blocks.find((block) => block.id === id)?.place ?? null))
    const placed = entries.map((entry) => ({ entry, place: placeOf(entry) })).filter(({ place }) => place !== null)
    placed.forEach(({ entry, place }, index) => {
      if (entry.kind !== 'stop') return
      const from = placed[index - 1]?.place ?? technician?.startPlace ?? null
      const to = placed[index + 1]?.place ?? technician?.endPlace ?? null
      // A day with one stop is not driven at all without it.
      const direct = placed.length === 1 ? 0 : drive(problem, from, to)
      seats.set(entry.id, { technicianId, startsAt: entry.startsAt, endsAt: entry.endsAt, detourSeconds: drive(problem, from, place) + drive(problem, place, to) - direct })
    })
  }
  return seats
}

/** The window a customer was told: what was promised, else the one the visit was planned in. */
function toldWindow({ promised, windows }: PlanStop, startsAt: number): { readonly from: number; readonly to: number } {
  return promised?.window ?? windows.find(({ from, to }) => from <= startsAt && startsAt <= to) ?? { from: startsAt, to: startsAt }
}

function reasonsToCall(stop: PlanStop, before: Seat | null, after: Seat | null, wasLocked: boolean): readonly CallReason[] {
  if (before === null) return after === null ? [] : ['arrival']
  if (after === null) return ['dropped']
  const reasons: CallReason[] = []
  const told = toldWindow(stop, before.startsAt)
  const wasTold = before.startsAt >= told.from && before.startsAt <= told.to
  if (after.startsAt < told.from || (after.startsAt > told.to && (wasTold || after.startsAt > before.startsAt))) reasons.push('window')
  const promised = stop.promised?.technician?.id ?? (wasLocked ? before.technicianId : null)
  if (promised !== null && after.technicianId !== promised && before.technicianId !== after.technicianId) reasons.push('technician')
  if (wasLocked) reasons.push('locked')
  return reasons
}

function kindOf(before: Seat | null, after: Seat | null): Move['kind'] | null {
  if (before === null) return after === null ? null : 'placed'
  if (after === null) return 'dropped'
  if (before.technicianId !== after.technicianId) return 'given'
  return before.startsAt === after.startsAt ? null : 'retimed'
}

/** True where two visits of one technician can't both be, with the drive between them. */
function collide(problem: Problem, left: { readonly seat: Seat; readonly place: number }, right: { readonly seat: Seat; readonly place: number }): boolean {
  if (left.seat.technicianId !== right.seat.technicianId) return false
  const [first, second] = left.seat.startsAt <= right.seat.startsAt ? [left, right] : [right, left]
  return first.seat.endsAt + drive(problem, first.place, second.place) > second.seat.startsAt
}

function withNeeds(problem: Problem, moves: readonly Move[]): readonly Move[] {
  const places = new Map(problem.stops.map(({ id, place }) => [id, place]))
  const at = (id: string, seat: Seat): { readonly seat: Seat; readonly place: number } => ({ seat, place: places.get(id) ?? 0 })
  return moves.map((move) => {
    const { after } = move
    if (after === null) return move
    // What was hit does not stand in the way any more.
    const needs = moves.filter((other) => other !== move && other.before !== null && !other.isHit && collide(problem, at(move.stopId, after), at(other.stopId, other.before)))
    return { ...move, needs: needs.map(({ stopId }) => stopId) }
  })
}

/** What would be different from today's plan, what was hit first, then in the order of the day. */
export function movesBetween(today: { readonly problem: Problem; readonly plan: Plan }, { problem, hit, unlocked }: DisruptedDay, proposed: Plan): readonly Move[] {
  const was = seatsOf(today.problem, today.plan)
  const is = seatsOf(problem, proposed)
  const told = new Map(today.problem.stops.map((stop) => [stop.id, stop]))
  const moves = problem.stops.flatMap((stop): Move[] => {
    const [before, after] = [was.get(stop.id) ?? null, is.get(stop.id) ?? null]
    const kind = kindOf(before, after)
    if (kind === null) return []
    const wasLocked = unlocked.has(stop.id)
    const tell = new Set([before?.technicianId, after?.technicianId].filter((id) => id !== undefined))
    const call = reasonsToCall(told.get(stop.id) ?? stop, before, after, wasLocked)
    return [{ stopId: stop.id, kind, isHit: hit.has(stop.id), before, after, wasLocked, call, tell: [...tell], travelSeconds: (after?.detourSeconds ?? 0) - (before?.detourSeconds ?? 0), needs: [] }]
  })
  const startOf = ({ before, after }: Move): number => after?.startsAt ?? before?.startsAt ?? 0
  return withNeeds(problem, moves).toSorted((left, right) => Number(right.isHit) - Number(left.isHit) || startOf(left) - startOf(right) || (left.stopId < right.stopId ? -1 : 1))
}
