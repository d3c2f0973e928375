import { describe, expect, it } from 'vitest'
import { at, between, lunch, minutes, office, standing, stop, technician } from '../../../tests/support/planner/planOffice.ts'
import { checkPlan } from './checker.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { solve } from './solve.ts'

function planned(problem: Problem): Plan {
  const plan = solve(problem, { seed: 1, budget: { kind: 'iterations', count: 300 } })
  expect(checkPlan(problem, plan).faults).toEqual([])
  return plan
}

const routeOf = (plan: Plan, id: string): readonly string[] => plan.routes.find(({ technicianId }) => technicianId === id)?.entries.map((entry) => entry.id) ?? []
const entryOf = (plan: Plan, id: string) => plan.routes.flatMap(({ entries }) => entries).find((entry) => entry.id === id)

describe('a day planned', () => {
  it('drives down the road once', () => {
    const plan = planned(office([technician('Ana')], [stop('far', 60), stop('near', 20), stop('middle', 40)]))
    expect(plan.cost.travelSeconds).toBe(minutes(120))
    expect(plan.dropped).toEqual([])
  })

  it('sends who has the skill, and nobody where nobody has it', () => {
    const plan = planned(office([technician('Ana', { skills: [] }), technician('Ben', { skills: ['gas'] })], [stop('boiler', 10, { skills: ['gas'] }), stop('pool', 10, { skills: ['diving'] })]))
    expect(routeOf(plan, 'Ben')).toEqual(['boiler'])
    expect(plan.dropped).toEqual(['pool'])
  })

  it('drops what is worth less than the drive to it', () => {
    const plan = planned(office([technician('Ana')], [stop('cheap', 60, { dropPrice: 11_000 }), stop('dear', 60, { dropPrice: 13_000, windows: [between(at(14), at(15))] })]))
    expect(plan.dropped).toEqual([])
    const alone = planned(office([technician('Ana')], [stop('cheap', 60, { dropPrice: 11_000 })]))
    expect(alone.dropped).toEqual(['cheap'])
    expect(alone.cost.total).toBe(11_000)
  })

  it('does the emergency and drops the tune-up where there is time for one', () => {
    const window = [between(at(16), at(16))]
    const plan = planned(office([technician('Ana')], [stop('tune-up', 0, { windows: window, dropPrice: 5000 }), stop('emergency', 0, { windows: window, dropPrice: 500_000 })]))
    expect(routeOf(plan, 'Ana')).toEqual(['emergency'])
    expect(plan.dropped).toEqual(['tune-up'])
  })

  it('lays lunch between visits, within its window, and takes no drive for it', () => {
    const stops = [stop('first', 10, { windows: [between(at(9), at(9))], seconds: at(3) }), stop('second', 20, { windows: [between(at(13), at(13))] })]
    const plan = planned(office([technician('Ana', { blocks: [lunch()] })], stops))
    expect(routeOf(plan, 'Ana')).toEqual(['first', 'lunch', 'second'])
    expect(entryOf(plan, 'lunch')).toMatchObject({ startsAt: at(12), endsAt: at(12, 30), travelSeconds: 0 })
    expect(plan.skippedBlocks).toEqual([])
  })

  it('says that lunch is skipped where what stands fixed leaves no room', () => {
    const plan = planned(office([technician('Ana', { blocks: [lunch()] })], [stop('all day', 0, { ...standing('Ana', at(9)), seconds: at(7) })]))
    expect(plan.skippedBlocks).toEqual([{ technicianId: 'Ana', id: 'lunch' }])
  })

  it('works around training at the office, with the drive there and back', () => {
    const training = lunch({ id: 'training', earliest: at(10), latest: at(10), seconds: minutes(60), place: 30 })
    const plan = planned(office([technician('Ana', { blocks: [training] })], [stop('early', 30, { windows: [between(at(8), at(9))], seconds: minutes(30) }), stop('late', 60)]))
    expect(routeOf(plan, 'Ana')).toEqual(['early', 'training', 'late'])
  })

  it('takes overtime where it is cheaper than dropping, and not beyond its limit', () => {
    const late = stop('late', 0, { windows: [between(at(16, 30), at(16, 30))] })
    const plan = planned(office([technician('Ana', { overtime: { until: at(18), price: 50 } })], [late]))
    expect(plan.cost.overtimeSeconds).toBe(minutes(30))
    expect(plan.cost.total).toBe(1500)
    expect(planned(office([technician('Ana', { overtime: { until: at(17, 15), price: 50 } })], [late])).dropped).toEqual(['late'])
    expect(planned(office([technician('Ana', { overtime: { until: at(18), price: 50 } })], [{ ...late, dropPrice: 1400 }])).dropped).toEqual(['late'])
  })

  it('comes late to a soft window at its price, and never to a hard one', () => {
    const busy = stop('busy', 0, { ...standing('Ana', at(8)), seconds: at(2) })
    const soft = stop('soft', 0, { windows: [{ from: at(8), to: at(9), price: 0, late: { until: at(11), price: 20 } }] })
    const plan = planned(office([technician('Ana')], [busy, soft]))
    expect(entryOf(plan, 'soft')?.startsAt).toBe(at(10))
    expect(plan.cost).toMatchObject({ lateSeconds: minutes(60), late: 1200, total: 1200 })
    expect(planned(office([technician('Ana')], [busy, stop('hard', 0, { windows: [between(at(8), at(9))] })])).dropped).toEqual(['hard'])
  })

  it('prefers the wished window and takes another at its price', () => {
    const busy = stop('busy', 0, { ...standing('Ana', at(8)), seconds: at(2) })
    const either = stop('either', 0, { windows: [between(at(8), at(9)), { ...between(at(12), at(14)), price: 700 }] })
    expect(entryOf(planned(office([technician('Ana')], [either])), 'either')?.startsAt).toBe(at(8))
    const plan = planned(office([technician('Ana')], [busy, either]))
    expect(entryOf(plan, 'either')?.startsAt).toBe(at(12))
    expect(plan.cost.windows).toBe(700)
  })

  it('keeps a promised window and technician until breaking the promise is cheaper than dropping the visit', () => {
    const promised = { window: { from: at(10), to: at(11), price: 900 }, technician: { id: 'Ana', price: 800 } }
    const visit = stop('promised', 0, { promised })
    const free = planned(office([technician('Ana', { startPlace: 3, endPlace: 3 }), technician('Ben')], [visit]))
    expect(routeOf(free, 'Ana')).toEqual(['promised'])
    expect(entryOf(free, 'promised')?.startsAt).toBe(at(10))
    const busy = stop('busy', 0, { ...standing('Ana', at(8)), seconds: at(9) })
    const given = planned(office([technician('Ana'), technician('Ben')], [visit, busy]))
    expect(routeOf(given, 'Ben')).toEqual(['promised'])
    expect(given.cost).toMatchObject({ technicians: 800, windows: 0 })
  })

  it('sends the one who is liked though another is nearer, and never the one who may not come', () => {
    const people = [technician('Ana', { startPlace: 10, endPlace: 10 }), technician('Ben')]
    expect(routeOf(planned(office(people, [stop('visit', 12, { technicianPrices: { Ben: -3000 } })])), 'Ben')).toEqual(['visit'])
    expect(planned(office([technician('Ana')], [stop('visit', 12, { technicianPrices: { Ana: Number.POSITIVE_INFINITY } })])).dropped).toEqual(['visit'])
  })

  it('does not overfill the van', () => {
    const plan = planned(office([technician('Ana', { capacity: 3 })], [stop('heater', 1, { load: 2 }), stop('other heater', 1, { load: 2 })]))
    expect(plan.dropped).toHaveLength(1)
  })

  it('leaves fixed visits that overlap where a person has put them, and plans around both', () => {
    const stops = [stop('one', 0, { ...standing('Ana', at(9)), seconds: at(2) }), stop('two', 50, standing('Ana', at(10))), stop('free', 50)]
    const plan = planned(office([technician('Ana')], stops))
    expect(entryOf(plan, 'one')?.startsAt).toBe(at(9))
    expect(entryOf(plan, 'two')?.startsAt).toBe(at(10))
    expect(entryOf(plan, 'free')?.startsAt).toBeGreaterThanOrEqual(at(11))
  })

  it('sends nobody off before now', () => {
    const plan = planned(office([technician('Ana')], [stop('visit', 20)], { now: at(12) }))
    expect(entryOf(plan, 'visit')?.startsAt).toBe(at(12, 20))
  })

  it('knows shifts over midnight', () => {
    const night = technician('Ana', { shift: { from: at(22), to: at(30) } })
    expect(entryOf(planned(office([night], [stop('leak', 10, { windows: [between(at(24), at(25))] })])), 'leak')?.startsAt).toBe(at(24))
  })

  it('has an answer for no technicians, no stops, a visit of no length and one of thirty hours', () => {
    expect(planned(office([], [stop('visit', 0)])).dropped).toEqual(['visit'])
    expect(planned(office([technician('Ana')], [])).cost.total).toBe(0)
    expect(planned(office([technician('Ana')], [stop('parcel', 5, { seconds: 0 })])).dropped).toEqual([])
    expect(planned(office([technician('Ana')], [stop('siege', 5, { seconds: at(30) })])).dropped).toEqual(['siege'])
  })

  it('leaves the work of a technician who is gone to somebody', () => {
    expect(planned(office([technician('Ana')], [stop('orphan', 0, standing('gone', at(9)))])).dropped).toEqual(['orphan'])
  })
})
