import { HOUR, MINUTE, overlaps, QUARTER_HOUR, type Instant } from '../../../shared/base/time.ts'
import type { BoardDay, BoardTechnician, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { dayAlerts, missesWindow, type VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'

/** The board as data: what stands where. Pure, so that it is tried without a browser. */

/** A visit that has a place on the board. */
export type PlannedBoardVisit = BoardVisit & { readonly technicianId: string; readonly startsAt: Instant; readonly endsAt: Instant }

export interface BarModel {
  readonly visit: PlannedBoardVisit
  readonly alerts: readonly VisitAlert[]
  /** The planned start lies outside the promised window: the bracket is red. */
  readonly broken: boolean
}

export interface TechnicianRow {
  readonly kind: 'technician'
  readonly key: string
  readonly technician: BoardTechnician
  readonly groupName: string
  /** Sorted by start. */
  readonly bars: readonly BarModel[]
  readonly shiftMinutes: number
  /** Shift minutes that nothing takes; negative where more is planned than the shift holds. */
  readonly leftMinutes: number
}

export interface GroupRow {
  readonly kind: 'group'
  readonly key: string
  readonly name: string
  readonly onShift: number
  /** Percent of the group's shift time that is planned. */
  readonly full: number
}

export type BoardRowModel = GroupRow | TechnicianRow

/** The hours shown, as instants on whole hours. */
export interface Axis {
  readonly startsAt: Instant
  readonly hours: number
  /** Minutes of the day at `startsAt`. */
  readonly startMinute: number
}

const FIRST_HOUR = 7
const LAST_HOUR = 19

export function isPlanned(visit: BoardVisit): visit is PlannedBoardVisit {
  return visit.technicianId !== null && visit.startsAt !== null && visit.endsAt !== null
}

/** From 7 AM to 7 PM, and further where shifts or visits reach further within the day. */
export function axisOf(day: Pick<BoardDay, 'zeroAt' | 'groups' | 'planned'>): Axis {
  const spans = [...day.groups.flatMap((group) => group.technicians.flatMap((technician) => technician.shifts)), ...day.planned.filter(isPlanned)]
  let [first, last] = [FIRST_HOUR, LAST_HOUR]
  for (const { startsAt, endsAt } of spans) {
    first = Math.min(first, Math.floor((startsAt - day.zeroAt) / HOUR))
    last = Math.max(last, Math.ceil((endsAt - day.zeroAt) / HOUR))
  }
  first = Math.max(0, first)
  last = Math.min(24, last)
  return { startsAt: day.zeroAt + first * HOUR, hours: last - first, startMinute: first * 60 }
}

/** Hours from the axis' start, as the stylesheet counts. */
export function hoursAt(axis: Axis, at: Instant): number {
  return (at - axis.startsAt) / HOUR
}

const minutesOf = (span: { readonly startsAt: Instant; readonly endsAt: Instant }): number => (span.endsAt - span.startsAt) / MINUTE

/** The minutes of a technician's day that visits take; where two overlap the time counts once. */
function plannedMinutes(visits: readonly PlannedBoardVisit[]): number {
  let [total, until] = [0, 0]
  for (const visit of visits) {
    if (visit.state === 'canceled' || visit.endsAt <= until) continue
    total += (visit.endsAt - Math.max(visit.startsAt, until)) / MINUTE
    until = visit.endsAt
  }
  return total
}

function technicianRow(technician: BoardTechnician, groupName: string, visits: readonly PlannedBoardVisit[], now: Instant): TechnicianRow {
  const alerts = dayAlerts(visits, technician, now)
  const shiftMinutes = technician.shifts.reduce((total, shift) => total + minutesOf(shift), 0)
  return {
    kind: 'technician',
    key: technician.id,
    technician,
    groupName,
    bars: visits.map((visit) => ({ visit, alerts: alerts.get(visit.id) ?? [], broken: visit.state !== 'canceled' && missesWindow(visit, visit.startsAt) })),
    shiftMinutes,
    leftMinutes: shiftMinutes - plannedMinutes(visits),
  }
}

const byStart = (left: PlannedBoardVisit, right: PlannedBoardVisit): number => left.startsAt - right.startsAt || (left.id < right.id ? -1 : 1)

/** Every row from top to bottom: a head for each business unit and a row for each technician. */
export function boardRows(day: BoardDay, now: Instant, unitId: string | null = null): readonly BoardRowModel[] {
  const visitsOf = new Map<string, PlannedBoardVisit[]>()
  for (const visit of day.planned) {
    if (!isPlanned(visit)) continue
    const visits = visitsOf.get(visit.technicianId)
    if (visits) visits.push(visit)
    else visitsOf.set(visit.technicianId, [visit])
  }
  return day.groups
    .filter((group) => unitId === null || group.id === unitId)
    .flatMap((group): readonly BoardRowModel[] => {
      const rows = group.technicians.map((technician) => technicianRow(technician, group.name, (visitsOf.get(technician.id) ?? []).sort(byStart), now))
      const shift = rows.reduce((total, row) => total + row.shiftMinutes, 0)
      const taken = rows.reduce((total, row) => total + (row.shiftMinutes === 0 ? 0 : row.shiftMinutes - row.leftMinutes), 0)
      const head: GroupRow = {
        kind: 'group',
        key: group.id,
        name: group.name,
        onShift: rows.filter((row) => row.shiftMinutes > 0).length,
        full: shift === 0 ? 0 : Math.round((100 * taken) / shift),
      }
      return [head, ...rows]
    })
}

export interface RowHeights {
  readonly technician: number
  readonly group: number
}

export const SMALL_ROWS: RowHeights = { technician: 28, group: 16 }
export const LARGE_ROWS: RowHeights = { technician: 44, group: 24 }

/** The top of each row, and the height of all as the last entry. */
export function rowTops(rows: readonly BoardRowModel[], heights: RowHeights): readonly number[] {
  const tops = [0]
  for (const row of rows) tops.push((tops.at(-1) ?? 0) + heights[row.kind])
  return tops
}

/** The rows [from, to) that a viewport of this height shows, with some beyond so that scrolling meets no gap. */
export function visibleRows(tops: readonly number[], scrollTop: number, height: number, beyond = 6): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, rowAt(tops, scrollTop) - beyond), to: Math.min(tops.length - 1, rowAt(tops, scrollTop + height) + 1 + beyond) }
}

