import { describe, expect, it } from 'vitest'
import { at, between, lunch, minutes, office, standing, stop, technician } from '../../../tests/support/planner/planOffice.ts'
import { checkPlan } from './checker.ts'
import type { Plan, PlanRoute } from './plan.ts'
import { solve } from './solve.ts'

const problem = office(
  [technician('Ana', { blocks: [lunch()], capacity: 3 }), technician('Ben', { skills: [], overtime: { until: at(18), price: 60 } })],
  [
    stop('fixed', 10, standing('Ana', at(9))),
    stop('skilled', 20, { skills: ['hvac'], windows: [between(at(10), at(16))], load: 2 }),
    stop('wished', 30, { technicianPrices: { Ana: Number.POSITIVE_INFINITY }, load: 2 }),
  ],
)
const good: Plan = solve(problem, { seed: 1, budget: { kind: 'iterations', count: 200 } })

/** The plan with one technician's route changed. */
const changed = (index: number, change: (route: PlanRoute) => PlanRoute): Plan => ({ ...good, routes: good.routes.map((route, position) => (position === index ? change(route) : route)) })
const shifted = (index: number, id: string, seconds: number): Plan =>
  changed(index, (route) => ({ ...route, entries: route.entries.map((entry) => (entry.id === id ? { ...entry, startsAt: entry.startsAt + seconds, endsAt: entry.endsAt + seconds } : entry)) }))
const faults = (plan: Plan): readonly string[] => checkPlan(problem, plan).faults.map(({ kind, id }) => `${kind} ${id}`)

describe('the checker', () => {
  it('has nothing against a good plan', () => {
    expect(faults(good)).toEqual([])
    expect(checkPlan(problem, good).cost).toEqual(good.cost)
  })

  it('sees a stop that is missing, there twice, or unknown', () => {
    const entry = good.routes[0]?.entries.find(({ id }) => id === 'skilled')
    if (!entry) throw new Error('The plan is another one.')
    expect(faults(changed(0, (route) => ({ ...route, entries: route.entries.filter(({ id }) => id !== 'skilled') })))).toContain('missing skilled')
    expect(faults({ ...good, dropped: ['skilled'] })).toContain('twice skilled')
    expect(faults({ ...good, dropped: ['nobody\u2019s'] })).toContain('unknown nobody\u2019s')
    expect(faults(changed(1, (route) => ({ ...route, entries: [...route.entries, { ...entry, id: 'ghost' }] })))).toContain('unknown ghost')
  })

  it('sees what stands fixed moved, dropped or given away', () => {
    expect(faults(shifted(0, 'fixed', 60))).toContain('pinned fixed')
    expect(faults({ ...changed(0, (route) => ({ ...route, entries: route.entries.filter(({ id }) => id !== 'fixed') })), dropped: ['fixed'] })).toContain('pinned fixed')
    const away: Plan = { ...good, routes: good.routes.map((route, index) => ({ ...route, entries: good.routes[1 - index]?.entries ?? [] })) }
    expect(faults(away)).toEqual(expect.arrayContaining(['pinned fixed', 'skill skilled', 'technician wished']))
  })

  it('sees windows, overlaps, shifts and lunches that are not kept', () => {
    expect(faults(shifted(0, 'skilled', at(8)))).toEqual(expect.arrayContaining(['window skilled', 'shift null']))
    expect(faults(shifted(0, 'skilled', -minutes(30)))).toContain('overlap skilled')
    expect(faults(shifted(0, 'lunch', at(3)))).toContain('block lunch')
    expect(faults(shifted(1, 'wished', -at(1)))).toContain('shift wished')
  })

  it('sees a van too full, work too short, and a drive that takes no time', () => {
    expect(faults(changed(0, (route) => ({ ...route, entries: [...route.entries, ...(good.routes[1]?.entries ?? [])] })))).toContain('load null')
    expect(faults(changed(0, (route) => ({ ...route, entries: route.entries.map((entry) => (entry.id === 'skilled' ? { ...entry, endsAt: entry.startsAt + 1 } : entry)) })))).toContain('length skilled')
    expect(faults(changed(0, (route) => ({ ...route, entries: route.entries.map((entry) => ({ ...entry, travelSeconds: 0 })) })))).toContain('travel fixed')
  })

  it('counts costs itself', () => {
    expect(faults({ ...good, cost: { ...good.cost, total: good.cost.total - 1 } })).toEqual(['cost null'])
  })

  it('sees who sets out before now', () => {
    const noon = { ...problem, now: at(12) }
    expect(checkPlan(noon, good).faults.map(({ kind, id }) => `${kind} ${id}`)).toContain('past wished')
  })
})
