import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import type { Asked } from '../../core/service.ts'
import { and, eq, inArray, schema } from '../../store/schema.ts'

type OpenPromise = NonNullable<BoardVisit['promise']>

/** The open promises about these visits, by visit, the first due first. */
export function openPromisesOf(asked: Pick<Asked, 'store'>, visitIds: readonly string[]): ReadonlyMap<string, readonly OpenPromise[]> {
  if (visitIds.length === 0) return new Map()
  const { promise } = schema
  const names = new Map(asked.store.engine.run(all(userTable)).map((user) => [user.id, user.name]))
  const rows = asked.store.db
    .select()
    .from(promise)
    .where(and(eq(promise.companyId, asked.store.companyId), eq(promise.subjectKind, 'appointment'), inArray(promise.subjectId, [...visitIds])))
    .all()
    // A visit has a promise for each queue at most: asked by state, SQLite would walk every open promise of the office.
    .filter((row) => row.state === 'open')
    .sort((left, right) => left.dueAt - right.dueAt)
  const found = new Map<string, OpenPromise[]>()
  for (const row of rows) {
    const holder = (row.holderUserId === null ? undefined : names.get(row.holderUserId)) ?? ROLE_NAMES[row.holderRole]
    const open = { dueAt: row.dueAt, openedAt: row.openedAt, nextStep: row.nextStep, holder }
    const others = found.get(row.subjectId)
    if (others) others.push(open)
    else found.set(row.subjectId, [open])
  }
  return found
}
