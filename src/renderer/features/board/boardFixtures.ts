import { HOUR } from '../../../shared/base/time.ts'
import type { BoardDay, BoardTechnician, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'

/** A board's parts for tests: hours count from the midnight of July 14 in Chicago. */

export const ZERO = Date.UTC(2026, 6, 14, 5)
export const at = (hour: number): number => ZERO + hour * HOUR

export const visit = (id: string, technicianId: string | null, start: number, end: number, more: Partial<BoardVisit> = {}): BoardVisit => ({
  id,
  version: 1,
  jobId: `job-${id}`,
  jobNumber: '1001',
  customerFlag: '',
  flags: [],
  customerId: 'c',
  customerName: `Customer ${id}`,
  shortName: id,
  businessUnitId: 'hvac',
  jobTypeName: 'No cool',
  skills: ['cooling'],
  summary: '',
  state: 'confirmed',
  technicianId,
  crewIds: [],
  locked: false,
  latitude: null,
  longitude: null,
  startsAt: technicianId === null ? null : at(start),
  endsAt: technicianId === null ? null : at(end),
  overbooked: false,
  tentative: false,
  durationMinutes: (end - start) * 60,
  windowDay: '2026-07-14',
  windowStart: Math.floor(start / 2) * 120,
  windowEnd: Math.floor(start / 2) * 120 + 120,
  windowStartsAt: at(Math.floor(start / 2) * 2),
  windowEndsAt: at(Math.floor(start / 2) * 2 + 2),
  priorityName: 'Normal',
  priorityRank: 3,
  bookedAt: at(0),
  promise: null,
  holdReason: null,
  cancelReason: null,
  dispatchedAt: null,
  arrivedAt: null,
  doneAt: null,
  closedOutAt: null,
  lineCount: 1,
  invoiced: false,
  updatedBy: '',
  ...more,
})

export const technician = (id: string, from: number, to: number, skills = ['cooling'], more: Partial<BoardTechnician> = {}): BoardTechnician => ({
  id,
  name: id,
  unitId: 'hvac',
  homeArea: '',
  zone: 'America/Chicago',
  active: true,
  skills,
  shifts: to > from ? [{ startsAt: at(from), endsAt: at(to) }] : [],
  onCall: [],
  blocks: [],
  ...more,
})

export const day = (planned: readonly BoardVisit[], more: Partial<BoardDay> = {}): BoardDay => ({
  day: '2026-07-14',
  zone: 'America/Chicago',
  zeroAt: ZERO,
  dayStarts: [ZERO],
  endsAt: ZERO + 24 * HOUR,
  legs: [],
  groups: [
    { id: 'hvac', name: 'HVAC', technicians: [technician('theo', 8, 18), technician('lena', 8, 16)] },
    { id: 'pool', name: 'Pool', technicians: [technician('mo', 0, 0), technician('bea', 9, 17, ['pool'])] },
  ],
  planned: [...planned],
  unassigned: [],
  hold: [],
  toCloseOut: [],
  unlisted: { unassigned: 0, hold: 0, toCloseOut: 0 },
  holdReasons: [],
  cancelReasons: [],
  ...more,
})
