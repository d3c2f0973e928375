import { is, line, type PracticeCaller, says } from '../caller.ts'

/** Another time is offered before it is canceled, and a call later. */
export const cancel: PracticeCaller = {
  key: 'cancel',
  version: 1,
  title: 'Cancel my appointment',
  exercises: 'Offering another time first, asking why, keeping the customer with a call later.',
  lineName: 'HVAC line',
  fromNumber: '+15550147706',
  lines: [
    line('opening', 'Hello, I have to cancel my appointment tomorrow.'),
    line('listen', 'Thanks for understanding.'),
    line('reach', 'Devon Clarke, 555 014 7706.'),
    line('problem', 'The furnace tune-up. I\u2019m away for work after all, and I can\u2019t say yet when I\u2019m back.'),
    line('expect', 'No other day for now. But yes, call me in a week and ask again.'),
    line('readBack', 'That\u2019s right.'),
    line('close', 'No, thank you. Goodbye.'),
  ],
  steps: ['greet', 'listen', 'reach', 'problem', 'expect', 'close'],
  fields: [
    is('record', 'On file'),
    is('name', 'Devon Clarke'),
    is('kind', 'Cancel'),
    is('visit', 'Canceled'),
    says('reason', 'Customer canceled', ['customer canceled']),
    is('task', 'A call in a week, to ask whether it is wanted again', 'Follow up with customer, Customer Relations Liaison'),
    is('outcome', 'Excused'),
  ],
  mustSay: [
    { step: 'expect', what: 'Offering another time first', anyOf: ['another time', 'another day', 'other day', 'different day', 'different time', 'reschedule', 'move it', 'move your visit'], better: 'May I offer you another time instead?' },
  ],
  never: [],
  allows: [],
  targetSeconds: 180,
}
