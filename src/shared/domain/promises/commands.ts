import { z } from 'zod'
import { DAY, MINUTE } from '../../base/time.ts'
import { noteTable } from '../customers/tables.ts'
import { taskNoteTable } from '../tasks/tables.ts'
import { saidInQueue } from '../leads/fromQueue.ts'
import { insert, update, type Change } from '../kernel/changes.ts'
import { accept, defineIntention, type Command, type DecisionContext } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, textInput } from '../kernel/inputs.ts'
import { all, get, type Loading } from '../kernel/load.ts'
import { isRefused, refuse, type Refused } from '../kernel/refusal.ts'
import type { AnyRow } from '../kernel/table.ts'
import { type Role, ROLE_NAMES, ROLES } from '../people/permissions.ts'
import { userTable, type User } from '../people/tables.ts'
import { queueId } from './defaultQueues.ts'
import { adoptQueues } from './adopt.ts'
import { assign, conditionHolds, latestDue } from './engine.ts'
import { isStaffed } from './holders.ts'
import { queueInput } from './inputs.ts'
import { checkQueue } from './queueCheck.ts'
import { OWN_FIELDS, outcomeChanges, type OwnFields, SUBJECT_TABLES } from './subjects.ts'
import { promiseTable, queueTable, type Outcome, type Promised, type Queue } from './tables.ts'

const saveQueue = defineIntention({
  name: 'queue.save',
  version: 1,
  summary: 'Add or change a queue: what opens a promise, who holds it, when it is due, how it can end.',
  permission: 'settings.edit',
  input: queueInput,
  *load(input) {
    return yield* get(queueTable, input.id)
  },
  decide(input, existing) {
    if (input.id !== queueId(input.key)) return refuse('queue.key', 'A queue\u2019s id follows from its key, and the key stays as it is.', { field: 'key' })
    if (existing && existing.subjectKind !== input.subjectKind) {
      return refuse('queue.subject', 'A queue keeps the kind of record it is about. Switch this one off and add another.', { field: 'subjectKind' })
    }
    const problem = checkQueue(input)
    if (problem) return refuse('queue.rule', problem.message, { field: problem.field })
    const { id: _id, ...values } = input
    return accept(existing ? update(queueTable, existing, values) : insert(queueTable, input))
  },
})

interface Worked {
  readonly promise: Promised
  readonly queue: Queue
  readonly record: AnyRow | undefined
  readonly users: readonly User[]
}

interface Loaded {
  readonly promise: Promised | undefined
  readonly queue: Queue | undefined
  readonly record: AnyRow | undefined
  readonly users: readonly User[]
}

function* loadPromise(promiseId: string): Loading<Loaded> {
  const promise = yield* get(promiseTable, promiseId)
  const records = promise ? yield { kind: 'get' as const, table: SUBJECT_TABLES[promise.subjectKind], id: promise.subjectId } : []
  return { promise, queue: promise ? yield* get(queueTable, promise.queueId) : undefined, record: records[0], users: yield* all(userTable) }
}

/** The promise, still open, or why it cannot be worked. */
function openPromise({ promise, queue, record, users }: Loaded): Worked | Refused {
  if (!promise || !queue) return refuse('promise.unknown', 'This promise is not in the ledger.')
  if (promise.state !== 'open') return refuse('promise.closed', 'This promise is settled already. Take the next one.', { subject: { kind: promise.subjectKind, id: promise.subjectId } })
  return { promise, queue, record, users }
}

/** The record's own fields for whose it is and by when, where this queue goes by them. */
function ownFields({ promise, queue, record }: Worked): { readonly fields: OwnFields; readonly record: AnyRow } | undefined {
  const fields = OWN_FIELDS[promise.subjectKind]
  return fields && record && queue.holderField === fields.person ? { fields, record } : undefined
}

/** Gives a promise to somebody; where the record itself says whose it is, the record says so too. */
function giveTo(worked: Worked, userId: string | null, role: Role): readonly Change[] {
  const { promise, users } = worked
  const own = ownFields(worked)
  const record: readonly Change[] = own ? [{ kind: 'update', table: SUBJECT_TABLES[promise.subjectKind], before: own.record, set: { [own.fields.person]: userId, [own.fields.role]: role } }] : []
  return [...record, update(promiseTable, promise, assign(promise.subjectKind, userId, role, users))]
}

