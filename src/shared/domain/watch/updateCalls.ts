import { type Instant, MINUTE } from '../../base/time.ts'
import { daysOf, expectedArrivals } from '../dispatch/expected.ts'
import { type LatenessRules, promisedBy } from '../dispatch/lateness.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import { type Change, update } from '../kernel/changes.ts'
import { type DispatchDay, dayWork } from './day.ts'
import { isRemaining } from './truth.ts'

/** Times are said to the five minutes, and never too early. */
const STEP = 5 * MINUTE

/** A time that moved less than this is the same time to whoever waits. */
const SAME_TIME = 10 * MINUTE

type Planned = Appointment & { readonly technicianId: string; readonly startsAt: Instant; readonly endsAt: Instant }

const isPlanned = (visit: Appointment): visit is Planned => visit.technicianId !== null && visit.startsAt !== null && visit.endsAt !== null

type CallFields = Pick<Appointment, 'updateCall' | 'expectedAt' | 'expectedWith'>

const NO_CALL: CallFields = { updateCall: null, expectedAt: null, expectedWith: null }

/** How the call stands after a look: owed, owed with another time, not owed any more; null where nothing changes. */
function afterLook(visit: Planned, due: Instant | null, lateAfter: number): CallFields | null {
  const known = visit.expectedAt
  const sameHands = visit.expectedWith === visit.technicianId
  if (due === null) return visit.updateCall === 'owed' ? NO_CALL : null
  const owed: CallFields = { updateCall: 'owed', expectedAt: due, expectedWith: visit.technicianId }
  switch (visit.updateCall) {
    case null:
      return owed
    case 'owed':
      return known === null || !sameHands || Math.abs(due - known) >= SAME_TIME ? owed : null
    case 'told':
      // Told once, they hear again when it becomes later still: never forgotten, and not called for every five minutes.
      return known === null || due >= known + lateAfter ? owed : null
  }
}

/**
 * Which customers are owed a call with the time we are expected now (D9): the next in line behind work that runs over, once it
 * makes us late by more than the company allows, and everybody whom nobody can reach within their window any more.
 * @param today the day with its visits, those at work and done included
 * @returns the changes to the visits, none where everything is as it was
 */
export function updateCalls(today: DispatchDay, now: Instant, rules: LatenessRules): readonly Change[] {
  const lateAfter = rules.lateAfterMinutes * MINUTE
  const planned = today.visits.flatMap(({ appointment, overbooked }) => (isPlanned(appointment) ? [{ ...appointment, appointment, crewIds: appointment.crewIds ?? [], overbooked }] : []))
  const days = daysOf(planned)
  return today.technicians.flatMap((technician) => {
    const own = days.get(technician.id)
    if (!own) return []
    const expected = expectedArrivals(own, dayWork(technician, today).blocks, now)
    return own.flatMap(({ appointment: visit, technicianId }): readonly Change[] => {
      const expectation = expected.get(visit.id)
      if (!expectation || technicianId !== technician.id || !isRemaining(visit) || visit.state === 'hold') return []
      const { expectedAt, behind, next } = expectation
      const owed = (next && expectedAt - visit.startsAt >= lateAfter) || expectedAt >= promisedBy(visit, rules)
      // Whoever is still at work elsewhere is not at the next door this minute.
      const said = behind === null ? expectedAt : expectedAt + lateAfter
      const due = owed ? Math.ceil(said / STEP) * STEP : null
      const fields = afterLook(visit, due, lateAfter)
      return fields === null ? [] : [update(appointmentTable, visit, fields)]
    })
  })
}
