import { z } from 'zod'
import { idInput, instantInput } from '../../domain/kernel/inputs.ts'
import { ROLES } from '../../domain/people/permissions.ts'
import { ABSENCES } from '../../domain/people/tables.ts'
import { RELATED_KINDS, TASK_PRIORITIES, TASK_TYPES } from '../../domain/tasks/tables.ts'
import { defineQuery } from '../method.ts'

const count = z.int().min(0)

const relatedRecord = z.object({ kind: z.enum(RELATED_KINDS), id: z.string(), /** "Job 1042" */ label: z.string(), /** The calendar day of a call. */ day: z.string().nullable() })

export type RelatedRecord = z.output<typeof relatedRecord>

const taskItem = z.object({
  taskId: z.string(),
  title: z.string(),
  type: z.enum(TASK_TYPES),
  priority: z.enum(TASK_PRIORITIES),
  state: z.enum(['open', 'done', 'dropped']),
  /** Done, and the one who asked has not seen it yet. */
  awaiting: z.boolean(),
  /** When what is still to be done about it is due: the task itself, or its sign-off. */
  dueAt: z.int(),
  dueSince: z.int(),
  remindAt: z.int().nullable(),
  /** Who holds it now; of one that has ended, who ended it. */
  holder: z.string(),
  holderUserId: z.string().nullable(),
  /** Whose it is while they are away. */
  coveringFor: z.string().nullable(),
  /** Held by me, by name or through a role of mine. */
  mine: z.boolean(),
  /** Late, and with a manager as well. */
  escalatedTo: z.string().nullable(),
  askedBy: z.string().nullable(),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  related: relatedRecord.nullable(),
  steps: z.object({ done: count, total: count }),
  resolvedAt: z.int().nullable(),
  practice: z.boolean(),
})

export type TaskItem = z.output<typeof taskItem>

const taskDetail = taskItem.extend({
  notes: z.string(),
  resolution: z.string(),
  source: z.enum(['person', 'call', 'rule']),
  call: relatedRecord.nullable(),
  createdAt: z.int(),
  assigneeId: z.string().nullable(),
  role: z.enum(ROLES),
  signOff: z.enum(['none', 'wanted', 'given']),
  /** E.164: the customer's first, or the number that rang. */
  phone: z.string().nullable(),
  stepList: z.array(z.object({ stepId: z.string(), title: z.string(), done: z.boolean(), doneBy: z.string().nullable() })),
  /** The newest first. */
  noteList: z.array(z.object({ noteId: z.string(), body: z.string(), by: z.string(), at: z.int() })),
  mayChange: z.boolean(),
  mayDrop: z.boolean(),
  maySignOff: z.boolean(),
})

export type TaskDetail = z.output<typeof taskDetail>

/** The most that one list shows; what is due first comes first. */
export const TASK_LIST_LIMIT = 300

export const TASK_VIEWS = ['mine', 'myRoles', 'askedByMe', 'all', 'ended'] as const

export type TaskView = (typeof TASK_VIEWS)[number]

const taskReads = ['task', 'task_step', 'promise', 'queue', 'user', 'customer', 'location', 'job', 'appointment', 'invoice', 'call'] as const

export const tasksMethods = [
  defineQuery({
    name: 'tasks.list',
    summary: 'Tasks, the first due first: those I hold, my roles\u2019, those I asked for, all, or those that have ended lately.',
    permission: 'office.view',
    input: z.strictObject({ view: z.enum(TASK_VIEWS) }),
    reads: taskReads,
    output: z.object({ items: z.array(taskItem), total: count, counts: z.object({ mine: count, myRoles: count, askedByMe: count, all: count }) }),
  }),
  defineQuery({
    name: 'tasks.get',
    summary: 'One task whole: steps, notes, how it ended, and what this person may do with it.',
    permission: 'office.view',
    input: z.strictObject({ taskId: idInput }),
    reads: [...taskReads, 'task_note', 'contact_method'],
    output: taskDetail.nullable(),
  }),
  defineQuery({
    name: 'tasks.about',
    summary: 'The record a new task would be about, in words, and the open tasks there are about it already.',
    permission: 'office.view',
    /** A visit stands for its job. */
    input: z.strictObject({ kind: z.enum([...RELATED_KINDS, 'appointment']), id: idInput }),
    reads: taskReads,
    output: z.object({ related: relatedRecord.nullable(), customerName: z.string().nullable(), open: z.array(taskItem) }),
  }),
  defineQuery({
    name: 'tasks.reminders',
    summary: 'The tasks I hold whose reminder has come, the first due first.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['task', 'promise', 'user'],
    output: z.object({ due: z.array(z.object({ taskId: z.string(), title: z.string(), dueAt: z.int() })) }),
  }),
  defineQuery({
    name: 'absence.preview',
    summary: 'What would pass to whom if this person went now: how many promises, to which holders, what is due meanwhile.',
    permission: 'office.view',
    input: z.strictObject({
      userId: idInput,
      absence: z.enum([...ABSENCES, 'left']),
      backAt: instantInput.nullable(),
      toUserId: idInput.nullable(),
      toRole: z.enum(ROLES).nullable(),
    }),
    reads: ['promise', 'queue', 'user', 'customer', 'task'],
    output: z.object({
      passing: count,
      overdue: count,
      /** How many are due before the person is back. */
      dueMeanwhile: count,
      to: z.array(z.object({ holder: z.string(), count })),
      /** The first due, as many as one looks at. */
      first: z.array(z.object({ promiseId: z.string(), title: z.string(), dueAt: z.int(), holder: z.string() })),
      /** Would be with nobody who is there. Must be 0; more only where the office is empty. */
      withoutHolder: count,
    }),
  }),
  defineQuery({
    name: 'absence.mine',
    summary: 'Whether I am marked away, until when, who has my promises, and how many would come back.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['user', 'promise'],
    output: z.object({ away: z.object({ absence: z.enum(ABSENCES).nullable(), backAt: z.int().nullable(), comeBack: count }).nullable() }),
  }),
] as const
