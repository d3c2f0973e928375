import { type Instant, overlaps } from '../../base/time.ts'
import type { Interval } from './availability.ts'
import type { AppointmentState } from './tables.ts'

/** What of a planned visit says when those on it will be free again. */
export interface ExpectedVisit {
  readonly id: string
  readonly state: AppointmentState
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly overbooked: boolean
}

/** A visit with everybody who is on it. */
export interface TeamVisit extends ExpectedVisit {
  /** Who leads it. */
  readonly technicianId: string
  /** Who goes along, for the same time. */
  readonly crewIds: readonly string[]
}

const OVER: ReadonlySet<AppointmentState> = new Set(['done', 'canceled'])

/** Whoever goes along and is elsewhere at that time as well is there knowingly: nothing else is ever accepted. */
function goneAlong<V extends TeamVisit>(visit: V, own: readonly V[]): V {
  const overbooked = own.some((other) => other.id !== visit.id && !OVER.has(other.state) && overlaps(other.startsAt, other.endsAt, visit.startsAt, visit.endsAt))
  return { ...visit, overbooked }
}

/**
 * One technician's visits as `expectedArrivals` looks at them.
 * @param own all that they are on, those gone along to as well
 */
export function ownDay<V extends TeamVisit>(technicianId: string, own: readonly V[]): readonly V[] {
  return own.map((visit) => (visit.technicianId === technicianId ? visit : goneAlong(visit, own)))
}

/** The same of everybody. */
export function daysOf<V extends TeamVisit>(visits: readonly V[]): ReadonlyMap<string, readonly V[]> {
  const days = new Map<string, V[]>()
  const put = (technicianId: string, visit: V): void => {
    const day = days.get(technicianId)
    if (day) day.push(visit)
    else days.set(technicianId, [visit])
  }
  for (const visit of visits) for (const technicianId of new Set([visit.technicianId, ...visit.crewIds])) put(technicianId, visit)
  return new Map([...days].map(([technicianId, own]) => [technicianId, ownDay(technicianId, own)]))
}

export interface Expectation {
  /** The earliest somebody can be there. */
  readonly expectedAt: Instant
  /** Earlier work of the same technician that runs over its planned end and pushes this visit. */
  readonly behind: string | null
  /** Nobody stands between that work and this visit: this customer is the next in line. */
  readonly next: boolean
}

const WAITING: ReadonlySet<AppointmentState> = new Set(['scheduled', 'confirmed', 'dispatched'])

/** Who is back in the middle of lunch or training goes on after it: the planner says the same. */
function afterBlocks(at: Instant, sortedBlocks: readonly Interval[]): Instant {
  let free = at
  for (const block of sortedBlocks) if (block.startsAt <= free && free < block.endsAt) free = block.endsAt
  return free
}

const byStart = (left: Interval, right: Interval): number => left.startsAt - right.startsAt || left.endsAt - right.endsAt

/**
 * When each visit of one technician's day can begin at the earliest, as of `now`: work that runs over pushes what comes
 * after it, and nobody sets out during lunch, training or time off. A visit on hold and one that was knowingly overbooked push
 * nothing, and the latter is kept whatever else has that time.
 * @param visits all that the technician is on, those gone along to as well: they take as long, whoever leads them
 * @param blocks what else has the technician that day
 */
export function expectedArrivals(visits: readonly ExpectedVisit[], blocks: readonly Interval[], now: Instant): ReadonlyMap<string, Expectation> {
  const expected = new Map<string, Expectation>()
  const elsewhere = [...blocks].sort(byStart)
  let freeAt = 0
  let behind: string | null = null
  let next = false
  for (const visit of [...visits].sort((left, right) => left.startsAt - right.startsAt || (left.id < right.id ? -1 : 1))) {
    if (OVER.has(visit.state)) continue
    const waiting = WAITING.has(visit.state)
    const reached = Math.max(visit.startsAt, freeAt, waiting ? now : 0)
    const expectedAt = waiting && !visit.overbooked ? afterBlocks(reached, elsewhere) : reached
    const pushed = waiting && freeAt > visit.startsAt ? behind : null
    expected.set(visit.id, { expectedAt, behind: pushed, next: pushed !== null && next })
    if (visit.state === 'working') {
      freeAt = Math.max(freeAt, visit.endsAt, now)
      if (now > visit.endsAt) {
        behind = visit.id
        next = true
      }
    } else if (visit.state !== 'hold' && !visit.overbooked) {
      freeAt = expectedAt + (visit.endsAt - visit.startsAt)
      next = false
    }
  }
  return expected
}
