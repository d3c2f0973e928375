import { alertTable } from '../alerts/tables.ts'
import { batchTable } from '../accounting/tables.ts'
import { refusedChangeTable } from '../attention/tables.ts'
import { callTable } from '../calls/tables.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { handedDraftTable } from '../drafts/tables.ts'
import { effectTable } from '../effects/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import type { Table } from '../kernel/table.ts'
import { leadTable } from '../leads/tables.ts'
import { materialListTable } from '../materials/tables.ts'
import { suspensePaymentTable } from '../payments/suspense.ts'
import { readReceiptTable } from '../scripts/tables.ts'
import { taskTable } from '../tasks/tables.ts'
import { waitEntryTable } from '../waitlist/tables.ts'
import type { Scalar } from './expression.ts'
import type { SubjectKind } from './tables.ts'

/** The table behind each kind of record that a queue may be about. */
export const SUBJECT_TABLES: Readonly<Record<SubjectKind, Table>> = {
  call: callTable,
  appointment: appointmentTable,
  job: jobTable,
  invoice: invoiceTable,
  batch: batchTable,
  refused_change: refusedChangeTable,
  suspense_payment: suspensePaymentTable,
  effect: effectTable,
  task: taskTable,
  read_receipt: readReceiptTable,
  alert: alertTable,
  handed_draft: handedDraftTable,
  wait_entry: waitEntryTable,
  lead: leadTable,
  material_list: materialListTable,
}

/** A field that a queue's outcome may write, with what it may become. */
export interface SettableField {
  readonly values: readonly Scalar[]
  /** The record's field that takes the moment of the outcome. */
  readonly stamp: string | null
}

/**
 * What an outcome may write, per kind of record. It is this short on purpose: money, states and times
 * have commands of their own with rules of their own, and a queue edited in settings must not go around them.
 */
export const SETTABLE_FIELDS: Readonly<Record<SubjectKind, Readonly<Record<string, SettableField>>>> = {
  call: { followUp: { values: ['done', 'dropped'], stamp: null } },
  appointment: { confirmation: { values: ['sent', 'none'], stamp: 'confirmationSentAt' }, rebooking: { values: ['rebooked', 'declined'], stamp: null }, slot: { values: ['held'], stamp: null }, updateCall: { values: ['told'], stamp: 'toldAt' }, newTime: { values: ['told', 'none'], stamp: null }, partsState: { values: ['received', 'none'], stamp: 'partsReceivedAt' } },
  job: { waiver: { values: ['returned', 'none'], stamp: 'waiverAt' } },
  invoice: {},
  batch: {},
  refused_change: { state: { values: ['redone', 'dropped'], stamp: 'settledAt' } },
  suspense_payment: {},
  // Finishing, dropping and signing off ask for more than an outcome can say.
  task: {},
  // Only whose duty it is can say that they have read it.
  read_receipt: {},
  // Only a person who has seen it acknowledges an emergency, by the command.
  alert: {},
  effect: {},
  handed_draft: { state: { values: ['dropped'], stamp: 'settledAt' } },
  // A booked visit is said by booking it, and that their days are over by the command that looks at the days.
  wait_entry: { state: { values: ['declined'], stamp: 'settledAt' }, news: { values: ['told'], stamp: null } },
  // Booking asks for a customer, dismissing for a reason: more than an outcome can say.
  lead: {},
  // What the warehouse was given is kept by handing it over.
  material_list: {},
}

/** Where a record itself says whose it is and by when: working its promise changes the record, and the promise follows. */
export interface OwnFields {
  readonly person: string
  readonly role: string
  readonly due: string
}

export const OWN_FIELDS: Readonly<Partial<Record<SubjectKind, OwnFields>>> = {
  task: { person: 'assigneeId', role: 'role', due: 'dueAt' },
  lead: { person: 'ownerId', role: 'role', due: 'nextAttemptAt' },
}

/** The fields an outcome writes on the record, stamps included. A confirmation that is not needed was not sent. */
export function outcomeChanges(kind: SubjectKind, set: Readonly<Record<string, Scalar>>, at: number): Readonly<Record<string, Scalar>> {
  const changes: Record<string, Scalar> = { ...set }
  for (const [field, value] of Object.entries(set)) {
    const stamp = SETTABLE_FIELDS[kind][field]?.stamp
    if (stamp && value !== 'none') changes[stamp] = at
  }
  return changes
}
