import { is, line, nothing, type PracticeCaller } from '../caller.ts'

/** Kindly, and in a minute. */
export const solicitor: PracticeCaller = {
  key: 'solicitor',
  version: 1,
  title: 'A solicitor',
  exercises: 'Ending a sales call kindly within a minute, without a record, and blocking the number.',
  lineName: 'Electrical line',
  fromNumber: '+15550147709',
  lines: [
    line('opening', 'Hey there! Brandon from Top Rank Listings. Am I speaking with the owner?'),
    line('problem', 'We can put you on page one of the search results by Friday. It takes five minutes.'),
    line('close', 'Okay, but you\u2019re missing out! \u2026 Fine. Bye.'),
  ],
  steps: ['greet', 'problem', 'close'],
  fields: [is('record', 'None'), is('kind', 'Solicitor'), nothing('visit', 'Nothing is booked'), is('outcome', 'Not a lead'), is('notes', 'The number is blocked', 'Number blocked')],
  mustSay: [{ step: 'close', what: 'Saying no kindly', anyOf: ['not interested', 'no thank you', 'off your list', 'thank you'], better: 'Thank you, we are not interested. Please take this number off your list.' }],
  never: [],
  allows: [],
  targetSeconds: 60,
}
