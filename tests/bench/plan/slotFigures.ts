import { prepareDay, SLOT_PRICES, suggestSlots } from '../../../src/shared/planner/slots.ts'
import { solve } from '../../../src/shared/planner/solve.ts'
import { straightSeconds } from '../../../src/shared/planner/travel.ts'
import { at, cityDay, minutes } from '../../support/planner/planOffice.ts'
import { type Figure, figure, quantile } from '../figure.ts'

const DAYS = 14
const QUESTIONS = 200
const WINDOWS = [at(8), at(10), at(12), at(14)].map((from) => ({ from, to: from + at(2) })).concat([at(8), at(13)].map((from) => ({ from, to: from + at(4) })))

/** A caller at each of the visits' addresses of another day: 14 days of 50 technicians, six windows a day. */
export function* benchSlots(): Generator<Figure> {
  const problems = Array.from({ length: DAYS }, (_, day) => cityDay({ technicians: 50, stops: 330 - day * 15, seed: 40 + day, lunches: true }))
  const plans = problems.map((problem) => solve(problem, { seed: 1, budget: { kind: 'iterations', count: 2000 } }))
  const before = performance.now()
  const days = problems.map((problem, day) => prepareDay(String(day), problem, plans[day]!, { others: 'stand' }))
  const preparing = performance.now() - before
  const windows = days.flatMap(({ key }) => WINDOWS.map((window) => ({ key, ...window })))
  const callers = cityDay({ technicians: 0, stops: QUESTIONS, seed: 99 })
  const took: number[] = []
  let answered = 0
  callers.stops.forEach(({ skills, seconds }, caller) => {
    const address = callers.places[caller]!
    const from = performance.now()
    const { best } = suggestSlots({
      days,
      windows,
      seconds: Math.max(seconds, minutes(20)),
      skills,
      load: 0,
      technicianPrices: { technician3: -500, technician7: 800 },
      technicianId: null,
      travel: ({ key }) => {
        const times = problems[Number(key)]!.places.map((place) => straightSeconds(place, address))
        return { to: times, from: times }
      },
      prices: SLOT_PRICES,
      best: 3,
    })
    took.push(performance.now() - from)
    answered += Number(best.every(({ fits }) => fits.length > 0))
  })
  yield figure('plan', `best three windows, ${DAYS} days × 50 technicians (p95)`, quantile(took, 0.95), 'ms', { target: 50, n: QUESTIONS })
  yield figure('plan', 'best three windows (median)', quantile(took, 0.5), 'ms', { n: QUESTIONS })
  yield figure('plan', 'callers with three windows to choose from', answered, '', { n: QUESTIONS })
  yield figure('plan', 'preparing 14 days for it', preparing, 'ms')
}
