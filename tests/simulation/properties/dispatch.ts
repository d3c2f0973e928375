import { overlaps } from '../../../src/shared/base/time.ts'
import { needsTechnician } from '../../../src/shared/domain/dispatch/states.ts'
import { appointmentTable, assignmentTable, type Assignment, technicianTimeTable } from '../../../src/shared/domain/dispatch/tables.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** A visit and its assignments always say the same, the crew's time is the visit's; a canceled visit takes nobody's time. */
function plansThatDiffer(rows: Rows): readonly string[] {
  const assigned = new Map<string, Assignment[]>()
  for (const assignment of rows(assignmentTable)) assigned.set(assignment.appointmentId, [...(assigned.get(assignment.appointmentId) ?? []), assignment])
  return rows(appointmentTable).flatMap((visit) => {
    const all = assigned.get(visit.id) ?? []
    if (visit.state === 'canceled') return all.length > 0 ? [`canceled visit ${visit.id} still takes time`] : []
    const leads = all.filter(({ role }) => role !== 'crew')
    const crew = all.filter(({ role }) => role === 'crew')
    const [lead] = leads
    const same = lead
      ? leads.length === 1 && lead.technicianId === visit.technicianId && all.every(({ startsAt, endsAt }) => startsAt === visit.startsAt && endsAt === visit.endsAt)
      : all.length === 0 && visit.technicianId === null && visit.startsAt === null && visit.endsAt === null
    const sameCrew = crew.map(({ technicianId }) => technicianId).toSorted().join() === (visit.crewIds ?? []).join()
    const doubled = new Set(all.map(({ technicianId }) => technicianId)).size !== all.length
    return same && sameCrew && !doubled ? [] : [`visit ${visit.id} and its assignments differ`]
  })
}

/** A technician is in one place: on a visit, along on one, or elsewhere; two overlap only where somebody accepted it. */
function unacceptedOverlaps(rows: Rows): readonly string[] {
  const taken = [...rows(assignmentTable), ...rows(technicianTimeTable)]
  return taken.flatMap((left, index) =>
    taken
      .slice(index + 1)
      .filter((right) => right.technicianId === left.technicianId && !left.overbookAccepted && !right.overbookAccepted && overlaps(left.startsAt, left.endsAt, right.startsAt, right.endsAt))
      .map((right) => `${left.id} and ${right.id} overlap`),
  )
}

/** Nobody is under way without being somebody, nothing is on hold or canceled without a reason, only what is done is closed out. */
function statesWithoutGround(rows: Rows): readonly string[] {
  return rows(appointmentTable).flatMap((visit) => [
    ...(needsTechnician(visit.state) && visit.technicianId === null ? [`visit ${visit.id} is ${visit.state} without a technician`] : []),
    ...((visit.state === 'hold') === (visit.holdReason === null) ? [`visit ${visit.id} is ${visit.state} with hold reason ${visit.holdReason}`] : []),
    ...((visit.state === 'canceled') === (visit.cancelReason === null) ? [`visit ${visit.id} is ${visit.state} with cancel reason ${visit.cancelReason}`] : []),
    ...(visit.closedOutAt !== null && visit.state !== 'done' ? [`visit ${visit.id} is closed out but ${visit.state}`] : []),
  ])
}

/** Everything dispatch promises about its rows; empty when all of it is so. */
export function dispatchProblems(rows: Rows): readonly string[] {
  return [...plansThatDiffer(rows), ...unacceptedOverlaps(rows), ...statesWithoutGround(rows)]
}
