import { derivedId } from '../../base/id.ts'
import { compareText } from '../../base/text.ts'
import { MINUTE } from '../../base/time.ts'
import { type Change, insert, type NetChange, update } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import { all, get, type Loading, range } from '../kernel/load.ts'
import type { AnyRow, Table } from '../kernel/table.ts'
import { type Role, ROLES } from '../people/permissions.ts'
import { userTable, type User } from '../people/tables.ts'
import { evaluate } from './expression.ts'
import { promiseHolder } from './holders.ts'
import { SUBJECT_TABLES } from './subjects.ts'
import { type Promised, promiseTable, type Queue, queueTable, SUBJECT_KINDS, type SubjectKind } from './tables.ts'

/** The same for a queue and a record wherever it is opened, so no promise exists twice. */
export function promiseId(queueId: string, subjectId: string): string {
  return derivedId('promise', queueId, subjectId)
}

export function conditionHolds(queue: Queue, record: AnyRow): boolean {
  return queue.active && evaluate(queue.condition, { record, openedAt: null }) === true
}

/**
 * When a promise of this queue about this record is due, never beyond the queue's bound.
 * @param openedAt what times in the rule are relative to
 * @param setAt from when the bound counts
 */
export function dueTime(queue: Queue, record: AnyRow, openedAt: number, setAt: number = openedAt): number {
  const latest = latestDue(queue, setAt)
  const due = evaluate(queue.due, { record, openedAt })
  return typeof due === 'number' ? Math.min(due, latest) : latest
}

/** The latest due time that may be set at a moment. */
export function latestDue(queue: Pick<Queue, 'boundMinutes'>, setAt: number): number {
  return setAt + queue.boundMinutes * MINUTE
}

/** The record's own person, where that is somebody of the office: what the software recorded by itself is nobody's own. */
function wantedPerson(queue: Queue, record: AnyRow, users: readonly User[]): string | null {
  const id = queue.holderField === null ? null : textOrNull(record[queue.holderField])
  return users.some((user) => user.id === id) ? id : null
}

