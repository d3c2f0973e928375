import { MINUTE, type Instant } from '../../base/time.ts'
import { expectedArrivals } from './expected.ts'
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
  /** When the technician was last heard of: sent, or on site; null before. */
  readonly heardAt?: Instant | null
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
  /** Somebody is on the way or at work, and nobody has heard of them for hours. */
  | { readonly kind: 'noUpdate'; readonly since: Instant }
  | { readonly kind: 'overbooked' }
  | { readonly kind: 'skillMissing'; readonly skills: readonly string[] }
  | { readonly kind: 'overtime'; readonly until: Instant }

/** The kinds by name, for what is typed at the edge. */
export const ALERT_KINDS = ['planMissesWindow', 'windowMissed', 'atRisk', 'notDispatched', 'notOnSite', 'overrun', 'noUpdate', 'overbooked', 'skillMissing', 'overtime'] as const satisfies readonly VisitAlert['kind'][]

/** When a dispatcher is told, in minutes; a company sets its own. */
export interface LatenessRules {
  /** After the planned start, before it is said that nobody was sent or is there. */
  readonly lateAfterMinutes: number
  /** Without a word from a technician on the way or at work. */
  readonly silentAfterMinutes: number
}

export const DEFAULT_LATENESS: LatenessRules = { lateAfterMinutes: 15, silentAfterMinutes: 120 }

const WAITING: ReadonlySet<AppointmentState> = new Set(['scheduled', 'confirmed', 'dispatched'])

/** True where the planned start lies outside the arrival window, whose end is too late already. */
export function missesWindow(visit: Pick<PlannedVisit, 'windowStartsAt' | 'windowEndsAt'>, startsAt: Instant): boolean {
  return startsAt < visit.windowStartsAt || startsAt >= visit.windowEndsAt
}

function waitingAlerts(visit: PlannedVisit, expectedAt: Instant, now: Instant, rules: LatenessRules): readonly VisitAlert[] {
  if (now >= visit.windowEndsAt) return [{ kind: 'windowMissed', endedAt: visit.windowEndsAt }]
  const alerts: VisitAlert[] = []
  if (missesWindow(visit, visit.startsAt)) alerts.push({ kind: 'planMissesWindow', startsAt: visit.startsAt })
  else if (expectedAt >= visit.windowEndsAt) alerts.push({ kind: 'atRisk', expectedAt })
  const waitedSince = visit.startsAt + rules.lateAfterMinutes * MINUTE
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
  rules: LatenessRules = DEFAULT_LATENESS,
): ReadonlyMap<string, readonly VisitAlert[]> {
  const alerts = new Map<string, readonly VisitAlert[]>()
  const expected = expectedArrivals(visits, now)
  for (const visit of [...visits].sort((left, right) => left.startsAt - right.startsAt)) {
    if (visit.state === 'done' || visit.state === 'canceled') continue
    const own: VisitAlert[] = []
    const expectedAt = expected.get(visit.id)?.expectedAt ?? visit.startsAt
    if (WAITING.has(visit.state)) own.push(...waitingAlerts(visit, expectedAt, now, rules))
    else if (visit.state === 'working' && now > visit.endsAt) own.push({ kind: 'overrun', since: visit.endsAt })
    const heardAt = visit.state === 'dispatched' || visit.state === 'working' ? (visit.heardAt ?? null) : null
    if (heardAt !== null && now >= heardAt + rules.silentAfterMinutes * MINUTE) own.push({ kind: 'noUpdate', since: heardAt })
    if (visit.overbooked) own.push({ kind: 'overbooked' })
    const missing = visit.skills.filter((skill) => !technician.skills.includes(skill))
    if (missing.length > 0) own.push({ kind: 'skillMissing', skills: missing })
    if (technician.shiftEndsAt !== null && visit.endsAt > technician.shiftEndsAt) own.push({ kind: 'overtime', until: visit.endsAt })
    if (own.length > 0) alerts.set(visit.id, own)
  }
  return alerts
}
