import { expr } from './expression.ts'
import { DAY_IN_MINUTES, HOUR_IN_MINUTES, queueId, retry, settle, type Shipped } from './queueParts.ts'

const WAITS = expr.all(expr.is('state', 'hold'), expr.is('partsState', 'awaited'))

/** Visits that wait for parts (D12): the parts are chased, the customer hears from us meanwhile, and once they are in the visit goes on. */
export const PARTS_QUEUES: readonly Shipped[] = [
  {
    id: queueId('parts-to-come'),
    key: 'parts-to-come',
    name: 'Parts to come',
    position: 41,
    subjectKind: 'appointment',
    condition: WAITS,
    due: expr.first(expr.field('partsExpectedAt'), expr.plus(expr.openedAt, DAY_IN_MINUTES)),
    boundMinutes: 120 * DAY_IN_MINUTES,
    holderRole: 'dispatchCoordinator',
    holderField: null,
    escalateRole: 'serviceManager',
    title: 'Get the parts for {customer}: {title}',
    nextStep: 'Ask the supplier, and say that they are here or when they come.',
    outcomes: [
      settle('received', 'They are here', 'C', { partsState: 'received' }),
      retry('late', 'They come later', 'W', DAY_IN_MINUTES, { needsNote: true, asksWhen: true }),
      retry('noAnswer', 'No answer', 'N', 4 * HOUR_IN_MINUTES),
      settle('notNeeded', 'Not needed any more', 'X', { partsState: 'none' }, true),
    ],
    active: true,
  },
  {
    id: queueId('parts-updates'),
    key: 'parts-updates',
    name: 'Customers waiting for parts',
    position: 42,
    subjectKind: 'appointment',
    condition: WAITS,
    // Every two days, unless the customer agreed to another day: told, it comes back until the parts are here.
    due: expr.plus(expr.openedAt, 2 * DAY_IN_MINUTES),
    boundMinutes: 14 * DAY_IN_MINUTES,
    holderRole: 'customerRelations',
    holderField: null,
    title: 'Tell {customer} how the parts stand',
    nextStep: 'Call with the day on which they are expected, and agree when we call again.',
    outcomes: [
      retry('told', 'Told how it stands', 'C', 2 * DAY_IN_MINUTES, { needsNote: true, asksWhen: true }),
      retry('leftMessage', 'Left a message', 'M', DAY_IN_MINUTES),
      retry('noAnswer', 'No answer', 'N', 4 * HOUR_IN_MINUTES),
    ],
    active: true,
  },
  {
    id: queueId('parts-are-in'),
    key: 'parts-are-in',
    name: 'Parts in: visits to promise again',
    position: 43,
    subjectKind: 'appointment',
    condition: expr.all(expr.is('state', 'hold'), expr.is('partsState', 'received')),
    due: expr.plus(expr.field('partsReceivedAt'), 4 * HOUR_IN_MINUTES),
    boundMinutes: 3 * DAY_IN_MINUTES,
    holderRole: 'dispatcher',
    holderField: null,
    escalateRole: 'serviceManager',
    title: 'The parts for {customer} are in',
    nextStep: 'Call, promise a window, and take the visit off hold.',
    // It ends when the visit goes on: resumed, promised anew or canceled.
    outcomes: [retry('leftMessage', 'Left a message', 'M', 4 * HOUR_IN_MINUTES), retry('noAnswer', 'No answer', 'N', 2 * HOUR_IN_MINUTES)],
    active: true,
  },
]
