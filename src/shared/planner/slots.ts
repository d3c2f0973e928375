import type { Plan } from './plan.ts'
import type { PlanStop, Problem } from './problem.ts'
import { int } from './search/cells.ts'
import { type Compiled, compile } from './search/compile.ts'
import { ordersFromPlan, withCollisionsPinned } from './search/fromPlan.ts'
import { type Gap, gapsFor, type NewPlace, softPrice } from './search/gaps.ts'
import { layWhatFits } from './search/layout.ts'
import { emptyRoutes, type Routes } from './search/routes.ts'

/**
 * Which windows to offer a caller: every gap of every technician on every day is weighed with the drive to it and from it. Pure,
 * over days that were prepared when the board changed. An answer has the shape of `WindowAnswer` (domain/dispatch/availability),
 * which ranks without driving, so that it can take its place.
 */

/** A day's routes, laid out to be asked. */
export interface PreparedDay {
  /** What the caller names the day by: its date. */
  readonly key: string
  readonly problem: Problem
  readonly day: Compiled
  readonly routes: Routes
  /** By technician: seconds of the shift that work, blocks and driving take. */
  readonly taken: readonly number[]
  /** By technician: visits of that day. */
  readonly stops: readonly number[]
}

export interface PrepareOptions {
  /** `stand`: what is planned keeps its beginning, so that an offer can be booked as it is. `shift`: it may begin at another time of its window. */
  readonly others: 'stand' | 'shift'
}

function standingStill(problem: Problem, plan: Plan): Problem {
  const at = new Map<string, PlanStop['pinned']>()
  for (const { technicianId, entries } of plan.routes) for (const { kind, id, startsAt } of entries) if (kind === 'stop') at.set(id, { technicianId, start: startsAt })
  return { ...problem, stops: problem.stops.map((stop) => ({ ...stop, pinned: at.get(stop.id) ?? stop.pinned })) }
}

/**
 * @param plan of that day. Visits that are promised without a technician belong into it too, laid on somebody by `solve`: the room
 *   they need is not offered twice.
 */
export function prepareDay(key: string, problem: Problem, plan: Plan, { others }: PrepareOptions): PreparedDay {
  const asked = others === 'stand' ? standingStill(problem, plan) : withCollisionsPinned(compile(problem), plan)
  const day = compile(asked)
  const routes = emptyRoutes(day)
  ordersFromPlan(day, plan).forEach((order, technician) => layWhatFits(day, routes, technician, order))
  const planned = new Map(plan.routes.map((route) => [route.technicianId, route]))
  const found = problem.technicians.map(({ id }) => planned.get(id))
  return {
    key,
    problem: asked,
    day,
    routes,
    taken: found.map((route) => (route?.entries ?? []).reduce((sum, { startsAt, endsAt, travelSeconds }) => sum + endsAt - startsAt + travelSeconds, route?.homeSeconds ?? 0)),
    stops: found.map((route) => (route?.entries ?? []).filter(({ kind }) => kind === 'stop').length),
  }
}

/** A window that could be offered; seconds from that day's zero. */
export interface SlotWindow {
  readonly key: string
  readonly from: number
  readonly to: number
}

export interface SlotPrices {
  /** Cents for each day the customer waits. */
  readonly perDay: number
  /** Cents that a technician's full day is dearer than an empty one: keeps room for what comes. */
  readonly fullness: number
}

export const SLOT_PRICES: SlotPrices = { perDay: 400, fullness: 1000 }

export interface SlotQuestion {
  readonly days: readonly PreparedDay[]
  readonly windows: readonly SlotWindow[]
  readonly seconds: number
  readonly skills: readonly string[]
  readonly load: number
  /** As in a stop: cents by technician, negative for the liked, Infinity for never. */
  readonly technicianPrices: Readonly<Record<string, number>>
  /** Ask for this technician alone. */
  readonly technicianId: string | null
  /** Driving seconds between the new place and a day's places, by place. */
  readonly travel: (day: PreparedDay) => { readonly to: ArrayLike<number>; readonly from: ArrayLike<number> }
  readonly prices: SlotPrices
  /** How many windows are answered in full. */
  readonly best: number
}

