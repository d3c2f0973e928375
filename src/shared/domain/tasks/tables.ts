import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { ROLES } from '../people/permissions.ts'

/** What kinds of task there are. Rules hang on some of them, so the set is closed. */
export const TASK_TYPES = ['followUp', 'sendEstimate', 'verifyPayment', 'paperwork', 'reviewCall', 'complaint', 'etaCall', 'vendor', 'other'] as const

export type TaskType = (typeof TASK_TYPES)[number]

export const TASK_PRIORITIES = ['low', 'normal', 'high'] as const

/** The records a task may be about. A confidential matter is none of them: every workstation keeps every task. */
export const RELATED_KINDS = ['customer', 'location', 'job', 'invoice', 'call'] as const

export type RelatedKind = (typeof RELATED_KINDS)[number]

/**
 * Something to be done by somebody, with a due time. An open one is a promise of whoever holds it; a done one whose
 * sign-off is wanted is a promise of the person who asked for it.
 */
export const taskTable = defineTable(
  'task',
  {
    title: col.text(),
    type: col.oneOf(TASK_TYPES),
    /** Who brought it about: a person by themselves, a person on a call, or a rule of the software. */
    source: col.oneOf(['person', 'call', 'rule']),
    callId: nullable(col.ref('call')),
    /** Who holds it; without one, the role does. */
    assigneeId: nullable(col.ref('user')),
    /** The role it belongs to: it holds the task while no person does, and stands in for one who is away without cover. */
    role: col.oneOf(ROLES),
    /** Null where a rule asked for it. */
    askedBy: nullable(col.ref('user')),
    dueAt: col.instant(),
    /** From when on its holder is reminded of it. */
    remindAt: nullable(col.instant()),
    priority: col.oneOf(TASK_PRIORITIES),
    relatedKind: nullable(col.oneOf(RELATED_KINDS)),
    relatedId: nullable(col.id()),
    /** Whose record it is about, for the customer's page. */
    customerId: nullable(col.ref('customer')),
    notes: col.text(),
    state: col.oneOf(['open', 'done', 'dropped']),
    /** How it ended, in words. */
    resolution: col.text(),
    resolvedAt: nullable(col.instant()),
    resolvedBy: nullable(col.ref('user')),
    /** Whether the one who asked wants to look at it once it is done. */
    signOff: col.oneOf(['none', 'wanted', 'given']),
    practice: col.boolean(),
  },
  {
    indexes: {
      byState: ['state', 'dueAt'],
      byAssignee: ['assigneeId', 'state'],
      byAskedBy: ['askedBy', 'state'],
      byCustomer: ['customerId', 'state'],
      byRelated: ['relatedKind', 'relatedId'],
      byCall: ['callId'],
    },
  },
)

/** A part of a task, done by itself. */
export const taskStepTable = defineTable(
  'task_step',
  {
    taskId: col.ref('task'),
    position: col.integer(),
    title: col.text(),
    done: col.boolean(),
    doneAt: nullable(col.instant()),
    doneBy: nullable(col.ref('user')),
  },
  { indexes: { byTask: ['taskId', 'position'] } },
)

/** What somebody wrote on a task. It stands though the hub may not know the task or the person. */
export const taskNoteTable = defineTable('task_note', { taskId: col.id(), body: col.text(), authorId: col.id(), at: col.instant() }, { indexes: { byTask: ['taskId', 'at'] } })

export type Task = Row<typeof taskTable>
export type TaskStep = Row<typeof taskStepTable>