/** Reading is nobody else's to do: only the reader says that they have read it, so the promise stays theirs. */
function onlyTheirs({ promise, record, users }: Worked, toUserId: string | null): Refused | undefined {
  if (promise.subjectKind !== 'read_receipt' || record?.['userId'] === toUserId) return undefined
  const name = users.find((user) => user.id === record?.['userId'])?.name ?? 'its reader'
  return refuse('promise.onlyTheirs', `Only ${name} can say that they have read it, so it stays with ${name}. Ask them to read it.`, { subject: { kind: 'read_receipt', id: promise.subjectId } })
}

/** Who works a promise of somebody who is away keeps it: only what nobody touched goes back when they return. */
function kept(worked: Worked, actorId: string): readonly Change[] {
  const { promise, users } = worked
  const owner = users.find((user) => user.id === promise.assignedUserId)
  const worker = users.find((user) => user.id === actorId)
  if (onlyTheirs(worked, actorId)) return []
  return owner && owner.id !== actorId && owner.presence !== 'active' && worker?.presence === 'active' ? giveTo(worked, actorId, promise.assignedRole) : []
}

/** What was said goes on the record as well, where the next person looks. */
function noteOnRecord(promise: Promised, record: AnyRow, outcome: Outcome, note: string, context: DecisionContext): readonly Change[] {
  if (note === '' || promise.subjectKind === 'batch' || promise.subjectKind === 'refused_change' || promise.subjectKind === 'suspense_payment' || promise.subjectKind === 'effect' || promise.subjectKind === 'read_receipt' || promise.subjectKind === 'handed_draft' || promise.subjectKind === 'material_list' || promise.subjectKind === 'lead') return []
  if (promise.subjectKind === 'task') return [insert(taskNoteTable, { id: context.id('note'), taskId: promise.subjectId, body: `${outcome.label}: ${note}`, authorId: context.actorId, at: context.at })]
  const [jobId, callId] = [record['jobId'], record['callId']]
  // An alert is over in minutes; what is said about it belongs to its call.
  if (promise.subjectKind === 'alert' && typeof callId !== 'string') return []
  if (promise.subjectKind === 'wait_entry') {
    if (promise.customerId === null) return []
    return [insert(noteTable, { id: context.id('note'), customerId: promise.customerId, subjectKind: 'customer', subjectId: promise.customerId, body: `Wait list, ${outcome.label}: ${note}`, pinned: false, authorId: context.actorId, at: context.at })]
  }
  const subject =
    promise.subjectKind === 'appointment'
      ? { subjectKind: 'job' as const, subjectId: typeof jobId === 'string' ? jobId : promise.subjectId }
      : promise.subjectKind === 'alert'
        ? { subjectKind: 'call' as const, subjectId: String(callId) }
        : { subjectKind: promise.subjectKind, subjectId: promise.subjectId }
  return [
    insert(noteTable, {
      id: context.id('note'),
      customerId: promise.customerId,
      ...subject,
      body: `${outcome.label}: ${note}`,
      pinned: false,
      authorId: context.actorId,
      at: context.at,
    }),
  ]
}

/** After how long a promise comes back: as the record says it was agreed, else as the queue says. Milliseconds. */
function agreedDelay({ daysField, afterMinutes }: Extract<Outcome['effect'], { kind: 'retry' }>, record: AnyRow): number {
  const days = daysField === undefined ? null : record[daysField]
  return typeof days === 'number' && days > 0 ? days * DAY : afterMinutes * MINUTE
}

const recordOutcome = defineIntention({
  name: 'promise.recordOutcome',
  version: 1,
  summary: 'Say what came of a promise: it is settled, or it comes back later.',
  permission: 'promise.work',
  input: z.strictObject({
    promiseId: idInput,
    outcomeKey: lineInput('The outcome', 40),
    note: textInput('The note', 1000),
    /** When to try again, where the person chose a time. */
    dueAt: instantInput.optional(),
  }),
  *load(input) {
    return yield* loadPromise(input.promiseId)
  },
  decide(input, loaded, context) {
    const worked = openPromise(loaded)
    if (isRefused(worked)) return worked
    const { promise, queue, record } = worked
    const outcome = queue.outcomes.find((candidate) => candidate.key === input.outcomeKey)
    if (!outcome || !record) return refuse('promise.outcome', `\u201c${queue.name}\u201d has no such outcome.`, { field: 'outcomeKey' })
    if (outcome.needsNote && input.note === '') return refuse('promise.note', `Say in a note why: \u201c${outcome.label}\u201d needs one.`, { field: 'note' })
    const noted = noteOnRecord(promise, record, outcome, input.note, context)
    const said = { lastOutcome: outcome.key, note: input.note, tries: promise.tries + 1 }

    if (outcome.effect.kind === 'settle') {
      const set = outcomeChanges(promise.subjectKind, outcome.effect.set, context.at)
      if (conditionHolds(queue, { ...record, ...set } as AnyRow)) {
        return refuse('promise.unsettled', `\u201c${outcome.label}\u201d would not settle this. Change the queue in settings.`, { field: 'outcomeKey' })
      }
      return accept({ kind: 'update', table: SUBJECT_TABLES[promise.subjectKind], before: record, set }, update(promiseTable, promise, said), noted)
    }
    const dueAt = input.dueAt ?? context.at + agreedDelay(outcome.effect, record)
    if (dueAt <= context.at) return refuse('promise.past', 'The next try must be later than now.', { field: 'dueAt' })
    const due = Math.min(dueAt, latestDue(queue, context.at))
    const onLead = promise.subjectKind === 'lead' ? saidInQueue(record, outcome, input.note, due, context) : []
    return accept(kept(worked, context.actorId), onLead, update(promiseTable, promise, { ...said, dueAt: due, dueSetAt: context.at }), noted)
  },
})

