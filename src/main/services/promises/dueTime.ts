import { range } from '../../../shared/domain/kernel/load.ts'
import { type Promised, promiseTable, type SubjectKind } from '../../../shared/domain/promises/tables.ts'
import type { Services } from '../../core/service.ts'

/** When the first of them that is open is due, in epoch milliseconds; undefined where none is open. */
export function earliestDue(promises: readonly Promised[]): number | undefined {
  const due = promises.flatMap(({ state, dueAt }) => (state === 'open' ? [dueAt] : []))
  return due.length === 0 ? undefined : Math.min(...due)
}

/**
 * By when the record's promise is due: a try that failed or a postponing moves the promise and not the record, so this is
 * the time that people go by. Undefined where nothing is promised about it. Epoch milliseconds.
 */
export function promisedFor({ store: { engine } }: Pick<Services, 'store'>, kind: SubjectKind, id: string): number | undefined {
  return earliestDue(engine.run(range(promiseTable, 'bySubject', [kind, id])))
}
