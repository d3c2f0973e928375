import { expect } from '@playwright/test'
import { MINUTE } from '../../../src/shared/base/time.ts'
import type { BoardDay, BoardVisit, VisitDetail } from '../../../src/shared/contract/methods/dispatch.ts'
import type { DispatchersDay } from './dispatchersDay.ts'

/** What a history says where a promise was changed with somebody's knowledge. */
const SAID = /accepted by|told the new time|Window moved|Reschedule moved/i

/** Nobody is told of less: the company's own allowance. */
const LATE_AFTER = 15 * MINUTE

const isUnder = ({ state }: BoardVisit): boolean => state !== 'canceled' && state !== 'hold'

/** Pairs of visits of one technician at the same time, by a span of theirs. */
function together(visits: readonly BoardVisit[], span: (visit: BoardVisit) => readonly [number | null, number | null]): readonly (readonly [BoardVisit, BoardVisit])[] {
  const pairs: (readonly [BoardVisit, BoardVisit])[] = []
  for (const own of Map.groupBy(visits.filter(isUnder), ({ technicianId }) => technicianId).values()) {
    for (const [index, left] of own.entries()) {
      const [from, until] = span(left)
      for (const right of own.slice(index + 1)) {
        const [start, end] = span(right)
        if (from !== null && until !== null && start !== null && end !== null && start < until && from < end) pairs.push([left, right])
      }
    }
  }
  return pairs
}

/** Nobody was in two places at once, by plan or in truth, unless somebody with the right to it accepted that. */
function expectOnePlaceEach({ planned }: BoardDay): void {
  const names = (pairs: readonly (readonly [BoardVisit, BoardVisit])[]): readonly string[] => pairs.map((pair) => pair.map(({ customerName }) => customerName).join(' and '))
  expect(names(together(planned, ({ startsAt, endsAt }) => [startsAt, endsAt]).filter((pair) => !pair.some(({ overbooked }) => overbooked))), 'two places by plan').toEqual([])
  expect(names(together(planned, ({ arrivedAt, doneAt }) => [arrivedAt, doneAt])), 'two places in truth').toEqual([])
}

/** A visit of the morning as it stands at night. */
interface Ended {
  readonly before: BoardVisit
  readonly after: BoardVisit
}

/** The window was changed, the plan lies outside of it, or somebody came too late for it. */
function promiseChanged({ before, after }: Ended): boolean {
  const { windowStartsAt, windowEndsAt } = before
  const sameWindow = after.windowStartsAt === windowStartsAt && after.windowEndsAt === windowEndsAt
  const planned = after.startsAt === null || (after.startsAt >= windowStartsAt && after.startsAt < windowEndsAt)
  return !sameWindow || !planned || (after.arrivedAt ?? 0) >= windowEndsAt + LATE_AFTER
}

/**
 * The day as the store has it at night: each visit of the morning is done, promised for a later day or canceled with a reason;
 * what was promised changed only with somebody's knowledge; nobody was in two places; every promise is held.
 * @param morning the visits as they came from the file
 */
export async function expectDayKept(dispatch: DispatchersDay, day: string, morning: readonly BoardVisit[]): Promise<void> {
  const today = await dispatch.board()
  const week = await dispatch.ask<BoardDay>('board.day', { day, days: 7 })
  const now = new Map([...week.planned, ...week.unassigned, ...week.hold, ...today.planned].map((visit) => [visit.id, visit]))
  const ended = morning.flatMap((before): readonly Ended[] => {
    const after = now.get(before.id)
    return after ? [{ before, after }] : []
  })
  expect(ended).toHaveLength(morning.length)
  const open = ended.filter(({ after }) => after.state !== 'done' && after.windowDay <= day && (after.state !== 'canceled' || (after.cancelReason ?? '').trim() === ''))
  expect(open.map(({ after }) => `${after.customerName}: ${after.state}`), 'neither done nor later nor canceled with a reason').toEqual([])
  expect(ended.filter(({ after }) => after.state === 'done' && after.closedOutAt === null)).toEqual([])

  const changed = ended.filter(({ after }) => after.state !== 'canceled').filter(promiseChanged)
  const details = await Promise.all(changed.map(({ after }) => dispatch.ask<VisitDetail>('board.visit', { appointmentId: after.id })))
  // One is moved to another day, one is promised another window in the hour; who came late was called before.
  expect(changed.length).toBeGreaterThanOrEqual(2)
  const silent = changed.filter((_, index) => !details[index]?.history.some(({ text }) => SAID.test(text)))
  expect(silent.map(({ after }) => after.customerName), 'moved though promised, and nobody accepted it').toEqual([])
  expectOnePlaceEach(today)
  await dispatch.expectAllHeld()
}
