import { expect, it } from 'vitest'
import { endCauseOf, type Ending } from './causes.ts'

const ring: Ending = { direction: 'in', answered: false, by: 'them', status: null, reason: '' }

it.each<[string, Partial<Ending>, string]>([
  ['the caller gives up', {}, 'callerHungUp'],
  ['a colleague took it', { reason: 'SIP;cause=200;text="Call completed elsewhere"' }, 'answeredElsewhere'],
  ['a colleague took it, in a PBX\u2019s words', { reason: 'Q.850 ;cause=26 ;text="Non selected user clearing"' }, 'answeredElsewhere'],
  ['somebody declined for all', { reason: 'SIP;cause=603;text="Decline"' }, 'rejected'],
  ['another cause that only begins alike', { reason: 'SIP;cause=2000' }, 'callerHungUp'],
  ['we rejected it', { by: 'us', status: 480 }, 'rejected'],
  ['nobody is to be disturbed', { by: 'us', status: 486 }, 'busy'],
  ['it could not be answered', { by: 'fault' }, 'failed'],
  ['the number is busy', { direction: 'out', status: 486 }, 'busy'],
  ['they decline', { direction: 'out', status: 603 }, 'rejected'],
  ['the number does not exist', { direction: 'out', status: 404 }, 'failed'],
  ['we give up', { direction: 'out', by: 'us', status: 487 }, 'hungUp'],
  ['we hang up', { answered: true, by: 'us' }, 'hungUp'],
  ['they hang up', { answered: true }, 'callerHungUp'],
  ['the line breaks', { answered: true, by: 'fault' }, 'lost'],
])('%s', (_what, ending, cause) => {
  expect(endCauseOf({ ...ring, ...ending })).toBe(cause)
})