const handOver = defineIntention({
  name: 'promise.handOver',
  version: 1,
  summary: 'Give a promise to another person or role.',
  permission: 'promise.reassign',
  input: z.strictObject({ promiseId: idInput, toUserId: idInput.nullable(), toRole: z.enum(ROLES) }),
  *load(input) {
    return yield* loadPromise(input.promiseId)
  },
  decide(input, loaded) {
    const worked = openPromise(loaded)
    if (isRefused(worked)) return worked
    const objection = onlyTheirs(worked, input.toUserId)
    if (objection) return objection
    if (input.toUserId !== null) {
      const person = loaded.users.find((user) => user.id === input.toUserId)
      if (!person) return refuse('promise.toNobody', 'This person is not in the office.', { field: 'toUserId' })
      if (person.presence !== 'active') return refuse('promise.toAbsent', `${person.name} is not here. Hand it to somebody who is.`, { field: 'toUserId' })
    } else if (!isStaffed(input.toRole, loaded.users)) {
      return refuse('promise.toNobody', `Nobody who is ${ROLE_NAMES[input.toRole]} is here. Hand it to a person or another role.`, { field: 'toRole' })
    }
    return accept(giveTo(worked, input.toUserId, input.toRole))
  },
})

const take = defineIntention({
  name: 'promise.take',
  version: 1,
  summary: 'Take a promise: from now on you hold it.',
  permission: 'promise.work',
  input: z.strictObject({ promiseId: idInput }),
  *load(input) {
    return yield* loadPromise(input.promiseId)
  },
  decide(_input, loaded, context) {
    const worked = openPromise(loaded)
    if (isRefused(worked)) return worked
    const me = loaded.users.find((user) => user.id === context.actorId)
    if (me?.presence !== 'active') return refuse('promise.absent', 'You are marked away. Say that you are back, then take it.')
    const objection = onlyTheirs(worked, me.id)
    if (objection) return objection
    return accept(giveTo(worked, me.id, worked.promise.assignedRole))
  },
})

/** How far away the bound lies, in words, without a clock or a time zone. */
function span(minutes: number): string {
  const [count, unit] = minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const postpone = defineIntention({
  name: 'promise.postpone',
  version: 1,
  summary: 'Set a new due time for a promise, with the reason.',
  permission: 'promise.work',
  input: z.strictObject({ promiseId: idInput, dueAt: instantInput, reason: lineInput('The reason', 200) }),
  *load(input) {
    return yield* loadPromise(input.promiseId)
  },
  decide(input, loaded, context) {
    const worked = openPromise(loaded)
    if (isRefused(worked)) return worked
    const { promise, queue } = worked
    if (input.dueAt <= context.at) return refuse('promise.past', 'The new due time must be later than now.', { field: 'dueAt' })
    if (input.dueAt > latestDue(queue, context.at)) {
      return refuse('promise.tooFar', `A promise in \u201c${queue.name}\u201d is due within ${span(queue.boundMinutes)}.`, { field: 'dueAt' })
    }
    const own = ownFields(worked)
    const record: readonly Change[] = own ? [{ kind: 'update', table: SUBJECT_TABLES[promise.subjectKind], before: own.record, set: { [own.fields.due]: input.dueAt } }] : []
    return accept(kept(worked, context.actorId), record, update(promiseTable, promise, { dueAt: input.dueAt, dueSetAt: context.at, note: input.reason }))
  },
})

export const promisesCommands = [saveQueue, adoptQueues, recordOutcome, handOver, take, postpone] as const satisfies readonly Command[]
