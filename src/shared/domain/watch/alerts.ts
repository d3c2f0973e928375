import type { Instant } from '../../base/time.ts'
import { daysOf } from '../dispatch/expected.ts'
import { type AlertedTechnician, dayAlerts, type LatenessRules, type PlannedVisit, type VisitAlert } from '../dispatch/lateness.ts'
import type { AlertSeen } from './tables.ts'

/** Who has seen an alert, what they do about it, and until when it is quiet. */
export type Seen = Pick<AlertSeen, 'appointmentId' | 'kind' | 'cause' | 'seenBy' | 'seenAt' | 'doing' | 'lookAgainAt'>

export interface AlertStanding {
  readonly visitId: string
  readonly technicianId: string
  readonly alert: VisitAlert
  readonly cause: string
  /** Who is at it; null where nobody is, or nobody who is here. */
  readonly seen: Seen | null
  /** It asks for somebody now. */
  readonly loud: boolean
}

/** What an alert is about, in a word: what was seen of one cause says nothing about another. */
export function causeOf(visit: Pick<PlannedVisit, 'technicianId' | 'startsAt' | 'state'>, kind: VisitAlert['kind']): string {
  return [kind, visit.technicianId, visit.startsAt, visit.state].join(' ')
}

/** The most pressing first: who waits already, who soon will, and what is merely wrong with the plan. */
const ALERT_ORDER: readonly VisitAlert['kind'][] = ['windowMissed', 'atRisk', 'planMissesWindow', 'notOnSite', 'notDispatched', 'noUpdate', 'overrun', 'technicianLeft', 'notThere', 'waiverMissing', 'skillMissing', 'overbooked', 'overtime']

export interface Watch {
  readonly visits: readonly PlannedVisit[]
  readonly technicians: readonly AlertedTechnician[]
  readonly seen: readonly Seen[]
  /** The people who are here: what somebody who left has seen is nobody's again. */
  readonly present: ReadonlySet<string>
}

/**
 * Every alert as of now, the most pressing first. An alert is there exactly as long as its cause; one that was seen by
 * somebody who is here is quiet until they wanted to look again.
 */
export function alertStandings({ visits, technicians, seen, present }: Watch, now: Instant, rules: LatenessRules): readonly AlertStanding[] {
  const seenOf = new Map(seen.map((entry) => [`${entry.appointmentId} ${entry.cause}`, entry]))
  const days = daysOf(visits)
  const standings = technicians.flatMap((technician) => {
    const own = days.get(technician.id) ?? []
    const byId = new Map(own.map((visit) => [visit.id, visit]))
    return [...dayAlerts(own, technician, now, rules)].flatMap(([visitId, alerts]) => {
      const visit = byId.get(visitId)
      if (!visit) return []
      return alerts.map((alert): AlertStanding => {
        const cause = causeOf(visit, alert.kind)
        const known = seenOf.get(`${visitId} ${cause}`)
        const by = known && present.has(known.seenBy) ? known : null
        return { visitId, technicianId: technician.id, alert, cause, seen: by, loud: by === null || now >= by.lookAgainAt }
      })
    })
  })
  const place = ({ alert, loud }: AlertStanding): number => ALERT_ORDER.indexOf(alert.kind) + (loud ? 0 : ALERT_ORDER.length)
  return standings.sort((left, right) => place(left) - place(right) || (left.visitId < right.visitId ? -1 : 1))
}