/** A technician who can come, with what speaks for and against it. */
export interface SlotFit {
  readonly technicianId: string
  readonly startsAt: number
  readonly addedTravelSeconds: number
  /** The drive there, from home or from the visit before. */
  readonly driveSeconds: number
  /** Cents that others become late or overtime for it. */
  readonly timePrice: number
  /** Cents: below zero for one who is liked. */
  readonly preference: number
  /** How much of the shift is taken, 0 to 100. */
  readonly fullness: number
  /** The other visits of that day. */
  readonly visits: number
  /** Cents of all that: the least comes first. */
  readonly price: number
}

export type SlotObstacle =
  | { readonly kind: 'skill'; readonly missing: readonly string[] }
  | { readonly kind: 'never' }
  | { readonly kind: 'off' }
  | { readonly kind: 'load' }
  /** There would be time, but not with the drive there and on: so many seconds too few. */
  | { readonly kind: 'travel'; readonly short: number }
  /** `until` is when it would fit later that day, or null. */
  | { readonly kind: 'full'; readonly until: number | null }

export interface SlotAnswer {
  readonly slot: SlotWindow
  /** Best first; empty where the window must not be promised. */
  readonly fits: readonly SlotFit[]
  readonly whyNot: readonly { readonly technicianId: string; readonly obstacle: SlotObstacle }[]
  /** How much of the time of the able who are on shift then is taken that day, 0 to 100; 100 where nobody is on. */
  readonly fullness: number
  readonly onShift: number
  /** Cents: the best fit's price with the days of waiting. null where nobody fits. */
  readonly price: number | null
}

/** What a technician could offer on a day, for all windows of it. */
interface Offer {
  readonly technician: number
  readonly obstacle: SlotObstacle | null
  readonly gaps: readonly Gap[]
  readonly preference: number
  readonly fullness: number
}

const withNowhere = (values: ArrayLike<number>, places: number): Int32Array => {
  const cells = new Int32Array(places)
  for (let place = 0; place < places - 1; place++) cells[place] = values[place] ?? 0
  return cells
}

const driving = (prepared: PreparedDay, question: SlotQuestion): NewPlace => {
  const { to, from } = question.travel(prepared)
  return { to: withNowhere(to, prepared.day.places), from: withNowhere(from, prepared.day.places) }
}

function ableObstacle(prepared: PreparedDay, question: SlotQuestion, index: number): SlotObstacle | null {
  const technician = prepared.problem.technicians[index]
  if (!technician) return { kind: 'off' }
  const missing = question.skills.filter((skill) => !technician.skills.includes(skill))
  if (missing.length > 0) return { kind: 'skill', missing }
  if ((question.technicianPrices[technician.id] ?? 0) === Number.POSITIVE_INFINITY) return { kind: 'never' }
  const loaded = int(prepared.routes.load, int(prepared.routes.slot, index))
  return technician.capacity !== null && loaded + question.load > technician.capacity ? { kind: 'load' } : null
}

function offersOf(prepared: PreparedDay, question: SlotQuestion, place: NewPlace): readonly Offer[] {
  return prepared.problem.technicians.flatMap(({ id, shift }, technician): Offer[] => {
    if (question.technicianId !== null && question.technicianId !== id) return []
    const obstacle = ableObstacle(prepared, question, technician)
    const gaps = obstacle === null ? gapsFor(prepared.day, prepared.routes, technician, place, question.seconds) : []
    const length = shift.to - shift.from
    const fullness = length <= 0 ? 100 : Math.min(100, Math.round((100 * (prepared.taken[technician] ?? 0)) / length))
    return [{ technician, obstacle, gaps, preference: question.technicianPrices[id] ?? 0, fullness }]
  })
}

function fitIn(prepared: PreparedDay, question: SlotQuestion, { technician, gaps, preference, fullness }: Offer, { from, to }: SlotWindow): SlotFit | null {
  let best: SlotFit | null = null
  const { now } = prepared.problem
  for (const gap of gaps) {
    const startsAt = Math.max(gap.earliest, from, now === null ? from : now + gap.drive)
    if (startsAt > gap.latest || startsAt > to) continue
    const timePrice = softPrice(prepared.day, prepared.routes, technician, gap, { start: startsAt, end: startsAt + question.seconds })
    const price = gap.addedTravel * prepared.day.travelPrice + timePrice + preference + (question.prices.fullness * fullness) / 100
    if (best !== null && best.price <= price) continue
    best = {
      technicianId: prepared.problem.technicians[technician]?.id ?? '',
      startsAt,
      addedTravelSeconds: gap.addedTravel,
      driveSeconds: gap.drive,
      timePrice,
      preference,
      fullness,
      visits: prepared.stops[technician] ?? 0,
      price,
    }
  }
  return best
}

