import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { PendingVisit } from '../../stores/board.ts'
import { isPlanned } from './boardLayout.ts'

function overlay(visit: BoardVisit, pending: ReadonlyMap<string, PendingVisit>): BoardVisit {
  const change = pending.get(visit.id)
  return change && change.version > visit.version ? { ...visit, ...change } : visit
}

/** The day with the changes whose answers are still on their way: a visit that moves is in its new place at once. */
export function withPending(day: BoardDay, pending: ReadonlyMap<string, PendingVisit>): BoardDay {
  if (pending.size === 0) return day
  const all = new Map([...day.planned, ...day.unassigned, ...day.hold].map((visit) => [visit.id, overlay(visit, pending)]))
  const changed = [...all.values()].some((visit) => pending.has(visit.id))
  if (!changed) return day
  const from = day.dayStarts[0] ?? day.zeroAt
  // A visit of tomorrow that is planned from today's tray belongs to tomorrow's board.
  const isToday = (visit: BoardVisit): boolean => isPlanned(visit) && visit.startsAt < day.endsAt && visit.endsAt > from
  const wasPlanned = new Set(day.planned.map(({ id }) => id))
  const visits = [...all.values()]
  return {
    ...day,
    planned: visits.filter((visit) => isToday(visit) && (wasPlanned.has(visit.id) || pending.has(visit.id))),
    unassigned: visits.filter((visit) => visit.technicianId === null && (visit.state === 'scheduled' || visit.state === 'confirmed')),
    hold: visits.filter((visit) => visit.state === 'hold'),
  }
}

/** Every visit the screen knows, by id. */
export function visitsById(day: BoardDay): ReadonlyMap<string, BoardVisit> {
  return new Map([...day.toCloseOut, ...day.hold, ...day.unassigned, ...day.planned].map((visit) => [visit.id, visit]))
}
