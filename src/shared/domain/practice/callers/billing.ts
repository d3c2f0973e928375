import { is, line, type PracticeCaller, says } from '../caller.ts'

/** Already paid, the customer says: how, when and how much, and somebody looks into it. */
export const billing: PracticeCaller = {
  key: 'billing',
  version: 1,
  title: 'I paid that bill already',
  exercises: 'A billing question: look at the account, ask how, when and how much, hand it to receivables. Nobody is called a liar.',
  lineName: 'Plumbing line',
  fromNumber: '+15550147707',
  lines: [
    line('opening', 'I got a letter from you that I owe you money, but I paid that two weeks ago!'),
    line('listen', 'It\u2019s upsetting, you know. I always pay my bills.'),
    line('reach', 'Harriet Boone, 64 Juniper Bend, 555 014 7707.'),
    line('problem', 'By check, number 2207, for 189 dollars. I mailed it on the third.'),
    line('expect', 'Good. In the afternoon I\u2019m at home.'),
    line('readBack', 'Yes, number 2207.'),
    line('close', 'Thank you, dear. Goodbye.'),
  ],
  steps: ['greet', 'listen', 'reach', 'problem', 'expect', 'readBack', 'close'],
  fields: [
    is('record', 'On file'),
    is('name', 'Harriet Boone'),
    is('kind', 'Billing question'),
    is('task', 'Verify the payment, held by receivables', 'Verify payment received, Accounts Receivable Coordinator'),
    says('taskWords', 'Check 2207, $189, mailed on the third', ['check'], ['2207'], ['189'], ['third', '3rd', 'the 3']),
    is('outcome', 'Excused'),
  ],
  mustSay: [{ step: 'listen', what: 'Showing that you heard', anyOf: ['sorry', 'I understand', 'let me look'], better: 'I\u2019m sorry for the trouble. Let me look at your account with you.' }],
  never: [{ key: 'youOwe', what: 'Insisting that she owes', phrases: ['you owe', 'you did not pay', 'you didn\'t pay', 'you haven\'t paid', 'you have not paid'], better: 'If you have paid already, I\u2019ll have it looked into.', typed: false }],
  allows: ['price'],
  targetSeconds: 240,
}
