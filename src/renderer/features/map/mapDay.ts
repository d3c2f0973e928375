import type { Instant } from '../../../shared/base/time.ts'
import type { BoardDay, BoardTechnician, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { type LastKnown, lastKnown } from './lastKnown.ts'
import { type Point, project } from './mercator.ts'

/** A day as the map shows it: pure, so that it is tried without a browser. */

export interface MapVisit {
  readonly visit: BoardVisit
  /** Null where the place was never found on the map: it is in the list only, and said so. */
  readonly at: Point | null
  /** Which one it is in the day of who leads it, from 1; null without a technician, and for a canceled one. */
  readonly number: number | null
}

export interface MapTechnician {
  readonly technician: BoardTechnician
  readonly unitName: string
  readonly home: Point | null
  /** Where the last known fact puts them; null where that is nowhere on the map. */
  readonly at: Point | null
  readonly fact: LastKnown
  /** What they have on this day, canceled visits left out, in order. */
  readonly visits: readonly BoardVisit[]
}

export interface MapLeg {
  readonly technicianId: string
  readonly toVisitId: string
  readonly from: Point
  readonly to: Point
  /** The day's first drive, or one after a long break. */
  readonly fromHome: boolean
  readonly when: 'driven' | 'now' | 'ahead'
}

export interface MapDay {
  /** By technician in the office's order, each in the order of the day; those nobody has yet are first. */
  readonly visits: readonly MapVisit[]
  readonly technicians: readonly MapTechnician[]
  readonly legs: readonly MapLeg[]
}

/** What of a day is shown; null for everybody's and every trade's. */
export interface MapFilter {
  readonly technicianId: string | null
  readonly unitId: string | null
}

type Coordinates = { readonly latitude: number | null; readonly longitude: number | null }

const pointOf = (at: Coordinates | null | undefined): Point | null => (at == null || at.latitude === null || at.longitude === null ? null : project(at.latitude, at.longitude))

const hasIt = (visit: BoardVisit, technicianId: string): boolean => visit.technicianId === technicianId || visit.crewIds.includes(technicianId)

/** Halfway of a drive stands for all of it: where on the road somebody is, nobody knows. */
const halfway = (from: Point, to: Point): Point => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 })

function placeOfFact(fact: LastKnown, home: Point | null, drive: MapLeg | undefined): Point | null {
  switch (fact.kind) {
    case 'working':
    case 'lastAt':
      return pointOf(fact.visit)
    case 'onTheWay':
      return drive ? halfway(drive.from, drive.to) : pointOf(fact.visit)
    default:
      return home
  }
}

/** The visits of the day that nobody has: those waiting, and those put aside without a technician. */
function nobodys(day: BoardDay): readonly BoardVisit[] {
  const planned = new Set(day.planned.map(({ id }) => id))
  const waiting = [...day.unassigned, ...day.hold.filter(({ technicianId }) => technicianId === null)]
  return waiting.filter(({ id, windowDay }) => windowDay === day.day && !planned.has(id)).toSorted(byStart)
}

const byStart = (left: BoardVisit, right: BoardVisit): number => (left.startsAt ?? left.windowStartsAt) - (right.startsAt ?? right.windowStartsAt) || (left.id < right.id ? -1 : 1)

function legsOf(day: BoardDay, visits: ReadonlyMap<string, BoardVisit>, homes: ReadonlyMap<string, Point | null>): readonly MapLeg[] {
  return day.legs.flatMap(({ technicianId, fromVisitId, toVisitId }) => {
    const visit = visits.get(toVisitId)
    const to = pointOf(visit)
    const from = fromVisitId == null ? homes.get(technicianId) : pointOf(visits.get(fromVisitId))
    if (!visit || !to || !from) return []
    const when = visit.state === 'dispatched' ? 'now' : visit.state === 'working' || visit.state === 'done' ? 'driven' : 'ahead'
    return [{ technicianId, toVisitId, from, to, when, fromHome: fromVisitId == null }]
  })
}

