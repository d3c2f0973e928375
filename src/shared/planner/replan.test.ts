import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDay } from '../../../tests/support/planner/anyDay.ts'
import { at, between, cityDay, minutes, office, standing, stop, technician } from '../../../tests/support/planner/planOffice.ts'
import { checkPlan } from './checker.ts'
import type { Disruption } from './disruption.ts'
import type { Plan, PlanEntry } from './plan.ts'
import { isFixedStop, type Problem } from './problem.ts'
import { MOST_MOVED, type Proposal, replan, REPLAN_PRICES } from './replan.ts'
import { solve } from './solve.ts'

const iterations = (count: number) => ({ kind: 'iterations', count }) as const
const planOf = (problem: Problem): Plan => solve(problem, { seed: 1, budget: iterations(60) })

function mended(problem: Problem, plan: Plan, disruptions: readonly Disruption[], count = 80): Proposal {
  const proposal = replan({ problem, plan, disruptions, budget: iterations(count), seed: 1, mostMoved: MOST_MOVED, ...REPLAN_PRICES })
  expect(checkPlan(proposal.problem, proposal.plan).faults).toEqual([])
  return proposal
}

/** A plan as somebody without any idea of driving makes it. */
function byHand(problem: Problem, seats: readonly { readonly who: number; readonly start: number }[]): Plan {
  const routes = problem.technicians.map(({ id }, index) => {
    const entries = problem.stops.flatMap((each, position): PlanEntry[] => {
      const seat = seats[position % seats.length] ?? { who: 0, start: 0 }
      const startsAt = each.pinned.start ?? seat.start
      const isHere = each.pinned.technicianId === null ? seat.who % (problem.technicians.length + 1) === index : each.pinned.technicianId === id
      return isHere ? [{ kind: 'stop', id: each.id, startsAt, endsAt: startsAt + each.seconds, travelSeconds: 0 }] : []
    })
    return { technicianId: id, entries: entries.toSorted((left, right) => left.startsAt - right.startsAt), homeSeconds: 0, endsAt: 0 }
  })
  const planned = new Set(routes.flatMap(({ entries }) => entries.map(({ id }) => id)))
  const nothing = { travelSeconds: 0, overtimeSeconds: 0, lateSeconds: 0, travel: 0, overtime: 0, late: 0, windows: 0, technicians: 0, dropped: 0, skippedBlocks: 0, total: 0 }
  return { routes, dropped: problem.stops.map(({ id }) => id).filter((id) => !planned.has(id)), skippedBlocks: [], cost: nothing }
}

