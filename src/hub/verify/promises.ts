import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { MINUTE } from '../../shared/base/time.ts'
import { userTable } from '../../shared/domain/people/tables.ts'
import { conditionHolds, promiseId } from '../../shared/domain/promises/engine.ts'
import { promiseHolder, isHeld } from '../../shared/domain/promises/holders.ts'
import { SUBJECT_TABLES } from '../../shared/domain/promises/subjects.ts'
import { promiseTable, queueTable } from '../../shared/domain/promises/tables.ts'
import type { Check } from './company.ts'

/** The open promises are exactly those that the queues' conditions ask for, evaluated from scratch over all records. */
export const promisesEqualConditions: Check = async (company) => {
  const open = new Set((await company.rows(promiseTable)).filter(({ state }) => state === 'open').map(({ id }) => id))
  const problems: string[] = []
  for (const queue of await company.rows(queueTable)) {
    for (const record of (await company.rows(SUBJECT_TABLES[queue.subjectKind])) as readonly AnyRow[]) {
      const id = promiseId(queue.id, record.id)
      const holds = conditionHolds(queue, record)
      if (holds !== open.has(id)) problems.push(`In the queue \u201c${queue.name}\u201d the ${queue.subjectKind.replaceAll('_', ' ')} ${record.id} ${holds ? 'has no open promise and should' : 'has an open promise and should not'}.`)
      open.delete(id)
    }
  }
  return [...problems, ...[...open].map((id) => `The open promise ${id} is about no record of its queue.`)]
}

/** Every open promise is with an active person or a staffed role, has a next step, and is due within its queue's bound. */
export const promisesAreHeld: Check = async (company) => {
  const users = await company.rows(userTable)
  const bounds = new Map((await company.rows(queueTable)).map((queue) => [queue.id, queue.boundMinutes * MINUTE]))
  return (await company.rows(promiseTable)).flatMap((promise) => {
    if (promise.state !== 'open') return []
    const expected = promiseHolder(promise, users)
    const problems: string[] = []
    if (!isHeld(promise, users)) problems.push(`The promise ${promise.id} is held by nobody who is there.`)
    if (expected.holderUserId !== promise.holderUserId || expected.holderRole !== promise.holderRole) problems.push(`The promise ${promise.id} is not with the one it should be with.`)
    if (promise.dueAt > promise.dueSetAt + (bounds.get(promise.queueId) ?? 0)) problems.push(`The promise ${promise.id} is due later than its queue allows.`)
    if (promise.nextStep === '') problems.push(`The promise ${promise.id} has no next step.`)
    return problems
  })
}
