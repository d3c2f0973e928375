import type { DayGap, WindowProposal } from '../../../../shared/contract/methods/dispatch.ts'
import { DAY, MINUTE, type Instant, type IsoDay } from '../../../../shared/base/time.ts'
import { type AvailabilityQuestion, type Candidate, gapsWithin, keptDays, rankWindows, type WindowAnswer, type WindowSlot } from '../../../../shared/domain/dispatch/availability.ts'
import { PLAN_STEP } from '../../../../shared/domain/dispatch/visit.ts'
import { prepareDay, type PreparedDay, SLOT_PRICES, type SlotAnswer, type SlotFit, suggestSlots } from '../../../../shared/planner/slots.ts'
import { solve } from '../../../../shared/planner/solve.ts'
import type { DayFacts, DayTechnician, DayVisit } from './dayFacts.ts'
import { AS_IT_IS, driveSeconds, judging, plannedDay, type PlannedDay } from './plannedDay.ts'
import { preferencePrice } from './preferences.ts'
import type { WindowsAnswer, WindowsQuestion } from './windowsQuestion.ts'
import { summaryOf, whyNotRanked, whyNotPlanned, whyOffered } from './windowWords.ts'

/**
 * Which windows to offer while a caller waits. Two answers have to agree before a window is offered: the one that decides a
 * claim (availability.ts, without driving, the same on every machine), and the planner's, which knows the drives and who is
 * liked. The first says whether it may be promised, the second who comes and what is best.
 */

/** A customer who is told tomorrow instead of today is worth a quarter of an hour behind the wheel. */
const PRICES = { ...SLOT_PRICES, perDay: 1500 } as const

/** Rounds of search for room for what waits without a technician: it is laid once a day has changed, not well, but well enough to know that it fits. */
const ROUNDS = 40

/** Who could come beside the first: more names are not read while somebody waits at the other end. */
const MORE_NAMES = 3

/** A day that was learned, laid out to be asked. */
interface ReadyDay {
  readonly planned: PlannedDay
  readonly prepared: PreparedDay
  /** The step of time at which the day was laid out; null for a day that has not begun. */
  readonly step: number | null
}

const stepIn = ({ startsAt }: DayFacts, now: Instant): number | null => (now <= startsAt ? null : Math.floor((now - startsAt) / PLAN_STEP))

function ready(facts: DayFacts, now: Instant): ReadyDay {
  const planned = plannedDay({ ...facts, now }, { ...AS_IT_IS, waiting: true })
  const standing = judging(planned, new Set())
  const waits = facts.visits.some(({ technicianId }) => technicianId === null)
  const plan = waits ? solve(standing, { seed: 1, budget: { kind: 'iterations', count: ROUNDS } }) : planned.plan
  return { planned, prepared: prepareDay(facts.day, standing, plan, { others: 'stand' }), step: stepIn(facts, now) }
}

/** As the claim sees somebody's day. */
function candidateOf({ id, name, skills, unitId, shifts, blocks, onCall }: DayTechnician, visits: readonly DayVisit[], ownUnitId: string): Candidate {
  const busy = visits.flatMap(({ technicianId, crewIds, startsAt, endsAt }) => (startsAt !== null && endsAt !== null && (technicianId === id || crewIds.includes(id)) ? [{ startsAt, endsAt }] : []))
  return { id, name, skills, ownUnit: unitId === ownUnitId, shifts, busy, blocked: blocks, onCall }
}

function askedOf(facts: DayFacts, slots: readonly WindowSlot[], question: WindowsQuestion): AvailabilityQuestion {
  return {
    slots,
    durationMinutes: question.durationMinutes,
    skills: question.skills,
    technicians: facts.technicians.filter(({ active }) => active).map((technician) => candidateOf(technician, facts.visits, question.unitId)),
    promised: facts.visits.filter(({ technicianId }) => technicianId === null).map(({ windowStartsAt: startsAt, windowEndsAt: endsAt, durationMinutes, skills }) => ({ startsAt, endsAt, durationMinutes, skills })),
    now: question.now,
    technicianId: question.technicianId,
  }
}

