import { derivedId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { type Change, insert, type NetChange, update } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import { all, get, type Loading, range } from '../kernel/load.ts'
import type { AnyRow, Table } from '../kernel/table.ts'
import { userTable, type User } from '../people/tables.ts'
import { evaluate } from './expression.ts'
import { holderFor } from './holders.ts'
import { SUBJECT_TABLES } from './subjects.ts'
import { type Promised, promiseTable, type Queue, queueTable, SUBJECT_KINDS } from './tables.ts'

/** The same for a queue and a record wherever it is opened, so no promise exists twice. */
export function promiseId(queueId: string, subjectId: string): string {
  return derivedId('promise', queueId, subjectId)
}

export function conditionHolds(queue: Queue, record: AnyRow): boolean {
  return queue.active && evaluate(queue.condition, { record, openedAt: null }) === true
}

/** When a promise of this queue about this record is due, never beyond the queue's bound. */
export function dueTime(queue: Queue, record: AnyRow, openedAt: number): number {
  const latest = openedAt + queue.boundMinutes * MINUTE
  const due = evaluate(queue.due, { record, openedAt })
  return typeof due === 'number' ? Math.min(due, latest) : latest
}

function wantedHolder(queue: Queue, record: AnyRow): string | null {
  const value = queue.holderField === null ? null : record[queue.holderField]
  return typeof value === 'string' ? value : null
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

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
    ...holderFor(wantedHolder(queue, record), queue.holderRole, users),
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
  const moved = before === null || dueTime(queue, before, promise.openedAt) !== dueTime(queue, after, promise.openedAt)
  const passedOn = before !== null && wantedHolder(queue, before) !== wantedHolder(queue, after)
  return update(promiseTable, promise, {
    customerId: textOrNull(after['customerId']),
    practice: after['practice'] === true,
    ...(moved && before !== null ? { dueAt: dueTime(queue, after, context.at), dueSetAt: context.at } : {}),
    ...(passedOn ? holderFor(wantedHolder(queue, after), queue.holderRole, users) : {}),
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
function* rehold(users: readonly User[], queues: readonly Queue[]): Loading<readonly Change[]> {
  const open = yield* range(promiseTable, 'byState', ['open'])
  return open.flatMap((promise) => {
    const role = queues.find((queue) => queue.id === promise.queueId)?.holderRole ?? promise.holderRole
    const holder = holderFor(promise.holderUserId, role, users)
    return holder.holderUserId === promise.holderUserId && holder.holderRole === promise.holderRole ? [] : [update(promiseTable, promise, holder)]
  })
}

/** A queue that was added or changed looks at every record it is about, once. */
function* resettleQueue(queue: Queue, users: readonly User[], context: DecisionContext): Loading<readonly Change[]> {
  const records = yield { kind: 'all', table: SUBJECT_TABLES[queue.subjectKind] }
  const changes: Change[] = []
  for (const record of records) {
    const promise = yield* get(promiseTable, promiseId(queue.id, record.id))
    const holds = conditionHolds(queue, record)
    if (holds && promise?.state !== 'open') changes.push(open(queue, record, promise, users, context))
    else if (!holds && promise?.state === 'open') changes.push(close(promise, context))
    else if (holds && promise) {
      changes.push(update(promiseTable, promise, { dueAt: dueTime(queue, record, context.at), dueSetAt: context.at, nextStep: queue.nextStep }))
    }
  }
  return changes
}

function withChanges<T extends { readonly id: string }>(rows: readonly T[], changes: readonly NetChange[], table: Table): readonly T[] {
  const changed = changes.filter((change) => change.table.name === table.name)
  if (changed.length === 0) return rows
  const gone = new Set(changed.map((change) => change.id))
  return [...rows.filter((row) => !gone.has(row.id)), ...changed.flatMap((change) => (change.after ? [change.after as unknown as T] : []))]
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
    const queue = change.after as unknown as Queue
    settled.push(...(yield* resettleQueue(queue, users, context)))
  }
  if (userChanges) settled.push(...(yield* rehold(users, queues)))
  return settled
}
