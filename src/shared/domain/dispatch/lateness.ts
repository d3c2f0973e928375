import { MINUTE, overlaps, type Instant } from '../../base/time.ts'
import type { Interval } from './availability.ts'
import { expectedArrivals, type TeamVisit } from './expected.ts'
import type { TimeKind } from './timeKinds.ts'
import type { AppointmentState } from './tables.ts'

/** What tells whether a planned visit will keep its promise; the board's rows carry it. */
export interface PlannedVisit extends TeamVisit {
  readonly windowStartsAt: Instant
  readonly windowEndsAt: Instant
  /** When the technician was last heard of: sent, or on site; null before. */
  readonly heardAt?: Instant | null
  readonly skills: readonly string[]
  /** The job’s waiver is not back, so work may not start. */
  readonly waiverMissing?: boolean | undefined
  /** The very time that was promised, where it was; it stands in place of the window. */
  readonly promisedAt?: Instant | null | undefined
}

/** Whose day it is, with what the board knows of it. */
export interface AlertedTechnician {
  readonly id: string
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
  /** Somebody is on the way or at work, and nobody has heard of them for hours. */
  | { readonly kind: 'noUpdate'; readonly since: Instant }
  | { readonly kind: 'overbooked' }
  | { readonly kind: 'skillMissing'; readonly skills: readonly string[] }
  | { readonly kind: 'overtime'; readonly until: Instant }
  /** Planned where the technician is at lunch, in training or off, and nobody has accepted it. */
  | { readonly kind: 'notThere'; readonly block: TimeKind; readonly until: Instant }
  /** Work may not start: the waiver is not back. */
  | { readonly kind: 'waiverMissing' }
  /** The technician left: somebody else has to go. */
  | { readonly kind: 'technicianLeft' }

/** The kinds by name, for what is typed at the edge. */
export const ALERT_KINDS = ['planMissesWindow', 'windowMissed', 'atRisk', 'notDispatched', 'notOnSite', 'overrun', 'noUpdate', 'overbooked', 'skillMissing', 'overtime', 'notThere', 'waiverMissing', 'technicianLeft'] as const satisfies readonly VisitAlert['kind'][]

/** When a dispatcher is told, in minutes; a company sets its own. */
export interface LatenessRules {
  /** After the planned start, before it is said that nobody was sent or is there. */
  readonly lateAfterMinutes: number
  /** Without a word from a technician on the way or at work. */
  readonly silentAfterMinutes: number
  /** Of a window that is left when somebody is expected, for it to count as about to be missed; 0: only beyond its end. */
  readonly riskBeforeMinutes: number
  /** After the planned end of work that goes on. */
  readonly overrunAfterMinutes: number
  /** After the end of a shift that a visit runs beyond. */
  readonly overtimeAfterMinutes: number
}

export const DEFAULT_LATENESS: LatenessRules = { lateAfterMinutes: 15, silentAfterMinutes: 120, riskBeforeMinutes: 0, overrunAfterMinutes: 0, overtimeAfterMinutes: 0 }

/** The rules of alerts alone, of settings that say more. */
export function latenessOf({ lateAfterMinutes, silentAfterMinutes, riskBeforeMinutes, overrunAfterMinutes, overtimeAfterMinutes }: LatenessRules): LatenessRules {
  return { lateAfterMinutes, silentAfterMinutes, riskBeforeMinutes, overrunAfterMinutes, overtimeAfterMinutes }
}

const WAITING: ReadonlySet<AppointmentState> = new Set(['scheduled', 'confirmed', 'dispatched'])

/** True where the planned start lies outside the arrival window, whose end is too late already, and was not agreed with the customer. */
export function missesWindow(visit: Pick<PlannedVisit, 'windowStartsAt' | 'windowEndsAt' | 'promisedAt'>, startsAt: Instant): boolean {
  if (visit.promisedAt !== null && visit.promisedAt !== undefined) return startsAt !== visit.promisedAt
  return startsAt < visit.windowStartsAt || startsAt >= visit.windowEndsAt
}

/**
 * How long before the end of a window an arrival counts as about to miss it. A plan that lies there from the start is no alert:
 * only earlier work that runs over pushes somebody into it. Milliseconds.
 */
function riskMargin({ startsAt }: PlannedVisit, expectedAt: Instant, { riskBeforeMinutes }: LatenessRules): number {
  return expectedAt > startsAt ? riskBeforeMinutes * MINUTE : 0
}

/** From when on we have broken our word: who was given the very time waits as others do from the end of their window. */
export function promisedBy(visit: Pick<PlannedVisit, 'windowEndsAt' | 'promisedAt'>, { lateAfterMinutes }: Pick<LatenessRules, 'lateAfterMinutes'>): Instant {
  return typeof visit.promisedAt === 'number' ? visit.promisedAt + lateAfterMinutes * MINUTE : visit.windowEndsAt
}

function waitingAlerts(visit: PlannedVisit, expectedAt: Instant, now: Instant, rules: LatenessRules): readonly VisitAlert[] {
  const latest = promisedBy(visit, rules)
  if (now >= latest) return [{ kind: 'windowMissed', endedAt: latest }]
  const alerts: VisitAlert[] = []
  if (missesWindow(visit, visit.startsAt)) alerts.push({ kind: 'planMissesWindow', startsAt: visit.startsAt })
  else if (expectedAt >= latest - riskMargin(visit, expectedAt, rules)) alerts.push({ kind: 'atRisk', expectedAt })
  const waitedSince = visit.startsAt + rules.lateAfterMinutes * MINUTE
  if (now >= waitedSince) alerts.push({ kind: visit.state === 'dispatched' ? 'notOnSite' : 'notDispatched', since: visit.startsAt })
  return alerts
}

/** The end of a visit that runs on after the shift it lies in or begins after; null where it is within one, or within an on-call span. */
function overtimeUntil(visit: Interval, { shifts, onCall }: Pick<AlertedTechnician, 'shifts' | 'onCall'>, { overtimeAfterMinutes }: LatenessRules): Instant | null {
  if (shifts.length === 0) return null
  const covered = (span: Interval): boolean => span.startsAt <= visit.startsAt && visit.endsAt <= span.endsAt
  if ([...shifts, ...onCall].some(covered)) return null
  const before = shifts.some((shift) => shift.startsAt <= visit.startsAt)
  // Called out in the middle: what is left is neither shift nor call.
  const reached = Math.max(...[...shifts, ...onCall].filter((span) => span.startsAt < visit.endsAt).map((span) => span.endsAt), 0)
  return before && visit.endsAt > reached + overtimeAfterMinutes * MINUTE ? visit.endsAt : null
}

/** What the technician's own day says against a visit. */
function dayOwnAlerts(visit: PlannedVisit, visits: readonly PlannedVisit[], technician: AlertedTechnician, rules: LatenessRules): readonly VisitAlert[] {
  if (!technician.active) return [{ kind: 'technicianLeft' }]
  const missing = visit.skills.filter((skill) => !technician.skills.includes(skill))
  const until = overtimeUntil(visit, technician, rules)
  const meets = (span: Interval): boolean => overlaps(span.startsAt, span.endsAt, visit.startsAt, visit.endsAt)
  const block = technician.blocks.find(meets)
  // What was accepted once and is in nobody's way any more needs nobody's attention.
  const overbooked = visit.overbooked && (block !== undefined || visits.some((other) => other.id !== visit.id && !isOver(other) && meets(other)))
  return [
    ...(overbooked ? [{ kind: 'overbooked' } as const] : []),
    ...(block && !visit.overbooked ? [{ kind: 'notThere', block: block.kind, until: block.endsAt } as const] : []),
    ...(visit.waiverMissing && (WAITING.has(visit.state) || visit.state === 'hold') ? [{ kind: 'waiverMissing' } as const] : []),
    ...(missing.length > 0 ? [{ kind: 'skillMissing', skills: missing } as const] : []),
    ...(until === null ? [] : [{ kind: 'overtime', until } as const]),
  ]
}

const isOver = ({ state }: Pick<PlannedVisit, 'state'>): boolean => state === 'done' || state === 'canceled'

/**
 * The alerts of one technician's day: of the visits they lead.
 * @param visits the technician's visits of the day (`ownDay`), canceled ones and those gone along to included
 */
export function dayAlerts(visits: readonly PlannedVisit[], technician: AlertedTechnician, now: Instant, rules: LatenessRules = DEFAULT_LATENESS): ReadonlyMap<string, readonly VisitAlert[]> {
  const alerts = new Map<string, readonly VisitAlert[]>()
  const expected = expectedArrivals(visits, technician.blocks, now)
  for (const visit of [...visits].sort((left, right) => left.startsAt - right.startsAt)) {
    if (isOver(visit) || visit.technicianId !== technician.id) continue
    const own: VisitAlert[] = []
    const expectedAt = expected.get(visit.id)?.expectedAt ?? visit.startsAt
    if (WAITING.has(visit.state)) own.push(...waitingAlerts(visit, expectedAt, now, rules))
    else if (visit.state === 'working' && now > visit.endsAt + rules.overrunAfterMinutes * MINUTE) own.push({ kind: 'overrun', since: visit.endsAt })
    const heardAt = visit.state === 'dispatched' || visit.state === 'working' ? (visit.heardAt ?? null) : null
    if (heardAt !== null && now >= heardAt + rules.silentAfterMinutes * MINUTE) own.push({ kind: 'noUpdate', since: heardAt })
    own.push(...dayOwnAlerts(visit, visits, technician, rules))
    if (own.length > 0) alerts.set(visit.id, own)
  }
  return alerts
}
