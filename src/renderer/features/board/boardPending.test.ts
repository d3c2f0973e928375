import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { PendingVisit } from '../../stores/board.ts'
import { visitsById, withPending } from './boardPending.ts'

const ZERO = Date.UTC(2026, 6, 14, 5)

const visit = (id: string, more: Partial<BoardVisit> = {}): BoardVisit =>
  ({ id, version: 3, state: 'confirmed', technicianId: 'theo', startsAt: ZERO + 9 * HOUR, endsAt: ZERO + 10 * HOUR, ...more }) as BoardVisit

const waiting = (id: string): BoardVisit => visit(id, { technicianId: null, startsAt: null, endsAt: null })

const day = (planned: readonly BoardVisit[], unassigned: readonly BoardVisit[] = []): BoardDay => ({
  day: '2026-07-14',
  zone: 'America/Chicago',
  zeroAt: ZERO,
  dayStarts: [ZERO],
  endsAt: ZERO + DAY,
  legs: [],
  groups: [],
  planned: [...planned],
  unassigned: [...unassigned],
  hold: [],
  toCloseOut: [],
  unlisted: { unassigned: 0, hold: 0, toCloseOut: 0 },
  holdReasons: [],
  cancelReasons: [],
})

const plan = (startsAt: number, more: Partial<PendingVisit> = {}): PendingVisit => ({ technicianId: 'lena', startsAt, endsAt: startsAt + HOUR, state: 'confirmed', version: 4, ...more })

const ids = (visits: readonly BoardVisit[]): string => visits.map(({ id }) => id).join(' ')

describe('withPending', () => {
  it('shows a move at once, until the board has heard of it', () => {
    const before = day([visit('a')])
    const pending = new Map([['a', plan(ZERO + 12 * HOUR)]])
    expect(withPending(before, pending).planned).toMatchObject([{ technicianId: 'lena', startsAt: ZERO + 12 * HOUR }])
    expect(withPending(day([visit('a', { version: 4 })]), pending).planned).toMatchObject([{ technicianId: 'theo' }])
  })

  it('takes visits out of the tray and puts them back', () => {
    const assigned = withPending(day([], [waiting('a'), waiting('b')]), new Map([['a', plan(ZERO + 9 * HOUR)]]))
    expect([ids(assigned.planned), ids(assigned.unassigned)]).toEqual(['a', 'b'])
    const freed = withPending(day([visit('a')]), new Map([['a', { technicianId: null, startsAt: null, endsAt: null, state: 'scheduled', version: 4 }]]))
    expect([ids(freed.planned), ids(freed.unassigned)]).toEqual(['', 'a'])
  })

  it('leaves tomorrow\u2019s visit to tomorrow\u2019s board', () => {
    const planned = withPending(day([], [waiting('a')]), new Map([['a', plan(ZERO + DAY + 9 * HOUR)]]))
    expect([ids(planned.planned), ids(planned.unassigned)]).toEqual(['', ''])
  })

  it('keeps the day itself where nothing of it is on its way', () => {
    const before = day([visit('a')])
    expect(withPending(before, new Map())).toBe(before)
    expect(withPending(before, new Map([['z', plan(ZERO)]]))).toBe(before)
    expect([...visitsById(before).keys()]).toEqual(['a'])
  })
})
