import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDay } from '../../../tests/support/planner/anyDay.ts'
import { checkPlan } from './checker.ts'
import { isFixedStop } from './problem.ts'
import { solve } from './solve.ts'

describe('a plan of any day', () => {
  const size = { technicians: 4, stops: 12 }

  it('stands before the checker', () => {
    fc.assert(
      fc.property(anyDay(size), fc.nat(), (problem, seed) => {
        const plan = solve(problem, { seed, budget: { kind: 'iterations', count: 60 } })
        expect(checkPlan(problem, plan).faults).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(anyDay(size), fc.nat(), (problem, seed) => {
        const options = { seed, budget: { kind: 'iterations', count: 40 } } as const
        expect(solve(problem, options)).toEqual(solve(problem, options))
      }),
      { numRuns: 60 },
    )
  })

  it('costs no more than the one it began with', () => {
    fc.assert(
      fc.property(anyDay(size), fc.nat(), (problem, seed) => {
        const first = solve(problem, { seed, budget: { kind: 'iterations', count: 0 } })
        const later = solve(problem, { seed, budget: { kind: 'iterations', count: 60 } })
        expect(later.cost.total).toBeLessThanOrEqual(first.cost.total + 1e-6)
      }),
      { numRuns: 100 },
    )
  })

  it('leaves what stands fixed where it stands', () => {
    fc.assert(
      fc.property(anyDay(size), fc.nat(), (problem, seed) => {
        const plan = solve(problem, { seed, budget: { kind: 'iterations', count: 40 } })
        const present = new Set(problem.technicians.map(({ id }) => id))
        for (const stop of problem.stops.filter((each) => isFixedStop(each) && present.has(each.pinned.technicianId ?? ''))) {
          const route = plan.routes.find(({ technicianId }) => technicianId === stop.pinned.technicianId)
          expect(route?.entries).toContainEqual(expect.objectContaining({ kind: 'stop', id: stop.id, startsAt: stop.pinned.start }))
        }
      }),
      { numRuns: 100 },
    )
  })
})
