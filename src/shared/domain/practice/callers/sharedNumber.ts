import { is, line, phone, type PracticeCaller, says } from '../caller.ts'

/** Two customers have this number; the screen offers both. */
export const sharedNumber: PracticeCaller = {
  key: 'sharedNumber',
  version: 1,
  title: 'A known customer on a shared number',
  exercises: 'Two customers with one number: ask who it is, choose the right record, make no second one.',
  lineName: 'Plumbing line',
  fromNumber: '+15550147702',
  lines: [
    line('opening', 'Good morning. Our kitchen faucet drips, and it\u2019s driving me up the wall.'),
    line('listen', 'It does, all night long.'),
    line('reach', 'It\u2019s June Haines. This number is fine, 555 014 7702. My father Walter has it too.'),
    line('place', 'At mine, 77 Millrace Lane. Just ring the bell.'),
    line('problem', 'It drips since Sunday, from the spout, also when it\u2019s shut.'),
    line('expect', 'No hurry, any day suits me. I\u2019ll pay by check.'),
    line('readBack', 'Yes, that\u2019s right.'),
    line('close', 'No, thank you. Bye now.'),
  ],
  steps: ['greet', 'listen', 'reach', 'place', 'problem', 'expect', 'readBack', 'close'],
  fields: [
    is('record', 'On file'),
    is('name', 'June Haines'),
    phone('+15550147702', '(555) 014-7702'),
    says('address', '77 Millrace Lane', ['77 millrace']),
    is('unit', 'Plumbing'),
    is('type', 'Faucet'),
    says('problem', 'In her words: drips since Sunday, from the spout', ['drip'], ['sunday', 'faucet', 'spout']),
    is('priority', 'Normal'),
    is('payment', 'Check'),
    is('outcome', 'Booked'),
  ],
  mustSay: [{ step: 'readBack', what: 'Reading the address back', anyOf: ['77 Millrace Lane', '77 Millrace'], better: 'We have you at 77 Millrace Lane, is that right?' }],
  never: [],
  allows: [],
  targetSeconds: 300,
}
