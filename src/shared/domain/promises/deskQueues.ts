import { expr } from './expression.ts'
import { DAY_IN_MINUTES, HOUR_IN_MINUTES, queueId, retry, settle, type Shipped } from './queueParts.ts'

/** Queues about calls that go on with somebody else, or later. */
export const DESK_QUEUES: readonly Shipped[] = [
  {
    id: queueId('handed-drafts'),
    key: 'handed-drafts',
    name: 'Drafts handed over',
    position: 3,
    subjectKind: 'handed_draft',
    // A caller may be on the line: whoever gets it goes on at once, or somebody else does.
    condition: expr.is('state', 'waiting'),
    due: expr.plus(expr.openedAt, 15),
    boundMinutes: DAY_IN_MINUTES,
    holderRole: 'inboundCsr',
    holderField: 'toUserId',
    roleField: 'toRole',
    title: 'Go on with {title}',
    nextStep: 'Open it, and go on where your colleague stopped.',
    outcomes: [
      retry('waiting', 'In a moment', 'W', 15),
      settle('dropped', 'Not needed any more', 'X', { state: 'dropped' }, true),
    ],
    active: true,
  },
  {
    id: queueId('wait-list-offers'),
    key: 'wait-list-offers',
    name: 'Times to offer',
    position: 8,
    subjectKind: 'wait_entry',
    condition: expr.is('state', 'offered'),
    // It is held out for an hour; then the next one on the list would be glad of it.
    due: expr.first(expr.field('offerUntil'), expr.plus(expr.openedAt, 60)),
    boundMinutes: DAY_IN_MINUTES,
    holderRole: 'inboundCsr',
    holderField: null,
    title: 'Offer {customer} the time that came free',
    nextStep: 'Call, offer the time and book it.',
    outcomes: [
      retry('leftMessage', 'Left a message', 'M', 30),
      retry('noAnswer', 'No answer', 'N', 30),
      settle('declined', 'Does not want it', 'X', { state: 'declined' }, true),
    ],
    active: true,
  },
  {
    id: queueId('wait-list'),
    key: 'wait-list',
    name: 'Wait list',
    position: 18,
    subjectKind: 'wait_entry',
    condition: expr.is('state', 'waiting'),
    due: expr.field('callBackBy'),
    boundMinutes: 14 * DAY_IN_MINUTES,
    holderRole: 'inboundCsr',
    holderField: null,
    title: 'Call {customer} about an earlier time',
    nextStep: 'Look for a time; where there is none, say so and agree when you call again.',
    outcomes: [
      retry('leftMessage', 'Left a message', 'M', 2 * HOUR_IN_MINUTES),
      retry('noAnswer', 'No answer', 'N', HOUR_IN_MINUTES),
      retry('stillFull', 'Still full, told so', 'F', DAY_IN_MINUTES, { asksWhen: true }),
      settle('declined', 'Does not want it', 'X', { state: 'declined' }, true),
      settle('expired', 'Their days are over', 'E', { state: 'expired' }, true),
    ],
    active: true,
  },
]
