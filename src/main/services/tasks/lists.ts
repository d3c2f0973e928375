import type { TaskItem, TaskView } from '../../../shared/contract/methods/tasks.ts'
import { TASK_LIST_LIMIT } from '../../../shared/contract/methods/tasks.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { all, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { userTable, type User } from '../../../shared/domain/people/tables.ts'
import { holderFor, type Holder } from '../../../shared/domain/promises/holders.ts'
import type { Promised } from '../../../shared/domain/promises/tables.ts'
import { taskStepTable, type Task } from '../../../shared/domain/tasks/tables.ts'
import type { Asked } from '../../core/service.ts'
import { and, desc, eq, ne, or, schema } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { escalatedTo, escalationName, type Escalation, escalationsOf, isEscalatedTo } from '../promises/escalation.ts'
import { relatedRecord } from './related.ts'

/** What every task of a list is read against, once. */
export interface TaskReader {
  readonly asked: Asked
  readonly users: readonly User[]
  readonly zone: string
  readonly escalations: readonly Escalation[]
}

export function taskReader(asked: Asked): TaskReader {
  const users = asked.store.engine.run(all(userTable))
  return { asked, users, zone: companyOf(asked).zone, escalations: escalationsOf(asked, users) }
}

/** A task that is still somebody's to do, with the promise it is kept by. */
interface LiveTask {
  readonly task: Task
  readonly promise: Promised | undefined
}

export const isAwaiting = (task: Pick<Task, 'state' | 'signOff'>): boolean => task.state === 'done' && task.signOff === 'wanted'

/** The first due of each task's open promises. */
function openPromises({ store }: Asked): ReadonlyMap<string, Promised> {
  const { promise } = schema
  const rows = store.db
    .select()
    .from(promise)
    .where(and(eq(promise.companyId, store.companyId), eq(promise.state, 'open'), eq(promise.subjectKind, 'task')))
    // Last first: the map keeps what is set last.
    .orderBy(desc(promise.dueAt), desc(promise.id))
    .all()
  return new Map(rows.map((row) => [row.subjectId, row]))
}

function liveTasks(asked: Asked): readonly LiveTask[] {
  const { task } = schema
  const { db, companyId } = asked.store
  const promises = openPromises(asked)
  const rows = db
    .select()
    .from(task)
    .where(and(eq(task.companyId, companyId), or(eq(task.state, 'open'), and(eq(task.state, 'done'), eq(task.signOff, 'wanted')))))
    .all()
  const live = rows.map((row): LiveTask => ({ task: row, promise: promises.get(row.id) }))
  const due = ({ task: row, promise }: LiveTask): number => promise?.dueAt ?? row.dueAt
  return live.toSorted((left, right) => due(left) - due(right) || (left.task.id < right.task.id ? -1 : 1))
}

/** Who has a task now: as its promise says, or, where its queue is switched off, as it would. */
function holderOf({ task, promise }: LiveTask, users: readonly User[]): Holder {
  return promise ?? (isAwaiting(task) ? holderFor(task.askedBy, 'serviceManager', users) : holderFor(task.assigneeId, task.role, users))
}

const VIEWS = ['mine', 'myRoles', 'askedByMe', 'all'] as const

function belongs(live: LiveTask, view: (typeof VIEWS)[number], { asked, users, escalations }: TaskReader): boolean {
  const me = users.find((user) => user.id === asked.actorId)
  const holder = holderOf(live, users)
  switch (view) {
    case 'all':
      return true
    case 'askedByMe':
      return live.task.askedBy === asked.actorId
    case 'mine':
      return holder.holderUserId === asked.actorId
    case 'myRoles': {
      if (holder.holderUserId === null) return me?.roles.includes(holder.holderRole) ?? false
      return holder.holderUserId !== asked.actorId && live.promise !== undefined && isEscalatedTo(escalatedTo(live.promise, escalations, asked.now()), asked.actorId, users)
    }
  }
}

