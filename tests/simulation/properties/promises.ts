import { MINUTE } from '../../../src/shared/base/time.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'
import type { AnyRow } from '../../../src/shared/domain/kernel/table.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import { conditionHolds, promiseId } from '../../../src/shared/domain/promises/engine.ts'
import { promiseHolder, isHeld } from '../../../src/shared/domain/promises/holders.ts'
import { SUBJECT_TABLES } from '../../../src/shared/domain/promises/subjects.ts'
import { promiseTable, queueTable, type Promised } from '../../../src/shared/domain/promises/tables.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** For every queue the open promises equal its condition evaluated from scratch over all records. */
function wronglyOpen(rows: Rows): readonly string[] {
  const open = new Map(rows(promiseTable).filter((promise) => promise.state === 'open').map((promise) => [promise.id, promise]))
  const problems: string[] = []
  for (const queue of rows(queueTable)) {
    for (const record of rows(SUBJECT_TABLES[queue.subjectKind]) as readonly AnyRow[]) {
      const id = promiseId(queue.id, record.id)
      const holds = conditionHolds(queue, record)
      if (holds !== open.has(id)) problems.push(`${queue.key}: ${queue.subjectKind} ${record.id} ${holds ? 'has no open promise' : 'has a promise that should be closed'}`)
      open.delete(id)
    }
  }
  return [...problems, ...[...open.values()].map((promise) => `promise ${promise.id} is about no record of its queue`)]
}

/** Every open promise is held by an active person or a staffed role, and by the one its assignment leads to. */
function wronglyHeld(rows: Rows): readonly string[] {
  const users = rows(userTable)
  return rows(promiseTable).flatMap((promise) => {
    if (promise.state !== 'open') return []
    const expected = promiseHolder(promise, users)
    const problems: string[] = []
    if (!isHeld(promise, users)) problems.push(`promise ${promise.id} is held by nobody who is there`)
    if (expected.holderUserId !== promise.holderUserId || expected.holderRole !== promise.holderRole) problems.push(`promise ${promise.id} is not with its holder`)
    return problems
  })
}

/** Every open promise has a next step and a due time within its queue's bound from when it was set. */
function wronglyDue(rows: Rows): readonly string[] {
  const bounds = new Map(rows(queueTable).map((queue) => [queue.id, queue.boundMinutes * MINUTE]))
  const late = (promise: Promised): boolean => promise.dueAt > promise.dueSetAt + (bounds.get(promise.queueId) ?? 0)
  return rows(promiseTable).flatMap((promise) => {
    if (promise.state !== 'open') return []
    if (late(promise)) return [`promise ${promise.id} is due beyond its bound`]
    return promise.nextStep === '' ? [`promise ${promise.id} has no next step`] : []
  })
}

/** Everything the ledger promises about itself; empty when all of it is so. */
export function ledgerProblems(rows: Rows): readonly string[] {
  return [...wronglyOpen(rows), ...wronglyHeld(rows), ...wronglyDue(rows)]
}
