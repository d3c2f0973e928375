import { is, line, type PracticeCaller, says } from '../caller.ts'

/** Heard first, written down, then held by somebody with a due time. */
export const angryCustomer: PracticeCaller = {
  key: 'angryCustomer',
  version: 1,
  title: 'An angry customer',
  exercises: 'Staying calm: listen, be sorry without admitting fault, hand it to somebody who can decide.',
  lineName: 'HVAC line',
  fromNumber: '+15550147704',
  lines: [
    line('opening', 'This is Gordon Pike. Your man walked mud all over my hallway carpet. I am furious!'),
    line('listen', 'Well. Thank you. I\u2019ve been a customer for nine years, you know.'),
    line('reach', 'Gordon Pike. You have my number, 555 014 7704.'),
    line('problem', 'Yesterday afternoon. Mud from the door to the bathroom, and he never said a word about it.'),
    line('expect', 'All right. But I want somebody who can decide something, and today.'),
    line('readBack', 'Yes. That\u2019s what happened.'),
    line('close', 'Thank you for listening, at least.'),
  ],
  steps: ['greet', 'listen', 'reach', 'problem', 'expect', 'readBack', 'close'],
  fields: [
    is('record', 'On file'),
    is('name', 'Gordon Pike'),
    is('kind', 'Complaint'),
    is('task', 'A complaint for the service manager', 'Complaint, Service Manager'),
    says('taskWords', 'In his words: mud on the hallway carpet, yesterday afternoon', ['mud', 'dirt', 'boots'], ['carpet', 'hallway'], ['yesterday']),
    is('outcome', 'Excused'),
  ],
  mustSay: [
    { step: 'listen', what: 'Being sorry for his trouble', anyOf: ['sorry', 'apologize'], better: 'I\u2019m sorry this happened, Mr. Pike. Tell me all of it; I\u2019m writing it down.' },
    { step: 'expect', what: 'Passing it to somebody who can decide', anyOf: ['manager'], better: 'I\u2019m passing this to our service manager now. You get a call within the hour.' },
  ],
  never: [],
  allows: [],
  targetSeconds: 240,
}