describe('a day re-planned', () => {
  const size = { technicians: 4, stops: 12 }

  it('moves nothing where nothing has happened', () => {
    fc.assert(
      fc.property(anyDay(size), (problem) => {
        expect(mended(problem, planOf(problem), []).moves).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('moves nothing of a plan made by hand either, however it collides', () => {
    const seats = fc.array(fc.record({ who: fc.nat(4), start: fc.integer({ min: 24, max: 72 }).map((quarter) => quarter * 900) }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(anyDay(size), seats, (problem, chosen) => {
        expect(mended(problem, byHand(problem, chosen), []).moves).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  const anyDisruption = fc.oneof(
    fc.record({ kind: fc.constant('sick' as const), technicianId: fc.constantFrom('technician0', 'technician1'), from: fc.constantFrom(at(6), at(10), at(13)), until: fc.constantFrom(null, at(14)) }),
    fc.constant({ kind: 'emergency' as const, stop: stop('flood', 0, { skills: ['plumbing'], windows: [between(at(9), at(14))], dropPrice: 90_000 }) }),
    fc.record({ kind: fc.constant('overrun' as const), stopId: fc.constantFrom('stop0', 'stop1', 'stop2'), endsAt: fc.constantFrom(at(12), at(16)) }),
  )

  it('can be carried out, lists every difference once, and lets no more change hands than asked', () => {
    fc.assert(
      fc.property(anyDay(size), fc.array(anyDisruption, { minLength: 1, maxLength: 2 }), (problem, disruptions) => {
        const plan = planOf(problem)
        const { moves, ...proposal } = mended(problem, plan, disruptions.slice(0, disruptions.filter(({ kind }) => kind === 'emergency').length > 1 ? 1 : 2))
        const seats = ({ routes }: Plan): Map<string, string> => new Map(routes.flatMap(({ technicianId, entries }) => entries.filter(({ kind }) => kind === 'stop').map(({ id, startsAt }) => [id, `${technicianId} ${startsAt}`])))
        const [was, is] = [seats(plan), seats(proposal.plan)]
        const different = proposal.problem.stops.map(({ id }) => id).filter((id) => was.get(id) !== is.get(id))
        expect(moves.map(({ stopId }) => stopId).toSorted()).toEqual(different.toSorted())
        expect(moves.filter(({ isHit, kind }) => !isHit && (kind === 'given' || kind === 'dropped')).length).toBeLessThanOrEqual(MOST_MOVED)
      }),
      { numRuns: 300 },
    )
  })

  it('moves nothing locked but what was hit, and says of that that it was locked', () => {
    fc.assert(
      fc.property(anyDay(size), anyDisruption, (problem, disruption) => {
        const { moves } = mended(problem, planOf(problem), [disruption])
        const locked = new Set(problem.stops.filter(isFixedStop).map(({ id }) => id))
        for (const move of moves.filter(({ stopId, before }) => locked.has(stopId) && before !== null)) expect(move).toMatchObject({ isHit: true, wasLocked: true })
        for (const move of moves) if (move.wasLocked && move.after !== null) expect(move.call).toContain('locked')
      }),
      { numRuns: 300 },
    )
  })

  it('is the same for the same seed', () => {
    const problem = cityDay({ technicians: 8, stops: 40, seed: 3, lunches: true })
    const plan = planOf(problem)
    const sick = [{ kind: 'sick', technicianId: 'technician2', from: 0, until: null }] as const
    expect(mended(problem, plan, sick)).toEqual(mended(problem, plan, sick))
  })
})

describe('after a technician falls sick', () => {
  const visits = [stop('morning', 10, { windows: [between(at(9), at(11))] }), stop('noon', 10, { windows: [between(at(12), at(14))] })]
  const problem = office([technician('Ana', { startPlace: 9 }), technician('Ben', { startPlace: 30 })], visits)
  const plan = byHand(problem, [{ who: 0, start: at(9) }, { who: 0, start: at(12) }])

  it('gives what is left of the day to others and says who is told, and that no customer need be called', () => {
    const { moves, technicians } = mended({ ...problem, now: at(11) }, plan, [{ kind: 'sick', technicianId: 'Ana', from: at(11), until: null }])
    expect(moves).toMatchObject([{ stopId: 'noon', kind: 'given', isHit: true, before: { technicianId: 'Ana', startsAt: at(12) }, after: { technicianId: 'Ben', startsAt: at(12) }, call: [], tell: ['Ana', 'Ben'], needs: [] }])
    expect(technicians.map(({ technicianId }) => technicianId)).toContain('Ben')
  })

  it('offers another time where nobody can keep the window, and says that the customer has to be called', () => {
    const busy = stop('busy', 30, { ...standing('Ben', at(11)), seconds: minutes(240) })
    const crowded = { ...problem, stops: [...visits, busy], now: at(11) }
    const { moves } = mended(crowded, byHand(crowded, [{ who: 0, start: at(9) }, { who: 0, start: at(12) }, { who: 1, start: at(11) }]), [{ kind: 'sick', technicianId: 'Ana', from: at(11), until: null }])
    expect(moves).toMatchObject([{ stopId: 'noon', kind: 'given', call: ['window'], after: { technicianId: 'Ben' } }])
    expect(moves[0]?.after?.startsAt).toBeGreaterThanOrEqual(at(15))
  })

  it('leaves the visit to a person where nobody can come', () => {
    const alone = office([technician('Ana')], visits, { now: at(11) })
    const { moves } = mended(alone, byHand(alone, [{ who: 0, start: at(9) }, { who: 0, start: at(12) }]), [{ kind: 'sick', technicianId: 'Ana', from: at(11), until: null }])
    expect(moves).toMatchObject([{ stopId: 'noon', kind: 'dropped', after: null, call: ['dropped'] }])
  })

  it('unlocks what was locked only to keep it from being lost, and says so', () => {
    const locked = office([technician('Ana'), technician('Ben')], [stop('locked', 10, standing('Ana', at(13)))], { now: at(11) })
    const { moves } = mended(locked, planOf(locked), [{ kind: 'sick', technicianId: 'Ana', from: at(11), until: null }])
    expect(moves).toMatchObject([{ stopId: 'locked', kind: 'given', wasLocked: true, call: ['technician', 'locked'] }])
  })

  it('lets them come back', () => {
    const { moves } = mended({ ...problem, now: at(11) }, plan, [{ kind: 'sick', technicianId: 'Ana', from: at(11), until: at(11, 30) }])
    expect(moves).toEqual([])
  })
})

describe('after an emergency and an overrun', () => {
  it('makes room for the emergency and says which move it needs', () => {
    const flood = stop('flood', 0, { windows: [between(at(8), at(8, 30))], skills: ['plumbing'], dropPrice: 1_000_000 })
    const problem = office([technician('Ana'), technician('Ben', { skills: ['hvac'], startPlace: 5, endPlace: 5 })], [stop('tune-up', 0, { windows: [between(at(8), at(8, 30))] })])
    const plan = byHand(problem, [{ who: 0, start: at(8) }])
    const { moves } = mended(problem, plan, [{ kind: 'emergency', stop: flood }])
    expect(moves).toMatchObject([
      { stopId: 'flood', kind: 'placed', isHit: true, after: { technicianId: 'Ana' }, call: ['arrival'], needs: ['tune-up'] },
      { stopId: 'tune-up', kind: 'given', isHit: false, after: { technicianId: 'Ben' }, call: [] },
    ])
  })

  it('passes on what can no longer be reached in time, and lets the rest follow later', () => {
    const stops = [stop('long', 0, { windows: [between(at(8), at(9))] }), stop('soon', 0, { windows: [between(at(9), at(10))] }), stop('whenever', 0)]
    const problem = office([technician('Ana'), technician('Ben', { startPlace: 20, endPlace: 20 })], stops, { now: at(8, 30) })
    const plan = byHand(problem, [{ who: 0, start: at(8) }, { who: 0, start: at(9) }, { who: 0, start: at(10) }])
    const { moves } = mended(problem, plan, [{ kind: 'overrun', stopId: 'long', endsAt: at(11) }])
    expect(moves).toMatchObject([
      { stopId: 'soon', kind: 'given', call: [], after: { technicianId: 'Ben' } },
      { stopId: 'whenever', kind: 'retimed', call: [], after: { technicianId: 'Ana', startsAt: at(11) } },
    ])
  })

  it('leaves who is on the way on the way', () => {
    const stops = [stop('begun', 30, { windows: [between(at(8), at(12))] })]
    const problem = office([technician('Ana'), technician('Ben', { startPlace: 30 })], stops, { now: at(8, 20) })
    const plan: Plan = { ...planOf({ ...problem, technicians: [technician('Ana')], now: null }) }
    const { moves } = mended(problem, plan, [{ kind: 'emergency', stop: stop('flood', 60, { windows: [between(at(8), at(10))] }) }])
    expect(moves.map(({ stopId }) => stopId)).toEqual(['flood'])
  })
})
