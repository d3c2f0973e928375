import { MINUTE, overlaps, type Instant } from '../../base/time.ts'
import type { Interval } from './availability.ts'
import type { TimeKind } from './timeKinds.ts'
import type { AppointmentState } from './tables.ts'

/** What tells whether a planned visit will keep its promise; the board's rows carry it. */
export interface PlannedVisit {
  readonly id: string
  readonly state: AppointmentState
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly windowStartsAt: Instant
  readonly windowEndsAt: Instant
  readonly overbooked: boolean
  readonly skills: readonly string[]
  /** The very time that was promised, where it was; it stands in place of the window. */
  readonly promisedAt?: Instant | null | undefined
}

/** Whose day it is, with what the board knows of it. */
export interface AlertedTechnician {
  readonly skills: readonly string[]
  readonly shifts: readonly Interval[]
  readonly onCall: readonly Interval[]
  readonly blocks: readonly (Interval & { readonly kind: TimeKind })[]
  /** False for somebody who left and still has work. */
  readonly active: boolean
}

/** Computed when read, from the clock of whoever looks: nobody is woken to set a flag (D4). */
export type VisitAlert =
  /** The plan itself lies outside the promised window. */
  | { readonly kind: 'planMissesWindow'; readonly startsAt: Instant }
  /** The window has passed and nobody is there. */
  | { readonly kind: 'windowMissed'; readonly endedAt: Instant }
  /** Earlier work runs over: nobody will be there before `expectedAt`. */
  | { readonly kind: 'atRisk'; readonly expectedAt: Instant }
  | { readonly kind: 'notDispatched'; readonly since: Instant }
  | { readonly kind: 'notOnSite'; readonly since: Instant }
  | { readonly kind: 'overrun'; readonly since: Instant }
  | { readonly kind: 'overbooked' }
  | { readonly kind: 'skillMissing'; readonly skills: readonly string[] }
  | { readonly kind: 'overtime'; readonly until: Instant }
  /** Planned where the technician is at lunch, in training or off, and nobody has accepted it. */
  | { readonly kind: 'notThere'; readonly block: TimeKind; readonly until: Instant }
  /** The technician left: somebody else has to go. */
  | { readonly kind: 'technicianLeft' }

/** The minutes after the planned start that a technician gets before it is said aloud. */
const GRACE_MINUTES = 15

const WAITING: ReadonlySet<AppointmentState> = new Set(['scheduled', 'confirmed', 'dispatched'])

/** True where the planned start lies outside the arrival window, whose end is too late already, and was not agreed with the customer. */
export function missesWindow(visit: Pick<PlannedVisit, 'windowStartsAt' | 'windowEndsAt' | 'promisedAt'>, startsAt: Instant): boolean {
  if (visit.promisedAt !== null && visit.promisedAt !== undefined) return startsAt !== visit.promisedAt
  return startsAt < visit.windowStartsAt || startsAt >= visit.windowEndsAt
}

function waitingAlerts(visit: PlannedVisit, expectedAt: Instant, now: Instant): readonly VisitAlert[] {
  // Who was given the very time waits from then on as others do from the end of their window.
  const promisedBy = typeof visit.promisedAt === 'number' ? visit.promisedAt + GRACE_MINUTES * MINUTE : visit.windowEndsAt
  if (now >= promisedBy) return [{ kind: 'windowMissed', endedAt: promisedBy }]
  const alerts: VisitAlert[] = []
  if (missesWindow(visit, visit.startsAt)) alerts.push({ kind: 'planMissesWindow', startsAt: visit.startsAt })
  else if (expectedAt >= promisedBy) alerts.push({ kind: 'atRisk', expectedAt })
  const waitedSince = visit.startsAt + GRACE_MINUTES * MINUTE
  if (now >= waitedSince) alerts.push({ kind: visit.state === 'dispatched' ? 'notOnSite' : 'notDispatched', since: visit.startsAt })
  return alerts
}

/** The end of a visit that runs on after the shift it lies in or begins after; null where it is within one, or within an on-call span. */
function overtimeUntil(visit: Interval, { shifts, onCall }: Pick<AlertedTechnician, 'shifts' | 'onCall'>): Instant | null {
  if (shifts.length === 0) return null
  const covered = (span: Interval): boolean => span.startsAt <= visit.startsAt && visit.endsAt <= span.endsAt
  if ([...shifts, ...onCall].some(covered)) return null
  const before = shifts.some((shift) => shift.startsAt <= visit.startsAt)
  // Called out in the middle: what is left is neither shift nor call.
  const reached = Math.max(...[...shifts, ...onCall].filter((span) => span.startsAt < visit.endsAt).map((span) => span.endsAt), 0)
  return before && visit.endsAt > reached ? visit.endsAt : null
}

/** What the technician's own day says against a visit. */
function dayOwnAlerts(visit: PlannedVisit, technician: AlertedTechnician): readonly VisitAlert[] {
  if (!technician.active) return [{ kind: 'technicianLeft' }]
  const missing = visit.skills.filter((skill) => !technician.skills.includes(skill))
  const until = overtimeUntil(visit, technician)
  const block = visit.overbooked ? undefined : technician.blocks.find((span) => overlaps(span.startsAt, span.endsAt, visit.startsAt, visit.endsAt))
  return [
    ...(visit.overbooked ? [{ kind: 'overbooked' } as const] : []),
    ...(block ? [{ kind: 'notThere', block: block.kind, until: block.endsAt } as const] : []),
    ...(missing.length > 0 ? [{ kind: 'skillMissing', skills: missing } as const] : []),
    ...(until === null ? [] : [{ kind: 'overtime', until } as const]),
  ]
}

/**
 * The alerts of one technician's day.
 * @param visits the technician's visits of the day, canceled ones included
 */
export function dayAlerts(visits: readonly PlannedVisit[], technician: AlertedTechnician, now: Instant): ReadonlyMap<string, readonly VisitAlert[]> {
  const alerts = new Map<string, readonly VisitAlert[]>()
  let freeAt = 0
  for (const visit of [...visits].sort((left, right) => left.startsAt - right.startsAt)) {
    if (visit.state === 'done' || visit.state === 'canceled') continue
    const own: VisitAlert[] = []
    const expectedAt = Math.max(visit.startsAt, freeAt, WAITING.has(visit.state) ? now : 0)
    if (WAITING.has(visit.state)) own.push(...waitingAlerts(visit, expectedAt, now))
    else if (visit.state === 'working' && now > visit.endsAt) own.push({ kind: 'overrun', since: visit.endsAt })
    own.push(...dayOwnAlerts(visit, technician))
    if (own.length > 0) alerts.set(visit.id, own)
    // A visit on hold gives the technician free; one at work holds on at least until now.
    if (visit.state === 'working') freeAt = Math.max(freeAt, visit.endsAt, now)
    else if (visit.state !== 'hold' && !visit.overbooked) freeAt = expectedAt + (visit.endsAt - visit.startsAt)
  }
  return alerts
}
