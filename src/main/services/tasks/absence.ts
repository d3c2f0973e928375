import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { all, getIf } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES, type Role } from '../../../shared/domain/people/permissions.ts'
import { userTable, type User } from '../../../shared/domain/people/tables.ts'
import { type Holder, promiseHolder, isHeld, isStaffed } from '../../../shared/domain/promises/holders.ts'
import { queueTable, type Promised } from '../../../shared/domain/promises/tables.ts'
import { promiseTitle } from '../../../shared/domain/promises/titles.ts'
import type { Asked } from '../../core/service.ts'
import { and, asc, eq, schema } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { originOf } from '../promises/origins.ts'

/** As many as one looks at before going. */
const SHOWN = 6

function openPromises({ store }: Asked): readonly Promised[] {
  const { promise } = schema
  return store.db
    .select()
    .from(promise)
    .where(and(eq(promise.companyId, store.companyId), eq(promise.state, 'open'), eq(promise.practice, false)))
    .orderBy(asc(promise.dueAt), asc(promise.id))
    .all()
}

export interface Going {
  readonly userId: string
  readonly absence: 'lunch' | 'today' | 'sick' | 'left'
  readonly backAt: number | null
  readonly toUserId: string | null
  readonly toRole: Role | null
}

interface Moved {
  readonly promise: Promised
  readonly to: Holder
}

/** The promises that would have another holder if the person went now: their own, and those of roles nobody else has here. */
function moving(going: Going, users: readonly User[], promises: readonly Promised[]): readonly Moved[] {
  const passing = { passToUserId: going.toUserId, passToRole: going.toUserId === null ? going.toRole : null }
  const without = users.map((user) => (user.id === going.userId ? { ...user, presence: going.absence === 'left' ? ('left' as const) : ('away' as const), ...passing } : user))
  return promises.flatMap((promise): Moved[] => {
    const to = promiseHolder(promise, without)
    return to.holderUserId === promise.holderUserId && to.holderRole === promise.holderRole ? [] : [{ promise, to }]
  })
}

/** Somebody is there, and it does not only wait with a role until the office opens. */
const isThere = ({ promise: { subjectKind }, to }: Moved, users: readonly User[]): boolean => isHeld({ ...to, subjectKind }, users) && (to.holderUserId !== null || isStaffed(to.holderRole, users))

/** Answers `absence.preview`. */
export function previewAbsence(going: Going, asked: Asked) {
  const { engine } = asked.store
  const users = engine.run(all(userTable))
  const now = asked.now()
  const moved = moving(going, users, openPromises(asked))
  const without = users.map((user) => (user.id === going.userId ? { ...user, presence: 'away' as const } : user))
  const nameOf = ({ holderUserId, holderRole }: Holder): string => users.find(({ id }) => id === holderUserId)?.name ?? ROLE_NAMES[holderRole]
  const counts = new Map<string, number>()
  for (const { to } of moved) counts.set(nameOf(to), (counts.get(nameOf(to)) ?? 0) + 1)

  const queues = new Map(engine.run(all(queueTable)).map((queue) => [queue.id, queue]))
  const reader = { zone: companyOf(asked).zone, now, pricesShown: asked.session.may('price.see') }
  const titleOf = (promise: Promised): string => {
    const origin = engine.run(originOf(promise, reader))
    const customer = engine.run(getIf(customerTable, promise.customerId))?.name ?? origin.callerName
    return promiseTitle(queues.get(promise.queueId)?.title ?? '', { customer, number: origin.number, title: origin.title })
  }
  return {
    passing: moved.length,
    overdue: moved.filter(({ promise }) => promise.dueAt < now).length,
    dueMeanwhile: moved.filter(({ promise }) => promise.dueAt >= now && (going.backAt === null || promise.dueAt <= going.backAt)).length,
    to: [...counts].map(([holder, count]) => ({ holder, count })).toSorted((left, right) => right.count - left.count),
    first: moved.slice(0, SHOWN).map(({ promise, to }) => ({ promiseId: promise.id, title: titleOf(promise), dueAt: promise.dueAt, holder: nameOf(to) })),
    withoutHolder: moved.filter((one) => !isThere(one, without)).length,
  }
}

/** Answers `absence.mine`. */
export function readMyAbsence(asked: Asked) {
  const users = asked.store.engine.run(all(userTable))
  const me = users.find((user) => user.id === asked.actorId)
  if (me?.presence !== 'away') return { away: null }
  const here = users.map((user) => (user.id === me.id ? { ...user, presence: 'active' as const } : user))
  const comeBack = openPromises(asked).filter((promise) => {
    const then = promiseHolder(promise, here)
    return then.holderUserId === me.id && promise.holderUserId !== me.id
  }).length
  // Loosely: a row of before the columns were there has none.
  return { away: { absence: me.absence ?? null, backAt: me.backAt ?? null, comeBack } }
}
