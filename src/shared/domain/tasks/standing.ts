import type { DecisionContext } from '../kernel/command.ts'
import { all, get, getIf, type Loading, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import type { Role } from '../people/permissions.ts'
import { userTable, type User } from '../people/tables.ts'
import { promiseTable, type Promised } from '../promises/tables.ts'
import { taskStepTable, taskTable, type Task, type TaskStep } from './tables.ts'

/** A task with what decides who may do what with it. */
export interface LoadedTask {
  readonly task: Task | undefined
  readonly steps: readonly TaskStep[]
  readonly promises: readonly Promised[]
  readonly users: readonly User[]
}

export function* loadTask(taskId: string): Loading<LoadedTask> {
  return {
    task: yield* get(taskTable, taskId),
    steps: yield* range(taskStepTable, 'byTask', [taskId]),
    promises: yield* range(promiseTable, 'bySubject', ['task', taskId]),
    users: yield* all(userTable),
  }
}

export interface LoadedStep extends LoadedTask {
  readonly step: TaskStep | undefined
}

export function* loadStep(stepId: string): Loading<LoadedStep> {
  const step = yield* get(taskStepTable, stepId)
  const task = yield* getIf(taskTable, step?.taskId)
  return { step, task, steps: step ? yield* range(taskStepTable, 'byTask', [step.taskId]) : [], promises: [], users: [] }
}

/** Holds one of the task's open promises, by name, as cover, or through a role. */
function holdsPromise({ promises, users }: LoadedTask, actorId: string): boolean {
  const roles: readonly Role[] = users.find((user) => user.id === actorId)?.roles ?? []
  return promises.some(({ state, holderUserId, holderRole }) => state === 'open' && (holderUserId === null ? roles.includes(holderRole) : holderUserId === actorId))
}

/** Managers may settle what others asked for. */
const isManager = (context: DecisionContext): boolean => context.may('people.edit')

/** The person who asked, the one who holds it now, or a manager: nobody else changes what a task says. */
export function mayChange(loaded: LoadedTask, task: Task, context: DecisionContext): boolean {
  return task.askedBy === context.actorId || holdsPromise(loaded, context.actorId) || isManager(context)
}

/** The person who asked or a manager; where a rule asked, whoever holds it. */
export function mayDrop(loaded: LoadedTask, task: Task, context: DecisionContext): boolean {
  if (task.askedBy === context.actorId || isManager(context)) return true
  return task.askedBy === null && task.type !== 'complaint' && holdsPromise(loaded, context.actorId)
}

export const nameOf = (users: readonly User[], id: string | null): string => users.find((user) => user.id === id)?.name ?? 'the person who asked'

const unknownTask = (): Refused => refuse('task.unknown', 'This task is not there. Look at the list again.', { field: 'taskId' })

/** The task, still open, or why it cannot be worked. */
export function openTask({ task, users }: LoadedTask): Task | Refused {
  if (!task) return unknownTask()
  if (task.state === 'open') return task
  const by = nameOf(users, task.resolvedBy)
  return refuse('task.closed', task.state === 'done' ? `This task is done already, by ${by}.` : `This task was dropped already, by ${by}.`, { subject: { kind: 'task', id: task.id } })
}

/** The task, done and waiting for the one who asked, or why there is nothing to sign off. */
export function awaitingTask({ task }: LoadedTask): Task | Refused {
  if (!task) return unknownTask()
  if (task.state === 'done' && task.signOff === 'wanted') return task
  return refuse('task.notAwaiting', task.signOff === 'given' ? 'This task is signed off already.' : 'There is nothing to sign off here: the task is not done, or nobody asked to see it.', { subject: { kind: 'task', id: task.id } })
}

/** The one who asked, whoever stands in for them, or a manager; never the one who did it for somebody else. */
export function signOffObjection(loaded: LoadedTask, task: Task, context: DecisionContext): Refused | undefined {
  if (task.askedBy === context.actorId) return undefined
  if (task.resolvedBy === context.actorId) return refuse('task.ownWork', `You did this yourself. ${nameOf(loaded.users, task.askedBy)} looks at it.`)
  if (holdsPromise(loaded, context.actorId) || isManager(context)) return undefined
  return refuse('task.notAsker', `${nameOf(loaded.users, task.askedBy)} asked for this, and signs it off.`)
}
