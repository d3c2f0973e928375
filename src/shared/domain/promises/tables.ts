import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { ROLES } from '../people/permissions.ts'
import type { Expression, Scalar } from './expression.ts'

/** The records a queue may be about. */
export const SUBJECT_KINDS = ['call', 'appointment', 'job', 'invoice', 'batch', 'refused_change', 'suspense_payment', 'effect', 'task', 'read_receipt', 'alert', 'handed_draft', 'wait_entry', 'lead', 'material_list'] as const

export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** How a promise can be worked: what the person says happened, and what follows. */
export interface Outcome {
  readonly key: string
  readonly label: string
  /** The key that chooses it in the list. */
  readonly shortcut: string
  /**
   * `settle` writes `set` on the record, which closes this promise and may open others; `retry` counts a
   * try and comes back later, at a time the person names where `asksWhen` (a day to pay by).
   */
  readonly effect:
    | { readonly kind: 'settle'; readonly set: Readonly<Record<string, Scalar>> }
    | {
        readonly kind: 'retry'
        readonly afterMinutes: number
        readonly asksWhen: boolean
        /** The record’s field that says after how many days instead, where it says so: what was agreed with this customer. */
        readonly daysField?: string | undefined
      }
  readonly needsNote: boolean
}

/**
 * A queue is data: what opens a promise, who holds it, when it is due, how it can end.
 * Adding a queue is adding a row.
 */
export const queueTable = defineTable(
  'queue',
  {
    key: col.text(),
    name: col.text(),
    position: col.integer(),
    subjectKind: col.oneOf(SUBJECT_KINDS),
    condition: col.json<Expression>(),
    due: col.json<Expression>(),
    /** No due time lies further than this from the moment it was set. */
    boundMinutes: col.integer(),
    holderRole: col.oneOf(ROLES),
    /** The record's field that names the person who holds it, where there is one. */
    holderField: nullable(col.text()),
    /** The record's field that names the role it belongs to, where records of one queue belong to several. */
    roleField: nullable(col.text()),
    /** The role that sees it as its own once it is overdue or open longer than the bound, however often its time was moved. */
    escalateRole: nullable(col.oneOf(ROLES)),
    /** What the promise says, with `{customer}`, `{number}` and `{title}` where the record's own go. */
    title: col.text(),
    nextStep: col.text(),
    outcomes: col.json<readonly Outcome[]>(),
    active: col.boolean(),
  },
  { resident: true },
)

/** An open obligation: exactly one holder (a person, or else the role), a next step and a due time. */
export const promiseTable = defineTable(
  'promise',
  {
    queueId: col.ref('queue'),
    subjectKind: col.oneOf(SUBJECT_KINDS),
    subjectId: col.id(),
    customerId: nullable(col.ref('customer')),
    state: col.oneOf(['open', 'closed']),
    /** How often this record has opened it: 1 at first. */
    occurrence: col.integer(),
    openedAt: col.instant(),
    dueAt: col.instant(),
    /** When `dueAt` was last set; the queue's bound counts from here. */
    dueSetAt: col.instant(),
    /**
     * Whose it is while everybody is there: the record's own person, or the one it was handed to. The
     * holder follows from it and from who is there, so that what passed to cover comes back.
     */
    assignedUserId: nullable(col.ref('user')),
    assignedRole: col.oneOf(ROLES),
    holderUserId: nullable(col.ref('user')),
    holderRole: col.oneOf(ROLES),
    nextStep: col.text(),
    tries: col.integer(),
    lastOutcome: nullable(col.text()),
    note: col.text(),
    closedAt: nullable(col.instant()),
    practice: col.boolean(),
  },
  {
    indexes: {
      byQueue: ['queueId', 'state'],
      bySubject: ['subjectKind', 'subjectId'],
      byHolder: ['holderUserId', 'state'],
      byRole: ['holderRole', 'state'],
      byState: ['state', 'dueAt'],
      byCustomer: ['customerId', 'state'],
    },
  },
)

export type Queue = Row<typeof queueTable>
export type Promised = Row<typeof promiseTable>
