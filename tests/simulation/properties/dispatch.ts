import { overlaps } from '../../../src/shared/base/time.ts'
import { needsTechnician } from '../../../src/shared/domain/dispatch/states.ts'
import { appointmentTable, assignmentTable, type Assignment } from '../../../src/shared/domain/dispatch/tables.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** A visit and its assignment always say the same; a canceled visit takes nobody's time. */
function plansThatDiffer(rows: Rows): readonly string[] {
  const assigned = new Map<string, Assignment>(rows(assignmentTable).map((assignment) => [assignment.appointmentId, assignment]))
  return rows(appointmentTable).flatMap((visit) => {
    const assignment = assigned.get(visit.id)
    if (visit.state === 'canceled') return assignment ? [`canceled visit ${visit.id} still takes time`] : []
    const same = assignment
      ? assignment.technicianId === visit.technicianId && assignment.startsAt === visit.startsAt && assignment.endsAt === visit.endsAt
      : visit.technicianId === null && visit.startsAt === null && visit.endsAt === null
    return same ? [] : [`visit ${visit.id} and its assignment differ`]
  })
}

/** Two visits of one technician overlap only where somebody accepted it. */
function unacceptedOverlaps(rows: Rows): readonly string[] {
  const assignments = rows(assignmentTable)
  return assignments.flatMap((left, index) =>
    assignments
      .slice(index + 1)
      .filter((right) => right.technicianId === left.technicianId && !left.overbookAccepted && !right.overbookAccepted && overlaps(left.startsAt, left.endsAt, right.startsAt, right.endsAt))
      .map((right) => `assignments ${left.id} and ${right.id} overlap`),
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