/** The row at a distance from the first row's top; the nearest one beyond the ends. */
export function rowAt(tops: readonly number[], y: number): number {
  let [low, high] = [0, Math.max(0, tops.length - 2)]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((tops[middle] ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return low
}

/** To the nearest quarter hour. */
export function snap(at: Instant): Instant {
  return Math.round(at / QUARTER_HOUR) * QUARTER_HOUR
}

/** What would come of putting a visit there: for the ghost's words and the picker's. */
export interface Trial {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly technicianId: string
  readonly inTheWay: readonly PlannedBoardVisit[]
  readonly missesWindow: boolean
  readonly offShift: boolean
  readonly missingSkills: readonly string[]
}

/** How long the visit is on the board, or will be. */
export function lengthOf(visit: BoardVisit): number {
  return visit.startsAt !== null && visit.endsAt !== null ? visit.endsAt - visit.startsAt : Math.ceil(visit.durationMinutes / 5) * 5 * MINUTE
}

/** @param length of the plan, ms */
export function tryPlan(visit: BoardVisit, row: TechnicianRow, startsAt: Instant, length = lengthOf(visit)): Trial {
  const endsAt = startsAt + length
  return {
    startsAt,
    endsAt,
    technicianId: row.technician.id,
    inTheWay: row.bars.map((bar) => bar.visit).filter((other) => other.id !== visit.id && other.state !== 'canceled' && overlaps(other.startsAt, other.endsAt, startsAt, endsAt)),
    missesWindow: missesWindow(visit, startsAt),
    offShift: !row.technician.shifts.some((shift) => shift.startsAt <= startsAt && endsAt <= shift.endsAt),
    missingSkills: visit.skills.filter((skill) => !row.technician.skills.includes(skill)),
  }
}

/** The first quarter hour from which the whole visit is free on that day, in its window where possible. */
export function firstFreeStart(visit: BoardVisit, row: TechnicianRow, now: Instant): Instant | undefined {
  const from = Math.ceil(Math.max(visit.windowStartsAt, now) / QUARTER_HOUR) * QUARTER_HOUR
  const end = row.technician.shifts.reduce((latest, shift) => Math.max(latest, shift.endsAt), 0)
  for (let startsAt = from; startsAt < end; startsAt += QUARTER_HOUR) {
    const trial = tryPlan(visit, row, startsAt)
    if (trial.inTheWay.length === 0 && !trial.offShift) return startsAt
  }
  return undefined
}

export interface Suggestion {
  readonly row: TechnicianRow
  readonly startsAt: Instant | undefined
  readonly trial: Trial | undefined
  /** Smaller is better. */
  readonly rank: number
}

/** Everybody who could take the visit, best first: free in the window with the skills, then later, then without a skill, then nobody free. */
export function suggestTechnicians(visit: BoardVisit, rows: readonly BoardRowModel[], now: Instant): readonly Suggestion[] {
  return rows
    .filter((row) => row.kind === 'technician')
    .map((row): Suggestion => {
      const startsAt = firstFreeStart(visit, row, now)
      const trial = startsAt === undefined ? undefined : tryPlan(visit, row, startsAt)
      const skilled = visit.skills.every((skill) => row.technician.skills.includes(skill))
      const rank = (skilled ? 0 : 4) + (trial === undefined ? 2 : trial.missesWindow ? 1 : 0)
      return { row, startsAt, trial, rank }
    })
    .sort((left, right) => left.rank - right.rank || (left.startsAt ?? Infinity) - (right.startsAt ?? Infinity) || right.row.leftMinutes - left.row.leftMinutes)
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/** The bar one arrow away: the neighbour in the row, or the one nearest in time in the next row that has any. */
export function neighbour(rows: readonly BoardRowModel[], visitId: string, direction: Direction): string | undefined {
  const technicians = rows.filter((row) => row.kind === 'technician')
  const rowIndex = technicians.findIndex((row) => row.bars.some((bar) => bar.visit.id === visitId))
  const row = technicians[rowIndex]
  if (!row) return undefined
  const index = row.bars.findIndex((bar) => bar.visit.id === visitId)
  const here = row.bars[index]?.visit
  switch (direction) {
    case 'left':
      return row.bars[index - 1]?.visit.id
    case 'right':
      return row.bars[index + 1]?.visit.id
    case 'first':
      return row.bars[0]?.visit.id
    case 'last':
      return row.bars.at(-1)?.visit.id
    case 'up':
    case 'down': {
      const beyond = direction === 'down' ? technicians.slice(rowIndex + 1) : technicians.slice(0, rowIndex).reverse()
      const next = beyond.find((candidate) => candidate.bars.length > 0)
      if (!next || !here) return undefined
      return nearestInTime(next.bars, here.startsAt)
    }
  }
}

function nearestInTime(bars: readonly BarModel[], at: Instant): string | undefined {
  let best: BarModel | undefined
  for (const bar of bars) if (!best || Math.abs(bar.visit.startsAt - at) < Math.abs(best.visit.startsAt - at)) best = bar
  return best?.visit.id
}

/** The technician's row above or below, for moving a bar with Alt and an arrow. */
export function adjacentTechnician(rows: readonly BoardRowModel[], technicianId: string, step: 1 | -1): TechnicianRow | undefined {
  const technicians = rows.filter((row) => row.kind === 'technician')
  const index = technicians.findIndex((row) => row.technician.id === technicianId)
  return index === -1 ? undefined : technicians[index + step]
}

export function findRow(rows: readonly BoardRowModel[], technicianId: string): TechnicianRow | undefined {
  return rows.find((row): row is TechnicianRow => row.kind === 'technician' && row.technician.id === technicianId)
}

/** Packs visits that have no technician into as few lines as their windows allow, for the lane under the board. */
export function packLanes(visits: readonly BoardVisit[]): readonly (readonly BoardVisit[])[] {
  const lanes: { until: Instant; readonly visits: BoardVisit[] }[] = []
  for (const visit of [...visits].sort((left, right) => left.windowStartsAt - right.windowStartsAt)) {
    const lane = lanes.find((candidate) => candidate.until <= visit.windowStartsAt)
    const until = visit.windowStartsAt + visit.durationMinutes * MINUTE
    if (lane) {
      lane.visits.push(visit)
      lane.until = until
    } else lanes.push({ until, visits: [visit] })
  }
  return lanes.map((lane) => lane.visits)
}

/** The parts of the axis outside every shift, to hatch. */
export function offShift(technician: BoardTechnician, axis: Axis): readonly { readonly startsAt: Instant; readonly endsAt: Instant }[] {
  const end = axis.startsAt + axis.hours * HOUR
  const gaps: { readonly startsAt: Instant; readonly endsAt: Instant }[] = []
  let from = axis.startsAt
  for (const shift of technician.shifts) {
    if (shift.startsAt > from) gaps.push({ startsAt: from, endsAt: Math.min(shift.startsAt, end) })
    from = Math.max(from, shift.endsAt)
  }
  if (from < end) gaps.push({ startsAt: from, endsAt: end })
  return gaps
}
