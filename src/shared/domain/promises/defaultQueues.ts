import { derivedId } from '../../base/id.ts'
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import type { Values } from '../kernel/table.ts'
import { expr } from './expression.ts'
import type { Outcome, queueTable } from './tables.ts'

/** A queue as it is saved: the row without its stamps. */
export type QueueDefinition = Values<typeof queueTable>

/** The same on every workstation, so that two that add one queue add it once. */
export function queueId(key: string): string {
  return derivedId('queue', key)
}

const HOUR_IN_MINUTES = HOUR / MINUTE
const DAY_IN_MINUTES = DAY / MINUTE

const settle = (key: string, label: string, shortcut: string, set: Readonly<Record<string, string>>, needsNote = false): Outcome => ({
  key,
  label,
  shortcut,
  effect: { kind: 'settle', set },
  needsNote,
})

const retry = (key: string, label: string, shortcut: string, afterMinutes: number, more: { readonly needsNote?: boolean; readonly asksWhen?: boolean } = {}): Outcome => ({
  key,
  label,
  shortcut,
  effect: { kind: 'retry', afterMinutes, asksWhen: more.asksWhen ?? false },
  needsNote: more.needsNote ?? false,
})

/**
 * The queues Baton ships with. They are rows like any other: a manager changes them in settings.
 * Each condition reads one record's own fields; a practice record opens practice promises, which no number counts.
 */
