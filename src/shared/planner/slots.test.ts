import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDay } from '../../../tests/support/planner/anyDay.ts'
import { at, between, lunch, minutes, office, standing, stop, technician } from '../../../tests/support/planner/planOffice.ts'
import { checkPlan } from './checker.ts'
import type { Plan } from './plan.ts'
import type { PlanTechnician, Problem } from './problem.ts'
import { prepareDay, type PreparedDay, SLOT_PRICES, type SlotAnswer, type SlotQuestion, suggestSlots } from './slots.ts'
import { solve } from './solve.ts'

const planOf = (problem: Problem): Plan => solve(problem, { seed: 1, budget: { kind: 'iterations', count: 60 } })

/** The new visit is at a place that the days know already, which is as good as one they don't. */
const travelTo =
  (place: number) =>
  ({ problem: { travel } }: PreparedDay) => {
    const times = (time: (other: number) => number): number[] => Array.from({ length: travel.places }, (_, other) => time(other))
    return { to: times((other) => travel.seconds[other * travel.places + place] ?? 0), from: times((other) => travel.seconds[place * travel.places + other] ?? 0) }
  }

const question = (days: readonly PreparedDay[], more: Partial<SlotQuestion> = {}): SlotQuestion => ({
  days,
  windows: days.flatMap(({ key }) => [8, 10, 13, 15].map((hour) => ({ key, from: at(hour), to: at(hour + 2) }))),
  seconds: minutes(60),
  skills: ['hvac'],
  load: 0,
  technicianPrices: {},
  technicianId: null,
  travel: travelTo(30),
  prices: SLOT_PRICES,
  best: 3,
  ...more,
})

function prepared(key: string, technicians: readonly PlanTechnician[], stops: Problem['stops'] = []): PreparedDay {
  const problem = office(technicians, stops)
  return prepareDay(key, problem, planOf(problem), { others: 'stand' })
}

const whyNot = ({ whyNot: reasons }: SlotAnswer, id: string) => reasons.find(({ technicianId }) => technicianId === id)?.obstacle

