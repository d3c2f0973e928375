import { expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { doingSentence, doingWords } from './statusWords.ts'
import { ageWords, percentOf, waitWords } from './wallWords.ts'

it('says waits, ages and shares as people read them', () => {
  expect([0, 9_999, 62_000, HOUR + MINUTE].map(waitWords)).toEqual(['0:00', '0:09', '1:02', '1:01:00'])
  expect([0, 89 * MINUTE, 90 * MINUTE, 3 * DAY].map(ageWords)).toEqual(['0 min', '89 min', '1 h', '3 days'])
  expect([percentOf(0, 0), percentOf(1, 3), percentOf(999, 1000), percentOf(5, 5)]).toEqual([null, 33, 99, 100])
})

it('says what a colleague does: a call before a status, and a status before where they are', () => {
  const person = { call: null, status: 'available', at: 'here', since: null } as const
  const call = { state: 'talking', since: 0 } as const
  expect(doingWords({ ...person, call, status: 'lunch' })).toBe('On a call')
  expect(doingWords({ ...person, call: { state: 'ringing', since: 0 } })).toBe('Ringing')
  expect(doingWords({ ...person, at: 'out' })).toBe('Not signed in')
  expect(doingWords({ ...person, at: 'out', status: 'lunch' })).toBe('Lunch')
  expect(doingSentence({ ...person, call }, 4 * MINUTE + 59_000)).toBe('On a call, 4 min')
  expect(doingSentence({ ...person, since: 5 }, MINUTE)).toBe('Available')
})
