import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { ROLES } from '../../domain/people/permissions.ts'
import { SUBJECT_KINDS } from '../../domain/promises/tables.ts'
import { defineQuery } from '../method.ts'

const count = z.int().min(0)

const settleEffect = z.object({ kind: z.literal('settle') })
const retryEffect = z.object({ kind: z.literal('retry'), afterMinutes: z.int(), asksWhen: z.boolean() })

/** How a promise of a queue can end or come back, with the key that says so. */
const outcomeChoice = z.object({
  key: z.string(),
  label: z.string(),
  shortcut: z.string(),
  effect: z.discriminatedUnion('kind', [settleEffect, retryEffect]),
  needsNote: z.boolean(),
})

export type OutcomeChoice = z.output<typeof outcomeChoice>

/** Practice promises are listed where they are worked, and no count includes them. */
const queueSummary = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  subjectKind: z.enum(SUBJECT_KINDS),
  holderRole: z.enum(ROLES),
  /** Its records name their own roles; the queue's is only where none does. */
  rolesVary: z.boolean(),
  boundMinutes: z.int(),
  outcomes: z.array(outcomeChoice),
  open: count,
  overdue: count,
  /** Held by me, or by a role of mine. */
  mine: count,
  mineOverdue: count,
  practice: count,
  /** The first due among all open ones, and among mine; with when its time began. */
  next: z.object({ dueAt: z.int(), since: z.int() }).nullable(),
  mineNext: z.object({ dueAt: z.int(), since: z.int() }).nullable(),
})

export type QueueSummary = z.output<typeof queueSummary>

const promiseItem = z.object({
  promiseId: z.string(),
  queueId: z.string(),
  subjectKind: z.enum(SUBJECT_KINDS),
  subjectId: z.string(),
  /** Where it is worked: the record itself, or the job of a visit that only lacks its invoice; and its calendar day. */
  opens: z.object({ kind: z.enum(SUBJECT_KINDS), id: z.string(), day: z.string().nullable() }),
  /** "Call Nora Whitfield back". */
  title: z.string(),
  /** "Call back", beside a column that names the customer. */
  shortTitle: z.string(),
  nextStep: z.string(),
  customerId: z.string().nullable(),
  /** The customer, else the name a caller gave; null where nobody is known. */
  customerName: z.string().nullable(),
  /** E.164. */
  phone: z.string().nullable(),
  /** Where it came from, in words: "Missed call at 1:20 PM". */
  cameFrom: z.string(),
  /** Its call left a voicemail, which may be heard. */
  voicemail: z.boolean(),
  /** What came of the last try: "Left a message: call after 5". */
  lastSaid: z.string().nullable(),
  openedAt: z.int(),
  dueAt: z.int(),
  dueSetAt: z.int(),
  tries: count,
  holderUserId: z.string().nullable(),
  /** The person, or the role while no person holds it. */
  holder: z.string(),
  /** The role it belongs to; it goes along when a person takes it. */
  role: z.enum(ROLES),
  mine: z.boolean(),
  /** Set where it is with cover: whose it is while they are away. */
  coveringFor: z.string().nullable(),
  /** Late, so that it is with somebody else as well. */
  escalatedTo: z.string().nullable(),
  practice: z.boolean(),
})

export type PromiseItem = z.output<typeof promiseItem>

/** Promises about calls as they are worked: nobody answered, somebody spoke to the machine, nothing was booked, or a call back was agreed. */
export const CALL_LISTS = ['missed', 'voicemail', 'unbooked', 'callBacks', 'overnight'] as const

export type CallList = (typeof CALL_LISTS)[number]

/** The most that one list shows; what is due first comes first. */
export const ITEM_LIMIT = 500

export const promisesMethods = [
  defineQuery({
    name: 'promises.summary',
    summary: 'How many promises are open, overdue, due within the hour, mine, and without a holder who is there (which must be 0).',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['promise', 'user'],
    output: z.object({ open: count, overdue: count, dueSoon: count, withoutHolder: count, mine: count, mineOverdue: count }),
  }),
  defineQuery({
    name: 'queues.list',
    summary: 'The queues in use, each with its counts and what is due first.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['promise', 'queue', 'user'],
    output: z.object({ queues: z.array(queueSummary) }),
  }),
  defineQuery({
    name: 'queue.items',
    summary: 'Open promises, the first due first: of one queue, mine with those of my roles, of one role, those nobody holds, or calls to return.',
    permission: 'office.view',
    input: z.strictObject({
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('queue'), queueId: idInput }),
        z.strictObject({ kind: z.literal('mine') }),
        z.strictObject({ kind: z.literal('role'), role: z.enum(ROLES) }),
        z.strictObject({ kind: z.literal('withoutHolder') }),
        z.strictObject({ kind: z.literal('everybodys') }),
        z.strictObject({ kind: z.literal('calls'), list: z.enum(CALL_LISTS) }),
      ]),
    }),
    reads: ['promise', 'queue', 'user', 'customer', 'contact_method', 'call', 'appointment', 'job', 'job_type', 'invoice', 'batch', 'refused_change', 'suspense_payment', 'effect', 'task', 'read_receipt', 'manual_version', 'alert', 'handed_draft', 'wait_entry', 'lead'],
    output: z.object({ items: z.array(promiseItem), total: count }),
  }),
] as const
