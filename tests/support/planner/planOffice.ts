import { PLAIN_STOP, type PlanBlock, type PlanStop, type PlanTechnician, type PlanWindow, type Problem } from '../../../src/shared/planner/problem.ts'
import { randomFrom } from '../../../src/shared/planner/search/random.ts'
import { type Coordinates, matrixOf, straightLine } from '../../../src/shared/planner/travel.ts'

/** A small office whose days are said in hours and minutes: places lie on a road, a place a minute from the next. */

/** Clock time in seconds from midnight: at(8), at(13, 30). */
export const at = (hour: number, minute = 0): number => hour * 3600 + minute * 60
export const minutes = (count: number): number => count * 60

const ROAD = 121

export const between = (from: number, to: number): PlanWindow => ({ from, to, price: 0, late: null })

/** Works 8 to 17 from minute 0 of the road, and can do everything. */
export function technician(id: string, more: Partial<PlanTechnician> = {}): PlanTechnician {
  return { id, skills: ['hvac', 'plumbing'], shift: { from: at(8), to: at(17) }, overtime: null, startPlace: 0, endPlace: 0, blocks: [], capacity: null, ...more }
}

export const lunch = (more: Partial<PlanBlock> = {}): PlanBlock => ({ id: 'lunch', earliest: at(11, 30), latest: at(13), seconds: minutes(30), place: null, skipPrice: 100_000, ...more })

/** An hour's work some minutes down the road, any time from 8 to 17. */
export function stop(id: string, place: number, more: Partial<PlanStop> = {}): PlanStop {
  return { ...PLAIN_STOP, id, place, seconds: minutes(60), windows: [between(at(8), at(17))], ...more }
}

export function office(technicians: readonly PlanTechnician[], stops: readonly PlanStop[], more: Partial<Problem> = {}): Problem {
  const travel = matrixOf(Array.from({ length: ROAD }, (_, place) => place), (from, to) => minutes(Math.abs(from - to)))
  return { technicians, stops, travel, travelPrice: 100, now: null, ...more }
}

export const standing = (technicianId: string, start: number): Pick<PlanStop, 'pinned'> => ({ pinned: { technicianId, start } })

export interface CityDay extends Problem {
  /** Where its places are: homes first, then visits. */
  readonly places: readonly Coordinates[]
}

/** Kilometres east and north of the city's corner, in millionths of a degree. */
const inTheCity = ({ x, y }: { readonly x: number; readonly y: number }): Coordinates => ({ latitude: Math.round(44_700_000 + y * 8993), longitude: Math.round(-93_600_000 + x * 12_700) })

/** A day of an office in a city: homes, five skills, arrival windows of two and four hours, lunch, emergencies among tune-ups. */
export function cityDay({ technicians, stops, seed, lunches = false }: { readonly technicians: number; readonly stops: number; readonly seed: number; readonly lunches?: boolean }): CityDay {
  const random = randomFrom(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[random.below(items.length)] as Item
  const centres = Array.from({ length: 12 }, () => ({ x: random.next() * 60, y: random.next() * 60 }))
  const near = (): number => (random.next() + random.next() + random.next() - 1.5) * 8
  const place = (): { readonly x: number; readonly y: number } => {
    if (random.next() >= 0.6) return { x: random.next() * 60, y: random.next() * 60 }
    const centre = pick(centres)
    return { x: centre.x + near(), y: centre.y + near() }
  }
  const points = Array.from({ length: technicians + stops }, place)
  const skills = ['hvac', 'plumbing', 'electrical', 'drains', 'gas']
  const staff = Array.from({ length: technicians }, (_, index): PlanTechnician => {
    const from = pick([at(7), at(7, 30), at(8), at(8), at(9)])
    const known = skills.map((skill) => ({ skill, key: random.next() })).toSorted((left, right) => left.key - right.key)
    return technician(`technician${index}`, {
      skills: known.slice(0, 2 + random.below(3)).map(({ skill }) => skill),
      shift: { from, to: from + at(9) },
      startPlace: index,
      endPlace: index,
      blocks: lunches ? [lunch()] : [],
    })
  })
  const work = Array.from({ length: stops }, (_, index): PlanStop => {
    const kind = random.next()
    const from = kind < 0.4 ? pick([at(8), at(10), at(12), at(14)]) : pick([at(8), at(12), at(13)])
    const window = kind < 0.8 ? between(from, from + (kind < 0.4 ? at(2) : at(4))) : between(at(7), at(17))
    return stop(`visit${index}`, technicians + index, { seconds: minutes(pick([20, 30, 30, 45, 45, 60, 90])), windows: [window], skills: [pick(skills)], dropPrice: 100_000_000 })
  })
  const places = points.map(inTheCity)
  return { technicians: staff, stops: work, travel: straightLine().now(places), travelPrice: 60, now: null, places }
}
