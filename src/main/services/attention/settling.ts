import { refusedChangeTable, type RefusedChange } from '../../../shared/domain/attention/tables.ts'
import { get, type Loading, range } from '../../../shared/domain/kernel/load.ts'
import { promiseTable, type Outcome, type Promised, type Queue, queueTable } from '../../../shared/domain/promises/tables.ts'
import type { Asked } from '../../core/service.ts'
import { and, eq, schema } from '../../store/schema.ts'

/** The open promise of a refused change, with the outcomes of its queue that settle it or put it off. */
export interface Settling {
  readonly promise: Promised
  readonly redone: Outcome | undefined
  readonly dropped: Outcome | undefined
  readonly waiting: Outcome | undefined
}

/** The outcome that leaves the change in this state; a manager may have renamed it, the effect says what it does. */
function settlesAs(queue: Queue, state: RefusedChange['state']): Outcome | undefined {
  return queue.outcomes.find(({ effect }) => effect.kind === 'settle' && effect.set['state'] === state)
}

/** How a refused change can be settled; undefined where it has no promise of its own. */
export function settlingOf(asked: Pick<Asked, 'store'>, changeId: string): Settling | undefined {
  const { db, engine, companyId } = asked.store
  const { promise } = schema
  const rows = db
    .select({ id: promise.id })
    .from(promise)
    .where(and(eq(promise.companyId, companyId), eq(promise.subjectKind, 'refused_change'), eq(promise.subjectId, changeId), eq(promise.state, 'open')))
    .all()
  for (const { id } of rows) {
    const open = engine.run(get(promiseTable, id))
    const queue = open && engine.run(get(queueTable, open.queueId))
    if (open && queue) return { promise: open, redone: settlesAs(queue, 'redone'), dropped: settlesAs(queue, 'dropped'), waiting: queue.outcomes.find(({ effect }) => effect.kind === 'retry') }
  }
  return undefined
}

/** What fell because this change did, and because that did, in the order in which it was done. */
export function* fallenWith(changeId: string): Loading<readonly RefusedChange[]> {
  const found: RefusedChange[] = []
  const causes = [changeId]
  for (let cause = causes.shift(); cause !== undefined; cause = causes.shift()) {
    const next = yield* range(refusedChangeTable, 'byCause', [cause])
    found.push(...next)
    causes.push(...next.map(({ id }) => id))
  }
  return found.sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1))
}
