import { expect, it } from 'vitest'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { emergencyWindows } from './emergencyWindows.ts'

const TODAY = '2026-07-14'
const window = (day: string, start: number, available: boolean): WindowProposal => ({ day, start, end: start + 120, startsAt: Date.parse(`${day}T00:00:00Z`) + start * 60_000, endsAt: 0, zone: 'UTC', available, fullness: 50, summary: '', technicians: [], whyNot: [] })
const keys = (windows: readonly WindowProposal[]): readonly string[] => windows.map(({ day, start }) => `${day === TODAY ? 'today' : 'later'} ${start}`)

const later = [window('2026-07-15', 480, true), window('2026-07-15', 600, true), window('2026-07-16', 480, true)]

it('offers what is free today first, the earliest before the emptiest', () => {
  expect(keys(emergencyWindows([window(TODAY, 960, true), ...later, window(TODAY, 720, true)], TODAY, 2))).toEqual(['today 720', 'today 960', 'later 480'])
})

it('offers what is full today as long as the day has emergency slots left', () => {
  const full = [...later, window(TODAY, 960, false), window(TODAY, 720, false)]
  expect(keys(emergencyWindows(full, TODAY, 1))).toEqual(['today 720', 'today 960', 'later 480'])
  expect(keys(emergencyWindows(full, TODAY, 0))).toEqual(['later 480', 'later 600', 'later 480'])
})
