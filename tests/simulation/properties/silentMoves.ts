import { type AcceptedMove, acceptedMoveTable, type Appointment } from '../../../src/shared/domain/dispatch/tables.ts'
import type { NetChange } from '../../../src/shared/domain/kernel/changes.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** Acts that do not move a promise: another window is another promise, and what was undone never was. */
const OTHERWISE: ReadonlySet<string> = new Set(['appointment.reschedule', 'reschedule.settle', 'waitList.moveUp', 'appointment.putBack', 'appointment.changeState', 'job.cancel', 'appointment.join'])

const begun: ReadonlySet<string> = new Set(['working', 'done', 'canceled'])

/** What a command moved though it was promised to the customer, reckoned apart from the rules that refuse it. */
function isBroken(before: Appointment, after: Appointment): boolean {
  if (begun.has(before.state)) return false
  const [was, is] = [before.technicianId === null ? null : before.startsAt, after.technicianId === null ? null : after.startsAt]
  const otherTechnician = before.promisedTechnicianId !== null && before.technicianId !== after.technicianId && after.technicianId !== before.promisedTechnicianId
  const otherTime = before.promisedAt !== null && was !== is && is !== before.promisedAt
  const insideWindow = is === null || (is >= before.windowStartsAt && is < before.windowEndsAt)
  const outOfWindow = before.promisedAt === null && was !== is && !insideWindow
  const loosened = (before.promisedTechnicianId !== null && after.promisedTechnicianId !== before.promisedTechnicianId) || (before.promisedAt !== null && after.promisedAt !== before.promisedAt)
  return otherTechnician || otherTime || outOfWindow || loosened
}

/** Visits that a command moved out of what was promised without a row of the same moment that says who accepted it. */
export function silentMoves(command: string, changes: readonly NetChange[], rows: Rows): readonly string[] {
  if (OTHERWISE.has(command)) return []
  return changes.flatMap(({ table, before, after }) => {
    if (table.name !== 'appointment' || before === null || after === null) return []
    const [was, is] = [before as unknown as Appointment, after as unknown as Appointment]
    if (!isBroken(was, is)) return []
    const accepted: readonly AcceptedMove[] = rows(acceptedMoveTable)
    return accepted.some(({ appointmentId, at }) => appointmentId === is.id && at === is.updatedAt) ? [] : [`${command} moved visit ${is.id} silently`]
  })
}
