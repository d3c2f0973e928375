import type { Instant } from '../../base/time.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import { type Change, update } from '../kernel/changes.ts'
import { type Loading, range } from '../kernel/load.ts'
import { type Task, taskTable } from '../tasks/tables.ts'
import { isFarAhead } from './moved.ts'
import { type FieldReport, fieldReportTable } from './tables.ts'

/** A call that a technician's “I am late” asked for, what was said last, and the visit that it is about. */
export interface LateTask {
  readonly task: Task
  readonly said: Pick<FieldReport, 'technicianId' | 'tappedAt' | 'heardAt'>
  readonly visit: Pick<Appointment, 'state' | 'technicianId' | 'crewIds' | 'startsAt' | 'windowStart' | 'windowStartsAt' | 'updateCall' | 'toldAt'>
}

/** Every call about lateness that somebody still owes, and what it is about. */
export function* loadLateTasks(): Loading<readonly LateTask[]> {
  const late: LateTask[] = []
  for (const task of yield* range(taskTable, 'byState', ['open'])) {
    if (task.type !== 'etaCall' || task.source !== 'rule' || task.relatedKind !== 'job' || task.relatedId === null) continue
    for (const visit of yield* range(appointmentTable, 'byJob', [task.relatedId])) {
      const reports = (yield* range(fieldReportTable, 'byAppointment', [visit.id])).filter(({ taskId }) => taskId === task.id)
      const said = reports.toSorted((left, right) => right.heardAt - left.heardAt)[0]
      if (said) late.push({ task, said, visit })
    }
  }
  return late
}

/** Why nobody has to be told any more that somebody is late; null while somebody has. */
function overBecause({ said, visit }: LateTask): Pick<Task, 'state' | 'resolution'> | null {
  switch (visit.state) {
    case 'canceled':
      return { state: 'dropped', resolution: 'The visit was canceled.' }
    case 'working':
    case 'done':
      return { state: 'dropped', resolution: 'Somebody is at the door.' }
    case 'hold':
      return { state: 'dropped', resolution: 'The visit is on hold.' }
    case 'scheduled':
    case 'confirmed':
    case 'dispatched':
      // Whoever goes along says it as well as whoever has the visit.
      if (visit.technicianId !== said.technicianId && !visit.crewIds?.includes(said.technicianId)) return { state: 'dropped', resolution: 'Another technician has the visit, or nobody.' }
      if (visit.startsAt !== null && isFarAhead(visit.startsAt, said.tappedAt, visit)) return { state: 'dropped', resolution: 'The visit is on another day now.' }
      return visit.updateCall === 'told' && visit.toldAt !== null && visit.toldAt >= said.heardAt ? { state: 'done', resolution: 'They were told the new time.' } : null
  }
}

/** Ends a call that nobody has to make any more; nobody did it, so it says by whom of nobody. */
export function endLateTask(task: Task, ended: Pick<Task, 'state' | 'resolution'>, at: Instant): Change {
  return update(taskTable, task, { ...ended, resolvedAt: at, resolvedBy: null, remindAt: null })
}

/** The calls about lateness whose cause is gone: somebody arrived, the visit is off, or they have been told. */
export function lateTasksOver(late: readonly LateTask[], at: Instant): readonly Change[] {
  return late.flatMap((standing) => {
    const ended = overBecause(standing)
    return ended === null ? [] : [endLateTask(standing.task, ended, at)]
  })
}
