import { expr, type Expression } from './expression.ts'
import { DAY_IN_MINUTES, queueId, retry, settle, type Shipped } from './queueParts.ts'

const NOT_AT_THE_DOOR = expr.oneOf('state', ['scheduled', 'confirmed', 'dispatched'])

const sameAs = (left: string, right: string): Expression => ({ kind: 'compare', by: 'eq', left: expr.field(left), right: expr.field(right) })
const before = (left: string, right: string): Expression => ({ kind: 'compare', by: 'lt', left: expr.field(left), right: expr.field(right) })
const notAfter = (left: string, right: string): Expression => ({ kind: 'compare', by: 'le', left: expr.field(left), right: expr.field(right) })

/** Queues of a dispatcher's day: whom we keep waiting hears from us, and the day comes to its truth at two o'clock. */
export const DISPATCH_QUEUES: readonly Shipped[] = [
  {
    id: queueId('next-in-line'),
    key: 'next-in-line',
    name: 'Next in line',
    position: 22,
    subjectKind: 'appointment',
    // Another technician, a plan that fits the time again, somebody at the door: each ends it by itself.
    condition: expr.all(expr.is('updateCall', 'owed'), NOT_AT_THE_DOOR, sameAs('technicianId', 'expectedWith'), expr.any(before('startsAt', 'expectedAt'), notAfter('windowEndsAt', 'expectedAt'))),
    // Before the window is over, and soon: whoever waits at home waits now.
    due: expr.earliest(expr.plus(expr.openedAt, 15), expr.latest(expr.field('windowEndsAt'), expr.plus(expr.openedAt, 5))),
    boundMinutes: DAY_IN_MINUTES,
    holderRole: 'customerRelations',
    holderField: null,
    escalateRole: 'dispatcher',
    title: 'Tell {customer} when we come: {title}',
    nextStep: 'Call with the expected time, and write down what was agreed.',
    outcomes: [
      settle('told', 'Told the new time', 'C', { updateCall: 'told' }, true),
      retry('leftMessage', 'Left a message', 'M', 20),
      retry('noAnswer', 'No answer', 'N', 10),
    ],
    active: true,
  },
  {
    id: queueId('truth-hour'),
    key: 'truth-hour',
    name: 'Truth Comes Home Hour',
    position: 4,
    subjectKind: 'appointment',
    // Moved to another day, at the door, done or canceled: it has left the hour.
    condition: expr.all(expr.is('truthState', 'open'), sameAs('windowDay', 'truthDay'), expr.oneOf('state', ['scheduled', 'confirmed', 'dispatched', 'hold'])),
    due: expr.plus(expr.openedAt, 60),
    boundMinutes: DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: null,
    escalateRole: 'serviceManager',
    title: 'Truth hour: {customer}',
    nextStep: 'Open the hour with Alt+Shift+V: stand by it, call with the new time, or move it.',
    // Only the hour itself ends this: there stands which of the three it is.
    outcomes: [retry('noAnswer', 'No answer', 'N', 10)],
    active: true,
  },
  {
    id: queueId('left-over'),
    key: 'left-over',
    name: 'Visits of past days',
    position: 48,
    subjectKind: 'appointment',
    // Done, canceled, promised another window, planned again: each ends it. Without a technician it waits to be assigned.
    condition: expr.all(expr.is('truthState', 'left'), sameAs('windowDay', 'truthDay'), expr.oneOf('state', ['scheduled', 'confirmed', 'dispatched', 'working']), expr.not(expr.isNull('technicianId'))),
    // The day ends at midnight; by the middle of the morning somebody has asked.
    due: expr.plus(expr.openedAt, 10 * 60),
    boundMinutes: 3 * DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: null,
    escalateRole: 'serviceManager',
    title: 'What became of the visit to {customer}?',
    nextStep: 'Ask the technician, then say it on the visit: done, another window, or canceled.',
    outcomes: [retry('asked', 'The technician was asked', 'W', 2 * 60, { needsNote: true }), retry('noAnswer', 'No answer', 'N', 60)],
    active: true,
  },
  {
    id: queueId('reschedules'),
    key: 'reschedules',
    name: 'Reschedules',
    position: 23,
    subjectKind: 'appointment',
    // The customer asked, or nobody can come as planned. Saved, moved, canceled or begun: each ends it.
    condition: expr.all(expr.oneOf('reschedule', ['asked', 'needed']), expr.oneOf('state', ['scheduled', 'confirmed', 'dispatched', 'hold'])),
    // Three days ahead (000), so that another window can still be found; what is nearer, within the hour.
    due: expr.latest(expr.plus(expr.field('windowStartsAt'), -3 * DAY_IN_MINUTES), expr.plus(expr.openedAt, 60)),
    boundMinutes: 366 * DAY_IN_MINUTES,
    holderRole: 'customerRelations',
    holderField: null,
    escalateRole: 'dispatcher',
    title: 'Reschedule {customer}',
    nextStep: 'Call, hear what speaks against the time, and save it, move it or cancel it.',
    // Saved, moved, canceled and not reached are said with the objection, by keys of their own.
    outcomes: [retry('leftMessage', 'Left a message', 'M', 4 * 60), retry('noAnswer', 'No answer', 'N', 2 * 60)],
    active: true,
  },
]
