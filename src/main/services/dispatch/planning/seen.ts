import { createHash } from 'node:crypto'
import type { TriedMove } from '../../../../shared/contract/methods/assistant.ts'
import { overlaps } from '../../../../shared/base/time.ts'
import type { DayFacts, DayVisit } from './dayFacts.ts'

/** What a proposal was made on, so that it can be told later whether that still stands. */

type DayShown = Pick<DayFacts, 'startsAt' | 'endsAt' | 'technicians'> & { readonly visits: readonly Pick<DayVisit, 'id' | 'technicianId' | 'crewIds' | 'startsAt' | 'endsAt'>[] }

/** How a technician's day stands, in a short word: the same word means the same work, shifts and other time at the same hours. */
export function dayMark({ startsAt, endsAt, technicians, visits }: DayShown, technicianId: string): string {
  const technician = technicians.find(({ id }) => id === technicianId)
  const work = visits
    .filter((visit) => (visit.technicianId === technicianId || visit.crewIds.includes(technicianId)) && visit.startsAt !== null && visit.endsAt !== null && overlaps(visit.startsAt, visit.endsAt, startsAt, endsAt))
    .map((visit) => [visit.id, visit.startsAt, visit.endsAt])
    .toSorted(([left = ''], [right = '']) => ((left ?? '') < (right ?? '') ? -1 : 1))
  return createHash('sha256').update(JSON.stringify([technician?.active, technician?.skills, technician?.shifts, technician?.blocks, technician?.onCall, work])).digest('base64url').slice(0, 16)
}

export interface StaleMove {
  readonly appointmentId: string
  /** `visit`: it was changed itself. `day`: the day of the technician who is to take it. */
  readonly what: 'visit' | 'day'
}

/** The moves that were proposed on what does not stand any more. */
export function staleMoves(facts: DayFacts, moves: readonly TriedMove[]): readonly StaleMove[] {
  const visits = new Map(facts.visits.map((visit) => [visit.id, visit]))
  return moves.flatMap(({ appointmentId, to, seen }): StaleMove[] => {
    if (!seen) return []
    if (visits.get(appointmentId)?.version !== seen.version) return [{ appointmentId, what: 'visit' }]
    return to !== null && seen.dayMark !== null && dayMark(facts, to.technicianId) !== seen.dayMark ? [{ appointmentId, what: 'day' }] : []
  })
}
