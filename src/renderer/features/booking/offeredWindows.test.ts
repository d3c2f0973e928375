import { expect, test } from 'vitest'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { asOfNow, leftInWords, offeredNow } from './offeredWindows.ts'

const window = (start: number, more: Partial<WindowProposal> = {}): WindowProposal => ({
  day: '2026-07-14',
  start,
  end: start + 120,
  startsAt: start,
  endsAt: start + 120,
  zone: 'America/Chicago',
  available: true,
  fullness: 40,
  summary: '1 free',
  technicians: [],
  whyNot: [],
  ...more,
})

test('what was offered keeps its place and its words while others book', () => {
  const offer = { of: 'faucet', windows: [window(480), window(600), window(720)] }
  const now = [window(840), window(720, { fullness: 80, summary: 'another' }), window(600, { available: false, fullness: 100 })]
  expect(offeredNow(offer, now, 0).map(({ start, fullness, taken, summary }) => ({ start, fullness, taken, summary }))).toEqual([
    { start: 480, fullness: 100, taken: true, summary: '1 free' },
    { start: 600, fullness: 100, taken: true, summary: '1 free' },
    { start: 720, fullness: 80, taken: false, summary: '1 free' },
    // What was not there yet comes last.
    { start: 840, fullness: 40, taken: false, summary: '1 free' },
  ])
})

test('a full one that was offered to an emergency was never free, and before the answer nothing is taken', () => {
  const offer = { windows: [window(480, { available: false })] }
  expect(offeredNow(offer, [], 0)[0]?.taken).toBe(false)
  expect(offeredNow({ windows: [window(480)] }, undefined, 0)[0]?.taken).toBe(false)
})

test('what has come free says so in its place', () => {
  const offer = { of: 'faucet', windows: [window(480, { available: false, summary: 'Full' }), window(600)] }
  const now = [window(480, { summary: '1 of 1 free' }), window(600)]
  expect(offeredNow(offer, now, 0).map(({ start, available, summary }) => [start, available, summary])).toEqual([[480, true, '1 of 1 free'], [600, true, '1 free']])
})

test('what is left is said in a sentence, with who would come', () => {
  const sam = { id: 'sam', name: 'Sam Ortiz', startsAt: 0, endsAt: 0, why: [] }
  expect(leftInWords([window(480, { available: false }), window(600, { technicians: [sam] }), window(720, { day: '2026-07-15' })], '2026-07-14')).toBe('Left: today 10 AM\u201312 PM with Sam Ortiz, or tomorrow 12\u20132 PM.')
  expect(leftInWords([window(480, { available: false })], '2026-07-14')).toContain('wait list')
})

test('what is over was taken by nobody, and what is taken is not over', () => {
  const offer = { of: 'faucet', windows: [window(480), window(600), window(600, { end: 840, endsAt: 840 })] }
  const shown = offeredNow(offer, [window(600, { end: 840, endsAt: 840 })], 600)
  expect(shown.map(({ taken, over }) => ({ taken, over }))).toEqual([{ taken: false, over: true }, { taken: true, over: false }, { taken: false, over: false }])
  expect(shown.map((each) => asOfNow(each).available)).toEqual([true, false, true])
})
