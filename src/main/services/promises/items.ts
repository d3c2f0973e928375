import { formatPhone } from '../../../shared/base/phone.ts'
import { type CallList, ITEM_LIMIT, type PromiseItem } from '../../../shared/contract/methods/promises.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { all, get, getIf } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES, type Role } from '../../../shared/domain/people/permissions.ts'
import { userTable, type User } from '../../../shared/domain/people/tables.ts'
import { promiseTable, queueTable, type Promised, type Queue } from '../../../shared/domain/promises/tables.ts'
import { promiseTitle, shortTitle } from '../../../shared/domain/promises/titles.ts'
import type { Asked } from '../../core/service.ts'
import { and, asc, count, eq, inArray, isNotNull, isNull, notInArray, or, schema, sql, type SQL } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { firstPhones } from '../customers/phones.ts'
import { absentHolders, isMine, isOpen } from './counts.ts'
import { escalatedTo, escalationName, escalationsOf, isEscalated, isEscalatedTo } from './escalation.ts'
import { originOf } from './origins.ts'

export type Scope =
  | { readonly kind: 'queue'; readonly queueId: string }
  | { readonly kind: 'mine' }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'withoutHolder' }
  | { readonly kind: 'everybodys' }
  | { readonly kind: 'calls'; readonly list: CallList }

const { promise } = schema

/** Each call is in one list: what came while the line was closed in one of its own, a voicemail in its own, and under call-backs what was agreed on, whatever became of the call otherwise. */
function aboutCalls(list: CallList): SQL | undefined {
  const { call } = schema
  const of = (condition: SQL | undefined): SQL | undefined =>
    and(eq(promise.subjectKind, 'call'), sql`exists (select 1 from ${call} where ${and(eq(call.companyId, promise.companyId), eq(call.id, promise.subjectId), condition)})`)
  switch (list) {
    case 'missed':
      return of(and(eq(call.outcome, 'abandoned'), isNull(call.voicemailAt), isNull(call.countsFrom)))
    case 'voicemail':
      return of(and(inArray(call.outcome, ['abandoned', 'unbooked']), isNotNull(call.voicemailAt), isNull(call.countsFrom)))
    case 'overnight':
      return of(and(or(eq(call.outcome, 'abandoned'), isNotNull(call.voicemailAt)), inArray(call.outcome, ['abandoned', 'unbooked']), isNotNull(call.countsFrom)))
    case 'unbooked':
      return of(and(eq(call.outcome, 'unbooked'), isNull(call.voicemailAt)))
    case 'callBacks':
      return of(or(isNull(call.outcome), notInArray(call.outcome, ['abandoned', 'unbooked'])))
  }
}

function within(scope: Scope, asked: Asked, users: readonly User[]): SQL | undefined {
  switch (scope.kind) {
    case 'queue':
      return eq(promise.queueId, scope.queueId)
    case 'mine':
      return isMine(asked)
    case 'role':
      return or(eq(promise.holderRole, scope.role), ...isEscalated(asked, ({ role }) => role === scope.role))
    case 'everybodys':
      return undefined
    case 'calls':
      return aboutCalls(scope.list)
    case 'withoutHolder': {
      const absent = absentHolders(asked, users).map(({ holderUserId, holderRole }) =>
        and(holderUserId === null ? isNull(promise.holderUserId) : eq(promise.holderUserId, holderUserId), eq(promise.holderRole, holderRole)),
      )
      return absent.length === 0 ? sql`false` : and(eq(promise.practice, false), or(...absent))
    }
  }
}

function saidLast(open: Promised, queue: Queue): string | null {
  const label = queue.outcomes.find((outcome) => outcome.key === open.lastOutcome)?.label
  if (label === undefined) return open.note === '' ? null : open.note
  return open.note === '' ? label : `${label}: ${open.note}`
}

/** Answers `queue.items`. */
export function readItems(scope: Scope, asked: Asked): { items: PromiseItem[]; total: number } {
  const { db, engine } = asked.store
  const users = engine.run(all(userTable))
  const where = and(isOpen(asked), within(scope, asked, users))
  const total = db.select({ total: count() }).from(promise).where(where).get()?.total ?? 0
  // Of two that are due at the same time, who has waited longer comes first.
  const ids = db.select({ id: promise.id }).from(promise).where(where).orderBy(asc(promise.dueAt), asc(promise.openedAt), asc(promise.id)).limit(ITEM_LIMIT).all()
  const open = ids.flatMap(({ id }) => engine.run(get(promiseTable, id)) ?? [])

  const queues = new Map(engine.run(all(queueTable)).map((queue) => [queue.id, queue]))
  const escalations = escalationsOf(asked, users)
  const names = new Map(users.map((user) => [user.id, user.name]))
  const me = users.find((user) => user.id === asked.actorId)
  const phones = firstPhones(asked.store, open.flatMap(({ customerId }) => customerId ?? []))
  const reader = { zone: companyOf(asked).zone, now: asked.now(), pricesShown: asked.session.may('price.see') }

  const items = open.flatMap((row): PromiseItem[] => {
    const queue = queues.get(row.queueId)
    if (!queue) return []
    const origin = engine.run(originOf(row, reader))
    const customerName = engine.run(getIf(customerTable, row.customerId))?.name ?? origin.callerName
    const phone = origin.phone ?? (row.customerId === null ? null : (phones.get(row.customerId) ?? null))
    const holderName = row.holderUserId === null ? undefined : names.get(row.holderUserId)
    const late = escalatedTo(row, escalations, reader.now)
    const away = row.assignedUserId !== null && row.assignedUserId !== row.holderUserId ? names.get(row.assignedUserId) : undefined
    return [
      {
        promiseId: row.id,
        queueId: row.queueId,
        subjectKind: row.subjectKind,
        subjectId: row.subjectId,
        opens: origin.opens,
        title: promiseTitle(queue.title, { customer: customerName ?? (phone === null ? null : formatPhone(phone)), number: origin.number, title: origin.title }),
        shortTitle: shortTitle(queue.title, origin.number, origin.title),
        nextStep: row.nextStep,
        customerId: row.customerId,
        customerName,
        phone,
        cameFrom: origin.cameFrom,
        voicemail: origin.voicemail,
        lastSaid: saidLast(row, queue),
        openedAt: row.openedAt,
        dueAt: row.dueAt,
        dueSetAt: row.dueSetAt,
        tries: row.tries,
        holderUserId: row.holderUserId,
        holder: holderName ?? ROLE_NAMES[row.holderRole],
        role: row.assignedRole,
        mine: row.holderUserId === asked.actorId || (row.holderUserId === null && (me?.roles.includes(row.holderRole) ?? false)) || isEscalatedTo(late, asked.actorId, users),
        escalatedTo: escalationName(late, users),
        coveringFor: away ?? null,
        practice: row.practice,
      },
    ]
  })
  return { items, total }
}
