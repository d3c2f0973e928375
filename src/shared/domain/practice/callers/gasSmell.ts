import { is, line, phone, type PracticeCaller, says } from '../caller.ts'

/** Safety words first; the records after. */
export const gasSmell: PracticeCaller = {
  key: 'gasSmell',
  version: 1,
  title: 'Gas smell and a CO alarm',
  exercises: 'An emergency: safety words before anything else, 911, the alert, the first slot, a call with the arrival time.',
  lineName: 'Plumbing line',
  fromNumber: '+15550147703',
  lines: [
    line('opening', 'Hello? It smells like gas in my basement, really strong, and the CO alarm is beeping!'),
    line('safety', 'All right. I\u2019m taking the children out now. \u2026 We\u2019re outside, at the neighbor\u2019s.'),
    line('listen', 'Thank you. I\u2019m shaking.'),
    line('reach', 'Elena Brandt, on my cell, 555 014 7703.'),
    line('place', '230 Foundry Street, in Fairhollow.'),
    line('problem', 'It started ten minutes ago, near the boiler. My neighbor is calling 911.'),
    line('expect', 'Yes, please, as soon as you can. I\u2019ll pay by card.'),
    line('readBack', 'Yes, that\u2019s right.'),
    line('close', 'No. Thank you, thank you.'),
  ],
  steps: ['greet', 'safety', 'reach', 'place', 'problem', 'expect', 'readBack', 'close'],
  fields: [
    is('record', 'On file'),
    is('name', 'Elena Brandt'),
    phone('+15550147703', '(555) 014-7703'),
    says('address', '230 Foundry Street', ['230 foundry']),
    is('unit', 'Plumbing'),
    is('type', 'Gas line'),
    says('problem', 'In her words: smells of gas in the basement, the CO alarm beeps', ['gas'], ['alarm', 'basement', 'boiler', 'co']),
    is('priority', 'Emergency'),
    is('alert', 'Raised'),
    is('window', 'Today or tomorrow, the first there is', 'Today', 'Tomorrow'),
    is('outcome', 'Booked'),
  ],
  mustSay: [
    { step: 'safety', what: 'Everybody out', anyOf: ['leave the home', 'leave the house', 'leave now', 'get out', 'go outside', 'everybody out', 'everyone out', 'get everyone outside', 'get everybody outside', 'evacuate'], better: 'Please leave the home now, everybody with you.' },
    { step: 'safety', what: '911', anyOf: ['911', 'nine one one'], better: 'Call 911 from outside.' },
  ],
  never: [{ key: 'stayInside', what: 'Sending somebody back to the danger', phrases: ['stay inside', 'find the leak', 'look for the leak', 'open the windows first', 'turn off the boiler', 'shut off the valve first'], better: 'Leave everything as it is and go outside.', typed: false }],
  allows: [],
  targetSeconds: 300,
}
