import type { Instant } from '../../base/time.ts'
import type { AppointmentState } from './tables.ts'

/** What of a planned visit says when its technician will be free again. */
export interface ExpectedVisit {
  readonly id: string
  readonly state: AppointmentState
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly overbooked: boolean
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

/**
 * When each visit of one technician's day can begin at the earliest, as of `now`: work that runs over pushes what comes
 * after it. A visit on hold and one that was knowingly overbooked push nothing.
 */
export function expectedArrivals(visits: readonly ExpectedVisit[], now: Instant): ReadonlyMap<string, Expectation> {
  const expected = new Map<string, Expectation>()
  let freeAt = 0
  let behind: string | null = null
  let next = false
  for (const visit of [...visits].sort((left, right) => left.startsAt - right.startsAt || (left.id < right.id ? -1 : 1))) {
    if (visit.state === 'done' || visit.state === 'canceled') continue
    const waiting = WAITING.has(visit.state)
    const expectedAt = Math.max(visit.startsAt, freeAt, waiting ? now : 0)
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
