import { HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import type { BoardDay, BoardTechnician, BoardVisit } from '../../../src/shared/contract/methods/dispatch.ts'
import type { AppointmentState } from '../../../src/shared/domain/dispatch/tables.ts'
import type { BenchDays, BenchVisit } from './boardData.ts'

/** The same days as the peers show, with all that Baton's board says of them, about as often as in an office. */

const SKILLS = ['cooling', 'heating', 'drains', 'electrical'] as const
const AREAS = ['North', 'South', 'River', 'Hills'] as const
const UNITS = 10

/** It is one in the afternoon of the first day. */
export const nowIn = ({ from }: BenchDays): number => from + 13 * HOUR

/** Every so-manieth of what is counted. */
const every = (count: number, index: number, offset = 0): boolean => (index + offset) % count === 0

function stateAt({ start, end }: BenchVisit, now: number, index: number): AppointmentState {
  if (every(41, index)) return 'canceled'
  if (every(53, index)) return 'hold'
  if (end < now) return 'done'
  if (start < now) return every(9, index) ? 'dispatched' : 'working'
  if (start < now + HOUR) return 'dispatched'
  return every(3, index) ? 'scheduled' : 'confirmed'
}

function visitOf(visit: BenchVisit, index: number, days: BenchDays): BoardVisit {
  const now = nowIn(days)
  const state = stateAt(visit, now, index)
  const midnight = days.from + Math.floor((visit.start - days.from) / (24 * HOUR)) * 24 * HOUR
  const windowStart = Math.floor((visit.start - midnight) / (2 * HOUR)) * 120 - (every(17, index) ? 120 : 0)
  const sent = state === 'dispatched' || state === 'working' || state === 'done'
  const arrivedAt = state === 'working' || state === 'done' ? visit.start + ((index % 7) - 2) * 3 * MINUTE : null
  const own = Number(visit.technicianId.slice(1))
  return {
    id: visit.id,
    version: 3,
    jobId: `job ${visit.id}`,
    jobNumber: String(48_000 + index),
    customerId: `customer ${index}`,
    customerName: `Customer ${index}`,
    customerFlag: every(29, index) ? 'Credit hold' : '',
    flags: every(29, index) ? ['Credit hold', 'Dog in the yard'] : [],
    shortName: visit.title,
    businessUnitId: `unit ${own % UNITS}`,
    jobTypeName: 'No cool, second floor',
    skills: [SKILLS[own % SKILLS.length] ?? 'cooling'],
    summary: '',
    state,
    technicianId: visit.technicianId,
    crewIds: every(37, index) ? [`t${own + 1 < days.technicians.length ? own + 1 : 0}`] : [],
    startsAt: visit.start,
    endsAt: visit.end,
    locked: every(19, index),
    overbooked: every(61, index),
    tentative: every(47, index),
    durationMinutes: (visit.end - visit.start) / MINUTE,
    windowDay: '2026-11-23',
    windowStart,
    windowEnd: windowStart + 120,
    windowStartsAt: midnight + windowStart * MINUTE,
    windowEndsAt: midnight + (windowStart + 120) * MINUTE,
    latitude: 41_000_000 + index,
    longitude: -96_000_000 - index,
    priorityName: every(13, index) ? 'Emergency' : 'Normal',
    priorityRank: every(13, index) ? 1 : 3,
    bookedAt: days.from - 24 * HOUR,
    promise: null,
    holdReason: state === 'hold' ? 'Waiting for parts' : null,
    cancelReason: state === 'canceled' ? 'Sold the house' : null,
    dispatchedAt: sent ? visit.start - 20 * MINUTE : null,
    arrivedAt,
    doneAt: state === 'done' ? visit.end - ((index % 5) - 2) * 4 * MINUTE : null,
    closedOutAt: state === 'done' ? visit.end + 5 * MINUTE : null,
    lineCount: 1,
    invoiced: false,
    updatedBy: 'Dana Wray',
  }
}

function technicianOf(id: string, name: string, index: number, { from, days }: BenchDays, zone: string): BoardTechnician {
  const starts = Array.from({ length: days }, (_, day) => from + day * 24 * HOUR)
  return {
    id,
    name,
    unitId: `unit ${index % UNITS}`,
    homeArea: AREAS[index % AREAS.length] ?? '',
    zone: every(50, index, 1) ? 'America/Denver' : zone,
    active: !every(100, index, 3),
    skills: [SKILLS[index % SKILLS.length] ?? 'cooling', 'gas'],
    shifts: starts.map((start) => ({ startsAt: start + 6 * HOUR, endsAt: start + (index % 3 === 0 ? 19 : 20) * HOUR })),
    onCall: every(8, index) ? [{ startsAt: from, endsAt: from + days * 24 * HOUR }] : [],
    blocks: starts.flatMap((start): BoardTechnician['blocks'] => [
      { id: null, kind: 'lunch', startsAt: start + 12 * HOUR, endsAt: start + 12.5 * HOUR, note: '' },
      ...(every(11, index) ? ([{ id: `training ${index} ${start}`, kind: 'training', startsAt: start + 8 * HOUR, endsAt: start + 10 * HOUR, note: 'Arc-flash course' }] as const) : []),
      ...(every(14, index) ? ([{ id: `meeting ${index} ${start}`, kind: 'meeting', startsAt: start + 6 * HOUR, endsAt: start + 6.5 * HOUR, note: '' }] as const) : []),
      ...(every(23, index) ? ([{ id: `off ${index} ${start}`, kind: 'timeOff', startsAt: start + 15 * HOUR, endsAt: start + 20 * HOUR, note: 'Sick' }] as const) : []),
    ]),
  }
}

export function fullDay(days: BenchDays): BoardDay {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const technicians = days.technicians.map(({ id, title }, index) => technicianOf(id, title, index, days, zone))
  const planned = days.visits.map((visit, index) => visitOf(visit, index, days))
  return {
    day: '2026-11-23',
    zone,
    zeroAt: days.from,
    dayStarts: Array.from({ length: days.days }, (_, day) => days.from + day * 24 * HOUR),
    endsAt: days.from + days.days * 24 * HOUR,
    groups: Array.from({ length: UNITS }, (_, unit) => ({ id: `unit ${unit}`, name: `Unit ${unit}`, technicians: technicians.filter(({ unitId }) => unitId === `unit ${unit}`) })),
    planned,
    legs: planned.map((visit, index) => {
      const minutes = 8 + (index % 9)
      return { technicianId: visit.technicianId ?? '', toVisitId: visit.id, startsAt: (visit.startsAt ?? 0) - minutes * MINUTE, endsAt: visit.startsAt ?? 0, minutes }
    }),
    unassigned: [],
    hold: [],
    toCloseOut: [],
    unlisted: { unassigned: 0, hold: 0, toCloseOut: 0 },
    holdReasons: [],
    cancelReasons: [],
  }
}
