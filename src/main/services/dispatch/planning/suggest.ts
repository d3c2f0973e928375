import type { SuggestedTechnician } from '../../../../shared/contract/methods/assistant.ts'
import { assertNever } from '../../../../shared/base/assertNever.ts'
import { isLocked } from '../../../../shared/domain/dispatch/acceptance.ts'
import { prepareDay, type PreparedDay, SLOT_PRICES, type SlotAnswer, type SlotFit, type SlotObstacle, suggestSlots, type SlotWindow } from '../../../../shared/planner/slots.ts'
import type { DayFacts, DayTechnician, DayVisit } from './dayFacts.ts'
import type { SalesFigures } from './figures.ts'
import { type Preference, preferencePrice, salesPrice, salesWords } from './preferences.ts'
import { firstName } from './windowWords.ts'
import { AS_IT_IS, driveSeconds, lengthOf, plannedDay, type PlannedDay, windowOf } from './plannedDay.ts'

/** Cents for the one who was promised to the customer. */
const PROMISED = -20_000

export interface SuggestQuestion {
  readonly facts: DayFacts
  readonly visitId: string
  /** By technician: who was there before, whom the customer asks for, who is not to come. */
  readonly preferences: Readonly<Record<string, Preference>>
  /** By technician who could go, where the visit is a chance to sell; null where it is not, and nobody's sales count. */
  readonly figures: Readonly<Record<string, SalesFigures>> | null
}

