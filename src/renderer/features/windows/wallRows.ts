import { HOUR, MINUTE, type Instant } from '../../../shared/base/time.ts'
import type { WallDay } from '../../../shared/contract/methods/watch.ts'
import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { alertStandings } from '../../../shared/domain/watch/alerts.ts'
import { isRemaining } from '../../../shared/domain/watch/truth.ts'

export type WallVisit = WallDay['visits'][number]
export type WallTechnician = WallDay['technicians'][number]

/** What a wall calls late: a customer waits, or will. What is merely wrong with the plan is for the board. */
const LATE: ReadonlySet<VisitAlert['kind']> = new Set(['windowMissed', 'atRisk', 'notOnSite', 'notDispatched', 'overrun', 'noUpdate'])

export interface LateVisit {
  readonly visit: WallVisit
  readonly alert: VisitAlert
  readonly technicianName: string
}

export interface WallCounts {
  readonly out: number
  readonly done: number
  readonly all: number
  readonly unassigned: number
  readonly late: number
  /** What the Truth Comes Home Hour still has open; null outside of it. */
  readonly hour: number | null
}

export interface WallView {
  /** By the first thing each has to do: who is at work or should be stands on top. */
  readonly rows: readonly { readonly technician: WallTechnician; readonly visits: readonly WallVisit[] }[]
  /** One line for a visit, the most pressing alert first. */
  readonly late: readonly LateVisit[]
  readonly unassigned: readonly WallVisit[]
  readonly counts: WallCounts
}

const BEFORE = 1 * HOUR
const AHEAD = 7 * HOUR
const STEP = 15 * MINUTE

/** The hours a wall shows, epoch ms: it goes on with the clock, a quarter of an hour at a time. */
export function wallSpan(now: Instant): { readonly from: Instant; readonly to: Instant } {
  const from = Math.floor((now - BEFORE) / STEP) * STEP
  return { from, to: from + BEFORE + AHEAD }
}

const isOpen = ({ state }: WallVisit): boolean => state !== 'canceled' && state !== 'done'

/** What the wall says of a day as of `now`. */
export function wallView(wall: WallDay, now: Instant): WallView {
  const names = new Map(wall.technicians.map(({ id, name }) => [id, name]))
  const planned = wall.visits.flatMap(({ technicianId, startsAt, endsAt, ...visit }) => (technicianId === null || startsAt === null || endsAt === null ? [] : [{ ...visit, technicianId, startsAt, endsAt }]))
  const standings = alertStandings({ visits: planned, technicians: wall.technicians, seen: [], present: new Set() }, now, wall.rules).filter(({ alert }) => LATE.has(alert.kind))
  const byId = new Map(wall.visits.map((visit) => [visit.id, visit]))
  const said = new Set<string>()
  const late = standings.flatMap(({ visitId, technicianId, alert }): readonly LateVisit[] => {
    const visit = byId.get(visitId)
    if (!visit || said.has(visitId)) return []
    said.add(visitId)
    return [{ visit, alert, technicianName: names.get(technicianId) ?? '' }]
  })
  const today = wall.visits.filter(({ windowDay, state }) => windowDay === wall.day && state !== 'canceled')
  const unassigned = today.filter((visit) => visit.technicianId === null && isOpen(visit)).toSorted((left, right) => left.windowEndsAt - right.windowEndsAt || left.priorityRank - right.priorityRank || (left.id < right.id ? -1 : 1))
  const rows = wall.technicians
    .map((technician) => ({ technician, visits: planned.filter((visit) => (visit.technicianId === technician.id || visit.crewIds.includes(technician.id)) && visit.state !== 'canceled').toSorted((left, right) => left.startsAt - right.startsAt) }))
    .filter(({ technician, visits }) => visits.length > 0 || (technician.active && (technician.shifts.length > 0 || technician.onCall.length > 0)))
  return {
    rows,
    late,
    unassigned,
    counts: {
      out: planned.filter(({ state }) => state === 'dispatched' || state === 'working').length,
      done: today.filter(({ state }) => state === 'done').length,
      all: today.length,
      unassigned: unassigned.length,
      late: late.length,
      hour: wall.hour ? today.filter((visit) => visit.truthState === 'open' && isRemaining(visit)).length : null,
    },
  }
}

/** Which of so many rows are shown now, where not all have room: the next ones every so often, in order. */
export function wallPage<Row>(rows: readonly Row[], room: number, now: Instant): { readonly shown: readonly Row[]; readonly page: number; readonly pages: number } {
  const size = Math.max(1, room)
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const page = Math.floor(now / TURN) % pages
  return { shown: rows.slice(page * size, page * size + size), page: page + 1, pages }
}

/** As often as the page's clock goes on. */
const TURN = 15_000
