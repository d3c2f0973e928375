import type { DayFacts, DayVisit } from '../../../src/main/services/dispatch/planning/dayFacts.ts'
import { WindowDays } from '../../../src/main/services/dispatch/planning/offeredWindows.ts'
import { addDays, DAY } from '../../../src/shared/base/time.ts'
import type { Plan } from '../../../src/shared/planner/plan.ts'
import { prepareDay, SLOT_PRICES, suggestSlots } from '../../../src/shared/planner/slots.ts'
import { solve } from '../../../src/shared/planner/solve.ts'
import { straightSeconds } from '../../../src/shared/planner/travel.ts'
import { at, type CityDay, cityDay, minutes } from '../../support/planner/planOffice.ts'
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
  yield* benchWindows(problems, plans, callers)
}

const ZERO = Date.UTC(2026, 6, 14)
const dayName = (index: number): string => addDays('2026-07-14', index)

/** A planned day of the city as Baton's rows tell it; one visit in eight waits without a technician. */
function factsOf(problem: CityDay, plan: Plan, index: number): DayFacts {
  const startsAt = ZERO + index * DAY
  const seats = new Map(plan.routes.flatMap(({ technicianId, entries }) => entries.filter(({ kind }) => kind === 'stop').map((entry) => [entry.id, { technicianId, ...entry }] as const)))
  return {
    day: dayName(index),
    startsAt,
    endsAt: startsAt + DAY,
    now: ZERO,
    speed: 45,
    technicians: problem.technicians.map(({ id, skills, shift }, nth) => ({
      id,
      name: id,
      unitId: 'unit',
      active: true,
      skills,
      home: problem.places[nth] ?? null,
      shifts: [{ startsAt: startsAt + shift.from * 1000, endsAt: startsAt + shift.to * 1000 }],
      blocks: [{ startsAt: startsAt + at(12) * 1000, endsAt: startsAt + at(12, 30) * 1000 }],
      onCall: [],
    })),
    visits: problem.stops.map(({ id, place, seconds, skills, windows: [window] }, nth): DayVisit => {
      const seat = nth % 8 === 0 ? undefined : seats.get(id)
      return {
        id: `${id} of ${index}`,
        version: 1,
        state: 'scheduled',
        customerId: id,
        locationId: id,
        businessUnitId: 'unit',
        technicianId: seat?.technicianId ?? null,
        startsAt: seat ? startsAt + seat.startsAt * 1000 : null,
        endsAt: seat ? startsAt + seat.endsAt * 1000 : null,
        windowStartsAt: startsAt + (window?.from ?? 0) * 1000,
        windowEndsAt: startsAt + (window?.to ?? at(17)) * 1000,
        durationMinutes: seconds / 60,
        promisedTechnicianId: null,
        promisedAt: null,
        invoiced: false,
        crewIds: [],
  askedForId: null,
  notWantedIds: [],
        name: id,
        skills,
        rank: 3,
        place: problem.places[place] ?? null,
      }
    }),
  }
}

/** What the booking screen is answered with, in the planner's thread: both answers to every window, with their words. */
function* benchWindows(problems: readonly CityDay[], plans: readonly Plan[], callers: CityDay): Generator<Figure> {
  const facts = problems.map((problem, index) => factsOf(problem, plans[index]!, index))
  const days = new WindowDays()
  for (const each of facts) days.learn(each)
  const slots = facts.flatMap(({ day, startsAt }) => [8, 10, 12, 14, 16].map((hour) => ({ day, of: day, zone: 'UTC', start: hour * 60, end: hour * 60 + 120, startsAt: startsAt + at(hour) * 1000, endsAt: startsAt + at(hour + 2) * 1000 })))
  const took: number[] = []
  const learned: number[] = []
  let offered = 0
  callers.stops.forEach(({ skills, seconds }, caller) => {
    const from = performance.now()
    const answer = days.answer({ slots, gapsOf: dayName(0), durationMinutes: Math.max(20, seconds / 60), skills, unitId: 'unit', place: callers.places[caller]!, now: ZERO, technicianId: null, preferences: { technician3: { known: 'place', wish: null } }, unitNames: { unit: 'HVAC' }, inFull: 3 })
    took.push(performance.now() - from)
    offered += Number((answer?.windows.slice(0, 3) ?? []).filter(({ available }) => available).length === 3)
    // Somebody books meanwhile: one of the days is laid out again.
    const again = performance.now()
    days.learn(facts[caller % DAYS]!)
    learned.push(performance.now() - again)
  })
  yield figure('plan', `windows as the booking screen is answered, ${DAYS} days × 50 technicians (p95)`, quantile(took, 0.95), 'ms', { target: 50, n: QUESTIONS })
  yield figure('plan', 'windows as the booking screen is answered (median)', quantile(took, 0.5), 'ms', { n: QUESTIONS })
  yield figure('plan', 'laying out a day that has changed (p95)', quantile(learned, 0.95), 'ms', { n: QUESTIONS })
  yield figure('plan', 'callers offered three windows that can be claimed', offered, '', { n: QUESTIONS })
}
