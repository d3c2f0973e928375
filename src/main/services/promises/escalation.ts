import { MINUTE } from '../../../shared/base/time.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES, type Role } from '../../../shared/domain/people/permissions.ts'
import { userTable, type User } from '../../../shared/domain/people/tables.ts'
import { holderFor, type Holder } from '../../../shared/domain/promises/holders.ts'
import { queueTable, type Promised } from '../../../shared/domain/promises/tables.ts'
import type { Asked } from '../../core/service.ts'
import { and, eq, lt, or, schema, type SQL } from '../../store/schema.ts'

/** Where a queue's promises go as well once they are late. */
export interface Escalation {
  readonly queueId: string
  readonly role: Role
  /** Who stands for the role now. */
  readonly to: Holder
  /** Open longer than this is late, however often the due time was moved; milliseconds. */
  readonly limit: number
}

/** The queues whose late promises somebody else sees too. */
export function escalationsOf({ store }: Pick<Asked, 'store'>, users: readonly User[]): readonly Escalation[] {
  return store.engine.run(all(queueTable)).flatMap(({ id, escalateRole, boundMinutes }): Escalation[] => {
    // Loosely: a queue of before the column was there has none.
    return escalateRole ? [{ queueId: id, role: escalateRole, to: holderFor(null, escalateRole, users), limit: boundMinutes * MINUTE }] : []
  })
}

const holds = ({ to }: Escalation, userId: string, roles: readonly Role[]): boolean => (to.holderUserId === null ? roles.includes(to.holderRole) : to.holderUserId === userId)

/** The escalation that has come into force for a promise, if any. */
export function escalatedTo(promise: Pick<Promised, 'queueId' | 'dueAt' | 'openedAt'>, escalations: readonly Escalation[], now: number): Escalation | undefined {
  return escalations.find(({ queueId, limit }) => queueId === promise.queueId && (promise.dueAt < now || promise.openedAt < now - limit))
}

/** Whether a late promise is the person's to look after as well. */
export function isEscalatedTo(escalation: Escalation | undefined, userId: string, users: readonly User[]): boolean {
  return escalation !== undefined && holds(escalation, userId, users.find((user) => user.id === userId)?.roles ?? [])
}

/** The same as SQL over promises: late ones that `whose` has as well. */
export function isEscalated(asked: Asked, whose: (escalation: Escalation) => boolean): readonly (SQL | undefined)[] {
  const { promise } = schema
  const now = asked.now()
  const users = asked.store.engine.run(all(userTable))
  return escalationsOf(asked, users)
    .filter(whose)
    .map(({ queueId, limit }) => and(eq(promise.queueId, queueId), or(lt(promise.dueAt, now), lt(promise.openedAt, now - limit))))
}

export const escalationName = (escalation: Escalation | undefined, users: readonly User[]): string | null =>
  escalation === undefined ? null : (users.find(({ id }) => id === escalation.to.holderUserId)?.name ?? ROLE_NAMES[escalation.to.holderRole])

export const isHeldBy = holds