/** @param now epoch milliseconds, to tell whether the day is today */
export function mapDayOf(day: BoardDay, now: Instant): MapDay {
  const isToday = now >= (day.dayStarts[0] ?? day.zeroAt) && now < day.endsAt
  const everyone = day.groups.flatMap(({ name, technicians }) => technicians.map((technician) => ({ technician, unitName: name, home: pointOf(technician.home) })))
  const homes = new Map(everyone.map(({ technician, home }) => [technician.id, home]))
  const inOrder = day.planned.toSorted(byStart)
  const byId = new Map(inOrder.map((visit) => [visit.id, visit]))
  const legs = legsOf(day, byId, homes)
  const drives = new Map(legs.map((leg) => [`${leg.technicianId} ${leg.toVisitId}`, leg]))

  const own = new Map<string, BoardVisit[]>(everyone.map(({ technician }) => [technician.id, []]))
  for (const visit of inOrder) if (visit.state !== 'canceled') for (const id of new Set([visit.technicianId, ...visit.crewIds])) if (id !== null) own.get(id)?.push(visit)
  const technicians = everyone.map((one): MapTechnician => {
    const visits = own.get(one.technician.id) ?? []
    const fact = lastKnown(visits, isToday)
    const drive = fact.kind === 'onTheWay' ? drives.get(`${one.technician.id} ${fact.visit.id}`) : undefined
    return { ...one, visits, fact, at: placeOfFact(fact, one.home, drive) }
  })

  const led = new Map<string, BoardVisit[]>(everyone.map(({ technician }) => [technician.id, []]))
  for (const visit of inOrder) if (visit.technicianId !== null) led.get(visit.technicianId)?.push(visit)
  const numbered = everyone.flatMap(({ technician }) => (led.get(technician.id) ?? []).map((visit): MapVisit => ({ visit, at: pointOf(visit), number: numberIn(own.get(technician.id) ?? [], visit) })))
  return { visits: [...nobodys(day).map((visit): MapVisit => ({ visit, at: pointOf(visit), number: null })), ...numbered], technicians, legs }
}

const numberIn = (visits: readonly BoardVisit[], visit: BoardVisit): number | null => visits.indexOf(visit) + 1 || null

/** The part of a day that is asked for. A technician's visits are numbered in their own order, also where they only go along. */
export function filtered(day: MapDay, { technicianId, unitId }: MapFilter): MapDay {
  if (technicianId === null && unitId === null) return day
  const chosen = day.technicians.find(({ technician }) => technician.id === technicianId)
  const visits = day.visits
    .filter(({ visit }) => (technicianId === null || hasIt(visit, technicianId)) && (unitId === null || visit.businessUnitId === unitId))
    .map((one) => (chosen ? { ...one, number: numberIn(chosen.visits, one.visit) } : one))
    .toSorted((left, right) => (chosen ? byStart(left.visit, right.visit) : 0))
  const ids = new Set(visits.map(({ visit }) => visit.id))
  const theirs = new Set(visits.flatMap(({ visit }) => [visit.technicianId, ...visit.crewIds]))
  const isShown = ({ technician }: MapTechnician): boolean => (technicianId === null ? technician.unitId === unitId || theirs.has(technician.id) : technician.id === technicianId)
  return {
    visits,
    technicians: day.technicians.filter(isShown),
    legs: day.legs.filter((leg) => ids.has(leg.toVisitId) && (technicianId === null || leg.technicianId === technicianId)),
  }
}

/** Everything of a day that has a place, to be fitted into the map. */
export function pointsOf({ visits, technicians }: MapDay): readonly Point[] {
  return [...visits.map(({ at }) => at), ...technicians.flatMap(({ at, home, visits: own }) => (own.length === 0 ? [] : [at, home]))].filter((at) => at !== null)
}
