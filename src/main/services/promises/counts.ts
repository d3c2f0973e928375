import { HOUR } from '../../../shared/base/time.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { userTable, type User } from '../../../shared/domain/people/tables.ts'
import { isHeld } from '../../../shared/domain/promises/holders.ts'
import type { Asked } from '../../core/service.ts'
import { isEscalated, isHeldBy } from './escalation.ts'
import { and, count, eq, inArray, isNull, min, or, schema, sql, type SQL } from '../../store/schema.ts'

const { promise } = schema

/** What the person holds: by name, through a role of theirs that nobody holds by name, or because it is late and theirs to look after. */
export function isMine(asked: Asked): SQL | undefined {
  const me = asked.store.engine.run(all(userTable)).find((user) => user.id === asked.actorId)
  const roles = me ? [...me.roles] : []
  const throughRole = and(isNull(promise.holderUserId), inArray(promise.holderRole, roles))
  const late = isEscalated(asked, (escalation) => isHeldBy(escalation, asked.actorId, roles))
  return roles.length === 0 ? or(eq(promise.holderUserId, asked.actorId), ...late) : or(eq(promise.holderUserId, asked.actorId), throughRole, ...late)
}

export function isOpen(asked: Asked): SQL | undefined {
  return and(eq(promise.companyId, asked.store.companyId), eq(promise.state, 'open'))
}

/** Open promises that numbers count: practice stays out of them. */
function isCounted(asked: Asked): SQL | undefined {
  return and(isOpen(asked), eq(promise.practice, false))
}

const overdueAt = (now: number): SQL<number> => sql<number>`coalesce(sum(${promise.dueAt} < ${now}), 0)`

/** The holders of open promises who are not there. There should be none. */
export function absentHolders(asked: Asked, users: readonly User[]): readonly { readonly holderUserId: string | null; readonly holderRole: User['roles'][number]; readonly open: number }[] {
  const groups = asked.store.db
    .select({ subjectKind: promise.subjectKind, holderUserId: promise.holderUserId, holderRole: promise.holderRole, open: count() })
    .from(promise)
    .where(isCounted(asked))
    .groupBy(promise.subjectKind, promise.holderUserId, promise.holderRole)
    .all()
  return groups.filter((holder) => !isHeld(holder, users))
}

/** Answers `promises.summary`. */
export function readSummary(asked: Asked) {
  const now = asked.now()
  const { db, engine } = asked.store
  const soon = sql<number>`coalesce(sum(${promise.dueAt} >= ${now} and ${promise.dueAt} < ${now + HOUR}), 0)`
  const office = db.select({ open: count(), overdue: overdueAt(now), dueSoon: soon }).from(promise).where(isCounted(asked)).get()
  const mine = db.select({ mine: count(), mineOverdue: overdueAt(now) }).from(promise).where(and(isCounted(asked), isMine(asked))).get()
  const withoutHolder = absentHolders(asked, engine.run(all(userTable))).reduce((sum, holder) => sum + holder.open, 0)
  return { open: 0, overdue: 0, dueSoon: 0, mine: 0, mineOverdue: 0, ...office, ...mine, withoutHolder }
}

export interface QueueCounts {
  readonly open: number
  readonly overdue: number
  readonly next: { readonly dueAt: number; readonly since: number } | null
}

const NOTHING: QueueCounts = { open: 0, overdue: 0, next: null }

function countByQueue(asked: Asked, where: SQL | undefined): ReadonlyMap<string, QueueCounts> {
  const rows = asked.store.db
    .select({
      queueId: promise.queueId,
      open: count(),
      overdue: overdueAt(asked.now()),
      dueAt: min(promise.dueAt),
      // SQLite takes a bare column from the row that holds the group's only min() (lang_select, section 2.5).
      since: promise.dueSetAt,
    })
    .from(promise)
    .where(where)
    .groupBy(promise.queueId)
    .all()
  return new Map(rows.map(({ queueId, open, overdue, dueAt, since }) => [queueId, { open, overdue, next: dueAt === null ? null : { dueAt, since } }]))
}

/** The counts of every queue: the office's, the person's own, and practice beside them. */
export function countQueues(asked: Asked): (queueId: string) => { readonly office: QueueCounts; readonly mine: QueueCounts; readonly practice: number } {
  const office = countByQueue(asked, isCounted(asked))
  const mine = countByQueue(asked, and(isCounted(asked), isMine(asked)))
  const practice = countByQueue(asked, and(isOpen(asked), eq(promise.practice, true)))
  return (queueId) => ({ office: office.get(queueId) ?? NOTHING, mine: mine.get(queueId) ?? NOTHING, practice: practice.get(queueId)?.open ?? 0 })
}
