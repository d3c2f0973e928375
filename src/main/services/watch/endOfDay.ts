import type { EndOfDay, EndOfDayItem } from '../../../shared/contract/methods/watch.ts'
import { addDays, type Instant } from '../../../shared/base/time.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { WAITING_STATES } from '../../../shared/domain/dispatch/states.ts'
import { type Appointment, appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { jobTable, jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { queueId } from '../../../shared/domain/promises/defaultQueues.ts'
import { type Promised, promiseTable } from '../../../shared/domain/promises/tables.ts'
import { taskTable } from '../../../shared/domain/tasks/tables.ts'
import { isRemaining } from '../../../shared/domain/watch/truth.ts'
import type { Asked } from '../../core/service.ts'
import { companyOf, todayOf } from '../company.ts'
import { instantIn, zeroOf } from '../dispatch/dayFrame.ts'

/** What dispatch may take along to tomorrow: tasks of its own, visits that wait for something, and those that past days left. */
const MOVABLE: ReadonlySet<string> = new Set([queueId('tasks'), queueId('complaints'), queueId('visits-on-hold'), queueId('left-over')])

function visitItem(list: EndOfDayItem['list'], visit: Appointment, asked: Asked): EndOfDayItem {
  const { engine } = asked.store
  const job = engine.run(get(jobTable, visit.jobId))
  return {
    key: `${list} ${visit.id}`,
    list,
    visitId: visit.id,
    promiseId: null,
    taskId: null,
    customerName: engine.run(get(customerTable, visit.customerId))?.name ?? '',
    what: [engine.run(getIf(jobTypeTable, job?.jobTypeId))?.name, job && `job ${job.number}`].filter(Boolean).join(', '),
    day: visit.windowDay,
    at: visit.doneAt ?? visit.windowStartsAt,
    state: visit.state,
  }
}

function promiseItem(promise: Promised, asked: Asked): EndOfDayItem {
  const { engine } = asked.store
  const task = promise.subjectKind === 'task' ? engine.run(get(taskTable, promise.subjectId)) : undefined
  const visit = promise.subjectKind === 'appointment' ? engine.run(get(appointmentTable, promise.subjectId)) : undefined
  return {
    key: `issues ${promise.id}`,
    list: 'issues',
    visitId: visit?.id ?? null,
    promiseId: promise.id,
    taskId: task?.id ?? null,
    customerName: engine.run(getIf(customerTable, promise.customerId))?.name ?? '',
    what: task?.title ?? (visit?.holdReason ? `On hold: ${visit.holdReason}` : promise.nextStep),
    day: visit?.windowDay ?? null,
    at: promise.dueAt,
    state: visit?.state ?? null,
  }
}

const byTime = (left: EndOfDayItem, right: EndOfDayItem): number => left.at - right.at || (left.key < right.key ? -1 : 1)

/** Answers `dispatch.endOfDay`: what is left of today, and what tomorrow still lacks. */
export function readEndOfDay(asked: Asked): EndOfDay {
  const { engine } = asked.store
  const { zone, opensAt } = companyOf(asked)
  const day = todayOf(asked)
  const tomorrow = addDays(day, 1)
  const opensTomorrowAt: Instant = instantIn(zeroOf(tomorrow, zone), opensAt)
  const office = (visit: Appointment): boolean => !visit.practice
  const today = engine.run(range(appointmentTable, 'byDay', [day])).filter((visit) => office(visit) && (isRemaining(visit) || visit.state === 'working'))
  const toCloseOut = engine.run(range(appointmentTable, 'byClosing', ['done', null])).filter((visit) => office(visit) && !visit.invoiced)
  const issues = engine
    .run(range(promiseTable, 'byState', ['open'], { to: opensTomorrowAt }))
    // Whose it is, not who holds it now: where nobody is dispatcher the owner ends the day.
    .filter((promise) => !promise.practice && MOVABLE.has(promise.queueId) && promise.assignedRole === 'dispatcher')
    // On hold it is in the first list where it is today's.
    .filter((promise) => !today.some(({ id }) => id === promise.subjectId))
  const unassigned = engine.run(range(appointmentTable, 'byDay', [tomorrow])).filter((visit) => office(visit) && visit.technicianId === null && WAITING_STATES.includes(visit.state))
  return {
    day,
    tomorrow,
    zone,
    opensTomorrowAt,
    items: [
      ...today.map((visit) => visitItem('today', visit, asked)).sort(byTime),
      ...toCloseOut.map((visit) => visitItem('closeOut', visit, asked)).sort(byTime),
      ...issues.map((promise) => promiseItem(promise, asked)).sort(byTime),
      ...unassigned.map((visit) => visitItem('unassigned', visit, asked)).sort(byTime),
    ],
  }
}
