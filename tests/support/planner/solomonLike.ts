import { PLAIN_STOP, type PlanStop, type Problem } from '../../../src/shared/planner/problem.ts'
import { randomFrom } from '../../../src/shared/planner/search/random.ts'
import { matrixOf } from '../../../src/shared/planner/travel.ts'

/**
 * Days in the manner of Solomon's test instances (Solomon 1987, "Algorithms for the Vehicle Routing and Scheduling Problems with
 * Time Window Constraints"): a hundred customers in clusters (C), scattered (R) or both (RC); type 1 with short days and small
 * vans, type 2 with long days and large ones. Made anew from the published description, so that a planner tuned on a few
 * famous instances is found out. One unit of distance is one of time; both are counted in thousandths.
 */
export const SOLOMON_KINDS = ['C1', 'C2', 'R1', 'R2', 'RC1', 'RC2'] as const
export type SolomonKind = (typeof SOLOMON_KINDS)[number]

const KINDS: Readonly<Record<SolomonKind, { readonly clustered: number; readonly horizon: number; readonly capacity: number; readonly service: number }>> = {
  C1: { clustered: 1, horizon: 1236, capacity: 200, service: 90 },
  C2: { clustered: 1, horizon: 3390, capacity: 700, service: 90 },
  R1: { clustered: 0, horizon: 230, capacity: 200, service: 10 },
  R2: { clustered: 0, horizon: 1000, capacity: 1000, service: 10 },
  RC1: { clustered: 0.5, horizon: 240, capacity: 200, service: 10 },
  RC2: { clustered: 0.5, horizon: 960, capacity: 1000, service: 10 },
}

export interface SolomonShape {
  readonly kind: SolomonKind
  /** The share of customers with a window of their own. */
  readonly withWindow: number
  /** A window's width in shares of the day. */
  readonly width: number
  readonly customers?: number
  readonly vans?: number
  readonly seed: number
}

const SCALE = 1000
/** Nothing is left out: a hundred thousand times a drive across the map. */
const NEVER = 1e9

interface Point {
  readonly x: number
  readonly y: number
}

const distance = (from: Point, to: Point): number => Math.hypot(from.x - to.x, from.y - to.y)

export function solomonLike({ kind, withWindow, width, customers = 100, vans = 25, seed }: SolomonShape): Problem {
  const { clustered, horizon, capacity, service } = KINDS[kind]
  const random = randomFrom(seed)
  const depot: Point = { x: 40, y: 50 }
  const centres = Array.from({ length: 10 }, (): Point => ({ x: 10 + random.next() * 80, y: 10 + random.next() * 80 }))
  const near = (): number => (random.next() + random.next() + random.next() - 1.5) * 6
  const points = Array.from({ length: customers }, (_, index): Point => {
    const centre = centres[index % centres.length]
    return index < clustered * customers && centre ? { x: centre.x + near(), y: centre.y + near() } : { x: random.next() * 100, y: random.next() * 100 }
  })
  const stops = points.map((point, index): PlanStop => {
    const out = distance(depot, point)
    const [earliest, latest] = [out, horizon - out - service]
    const half = ((0.5 + random.next()) * width * horizon) / 2
    const middle = earliest + random.next() * Math.max(0, latest - earliest)
    const own = random.next() < withWindow
    const from = own ? Math.max(0, middle - half) : 0
    const to = own ? Math.min(latest, middle + half) : latest
    return {
      ...PLAIN_STOP,
      id: `customer${index + 1}`,
      place: index + 1,
      seconds: service * SCALE,
      windows: [{ from: Math.floor(from * SCALE), to: Math.floor(Math.max(from, to) * SCALE), price: 0, late: null }],
      load: clustered === 1 ? 10 * (1 + random.below(4)) : 1 + random.below(30),
      dropPrice: NEVER,
    }
  })
  return {
    now: null,
    travelPrice: 60,
    travel: matrixOf([depot, ...points], (from, to) => distance(from, to) * SCALE),
    stops,
    technicians: Array.from({ length: vans }, (_, index) => ({ id: `van${index + 1}`, skills: [], shift: { from: 0, to: horizon * SCALE }, overtime: null, startPlace: 0, endPlace: 0, blocks: [], capacity })),
  }
}
