import { MINUTE, type Instant } from '../../base/time.ts'
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

/** The minutes after the planned start that a technician gets before it is said aloud. */
const GRACE_MINUTES = 15

const WAITING: ReadonlySet<AppointmentState> = new Set(['scheduled', 'confirmed', 'dispatched'])

/** True where the planned start lies outside the arrival window, whose end is too late already. */
export function missesWindow(visit: Pick<PlannedVisit, 'windowStartsAt' | 'windowEndsAt'>, startsAt: Instant): boolean {
  return startsAt < visit.windowStartsAt || startsAt >= visit.windowEndsAt
}

function waitingAlerts(visit: PlannedVisit, expectedAt: Instant, now: Instant): readonly VisitAlert[] {
  if (now >= visit.windowEndsAt) return [{ kind: 'windowMissed', endedAt: visit.windowEndsAt }]
  const alerts: VisitAlert[] = []
  if (missesWindow(visit, visit.startsAt)) alerts.push({ kind: 'planMissesWindow', startsAt: visit.startsAt })
  else if (expectedAt >= visit.windowEndsAt) alerts.push({ kind: 'atRisk', expectedAt })
  const waitedSince = visit.startsAt + GRACE_MINUTES * MINUTE
  if (now >= waitedSince) alerts.push({ kind: visit.state === 'dispatched' ? 'notOnSite' : 'notDispatched', since: visit.startsAt })
  return alerts
}

/**
 * The alerts of one technician's day.
 * @param visits the technician's visits of the day, canceled ones included
 * @param technician skills and, where there is a shift that day, its last end
 */
export function dayAlerts(
  visits: readonly PlannedVisit[],
  technician: { readonly skills: readonly string[]; readonly shiftEndsAt: Instant | null },
  now: Instant,
): ReadonlyMap<string, readonly VisitAlert[]> {
  const alerts = new Map<string, readonly VisitAlert[]>()
  let freeAt = 0
  for (const visit of [...visits].sort((left, right) => left.startsAt - right.startsAt)) {
    if (visit.state === 'done' || visit.state === 'canceled') continue
    const own: VisitAlert[] = []
    const expectedAt = Math.max(visit.startsAt, freeAt, WAITING.has(visit.state) ? now : 0)
    if (WAITING.has(visit.state)) own.push(...waitingAlerts(visit, expectedAt, now))
    else if (visit.state === 'working' && now > visit.endsAt) own.push({ kind: 'overrun', since: visit.endsAt })
    if (visit.overbooked) own.push({ kind: 'overbooked' })
    const missing = visit.skills.filter((skill) => !technician.skills.includes(skill))
    if (missing.length > 0) own.push({ kind: 'skillMissing', skills: missing })
    if (technician.shiftEndsAt !== null && visit.endsAt > technician.shiftEndsAt) own.push({ kind: 'overtime', until: visit.endsAt })
    if (own.length > 0) alerts.set(visit.id, own)
    // A visit on hold gives the technician free; one at work holds on at least until now.
    if (visit.state === 'working') freeAt = Math.max(freeAt, visit.endsAt, now)
    else if (visit.state !== 'hold' && !visit.overbooked) freeAt = expectedAt + (visit.endsAt - visit.startsAt)
  }
  return alerts
}