const isOn = ({ problem }: PreparedDay, technician: number, { from, to }: SlotWindow): boolean => {
  const shift = problem.technicians[technician]?.shift
  return shift !== undefined && shift.from < to && from < shift.to
}

function obstacleIn(prepared: PreparedDay, question: SlotQuestion, offer: Offer, window: SlotWindow, nowhere: NewPlace): SlotObstacle {
  if (offer.obstacle) return offer.obstacle
  if (!isOn(prepared, offer.technician, window)) return { kind: 'off' }
  const bare = gapsFor(prepared.day, prepared.routes, offer.technician, nowhere, question.seconds)
  const { now } = prepared.problem
  const start = Math.max(window.from, now ?? window.from)
  const fits = bare.some(({ earliest, latest }) => Math.max(earliest, start) <= Math.min(latest, window.to))
  if (fits) {
    const short = Math.min(...offer.gaps.map(({ earliest, latest }) => Math.max(earliest, start) - Math.min(latest, window.to)))
    return { kind: 'travel', short: Number.isFinite(short) ? short : question.seconds }
  }
  const later = offer.gaps.map((gap) => ({ gap, at: Math.max(gap.earliest, window.to) })).find(({ gap, at }) => at <= gap.latest)
  return { kind: 'full', until: later?.at ?? null }
}

function answer(prepared: PreparedDay, question: SlotQuestion, offers: readonly Offer[], slot: SlotWindow, withReasons: boolean): SlotAnswer {
  const nowhere: NewPlace = { to: new Int32Array(prepared.day.places), from: new Int32Array(prepared.day.places) }
  const fits: SlotFit[] = []
  const whyNot: { readonly technicianId: string; readonly obstacle: SlotObstacle }[] = []
  let [fullness, onShift] = [0, 0]
  for (const offer of offers) {
    const isAble = offer.obstacle === null
    if (isAble && isOn(prepared, offer.technician, slot)) {
      fullness += offer.fullness
      onShift += 1
    }
    const fit = isAble ? fitIn(prepared, question, offer, slot) : null
    if (fit) fits.push(fit)
    else if (withReasons) whyNot.push({ technicianId: prepared.problem.technicians[offer.technician]?.id ?? '', obstacle: obstacleIn(prepared, question, offer, slot, nowhere) })
  }
  fits.sort((left, right) => left.price - right.price || (left.technicianId < right.technicianId ? -1 : 1))
  const waiting = question.prices.perDay * question.days.findIndex(({ key }) => key === slot.key)
  const first = fits[0]
  return { slot, fits, whyNot, fullness: onShift === 0 ? 100 : Math.round(fullness / onShift), onShift, price: first === undefined ? null : first.price + waiting }
}

export interface SlotSuggestion {
  /** The best windows, with everybody who could come and why the others can't. */
  readonly best: readonly SlotAnswer[]
  /** All other windows, best first, full ones last; reasons are had by asking for that window alone. */
  readonly others: readonly SlotAnswer[]
}

const byPrice = (left: SlotAnswer, right: SlotAnswer): number => (left.price ?? 0) - (right.price ?? 0) || left.slot.from - right.slot.from || left.slot.to - right.slot.to

/** The best windows for a new visit, who would come and why; and the rest. Days that are not prepared have no answer. */
export function suggestSlots(question: SlotQuestion): SlotSuggestion {
  const answers: { readonly prepared: PreparedDay; readonly offers: readonly Offer[]; readonly short: SlotAnswer }[] = []
  for (const prepared of question.days) {
    const windows = question.windows.filter(({ key }) => key === prepared.key)
    if (windows.length === 0) continue
    const offers = offersOf(prepared, question, driving(prepared, question))
    for (const window of windows) answers.push({ prepared, offers, short: answer(prepared, question, offers, window, false) })
  }
  const open = answers.filter(({ short }) => short.price !== null).sort((left, right) => byPrice(left.short, right.short))
  const full = answers.filter(({ short }) => short.price === null)
  const ranked = [...open, ...full]
  return {
    best: ranked.slice(0, question.best).map(({ prepared, offers, short }) => answer(prepared, question, offers, short.slot, true)),
    others: ranked.slice(question.best).map(({ short }) => short),
  }
}