function rankDay(facts: DayFacts, slots: readonly WindowSlot[], question: WindowsQuestion): readonly WindowAnswer[] {
  const asked = askedOf(facts, slots, question)
  return rankWindows(asked, keptDays(asked))
}

function gapsOf(facts: DayFacts, question: WindowsQuestion): readonly DayGap[] {
  const asked = askedOf(facts, [], question)
  const gaps = gapsWithin(asked, { startsAt: facts.startsAt, endsAt: facts.startsAt + DAY })
  return gaps.map(({ technician, startsAt, endsAt }) => ({ technicianId: technician.id, technicianName: technician.name, startsAt, endsAt }))
}

/** One window with both answers to it. */
interface Judged {
  readonly day: ReadyDay
  readonly slot: WindowsQuestion['slots'][number]
  readonly ranked: WindowAnswer
  readonly planned: SlotAnswer
  /** Who comes without staying longer, best first. */
  readonly fits: readonly SlotFit[]
  readonly onlyOvertime: boolean
}

/** What was learned of the days ahead, kept in the planner's thread; each is laid out once and asked often. */
export class WindowDays {
  readonly #facts = new Map<IsoDay, DayFacts>()
  readonly #ready = new Map<IsoDay, ReadyDay>()

  /** A day as it stands now; it is laid out at once, so that nobody waits for it later. */
  learn(facts: DayFacts): void {
    this.#facts.set(facts.day, facts)
    this.#ready.set(facts.day, ready(facts, facts.now))
  }

  /** Days that nobody can be promised any more. */
  forgetBefore(day: IsoDay): void {
    for (const known of this.#facts.keys()) {
      if (known >= day) continue
      this.#facts.delete(known)
      this.#ready.delete(known)
    }
  }

