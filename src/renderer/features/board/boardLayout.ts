import { DAY, MINUTE, overlaps, QUARTER_HOUR, type Instant } from '../../../shared/base/time.ts'
import type { BoardDay, BoardTechnician, BoardVisit, TimeBlock, TravelLeg } from '../../../shared/contract/methods/dispatch.ts'
import { ownDay } from '../../../shared/domain/dispatch/expected.ts'
import { dayAlerts, missesWindow, type VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { type Lane, lanesOf } from './timeline/lanes.ts'

/** The board as data: what stands where. Pure, so that it is tried without a browser. */

/** A visit that has a place on the board. */
export type PlannedBoardVisit = BoardVisit & { readonly technicianId: string; readonly startsAt: Instant; readonly endsAt: Instant }

interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

export interface BarModel {
  /** The visit's id; on the row of somebody who goes along, with theirs. */
  readonly key: string
  readonly visit: PlannedBoardVisit
  /** Who leads the visit, or goes along. */
  readonly role: 'lead' | 'crew'
  readonly alerts: readonly VisitAlert[]
  /** The planned start lies outside the promised window: the bracket is red. */
  readonly broken: boolean
  readonly lane: Lane
}

export interface TechnicianRow {
  readonly kind: 'technician'
  readonly key: string
  readonly technician: BoardTechnician
  readonly groupName: string
  /** Sorted by start. */
  readonly bars: readonly BarModel[]
  /** The drives to this technician's visits. */
  readonly legs: readonly TravelLeg[]
  /** What is planned beyond the shifts. */
  readonly overtime: readonly Span[]
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

export function isPlanned(visit: BoardVisit): visit is PlannedBoardVisit {
  return visit.technicianId !== null && visit.startsAt !== null && visit.endsAt !== null
}

/** True where a visit has a place within the days shown; what has no length stands at its instant. */
export function standsOn(day: Pick<BoardDay, 'dayStarts' | 'zeroAt' | 'endsAt'>, visit: BoardVisit): visit is PlannedBoardVisit {
  const from = day.dayStarts[0] ?? day.zeroAt
  return isPlanned(visit) && visit.startsAt < day.endsAt && (visit.endsAt > from || visit.startsAt >= from)
}

/** The rows on which a visit has a bar: its technician's first, then those of who goes along. */
export function rowsOf(visit: PlannedBoardVisit): readonly string[] {
  return visit.crewIds.length === 0 ? [visit.technicianId] : [visit.technicianId, ...visit.crewIds.filter((id) => id !== visit.technicianId)]
}

const minutesOf = (span: Span): number => (span.endsAt - span.startsAt) / MINUTE

/** The minutes of a technician's time that is taken; where two overlap the time counts once. */
function takenMinutes(spans: readonly Span[]): number {
  let [total, until] = [0, 0]
  for (const { startsAt, endsAt } of spans) {
    if (endsAt <= until) continue
    total += (endsAt - Math.max(startsAt, until)) / MINUTE
    until = endsAt
  }
  return total
}

/** The parts of a span that lie in the shifts: lunch at home takes nothing from the day. */
function withinShifts(span: Span, shifts: readonly Span[]): readonly Span[] {
  return shifts.flatMap((shift) => (overlaps(shift.startsAt, shift.endsAt, span.startsAt, span.endsAt) ? [{ startsAt: Math.max(shift.startsAt, span.startsAt), endsAt: Math.min(shift.endsAt, span.endsAt) }] : []))
}

/** One working day of a technician: where several days are shown, each has its own end of shift. */
interface WorkingDay {
  readonly visits: PlannedBoardVisit[]
  shiftEndsAt: Instant | null
}

/** A visit belongs to the shift that it begins in, also after midnight, and else to the day it begins on. */
function workingDays(visits: readonly PlannedBoardVisit[], shifts: readonly Span[], dayStarts: readonly Instant[]): readonly WorkingDay[] {
  const days = dayStarts.map((): WorkingDay => ({ visits: [], shiftEndsAt: null }))
  const dayAt = (at: Instant): WorkingDay | undefined => days[Math.max(0, dayStarts.findLastIndex((start) => start <= at))]
  for (const shift of shifts) {
    const day = dayAt(shift.startsAt)
    if (day) day.shiftEndsAt = Math.max(day.shiftEndsAt ?? 0, shift.endsAt)
  }
  for (const visit of visits) {
    const shift = shifts.find(({ startsAt, endsAt }) => startsAt <= visit.startsAt && visit.startsAt < endsAt)
    dayAt((shift ?? visit).startsAt)?.visits.push(visit)
  }
  return days
}

const NOTHING: readonly never[] = []

/** The shifts of the day that ends then: another day's end says nothing about this one's overtime. */
function shiftsEndingBy(shifts: readonly Span[], end: Instant | null): readonly Span[] {
  return end === null ? NOTHING : shifts.filter(({ endsAt }) => endsAt <= end && endsAt > end - DAY)
}

/** What is planned beyond the end of each day's shifts. */
function overtimeOf(days: readonly WorkingDay[]): readonly Span[] {
  return days.flatMap(({ visits, shiftEndsAt }): readonly Span[] =>
    shiftEndsAt === null ? NOTHING : visits.filter(({ state, endsAt }) => state !== 'canceled' && endsAt > shiftEndsAt).map(({ startsAt, endsAt }) => ({ startsAt: Math.max(startsAt, shiftEndsAt), endsAt })),
  )
}

/** What a technician's row is made from. */
export interface TechnicianFacts {
  readonly technician: BoardTechnician
  readonly groupName: string
  /** Led and gone along to, in any order. */
  readonly visits: readonly PlannedBoardVisit[]
  readonly legs: readonly TravelLeg[]
  /** When the company wants to be alerted; without it, the usual times. */
  readonly lateness?: BoardDay['lateness']
}

export function technicianRow({ technician, groupName, visits, legs, lateness }: TechnicianFacts, dayStarts: readonly Instant[], now: Instant): TechnicianRow {
  const sorted = [...visits].sort(byStart)
  const days = workingDays(sorted, technician.shifts, dayStarts)
  const alerts = new Map<string, readonly VisitAlert[]>()
  for (const day of days) {
    if (day.visits.length === 0) continue
    for (const [id, own] of dayAlerts(ownDay(technician.id, day.visits), { ...technician, shifts: shiftsEndingBy(technician.shifts, day.shiftEndsAt) }, now, lateness)) alerts.set(id, own)
  }
  // A night that began before these days is drawn to its end, and its hours are those of the day before.
  const from = dayStarts[0] ?? 0
  const [own, earlier] = [technician.shifts.filter(({ startsAt }) => startsAt >= from), technician.shifts.filter(({ startsAt }) => startsAt < from)]
  const shiftMinutes = own.reduce((total, shift) => total + minutesOf(shift), 0)
  const planned = sorted.filter(({ state, startsAt }) => state !== 'canceled' && !earlier.some((shift) => shift.startsAt <= startsAt && startsAt < shift.endsAt))
  const taken = [...planned, ...technician.blocks.flatMap((block) => withinShifts(block, own))].sort((left, right) => left.startsAt - right.startsAt)
  const lanes = lanesOf(sorted)
  return {
    kind: 'technician',
    key: technician.id,
    technician,
    groupName,
    bars: sorted.map((visit, index): BarModel => {
      const leads = visit.technicianId === technician.id
      return {
        key: leads ? visit.id : `${visit.id}-${technician.id}`,
        visit,
        role: leads ? 'lead' : 'crew',
        alerts: leads ? (alerts.get(visit.id) ?? NOTHING) : NOTHING,
        broken: visit.state !== 'canceled' && missesWindow(visit, visit.startsAt),
        lane: lanes[index] ?? { lane: 0, lanes: 1 },
      }
    }),
    legs,
    overtime: overtimeOf(days),
    shiftMinutes,
    leftMinutes: shiftMinutes - takenMinutes(taken),
  }
}

const byStart = (left: PlannedBoardVisit, right: PlannedBoardVisit): number => left.startsAt - right.startsAt || (left.id < right.id ? -1 : 1)

/** The head over technicians: who is on and how full their time is. */
export function groupRow(key: string, name: string, rows: readonly TechnicianRow[]): GroupRow {
  const shift = rows.reduce((total, row) => total + row.shiftMinutes, 0)
  const taken = rows.reduce((total, row) => total + (row.shiftMinutes === 0 ? 0 : row.shiftMinutes - row.leftMinutes), 0)
  return { kind: 'group', key, name, onShift: rows.filter((row) => row.shiftMinutes > 0).length, full: shift === 0 ? 0 : Math.round((100 * taken) / shift) }
}

/** Lists by a key, in order. */
export function listsBy<Item>(items: Iterable<Item>, keysOf: (item: Item) => readonly string[]): Map<string, Item[]> {
  const lists = new Map<string, Item[]>()
  for (const item of items) {
    for (const key of keysOf(item)) {
      const list = lists.get(key)
      if (list) list.push(item)
      else lists.set(key, [item])
    }
  }
  return lists
}

/** Every row from top to bottom: a head for each business unit and a row for each technician. */
export function boardRows(day: BoardDay, now: Instant): readonly BoardRowModel[] {
  const visits = listsBy(day.planned.filter((visit) => standsOn(day, visit)), rowsOf)
  const legs = listsBy(day.legs, ({ technicianId }) => [technicianId])
  return day.groups.flatMap((group): readonly BoardRowModel[] => {
    const rows = group.technicians.map((technician) =>
      technicianRow({ technician, groupName: group.name, visits: visits.get(technician.id) ?? [], legs: legs.get(technician.id) ?? [], lateness: day.lateness }, day.dayStarts, now),
    )
    return [groupRow(group.id, group.name, rows), ...rows]
  })
}

/** What would come of putting a visit there: for the ghost's words and the picker's. */
export interface Trial {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly technicianId: string
  readonly inTheWay: readonly PlannedBoardVisit[]
  /** Lunch, training, time off: what else has the technician then. */
  readonly blocks: readonly TimeBlock[]
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
    blocks: row.technician.blocks.filter((block) => overlaps(block.startsAt, block.endsAt, startsAt, endsAt)),
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
    if (trial.inTheWay.length === 0 && trial.blocks.length === 0 && !trial.offShift) return startsAt
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
