import { is, line, type PracticeCaller } from '../caller.ts'

/** One key answers it: state, window, who, and what to say. */
export const whereIs: PracticeCaller = {
  key: 'whereIs',
  version: 1,
  title: 'Where is my technician?',
  exercises: 'The shortest path: who, where, when, in the words on the screen, and no promise that nobody can keep.',
  lineName: 'HVAC line',
  fromNumber: '+15550147705',
  lines: [
    line('opening', 'Hi, I\u2019m waiting for your technician and I have to pick up my kids. Where is he?'),
    line('listen', 'It\u2019s fine, I only want to know.'),
    line('reach', 'Marisol Vega, 41 Cedar Loop.'),
    line('expect', 'Good. Then I wait for him.'),
    line('close', 'No, that was all. Thank you!'),
  ],
  steps: ['greet', 'reach', 'expect', 'close'],
  fields: [is('record', 'On file'), is('name', 'Marisol Vega'), is('kind', 'Where is my technician?'), is('visit', 'Left as it is', 'Booked'), is('outcome', 'Excused')],
  mustSay: [{ step: 'expect', what: 'Saying how it stands', anyOf: ['on the way', 'on his way', 'on her way', 'set off', 'between', 'window', 'technician'], better: 'Your technician is on the way and is with you in the window we gave you.' }],
  never: [],
  allows: [],
  targetSeconds: 120,
}
