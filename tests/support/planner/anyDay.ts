import fc from 'fast-check'
import type { PlanBlock, PlanStop, PlanTechnician, PlanWindow, Problem } from '../../../src/shared/planner/problem.ts'
import { matrixOf } from '../../../src/shared/planner/travel.ts'

/** Days as no office has them, but could: everything the planner knows, small and in odd mixtures. */

const HOUR = 3600
const skill = fc.constantFrom('hvac', 'plumbing', 'gas')
const price = fc.constantFrom(0, 100, 2500, 20_000)
const time = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: from * 4, max: to * 4 }).map((quarter) => quarter * 900)
const duration = fc.constantFrom(0, 900, 1800, 3600, 7200, 30 * HOUR)
const shortDuration = fc.constantFrom(0, 900, 1800, 3600, 5400)

const place = (places: number): fc.Arbitrary<number> => fc.nat(places - 1)

function aBlock(places: number): fc.Arbitrary<Omit<PlanBlock, 'id'>> {
  return fc
    .record({ earliest: time(6, 18), room: fc.constantFrom(0, 0, 3600, 7200), seconds: fc.constantFrom(0, 900, 1800, 3600), place: fc.option(place(places), { freq: 1 }), skipPrice: fc.constantFrom(500, 100_000_000) })
    .map(({ room, ...block }) => ({ ...block, latest: block.earliest + room }))
}

function aTechnician(places: number): fc.Arbitrary<Omit<PlanTechnician, 'id'>> {
  return fc.record({
    skills: fc.uniqueArray(skill, { maxLength: 3 }),
    shift: fc.record({ from: time(5, 10), length: fc.constantFrom(0, 4, 8, 10, 20) }).map(({ from, length }) => ({ from, to: from + length * HOUR })),
    overtime: fc.constantFrom(0, 0, 1, 3),
    startPlace: fc.option(place(places)),
    endPlace: fc.option(place(places)),
    blocks: fc.array(aBlock(places), { maxLength: 2 }).map((blocks) => blocks.map((block, index): PlanBlock => ({ ...block, id: `block${index}` }))),
    capacity: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 1 }),
  }).map(({ overtime, ...technician }) => ({ ...technician, overtime: overtime === 0 ? null : { until: technician.shift.to + overtime * HOUR, price: 100 } }))
}

const aWindow: fc.Arbitrary<PlanWindow> = fc
  .record({ from: time(6, 18), length: fc.constantFrom(0, 1, 2, 4, 10), price, late: fc.constantFrom(0, 0, 1, 4) })
  .map(({ from, length, price: cents, late }) => ({ from, to: from + length * HOUR, price: cents, late: late === 0 ? null : { until: from + (length + late) * HOUR, price: 200 } }))

const whoever = fc.constantFrom('technician0', 'technician1', 'technician2', 'left')

function aStop(places: number): fc.Arbitrary<Omit<PlanStop, 'id'>> {
  return fc.record({
    place: place(places),
    seconds: fc.oneof({ weight: 9, arbitrary: shortDuration }, { weight: 1, arbitrary: duration }),
    skills: fc.uniqueArray(skill, { maxLength: 1 }),
    windows: fc.array(aWindow, { minLength: 1, maxLength: 3 }),
    load: fc.nat(2),
    dropPrice: fc.constantFrom(3000, 50_000, 5_000_000),
    technicianPrices: fc.dictionary(whoever, fc.constantFrom(-500, 700, 9000, Number.POSITIVE_INFINITY), { maxKeys: 2, noNullPrototype: true }),
    pinned: fc.oneof(
      { weight: 5, arbitrary: fc.constant({ technicianId: null, start: null }) },
      { weight: 2, arbitrary: fc.record({ technicianId: fc.option(whoever, { freq: 3 }), start: fc.option(time(5, 20), { freq: 2 }) }) },
    ),
    promised: fc.option(
      fc.record({
        window: fc.option(fc.record({ from: time(6, 16), length: fc.constantFrom(1, 2), price }).map(({ from, length, price: cents }) => ({ from, to: from + length * HOUR, price: cents }))),
        technician: fc.option(fc.record({ id: whoever, price })),
      }),
      { freq: 1 },
    ),
  })
}

const ids = <Item>(items: readonly Item[], prefix: string): (Item & { readonly id: string })[] => items.map((item, index) => ({ ...item, id: `${prefix}${index}` }))

export interface DaySize {
  readonly technicians: number
  readonly stops: number
}

/** Any problem up to a size; `now` is null or in the middle of the day. */
export function anyDay({ technicians, stops }: DaySize): fc.Arbitrary<Problem> {
  return fc.array(fc.record({ x: fc.integer({ min: 0, max: 3600 }), y: fc.integer({ min: 0, max: 3600 }) }), { minLength: 1, maxLength: 8 }).chain((points) =>
    fc.record({
      technicians: fc.array(aTechnician(points.length), { maxLength: technicians }).map((items) => ids(items, 'technician')),
      stops: fc.array(aStop(points.length), { maxLength: stops }).map((items) => ids(items, 'stop')),
      travel: fc.constant(matrixOf(points, (from, to) => Math.abs(from.x - to.x) + Math.abs(from.y - to.y))),
      travelPrice: fc.constantFrom(60, 100),
      now: fc.option(time(7, 15), { freq: 1 }),
    }),
  )
}