export function itemOf({ task, promise }: LiveTask, { asked, users, zone, escalations }: TaskReader): TaskItem {
  const { engine } = asked.store
  const nameOf = (id: string | null): string | null => users.find((user) => user.id === id)?.name ?? null
  const live = task.state === 'open' || isAwaiting(task)
  const holder = live ? holderOf({ task, promise }, users) : { holderUserId: task.resolvedBy, holderRole: task.role }
  const wanted = isAwaiting(task) ? task.askedBy : task.assigneeId
  const late = promise && escalatedTo(promise, escalations, asked.now())
  const steps = engine.run(range(taskStepTable, 'byTask', [task.id]))
  const related = task.relatedKind === null || task.relatedId === null ? undefined : engine.run(relatedRecord(task.relatedKind, task.relatedId, zone))
  return {
    taskId: task.id,
    title: task.title,
    type: task.type,
    priority: task.priority,
    state: task.state,
    awaiting: isAwaiting(task),
    dueAt: promise?.dueAt ?? task.dueAt,
    dueSince: promise?.dueSetAt ?? task.createdAt,
    remindAt: task.remindAt,
    holder: nameOf(holder.holderUserId) ?? ROLE_NAMES[holder.holderRole],
    holderUserId: holder.holderUserId,
    coveringFor: live && wanted !== null && wanted !== holder.holderUserId ? nameOf(wanted) : null,
    mine: live && (belongs({ task, promise }, 'mine', { asked, users, zone, escalations }) || belongs({ task, promise }, 'myRoles', { asked, users, zone, escalations })),
    escalatedTo: live ? escalationName(late, users) : null,
    askedBy: nameOf(task.askedBy),
    customerId: task.customerId,
    customerName: engine.run(getIf(customerTable, task.customerId))?.name ?? null,
    related: related?.record ?? null,
    steps: { done: steps.filter((step) => step.done).length, total: steps.length },
    resolvedAt: task.resolvedAt,
    practice: task.practice,
  }
}

/** The tasks that ended last. */
function endedTasks({ store }: Asked): readonly LiveTask[] {
  const { task } = schema
  const rows = store.db
    .select()
    .from(task)
    .where(and(eq(task.companyId, store.companyId), ne(task.state, 'open')))
    .orderBy(desc(task.resolvedAt), desc(task.id))
    .limit(TASK_LIST_LIMIT)
    .all()
  return rows.filter((row) => !isAwaiting(row)).map((row) => ({ task: row, promise: undefined }))
}

/** Answers `tasks.list`. */
export function listTasks(view: TaskView, asked: Asked) {
  const reader = taskReader(asked)
  const live = liveTasks(asked)
  const of = (wanted: (typeof VIEWS)[number]): readonly LiveTask[] => live.filter((one) => belongs(one, wanted, reader))
  // Practice is listed where it is worked, and no number counts it.
  const count = (wanted: (typeof VIEWS)[number]): number => of(wanted).filter(({ task }) => !task.practice).length
  const shown = view === 'ended' ? endedTasks(asked) : of(view)
  return {
    items: shown.slice(0, TASK_LIST_LIMIT).map((one) => itemOf(one, reader)),
    total: shown.length,
    counts: { mine: count('mine'), myRoles: count('myRoles'), askedByMe: count('askedByMe'), all: count('all') },
  }
}

/** One task as a list shows it. */
export function liveTask(task: Task, asked: Asked): LiveTask {
  return { task, promise: openPromises(asked).get(task.id) }
}

/** Answers `tasks.reminders`: what is mine, by name or role, and wants to be remembered by now. */
export function dueReminders(asked: Asked) {
  const reader = taskReader(asked)
  const now = asked.now()
  return liveTasks(asked)
    .filter((one) => one.task.state === 'open' && !one.task.practice && one.task.remindAt !== null && one.task.remindAt <= now)
    .filter((one) => belongs(one, 'mine', reader) || belongs(one, 'myRoles', reader))
    .map(({ task, promise }) => ({ taskId: task.id, title: task.title, dueAt: promise?.dueAt ?? task.dueAt }))
}