export const DEFAULT_QUEUES: readonly QueueDefinition[] = [
  {
    id: queueId('calls-to-return'),
    key: 'calls-to-return',
    name: 'Calls to return',
    position: 10,
    subjectKind: 'call',
    condition: expr.is('followUp', 'owed'),
    // Missed calls and voicemail are returned within the hour (C6), unless the caller named a time.
    due: expr.first(expr.field('callBackBy'), expr.plus(expr.openedAt, 60)),
    boundMinutes: 30 * DAY_IN_MINUTES,
    holderRole: 'inboundCsr',
    holderField: 'agentId',
    title: 'Call {customer} back',
    nextStep: 'Call back and book the visit.',
    outcomes: [
      settle('reached', 'Reached', 'C', { followUp: 'done' }),
      retry('leftMessage', 'Left a message', 'M', 2 * HOUR_IN_MINUTES),
      retry('noAnswer', 'No answer', 'N', HOUR_IN_MINUTES),
      settle('declined', 'Does not want it', 'X', { followUp: 'dropped' }, true),
    ],
    active: true,
  },
  {
    id: queueId('confirmations-to-send'),
    key: 'confirmations-to-send',
    name: 'Confirmations to send',
    position: 20,
    subjectKind: 'appointment',
    condition: expr.all(expr.is('confirmation', 'owed'), expr.oneOf('state', ['scheduled', 'confirmed'])),
    due: expr.plus(expr.openedAt, 30),
    boundMinutes: DAY_IN_MINUTES,
    holderRole: 'inboundCsr',
    holderField: null,
    title: 'Send {customer} the confirmation',
    nextStep: 'Send the arrival window and what to have ready.',
    outcomes: [
      settle('sent', 'Sent', 'C', { confirmation: 'sent' }),
      retry('noAnswer', 'No answer', 'N', HOUR_IN_MINUTES),
      settle('notNeeded', 'Not needed', 'X', { confirmation: 'none' }, true),
    ],
    active: true,
  },
  {
    id: queueId('jobs-to-assign'),
    key: 'jobs-to-assign',
    name: 'Jobs to assign',
    position: 30,
    subjectKind: 'appointment',
    condition: expr.all(expr.oneOf('state', ['scheduled', 'confirmed']), expr.isNull('technicianId')),
    // By the next day, and an hour before the window opens, so that the technician can still get there.
    due: expr.earliest(expr.plus(expr.openedAt, DAY_IN_MINUTES), expr.plus(expr.field('windowStartsAt'), -60)),
    boundMinutes: 7 * DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: null,
    title: 'Assign a technician for {customer}',
    nextStep: 'Put the visit on a skilled technician\u2019s day.',
    outcomes: [retry('waiting', 'Waiting for an answer', 'W', 4 * HOUR_IN_MINUTES, { needsNote: true })],
    active: true,
  },
  {
    id: queueId('slots-lost'),
    key: 'slots-lost',
    name: 'Slots taken meanwhile',
    position: 35,
    subjectKind: 'appointment',
    // Two workstations promised the same time before either heard of the other. The customer's window stands.
    condition: expr.all(expr.is('slot', 'lost'), expr.oneOf('state', ['scheduled', 'confirmed'])),
    due: expr.plus(expr.openedAt, 60),
    boundMinutes: 7 * DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: 'createdBy',
    title: 'Find time for {customer}, whose slot was taken',
    nextStep: 'Call the customer and offer another window, or overbook.',
    outcomes: [
      settle('kept', 'Keep it, overbooked', 'C', { slot: 'held' }),
      retry('leftMessage', 'Left a message', 'M', 2 * HOUR_IN_MINUTES),
      retry('noAnswer', 'No answer', 'N', HOUR_IN_MINUTES),
    ],
    active: true,
  },
  {
    id: queueId('visits-on-hold'),
    key: 'visits-on-hold',
    name: 'Visits on hold to resume',
    position: 40,
    subjectKind: 'appointment',
    condition: expr.is('state', 'hold'),
    due: expr.plus(expr.openedAt, 4 * HOUR_IN_MINUTES),
    boundMinutes: 14 * DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: null,
    title: 'Resume the visit to {customer}',
    nextStep: 'Clear the reason it is held for, then resume or move it.',
    outcomes: [
      retry('waiting', 'Still waiting', 'W', DAY_IN_MINUTES, { needsNote: true, asksWhen: true }),
      retry('noAnswer', 'No answer', 'N', 2 * HOUR_IN_MINUTES),
    ],
    active: true,
  },
  {
    id: queueId('canceled-to-rebook'),
    key: 'canceled-to-rebook',
    name: 'Canceled visits to rebook',
    position: 45,
    subjectKind: 'appointment',
    // A canceled customer is called until rebooked or declined (D10).
    condition: expr.all(expr.is('state', 'canceled'), expr.is('rebooking', 'owed')),
    due: expr.plus(expr.openedAt, 4 * HOUR_IN_MINUTES),
    boundMinutes: 30 * DAY_IN_MINUTES,
    holderRole: 'customerRelations',
    holderField: null,
    title: 'Rebook {customer}',
    nextStep: 'Offer another time, or hear that it is not wanted any more.',
    outcomes: [
      settle('rebooked', 'Rebooked', 'C', { rebooking: 'rebooked' }),
      retry('leftMessage', 'Left a message', 'M', DAY_IN_MINUTES),
      retry('noAnswer', 'No answer', 'N', 4 * HOUR_IN_MINUTES),
      settle('declined', 'Does not want it', 'X', { rebooking: 'declined' }, true),
    ],
    active: true,
  },
  {
    id: queueId('visits-to-close-out'),
    key: 'visits-to-close-out',
    name: 'Visits to close out',
    position: 50,
    subjectKind: 'appointment',
    condition: expr.all(expr.is('state', 'done'), expr.isNull('closedOutAt'), expr.is('invoiced', false)),
    due: expr.first(expr.plus(expr.field('doneAt'), 4 * HOUR_IN_MINUTES), expr.plus(expr.openedAt, 4 * HOUR_IN_MINUTES)),
    boundMinutes: 3 * DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: null,
    title: 'Close out the visit to {customer}',
    nextStep: 'Check what was done, then close it out.',
    outcomes: [retry('waiting', 'Waiting for the technician', 'W', 2 * HOUR_IN_MINUTES)],
    active: true,
  },
  {
    id: queueId('visits-to-invoice'),
    key: 'visits-to-invoice',
    name: 'Visits to invoice',
    position: 60,
    subjectKind: 'appointment',
    condition: expr.all(expr.is('state', 'done'), expr.not(expr.isNull('closedOutAt')), expr.is('invoiced', false)),
    due: expr.first(expr.plus(expr.field('closedOutAt'), DAY_IN_MINUTES), expr.plus(expr.openedAt, DAY_IN_MINUTES)),
    boundMinutes: 7 * DAY_IN_MINUTES,
    holderRole: 'receivables',
    holderField: null,
    title: 'Invoice {customer} for the visit',
    nextStep: 'Draft the invoice from the job and make it final.',
    outcomes: [retry('question', 'Question open', 'W', DAY_IN_MINUTES, { needsNote: true })],
    active: true,
  },
  {
    id: queueId('invoices-to-collect'),
    key: 'invoices-to-collect',
    name: 'Invoices to collect',
    position: 70,
    subjectKind: 'invoice',
    condition: expr.all(expr.is('state', 'finalized'), expr.more('balanceCents', 0)),
    due: expr.first(expr.field('dueAt'), expr.plus(expr.openedAt, 30 * DAY_IN_MINUTES)),
    // The longest terms a company may set are 180 days.
    boundMinutes: 200 * DAY_IN_MINUTES,
    holderRole: 'receivables',
    holderField: null,
    title: 'Collect invoice {number} from {customer}',
    nextStep: 'Ask for the payment and record it.',
    outcomes: [
      retry('promised', 'Promised to pay', 'P', 7 * DAY_IN_MINUTES, { needsNote: true, asksWhen: true }),
      retry('leftMessage', 'Left a message', 'M', 3 * DAY_IN_MINUTES),
      retry('noAnswer', 'No answer', 'N', DAY_IN_MINUTES),
    ],
    active: true,
  },
  {
    id: queueId('batches-to-post'),
    key: 'batches-to-post',
    name: 'Batches to post',
    position: 80,
    subjectKind: 'batch',
    condition: expr.is('state', 'open'),
    due: expr.plus(expr.openedAt, DAY_IN_MINUTES),
    boundMinutes: 7 * DAY_IN_MINUTES,
    holderRole: 'receivables',
    holderField: null,
    title: 'Review and post batch {number}',
    nextStep: 'Somebody other than the person who prepared it reviews and posts it.',
    outcomes: [retry('question', 'Question open', 'W', DAY_IN_MINUTES, { needsNote: true })],
    active: true,
  },
  {
    id: queueId('needs-attention'),
    key: 'needs-attention',
    name: 'Needs attention',
    position: 5,
    subjectKind: 'refused_change',
    // What fell with another change is settled with that one.
    condition: expr.all(expr.is('state', 'open'), expr.isNull('causeId')),
    due: expr.plus(expr.openedAt, 60),
    boundMinutes: 7 * DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: 'actorId',
    title: 'Settle what could not stand for {customer}',
    nextStep: 'Look at both sides, then do it another way or let it go.',
    outcomes: [
      settle('redone', 'Done another way', 'C', { state: 'redone' }),
      retry('waiting', 'Waiting for an answer', 'W', 4 * HOUR_IN_MINUTES, { needsNote: true }),
      settle('dropped', 'Let it go', 'X', { state: 'dropped' }, true),
    ],
    active: true,
  },
  {
    id: queueId('money-in-suspense'),
    key: 'money-in-suspense',
    name: 'Money in suspense',
    position: 75,
    subjectKind: 'suspense_payment',
    // Only placing it or giving it back ends this: no outcome may make money disappear.
    condition: expr.is('state', 'open'),
    due: expr.plus(expr.openedAt, 4 * HOUR_IN_MINUTES),
    boundMinutes: 7 * DAY_IN_MINUTES,
    holderRole: 'receivables',
    holderField: null,
    title: 'Find whose money this is',
    nextStep: 'Ask who took it, then put it to the customer\u2019s invoice or account, or give it back.',
    outcomes: [retry('waiting', 'Waiting for an answer', 'W', 4 * HOUR_IN_MINUTES, { needsNote: true })],
    active: true,
  },
]