describe('the windows suggested', () => {
  const twoDays = [prepared('monday', [technician('Ana'), technician('Ben', { startPlace: 30, endPlace: 30 })]), prepared('tuesday', [technician('Ana')])]

  it('are three, the soonest with the shortest drive first, with who and what speaks for it', () => {
    const { best, others } = suggestSlots(question(twoDays))
    expect(best).toHaveLength(3)
    expect(others).toHaveLength(5)
    expect(best[0]?.slot.key).toBe('monday')
    expect(best[0]?.fits[0]).toMatchObject({ technicianId: 'Ben', addedTravelSeconds: 0, visits: 0, fullness: 0 })
    expect(best[0]?.fits[1]).toMatchObject({ technicianId: 'Ana', addedTravelSeconds: minutes(60) })
  })

  it('prefer the hours after a visit that is near to empty ones far off', () => {
    const near = prepared('monday', [technician('Ana')], [stop('here', 0, { ...standing('Ana', at(10)), seconds: at(2) }), stop('neighbour', 30, standing('Ana', at(13)))])
    const { best } = suggestSlots(question([near]))
    expect(best.map(({ slot, fits }) => [slot.from, fits[0]?.addedTravelSeconds])).toEqual([
      [at(13), 0],
      [at(15), 0],
      [at(8), minutes(60)],
    ])
  })

  it('follow the customer\u2019s preference and the price of waiting', () => {
    const liked = suggestSlots(question(twoDays, { technicianPrices: { Ana: -20_000 } }))
    expect(liked.best[0]?.fits[0]?.technicianId).toBe('Ana')
    const patient = suggestSlots(question([prepared('monday', [technician('Ana')]), prepared('tuesday', [technician('Ana', { startPlace: 30, endPlace: 30 })])], { prices: { ...SLOT_PRICES, perDay: 0 } }))
    expect(patient.best[0]?.slot.key).toBe('tuesday')
  })

  it('say why the others can\u2019t come', () => {
    const people = [
      technician('able'),
      technician('unskilled', { skills: [] }),
      technician('unwanted'),
      technician('late', { shift: { from: at(12), to: at(17) } }),
      technician('busy'),
      technician('far', { startPlace: 120, endPlace: 120, shift: { from: at(8), to: at(10, 30) } }),
      technician('laden', { capacity: 0 }),
    ]
    const day = prepared('monday', people, [stop('long', 0, { ...standing('busy', at(8)), seconds: at(5) })])
    const { best } = suggestSlots({ ...question([day], { technicianPrices: { unwanted: Number.POSITIVE_INFINITY }, load: 1 }), windows: [{ key: 'monday', from: at(8), to: at(10) }], best: 1 })
    const [answer] = best
    if (!answer) throw new Error('No answer.')
    expect(answer.fits.map(({ technicianId }) => technicianId)).toEqual(['able'])
    expect(whyNot(answer, 'unskilled')).toEqual({ kind: 'skill', missing: ['hvac'] })
    expect(whyNot(answer, 'unwanted')).toEqual({ kind: 'never' })
    expect(whyNot(answer, 'late')).toEqual({ kind: 'off' })
    expect(whyNot(answer, 'busy')).toEqual({ kind: 'full', until: at(13, 30) })
    expect(whyNot(answer, 'laden')).toEqual({ kind: 'load' })
    expect(whyNot(answer, 'far')).toEqual({ kind: 'travel', short: minutes(90) })
  })

  it('leave lunch where it can be', () => {
    const day = prepared('monday', [technician('Ana', { startPlace: 30, endPlace: 30, shift: { from: at(11), to: at(13, 30) }, blocks: [lunch({ earliest: at(11), latest: at(13) })] })])
    const { best } = suggestSlots(question([day], { seconds: minutes(120), windows: [{ key: 'monday', from: at(11), to: at(13) }] }))
    expect(best[0]?.fits).toHaveLength(1)
    expect(suggestSlots(question([day], { seconds: minutes(121), windows: [{ key: 'monday', from: at(11), to: at(13) }] })).best[0]?.fits).toEqual([])
  })

  it('are full last, and none for days nobody prepared', () => {
    const none = suggestSlots(question([prepared('monday', [])]))
    expect(none.best.map(({ price, fullness }) => [price, fullness])).toEqual([[null, 100], [null, 100], [null, 100]])
    expect(suggestSlots(question([], { windows: [{ key: 'monday', from: at(8), to: at(10) }] }))).toEqual({ best: [], others: [] })
  })
})

describe('every window suggested', () => {
  const asked = fc.record({ place: fc.constant(0), seconds: fc.constantFrom(0, 1800, 5400), load: fc.nat(1), skill: fc.constantFrom('hvac', 'gas') })

  it('can be booked as it is: the day with the visit there stands before the checker', () => {
    fc.assert(
      fc.property(anyDay({ technicians: 3, stops: 8 }), asked, ({ ...problem }, { place, seconds, load, skill }) => {
        const plan = planOf(problem)
        const day = prepareDay('monday', problem, plan, { others: 'stand' })
        const { best, others } = suggestSlots(question([day], { seconds, load, skills: [skill], travel: travelTo(place) }))
        for (const { slot, fits } of [...best, ...others]) {
          for (const fit of fits) {
            expect(fit.startsAt).toBeGreaterThanOrEqual(slot.from)
            expect(fit.startsAt).toBeLessThanOrEqual(slot.to)
            const booked = { ...stop('new', place, { seconds, load, skills: [skill], windows: [between(fit.startsAt, fit.startsAt)], dropPrice: 1e9 }), technicianPrices: only(problem, fit.technicianId) }
            const standingDay = { ...day.problem, stops: [...day.problem.stops, booked] }
            const together = planOf(standingDay)
            expect(checkPlan(standingDay, together).faults).toEqual([])
            expect(together.routes.find(({ technicianId }) => technicianId === fit.technicianId)?.entries.map(({ id }) => id)).toContain('new')
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

const only = ({ technicians }: Problem, id: string): Readonly<Record<string, number>> => Object.fromEntries(technicians.filter((each) => each.id !== id).map((each) => [each.id, Number.POSITIVE_INFINITY]))
