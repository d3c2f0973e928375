import { expect, test } from 'vitest'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { offeredNow } from './offeredWindows.ts'

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
  expect(offeredNow(offer, now).map(({ start, fullness, taken, summary }) => ({ start, fullness, taken, summary }))).toEqual([
    { start: 480, fullness: 100, taken: true, summary: '1 free' },
    { start: 600, fullness: 100, taken: true, summary: '1 free' },
    { start: 720, fullness: 80, taken: false, summary: '1 free' },
  ])
})

test('a full one that was offered to an emergency was never free, and before the answer nothing is taken', () => {
  const offer = { of: 'faucet', windows: [window(480, { available: false })] }
  expect(offeredNow(offer, [])[0]?.taken).toBe(false)
  expect(offeredNow({ of: 'faucet', windows: [window(480)] }, undefined)[0]?.taken).toBe(false)
})