  /** @returns null where a day was not learned */
  answer(question: WindowsQuestion): WindowsAnswer | null {
    const today = this.#facts.get(question.gapsOf)
    const open = question.slots.filter(({ endsAt }) => endsAt > question.now)
    const days = [...new Set(open.map(({ of }) => of))]
    if (!today || days.some((day) => !this.#facts.has(day))) return null
    const judged = days.flatMap((day) => this.#judge(day, open.filter(({ of }) => of === day), question))
    const first = judged.reduce((earliest, { slot }) => (slot.of < earliest ? slot.of : earliest), judged[0]?.slot.of ?? '')
    const waits = new Map([...new Set(judged.map(({ slot }) => slot.of))].sort().map((day, index) => [day, index]))
    const price = ({ fits, slot }: Judged): number => (fits[0]?.price ?? 0) + PRICES.perDay * (waits.get(slot.of) ?? 0)
    const isOffered = ({ ranked, fits }: Judged): boolean => ranked.fits.length > 0 && fits.length > 0
    const offered = judged.filter(isOffered).sort((left, right) => price(left) - price(right) || left.slot.startsAt - right.slot.startsAt || left.slot.endsAt - right.slot.endsAt)
    const others = judged.filter((each) => !isOffered(each)).sort((left, right) => left.slot.startsAt - right.slot.startsAt || left.slot.endsAt - right.slot.endsAt)
    const windows = [...offered, ...others].map((each, index) => proposal(each, question, index < question.inFull || each.slot.of === first))
    return { windows, gaps: gapsOf(today, question) }
  }

  #dayAt(day: IsoDay, now: Instant): ReadyDay {
    const facts = this.#facts.get(day)
    if (!facts) throw new Error(`${day} was not learned`)
    const known = this.#ready.get(day)
    if (known && known.step === stepIn(facts, now)) return known
    const made = ready(facts, now)
    this.#ready.set(day, made)
    return made
  }

  #judge(day: IsoDay, slots: WindowsQuestion['slots'], question: WindowsQuestion): readonly Judged[] {
    const made = this.#dayAt(day, question.now)
    const { planned, prepared } = made
    const { facts } = planned
    const drive = driveSeconds(facts.speed)
    const drives = planned.places.map((place) => drive(place, question.place))
    const seconds = Math.ceil((question.durationMinutes * MINUTE) / PLAN_STEP) * (PLAN_STEP / 1000)
    const windows = slots.map((slot) => {
      const from = planned.ceil(slot.startsAt)
      return { key: day, from, to: Math.max(from, planned.floor(slot.endsAt - 1)), slot }
    })
    const { best } = suggestSlots({
      days: [prepared],
      windows,
      seconds,
      skills: question.skills,
      load: 0,
      technicianPrices: Object.fromEntries(facts.technicians.map((technician) => [technician.id, technician.active ? preferencePrice(question.preferences[technician.id], technician.unitId === question.unitId) : Number.POSITIVE_INFINITY])),
      technicianId: question.technicianId,
      travel: () => ({ to: drives, from: drives }),
      prices: PRICES,
      best: windows.length,
    })
    const ranked = new Map(rankDay(facts, slots, question).map((answer) => [answer.slot, answer]))
    const shiftEnds = new Map(prepared.problem.technicians.map(({ id, shift }) => [id, shift.to]))
    return best.flatMap((answer): Judged[] => {
      const window = windows.find((each) => each === answer.slot)
      const standing = window && ranked.get(window.slot)
      if (!window || !standing) return []
      const fits = answer.fits.filter(({ technicianId, startsAt }) => startsAt + seconds <= (shiftEnds.get(technicianId) ?? 0))
      return [{ day: made, slot: window.slot, ranked: standing, planned: answer, fits, onlyOvertime: fits.length === 0 && answer.fits.length > 0 }]
    })
  }
}

function proposal({ day, slot, ranked, planned, fits, onlyOvertime }: Judged, question: WindowsQuestion, inFull: boolean): WindowProposal {
  const { facts, instantOf } = day.planned
  const technicians = new Map(facts.technicians.map((technician) => [technician.id, technician]))
  const zero = slot.startsAt - slot.start * MINUTE
  const available = ranked.fits.length > 0 && fits.length > 0
  const shown = available ? (inFull ? fits : fits.slice(0, 1 + MORE_NAMES)) : []
  const { of: _of, ...window } = slot
  return {
    ...window,
    available,
    fullness: ranked.fullness,
    summary: summaryOf({ free: available ? Math.min(fits.length, ranked.fits.length) : 0, onShift: ranked.onShift, onlyOvertime, skills: question.skills }),
    technicians: shown.flatMap((fit) => {
      const technician = technicians.get(fit.technicianId)
      if (!technician) return []
      const startsAt = instantOf(fit.startsAt)
      return [{ id: technician.id, name: technician.name, startsAt, endsAt: startsAt + question.durationMinutes * MINUTE, why: whyOffered({ fit, technician, question, slot: { zero, startsAt: slot.startsAt }, at: startsAt }) }]
    }),
    whyNot: inFull ? reasons({ day, slot, ranked, planned, fits, onlyOvertime }, available, zero) : [],
  }
}

/** Why the technicians who are not offered are not, in the order of the board. */
function reasons({ day, ranked, planned, fits }: Judged, available: boolean, zero: Instant): WindowProposal['whyNot'] {
  const offered = new Set(available ? fits.map(({ technicianId }) => technicianId) : [])
  const obstacles = new Map(ranked.whyNot.map(({ technician, obstacle }) => [technician.id, obstacle]))
  const longer = new Set(planned.fits.map(({ technicianId }) => technicianId))
  const planners = new Map(planned.whyNot.map(({ technicianId, obstacle }) => [technicianId, obstacle]))
  const asked = new Set([...ranked.fits.map(({ technician }) => technician.id), ...obstacles.keys()])
  return day.planned.facts.technicians
    .filter(({ id }) => asked.has(id) && !offered.has(id))
    .map(({ id, name }) => {
      const obstacle = obstacles.get(id)
      if (obstacle) return { id, name, why: whyNotRanked(obstacle, zero) }
      return { id, name, why: longer.has(id) ? 'Only with overtime' : whyNotPlanned(planners.get(id), zero, day.planned.instantOf) }
    })
}
