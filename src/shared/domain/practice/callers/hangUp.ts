import { cutOff, is, line, phone, type PracticeCaller, says } from '../caller.ts'

/** Withheld number, and the line goes dead: who has asked for the number first can call back. */
export const hangUp: PracticeCaller = {
  key: 'hangUp',
  version: 1,
  title: 'The line goes dead',
  exercises: 'Name and number before everything else: a withheld number, and the call breaks off in the middle.',
  lineName: 'Plumbing line',
  fromNumber: null,
  lines: [
    line('opening', 'Yes hi, I\u2019m in my car. There\u2019s water coming through my kitchen ceiling, my wife says!'),
    line('listen', 'Right. Right, thanks.'),
    line('reach', 'Ruben Ortega. O-R-T-E-G-A. 555 014 7710.'),
    cutOff('place', 'It\u2019s 18 Tanner Street, in Fair\u2014 hold on, there\u2019s a tun\u2014'),
    cutOff('problem', 'It drips right through the lamp since this mor\u2014 hold on, there\u2019s a tun\u2014'),
    cutOff('expect', 'Great, then \u2014 hold on, there\u2019s a tun\u2014'),
    cutOff('readBack', 'Yes \u2014 hold on, there\u2019s a tun\u2014'),
    cutOff('close', 'Wait \u2014 hold on, there\u2019s a tun\u2014'),
  ],
  steps: ['greet', 'listen', 'reach', 'place'],
  fields: [
    says('name', 'Ruben Ortega', ['ruben ortega']),
    phone('+15550147710', '(555) 014-7710, noted as the number to call back'),
    says('notes', 'What was said: water through the kitchen ceiling', ['water', 'leak', 'drip'], ['ceiling', 'kitchen']),
    is('outcome', 'Unbooked'),
    is('callBack', 'Owed'),
  ],
  mustSay: [{ step: 'reach', what: 'Asking for a number in case you are cut off', anyOf: ['number', 'reach you', 'call you back'], better: 'May I have your name, and the best number to reach you at if we are cut off?' }],
  never: [],
  allows: [],
  targetSeconds: 150,
}
