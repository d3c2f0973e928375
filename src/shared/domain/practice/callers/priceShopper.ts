import { is, line, phone, type PracticeCaller, says } from '../caller.ts'

/** Wants a number over the telephone; gets a visit. */
export const priceShopper: PracticeCaller = {
  key: 'priceShopper',
  version: 1,
  title: 'How much is a new furnace?',
  exercises: 'No price over the telephone: from the question to a visit, without being baited.',
  lineName: 'HVAC line',
  fromNumber: '+15550147708',
  lines: [
    line('opening', 'Hi. Just tell me what you take for a new furnace. I\u2019m calling three companies.'),
    line('listen', 'Sure. I only want a number.'),
    line('reach', 'Curtis Abel, 555 014 7708.'),
    line('place', '300 Quarry Road, Fairhollow, 55201. Nothing special to get in.'),
    line('problem', 'It\u2019s twenty-two years old. It still runs, but it won\u2019t last another winter. So, roughly, how much?'),
    line('expect', 'So somebody comes and writes it down for me? Fine. Next week is early enough. My neighbor told me about you. Card or check, I don\u2019t know yet; say card.'),
    line('readBack', 'Correct.'),
    line('close', 'No. See you then.'),
  ],
  steps: ['greet', 'listen', 'reach', 'place', 'problem', 'expect', 'readBack', 'close'],
  fields: [
    is('record', 'New'),
    is('name', 'Curtis Abel'),
    phone('+15550147708', '(555) 014-7708'),
    says('address', '300 Quarry Road', ['300 quarry']),
    is('unit', 'HVAC'),
    is('type', 'Replacement estimate'),
    says('problem', 'In his words: a furnace of 22 years, wants to know what a new one takes', ['22', 'twenty two', 'furnace', 'replace']),
    is('priority', 'Planned'),
    says('source', 'His neighbor', ['neighbor', 'neighbour', 'referral', 'word of mouth']),
    is('outcome', 'Booked'),
  ],
  mustSay: [{ step: 'expect', what: 'Where the price comes from', anyOf: ['before any work', 'written estimate', 'estimate', 'in writing'], better: 'Our technician looks at your home and gives you an estimate in writing, before any work starts.' }],
  never: [],
  allows: [],
  targetSeconds: 360,
}
