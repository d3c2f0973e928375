import { range } from '../../../shared/domain/kernel/load.ts'
import { type SubjectKind, promiseTable } from '../../../shared/domain/promises/tables.ts'
import type { Services } from '../../core/service.ts'

/**
 * By when the record's promise is due: a try that failed or a postponing moves the promise and not the record, so this is
 * the time that people go by. Undefined where nothing is promised about it. Epoch milliseconds.
 */
export function promisedFor({ store: { engine } }: Pick<Services, 'store'>, kind: SubjectKind, id: string): number | undefined {
  const due = engine.run(range(promiseTable, 'bySubject', [kind, id])).flatMap(({ state, dueAt }) => (state === 'open' ? [dueAt] : []))
  return due.length === 0 ? undefined : Math.min(...due)
}
