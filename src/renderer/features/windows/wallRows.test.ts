import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { WallDay } from '../../../shared/contract/methods/watch.ts'
import { DEFAULT_LATENESS } from '../../../shared/domain/dispatch/lateness.ts'
import { wallPage, wallSpan, wallView, type WallVisit } from './wallRows.ts'

const NOON = Date.UTC(2026, 6, 14, 17, 0)

function visit(id: string, more: Partial<WallVisit>): WallVisit {
  const startsAt = NOON - 2 * HOUR
  return { id, jobNumber: id, jobTypeName: 'Repair', priorityRank: 3, state: 'scheduled', technicianId: 'theo', crewIds: [], startsAt, endsAt: startsAt + HOUR, windowDay: '2026-07-14', windowStart: 600, windowEnd: 720, windowStartsAt: startsAt, windowEndsAt: startsAt + 2 * HOUR, promisedAt: null, overbooked: false, skills: [], heardAt: null, truthState: null, ...more }
}

const wall = (visits: readonly WallVisit[], hour = false): WallDay => ({
  day: '2026-07-14',
  zone: 'America/Chicago',
  rules: DEFAULT_LATENESS,
  technicians: [
    { id: 'theo', name: 'Theo Barnard', skills: [], active: true, shiftEndsAt: NOON + 6 * HOUR, shifts: [{ startsAt: NOON - 5 * HOUR, endsAt: NOON + 6 * HOUR }], onCall: [], blocks: [] },
    { id: 'off', name: 'Olga Off', skills: [], active: true, shiftEndsAt: null, shifts: [], onCall: [], blocks: [] },
  ],
  visits: [...visits],
  hour,
})

it('says who is late once, what nobody has, and counts what is out and done', () => {
  const view = wallView(
    wall(
      [
        visit('missed', {}),
        visit('out', { state: 'working', startsAt: NOON - 30 * MINUTE, endsAt: NOON + HOUR, heardAt: NOON - 20 * MINUTE, windowStartsAt: NOON - HOUR, windowEndsAt: NOON + HOUR }),
        visit('done', { state: 'done' }),
        visit('free', { technicianId: null, startsAt: null, endsAt: null, truthState: 'open' }),
        visit('gone', { state: 'canceled' }),
      ],
      true,
    ),
    NOON,
  )
  expect(view.late.map((item) => [item.visit.id, item.alert.kind, item.technicianName])).toEqual([['missed', 'windowMissed', 'Theo Barnard']])
  expect(view.unassigned.map(({ id }) => id)).toEqual(['free'])
  expect(view.counts).toEqual({ out: 1, done: 1, all: 4, unassigned: 1, late: 1, hour: 1 })
  // Whoever neither works today nor has a visit takes no room.
  expect(view.rows.map(({ technician }) => technician.id)).toEqual(['theo'])
})

it('counts of the hour what is still to be settled: nobody at the door, not over, and of this day', () => {
  const open = { truthState: 'open' } as const
  const visits = [visit('a', open), visit('b', { ...open, state: 'hold' }), visit('c', { ...open, state: 'working' }), visit('d', { ...open, state: 'done' }), visit('e', { ...open, state: 'canceled' }), visit('f', { ...open, windowDay: '2026-07-15' })]
  expect(wallView(wall(visits, true), NOON).counts.hour).toBe(2)
})

it('counts no hour outside of it', () => {
  expect(wallView(wall([visit('a', { truthState: 'open' })]), NOON).counts.hour).toBeNull()
})

it('goes on with the clock, with now always on it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2 * HOUR, max: 4e12 }), (now) => {
      const { from, to } = wallSpan(now)
      expect(now).toBeGreaterThan(from)
      expect(now).toBeLessThan(to)
      expect(from % (15 * MINUTE)).toBe(0)
    }),
  )
})

it('shows every row in its turn, and none twice in a round', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 40 }), (count, room) => {
      const rows = Array.from({ length: count }, (_, index) => index)
      const { pages } = wallPage(rows, room, 0)
      const shown = Array.from({ length: pages }, (_, turn) => wallPage(rows, room, turn * 15_000).shown).flat()
      expect(shown.toSorted((left, right) => left - right)).toEqual(rows)
    }),
  )
})
