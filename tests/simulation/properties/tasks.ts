import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'
import { queueId } from '../../../src/shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../../src/shared/domain/promises/engine.ts'
import { promiseTable, queueTable } from '../../../src/shared/domain/promises/tables.ts'
import { taskStepTable, taskTable } from '../../../src/shared/domain/tasks/tables.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** A task says itself whose it is, and its promise says the same, however often it was handed over. */
function wronglyAssigned(rows: Rows): readonly string[] {
  const queue = rows(queueTable).find(({ id }) => id === queueId('tasks'))
  if (queue?.holderField !== 'assigneeId' || queue.roleField !== 'role') return []
  const promises = new Map(rows(promiseTable).map((promise) => [promise.id, promise]))
  return rows(taskTable).flatMap((task) => {
    const promise = promises.get(promiseId(queue.id, task.id))
    if (promise?.state !== 'open') return []
    return promise.assignedUserId === task.assigneeId && promise.assignedRole === task.role ? [] : [`task ${task.id} is one person\u2019s and its promise another\u2019s`]
  })
}

/** What a task that has ended says about its end. */
function wronglyEnded(rows: Rows): readonly string[] {
  const openSteps = new Set(rows(taskStepTable).filter((step) => !step.done).map((step) => step.taskId))
  return rows(taskTable).flatMap((task) => {
    const problems: string[] = []
    // What a rule of the software asked for may end with its cause, by nobody.
    const byNobody = task.resolvedBy === null && task.source !== 'rule'
    if ((task.state === 'open') !== (task.resolvedAt === null) || (task.state === 'open' ? task.resolvedBy !== null : byNobody)) problems.push(`task ${task.id} is ${task.state} and does not say when or by whom`)
    if (task.state === 'done' && openSteps.has(task.id)) problems.push(`task ${task.id} is done with a step left`)
    if (task.signOff === 'given' && task.state !== 'done') problems.push(`task ${task.id} is signed off and not done`)
    if (task.state === 'dropped' && task.resolution === '') problems.push(`task ${task.id} was dropped without a reason`)
    return problems
  })
}

/** Everything tasks promise about themselves; empty when all of it is so. */
export function taskProblems(rows: Rows): readonly string[] {
  return [...wronglyAssigned(rows), ...wronglyEnded(rows)]
}
