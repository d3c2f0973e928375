import { expect, test } from 'vitest'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { chosenWindow } from '../booking/wishedWindow.ts'
import { movingTo } from './movingTo.ts'

const DAY = '2026-07-15'
const proposal = (start: number): WindowProposal => ({ day: DAY, start, end: start + 120, startsAt: start, endsAt: start + 120, zone: 'America/Chicago', available: true, fullness: 40, summary: '1 free', technicians: [], whyNot: [] })
const visitAt = (start: number) => ({ windowDay: DAY, windowStart: start, windowEnd: start + 120 })
const window = chosenWindow(proposal(600), { emergency: false, today: DAY, slotsLeft: 0 })

test('the window that was promised is the visit’s own from then on, and taken by nobody', () => {
  const windows = [proposal(480), proposal(600), proposal(720)]
  const before = movingTo(window, visitAt(480), windows, 0)
  expect([before.moved, before.held?.taken, before.others?.map(({ start }) => start)]).toEqual([false, false, [600, 720]])
  const after = movingTo(window, visitAt(600), windows, 0)
  expect(after).toMatchObject({ moved: true, held: undefined })
  expect(after.others?.map(({ start }) => start)).toEqual([480, 720])
})

test('one that others took before it was promised is taken', () => {
  expect(movingTo(window, visitAt(480), [proposal(720)], 0)).toMatchObject({ moved: false, held: { taken: true } })
  expect(movingTo(window, undefined, undefined, 0)).toMatchObject({ moved: false, held: { taken: false } })
  expect(movingTo(null, visitAt(600), undefined, 0)).toEqual({ others: undefined, moved: false, held: undefined })
})
