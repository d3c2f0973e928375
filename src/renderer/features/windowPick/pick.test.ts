import { expect, test } from 'vitest'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { windowKey } from '../booking/wishedWindow.ts'
import { heldWindow, promisable, standingOf } from './pick.ts'

const DAY = '2026-07-15'
const window = (start: number, more: Partial<WindowProposal> = {}): WindowProposal => ({
  day: DAY,
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
const promise = (picked: WindowProposal, fresh: readonly WindowProposal[] | undefined, { why = '', now = 0, refused = null as string | null } = {}) =>
  promisable(heldWindow(picked, fresh, now, refused), why, 'None', '2026-07-14')

test('the picked window is held where another answer has it no more, and not sent as free', () => {
  const picked = window(480)
  const others = [window(600), window(720)]
  for (const fresh of [others, [window(480, { available: false }), ...others], [window(480, { end: 720, endsAt: 720 }), ...others]]) {
    expect(windowKey(heldWindow(picked, fresh, 0, null))).toBe(windowKey(picked))
    const said = promise(picked, fresh)
    expect(said).toMatchObject({ kind: 'wrong', problem: { on: 'window' } })
    expect(said.kind === 'wrong' && said.problem.message).toBe('Tomorrow, 8\u201310 AM was just taken. Nothing is promised yet, and all you typed is here: take another, or say why it is promised all the same.')
    expect(promise(picked, fresh, { why: ' Her only day off ' })).toMatchObject({ kind: 'ready', window: { start: 480, end: 600 }, capacity: { kind: 'overbook', why: 'Her only day off' } })
  }
})

test('while it is free, and before any other answer, it is promised as free whatever was typed', () => {
  for (const fresh of [undefined, [window(480)]]) expect(promise(window(480), fresh, { why: 'typed before' })).toMatchObject({ kind: 'ready', capacity: { kind: 'free' } })
})

test('what the claim itself refused is taken, though no answer says so yet', () => {
  const picked = window(480)
  expect(promise(picked, [picked], { refused: windowKey(picked) })).toMatchObject({ kind: 'wrong', problem: { on: 'window' } })
  expect(promise(picked, [picked], { refused: windowKey(window(600)) })).toMatchObject({ kind: 'ready' })
})

test('a full one that was picked as such needs its reason, and one that is over is not promised at all', () => {
  const full = window(480, { available: false, summary: 'Full: 1 of 1 taken' })
  expect(promise(full, [full])).toMatchObject({ kind: 'wrong', problem: { on: 'why' } })
  expect(promise(full, [full], { why: 'Mrs Vance has no heat' })).toMatchObject({ kind: 'ready', capacity: { kind: 'overbook' } })
  expect(promise(full, [window(480)])).toMatchObject({ kind: 'ready', capacity: { kind: 'free' } })
  expect(promise(window(480), [window(600)], { now: 600, why: 'Never mind' })).toMatchObject({ kind: 'wrong', problem: { on: 'window', message: expect.stringContaining('is over') as string } })
  expect(standingOf(heldWindow(window(480), [], 600, null))).toBe('Over by now: take a later one.')
  expect(promisable(undefined, '', 'None', DAY)).toEqual({ kind: 'wrong', problem: { on: 'window', message: 'None' } })
})
