import { useEffect, useMemo } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { ContractError } from '../../../shared/contract/frames.ts'
import type { WatchedDay, WatchedDayVisit } from '../../../shared/contract/methods/watch.ts'
import { type AlertStanding, alertStandings } from '../../../shared/domain/watch/alerts.ts'
import { classify, type TruthStanding } from '../../../shared/domain/watch/truth.ts'
import { useQuery } from '../../api/api.ts'
import { useNow } from '../../stores/clock.ts'

const NO_INPUT = {} as const

/** An alert with the visit it is about. */
export interface ShownAlert extends AlertStanding {
  readonly visit: WatchedDayVisit
  readonly technicianName: string
}

/** A visit that is still open in the hour, with its list. */
export interface ShownTruth extends TruthStanding {
  readonly visit: WatchedDayVisit
  readonly technicianName: string | null
}

/** Every alert of the day as of now, the most pressing first. */
export function alertsOf(day: WatchedDay, now: Instant): readonly ShownAlert[] {
  const visits = new Map(day.visits.map((visit) => [visit.id, visit]))
  const names = new Map(day.technicians.map(({ id, name }) => [id, name]))
  const watched = day.visits.flatMap(({ technicianId, startsAt, endsAt, ...visit }) => (technicianId === null || startsAt === null || endsAt === null ? [] : [{ ...visit, technicianId, startsAt, endsAt }]))
  return alertStandings({ visits: watched, technicians: day.technicians, seen: day.seen, present: new Set(day.present) }, now, day.rules).flatMap((standing): readonly ShownAlert[] => {
    const visit = visits.get(standing.visitId)
    return visit ? [{ ...standing, visit, technicianName: names.get(standing.technicianId) ?? '' }] : []
  })
}

/** What is still open in the Truth Comes Home Hour, list by list. */
export function truthOf(day: WatchedDay, now: Instant): readonly ShownTruth[] {
  const visits = new Map(day.visits.map((visit) => [visit.id, visit]))
  const names = new Map(day.technicians.map(({ id, name }) => [id, name]))
  return classify(day.visits, day.technicians, now, day.rules).flatMap((standing): readonly ShownTruth[] => {
    const visit = visits.get(standing.visitId)
    if (visit?.truthState !== 'open' || visit.windowDay !== day.day) return []
    return [{ ...standing, visit, technicianName: visit.technicianId === null ? null : (names.get(visit.technicianId) ?? null) }]
  })
}

/** Today as dispatch watches over it; it goes on with the clock, and to the next day at midnight. */
export function useWatch(): { readonly day: WatchedDay | undefined; readonly now: Instant; readonly alerts: readonly ShownAlert[]; readonly truth: readonly ShownTruth[]; readonly error: ContractError | null; readonly refetch: () => void } {
  const { data: day, error, refetch } = useQuery('dispatch.watch', NO_INPUT)
  const now = useNow()
  const over = day !== undefined && wallTimeOf(now, day.zone).day !== day.day
  useEffect(() => (over ? refetch() : undefined), [over, refetch])
  const alerts = useMemo(() => (day ? alertsOf(day, now) : []), [day, now])
  const truth = useMemo(() => (day ? truthOf(day, now) : []), [day, now])
  return { day, now, alerts, truth, error: error ?? null, refetch }
}