/** The role the record belongs to: its own where the queue says which field names it, else the queue's. */
function wantedRole(queue: Queue, record: AnyRow): Role {
  // Loosely: a queue of before the field was there lacks it.
  const named = queue.roleField ? record[queue.roleField] : undefined
  return ROLES.find((role) => role === named) ?? queue.holderRole
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Whose a promise is, and who therefore holds it among the people as they are now. */
export function assign(subjectKind: SubjectKind, userId: string | null, role: Role, users: readonly User[]): Pick<Promised, 'assignedUserId' | 'assignedRole' | 'holderUserId' | 'holderRole'> {
  const assigned = { assignedUserId: userId, assignedRole: role }
  return { ...assigned, ...promiseHolder({ subjectKind, ...assigned }, users) }
}

function open(queue: Queue, record: AnyRow, earlier: Promised | undefined, users: readonly User[], context: DecisionContext): Change {
  const values = {
    queueId: queue.id,
    subjectKind: queue.subjectKind,
    subjectId: record.id,
    customerId: textOrNull(record['customerId']),
    state: 'open' as const,
    occurrence: (earlier?.occurrence ?? 0) + 1,
    openedAt: context.at,
    dueAt: dueTime(queue, record, context.at),
    dueSetAt: context.at,
    ...assign(queue.subjectKind, wantedPerson(queue, record, users), wantedRole(queue, record), users),
    nextStep: queue.nextStep,
    tries: 0,
    lastOutcome: null,
    note: '',
    closedAt: null,
    practice: record['practice'] === true,
  }
  return earlier ? update(promiseTable, earlier, values) : insert(promiseTable, { id: promiseId(queue.id, record.id), ...values })
}

/** A record that stays in its queue moves its promise only where its own due time or person moved. */
function keep(queue: Queue, before: AnyRow | null, after: AnyRow, promise: Promised, users: readonly User[], context: DecisionContext): Change {
  const { openedAt } = promise
  const moved = before !== null && dueTime(queue, before, openedAt, context.at) !== dueTime(queue, after, openedAt, context.at)
  const toAnother = before !== null && wantedPerson(queue, before, users) !== wantedPerson(queue, after, users)
  const toAnotherRole = before !== null && wantedRole(queue, before) !== wantedRole(queue, after)
  return update(promiseTable, promise, {
    customerId: textOrNull(after['customerId']),
    practice: after['practice'] === true,
    ...(moved ? { dueAt: dueTime(queue, after, openedAt, context.at), dueSetAt: context.at } : {}),
    ...(toAnother || toAnotherRole ? assign(queue.subjectKind, wantedPerson(queue, after, users), toAnotherRole ? wantedRole(queue, after) : promise.assignedRole, users) : {}),
  })
}

function close(promise: Promised, context: DecisionContext): Change {
  return update(promiseTable, promise, { state: 'closed', closedAt: context.at })
}

function* settleRecord(
  queue: Queue,
  before: AnyRow | null,
  after: AnyRow | null,
  users: readonly User[],
  context: DecisionContext,
): Loading<readonly Change[]> {
  const id = (after ?? before)?.id
  if (id === undefined) return []
  const holds = after !== null && conditionHolds(queue, after)
  const held = before !== null && conditionHolds(queue, before)
  if (!holds && !held) return []
  const promise = yield* get(promiseTable, promiseId(queue.id, id))
  if (!holds || after === null) return promise?.state === 'open' ? [close(promise, context)] : []
  if (promise?.state === 'open') return [keep(queue, before, after, promise, users, context)]
  return [open(queue, after, promise, users, context)]
}

/** People who came back, went away, left or changed roles: every open promise finds its holder again. */
function* rehold(users: readonly User[]): Loading<readonly Change[]> {
  const open = yield* range(promiseTable, 'byState', ['open'])
  return open.flatMap((promise) => {
    const holder = promiseHolder(promise, users)
    return holder.holderUserId === promise.holderUserId && holder.holderRole === promise.holderRole ? [] : [update(promiseTable, promise, holder)]
  })
}

/**
 * An open promise under its queue's new rules. A due time that nobody has moved follows the new rule
 * as if it had been there at the opening; one that a person set is only held to the new bound.
 */
function revise(before: Queue, queue: Queue, record: AnyRow, promise: Promised, users: readonly User[]): Change {
  const untouched = promise.dueSetAt === promise.openedAt
  const dueAt = untouched ? dueTime(queue, record, promise.openedAt) : Math.min(promise.dueAt, latestDue(queue, promise.dueSetAt))
  const person = wantedPerson(before, record, users) === wantedPerson(queue, record, users) ? promise.assignedUserId : wantedPerson(queue, record, users)
  const role = promise.assignedRole === wantedRole(before, record) ? wantedRole(queue, record) : promise.assignedRole
  return update(promiseTable, promise, { dueAt, nextStep: queue.nextStep, ...assign(queue.subjectKind, person, role, users) })
}

/** A queue that was added or changed looks at every record it is about, once. */
function* resettleQueue(before: Queue | null, queue: Queue, changes: readonly NetChange[], users: readonly User[], context: DecisionContext): Loading<readonly Change[]> {
  const table = SUBJECT_TABLES[queue.subjectKind]
  const records = withChanges(yield { kind: 'all', table }, changes, table)
  // Read at once: most records are in no queue, and a read for each would hold up a ring.
  const standing = new Map((yield* range(promiseTable, 'byQueue', [queue.id, 'open'])).map((promise) => [promise.subjectId, promise]))
  const settled: Change[] = []
  for (const record of records) {
    const promise = standing.get(record.id)
    const holds = conditionHolds(queue, record)
    if (promise) settled.push(holds ? revise(before ?? queue, queue, record, promise, users) : close(promise, context))
    else if (holds) settled.push(open(queue, record, yield* get(promiseTable, promiseId(queue.id, record.id)), users, context))
  }
  return settled
}

/** Rows as this command leaves them, in the order of their ids as every engine reads them. */
function withChanges<T extends { readonly id: string }>(rows: readonly T[], changes: readonly NetChange[], table: Table): readonly T[] {
  const changed = changes.filter((change) => change.table.name === table.name)
  if (changed.length === 0) return rows
  const gone = new Set(changed.map((change) => change.id))
  const current = [...rows.filter((row) => !gone.has(row.id)), ...changed.flatMap((change) => (change.after ? [change.after as unknown as T] : []))]
  return current.sort((left, right) => compareText(left.id, right.id))
}

/**
 * Opens, moves and closes promises for what a command changed, in the command's own transaction.
 * After it, the open promises of every queue are exactly the records for which its condition holds.
 */
export function* settlePromises(changes: readonly NetChange[], context: DecisionContext): Loading<readonly Change[]> {
  const kinds = new Set<string>(SUBJECT_KINDS)
  const relevant = changes.filter((change) => kinds.has(change.table.name))
  const queueChanges = changes.filter((change) => change.table.name === queueTable.name)
  const userChanges = changes.some((change) => change.table.name === userTable.name)
  if (relevant.length === 0 && queueChanges.length === 0 && !userChanges) return []

  const users = withChanges(yield* all(userTable), changes, userTable)
  const queues = withChanges(yield* all(queueTable), changes, queueTable)
  const settled: Change[] = []
  const fresh = new Set(queueChanges.map((change) => change.id))
  for (const queue of queues) {
    if (fresh.has(queue.id)) continue
    for (const change of relevant) {
      if (change.table.name !== queue.subjectKind) continue
      settled.push(...(yield* settleRecord(queue, change.before, change.after, users, context)))
    }
  }
  for (const change of queueChanges) {
    if (!change.after) continue
    settled.push(...(yield* resettleQueue(change.before as unknown as Queue | null, change.after as unknown as Queue, changes, users, context)))
  }
  if (userChanges) settled.push(...(yield* rehold(users)))
  return settled
}