/** 130 is `2 h 10 min`. */
function spell(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0 ? `${rest} min` : rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

const minutesOf = (seconds: number): number => Math.round(seconds / 60)

function priceOf(visit: DayVisit, { id, unitId }: DayTechnician, { preferences, figures }: SuggestQuestion): number {
  const own = figures?.[id]
  const promised = visit.promisedTechnicianId === id
  // A promise is kept: whoever was promised to the customer has come up with them.
  const liked = preferencePrice(promised ? { known: preferences[id]?.known ?? null, wish: null } : preferences[id], unitId === visit.businessUnitId)
  return liked + (promised ? PROMISED : 0) + (own && figures ? salesPrice(own, Object.values(figures)) : 0)
}

function whyFits(fit: SlotFit, visit: DayVisit, technician: DayTechnician, { facts, preferences, figures }: SuggestQuestion, left: number): string[] {
  const drive = minutesOf(fit.addedTravelSeconds)
  const { known = null, wish = null } = preferences[technician.id] ?? {}
  const own = figures?.[technician.id]
  const asked = facts.technicians.find(({ id }) => id === visit.askedForId)
  return [
    ...(visit.promisedTechnicianId === technician.id ? ['Promised to the customer'] : []),
    ...(wish === 'asked' ? [`They ask for ${firstName(technician)}`] : wish === 'notWanted' ? ['They did not want them again'] : []),
    ...(known === 'place' ? ['Was at this place before'] : known === 'customer' ? ['Knows the customer'] : []),
    ...(own ? salesWords(own) : []),
    drive <= 0 ? 'On the way' : `${drive} min more driving`,
    fit.visits === 0 ? 'No other visit' : fit.visits === 1 ? '1 other visit' : `${fit.visits} other visits`,
    `${spell(left)} left`,
    ...(fit.timePrice > 0 ? ['Makes overtime'] : []),
    ...(technician.unitId === visit.businessUnitId ? [] : ['Of another trade']),
    ...(visit.promisedTechnicianId !== null && visit.promisedTechnicianId !== technician.id ? ['Another was promised'] : []),
    ...(asked !== undefined && asked.id !== technician.id ? [`They ask for ${firstName(asked)}`] : []),
  ]
}

function whyNot(obstacle: SlotObstacle): string {
  switch (obstacle.kind) {
    case 'skill':
      return `No ${obstacle.missing.join(', no ')} skill`
    case 'never':
      return 'The customer does not want them again'
    case 'off':
      return 'Off'
    case 'load':
      return 'The van is full'
    case 'travel':
      return `With the drive ${spell(Math.max(1, Math.ceil(obstacle.short / 60)))} too few`
    case 'full':
      return 'Full'
    default:
      return assertNever(obstacle, 'obstacle')
  }
}

/** What of the promise is still ahead, and the rest of the day after it. */
function slotsOf(visit: DayVisit, { facts, problem, floor, ceil }: PlannedDay): readonly (SlotWindow & { readonly fits: 'window' | 'later' })[] {
  const exact = isLocked(visit) && visit.promisedAt !== null ? { from: floor(visit.promisedAt), to: floor(visit.promisedAt) } : windowOf(visit, { floor, ceil })
  const from = Math.max(exact.from, problem.now ?? exact.from)
  const end = Math.max(0, ...problem.technicians.map(({ shift, overtime }) => overtime?.until ?? shift.to))
  if (ceil(facts.now) >= end) return []
  return [
    ...(from <= exact.to ? [{ fits: 'window' as const, key: 'day', from, to: exact.to }] : []),
    ...(end > exact.to ? [{ fits: 'later' as const, key: 'day', from: Math.max(exact.to + 1, problem.now ?? 0), to: end }] : []),
  ]
}

/** Who could take a visit that day, best first, and why not the others: pure, in a thread of its own. */
export function suggestTechnicians(question: SuggestQuestion): readonly SuggestedTechnician[] {
  const { facts, visitId } = question
  const visit = facts.visits.find(({ id }) => id === visitId)
  if (!visit) return []
  const day = plannedDay(facts, { ...AS_IT_IS, without: new Set([visitId]) })
  const prepared = prepareDay('day', day.problem, day.plan, { others: 'stand' })
  const drive = driveSeconds(facts.speed)
  const slots = slotsOf(visit, day)
  const seconds = lengthOf(visit)
  const technicians = new Map(facts.technicians.map((technician) => [technician.id, technician]))
  const { best } = suggestSlots({
    days: [prepared],
    windows: slots,
    seconds,
    skills: visit.skills,
    load: 0,
    technicianPrices: Object.fromEntries(facts.technicians.map((technician) => [technician.id, priceOf(visit, technician, question)])),
    technicianId: null,
    travel: () => ({ to: day.places.map((place) => drive(place, visit.place)), from: day.places.map((place) => drive(visit.place, place)) }),
    prices: { ...SLOT_PRICES, perDay: 0 },
    best: slots.length,
  })
  const answerTo = (fits: 'window' | 'later'): SlotAnswer | undefined => {
    const slot = slots.find((each) => each.fits === fits)
    return best.find((answer) => answer.slot === slot)
  }
  const [inWindow, later] = [answerTo('window'), answerTo('later')]
  const listed = new Set<string>()
  const asFit = (fits: 'window' | 'later', fit: SlotFit): SuggestedTechnician[] => {
    const technician = technicians.get(fit.technicianId)
    if (!technician?.active || listed.has(technician.id)) return []
    listed.add(technician.id)
    const left = leftOf(prepared, technician.id)
    return [
      {
        id: technician.id,
        name: technician.name,
        fits,
        startsAt: day.instantOf(fit.startsAt),
        endsAt: day.instantOf(fit.startsAt + seconds),
        addedDriveMinutes: minutesOf(fit.addedTravelSeconds),
        leftMinutes: left,
        why: whyFits(fit, visit, technician, question, left),
        whyNot: fits === 'later' ? 'Only after the window' : '',
      },
    ]
  }
  const fitting = [...(inWindow?.fits ?? []).flatMap((fit) => asFit('window', fit)), ...(later?.fits ?? []).flatMap((fit) => asFit('later', fit))]
  const obstacles = new Map((inWindow ?? later)?.whyNot.map(({ technicianId, obstacle }) => [technicianId, obstacle]))
  const others = facts.technicians.flatMap((technician): SuggestedTechnician[] => {
    if (!technician.active || listed.has(technician.id)) return []
    const obstacle = obstacles.get(technician.id)
    return [{ id: technician.id, name: technician.name, fits: 'no', startsAt: null, endsAt: null, addedDriveMinutes: 0, leftMinutes: leftOf(prepared, technician.id), why: [], whyNot: obstacle ? whyNot(obstacle) : 'The day is over' }]
  })
  return [...fitting, ...others.toSorted((left, right) => right.leftMinutes - left.leftMinutes || (left.name < right.name ? -1 : 1))]
}

function leftOf({ problem, taken }: PreparedDay, technicianId: string): number {
  const index = problem.technicians.findIndex(({ id }) => id === technicianId)
  const shift = problem.technicians[index]?.shift
  return shift === undefined ? 0 : Math.max(0, minutesOf(shift.to - shift.from - (taken[index] ?? 0)))
}
