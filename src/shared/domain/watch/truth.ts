import type { Instant } from '../../base/time.ts'
import type { Interval } from '../dispatch/availability.ts'
import { daysOf, expectedArrivals } from '../dispatch/expected.ts'
import { DEFAULT_LATENESS, type LatenessRules, promisedBy } from '../dispatch/lateness.ts'
import type { AppointmentState } from '../dispatch/tables.ts'

/** The three lists of the Truth Comes Home Hour (D7). */
export const TRUTH_LISTS = ['kept', 'atRisk', 'mustMove'] as const

export type TruthList = (typeof TRUTH_LISTS)[number]

/** Who has to love us, who has to like us, and who not so much (001): the order in each list. */
export const REGARDS = ['love', 'like', 'notSoMuch'] as const

export type Regard = (typeof REGARDS)[number]

/** What a visit's list is decided on. */
export interface TruthVisit {
  readonly id: string
  readonly state: AppointmentState
  readonly technicianId: string | null
  /** Who goes along. */
  readonly crewIds: readonly string[]
  readonly startsAt: Instant | null
  readonly endsAt: Instant | null
  /** The very time that was promised; it stands in place of the window. */
  readonly promisedAt: Instant | null
  readonly windowStartsAt: Instant
  readonly windowEndsAt: Instant
  readonly overbooked: boolean
  readonly skills: readonly string[]
  readonly priorityRank: number
  /** We have let them down before: the visit was moved by us, or its slot was lost. */
  readonly letDown: boolean
}

export interface TruthTechnician {
  readonly id: string
  readonly active: boolean
  readonly skills: readonly string[]
  /** The end of the day's last shift; null where there is none. */
  readonly shiftEndsAt: Instant | null
  /** Lunch, training, time off. */
  readonly blocks: readonly Interval[]
}

export type TruthReason = 'inTime' | 'afterWindow' | 'outsideWindow' | 'runsIntoOvertime' | 'noTechnician' | 'technicianOff' | 'notSkilled' | 'afterShift' | 'onHold'

export interface TruthStanding {
  readonly visitId: string
  readonly list: TruthList
  readonly regard: Regard
  readonly reason: TruthReason
  /** When somebody can be there at the earliest; null where nobody has it. */
  readonly expectedAt: Instant | null
}

type PlannedTruth = TruthVisit & { readonly technicianId: string; readonly startsAt: Instant; readonly endsAt: Instant }

const isPlanned = (visit: TruthVisit): visit is PlannedTruth => visit.technicianId !== null && visit.startsAt !== null && visit.endsAt !== null

/** What is still ahead of us: nobody is at the door yet. */
export function isRemaining({ state }: Pick<TruthVisit, 'state'>): boolean {
  return state === 'scheduled' || state === 'confirmed' || state === 'dispatched' || state === 'hold'
}

/** The same for whoever looks: by the priority table and by what we owe them already, never by opinion. */
function regardOf({ priorityRank, letDown }: Pick<TruthVisit, 'priorityRank' | 'letDown'>): Regard {
  if (priorityRank <= 2 || letDown) return 'love'
  return priorityRank <= 3 ? 'like' : 'notSoMuch'
}

function placeOf(visit: TruthVisit, technician: TruthTechnician | undefined, expectedAt: Instant | null, rules: LatenessRules): Pick<TruthStanding, 'list' | 'reason'> {
  if (visit.state === 'hold') return { list: 'mustMove', reason: 'onHold' }
  if (!technician || expectedAt === null || !isPlanned(visit)) return { list: 'mustMove', reason: 'noTechnician' }
  if (!technician.active || technician.shiftEndsAt === null) return { list: 'mustMove', reason: 'technicianOff' }
  if (visit.skills.some((skill) => !technician.skills.includes(skill))) return { list: 'mustMove', reason: 'notSkilled' }
  if (expectedAt >= technician.shiftEndsAt) return { list: 'mustMove', reason: 'afterShift' }
  if (expectedAt >= promisedBy(visit, rules)) return { list: 'atRisk', reason: 'afterWindow' }
  if (expectedAt < (visit.promisedAt ?? visit.windowStartsAt)) return { list: 'atRisk', reason: 'outsideWindow' }
  if (expectedAt + (visit.endsAt - visit.startsAt) > technician.shiftEndsAt) return { list: 'atRisk', reason: 'runsIntoOvertime' }
  return { list: 'kept', reason: 'inTime' }
}

/**
 * Puts every remaining visit into exactly one list, whom we must love on top.
 * @param visits the visits of the day, those at work and done included: they hold their technician
 */
export function classify(visits: readonly TruthVisit[], technicians: readonly TruthTechnician[], now: Instant, rules: LatenessRules = DEFAULT_LATENESS): readonly TruthStanding[] {
  const byId = new Map(technicians.map((technician) => [technician.id, technician]))
  const expected = new Map<string, Instant>()
  const days = daysOf(visits.filter(isPlanned))
  for (const { id, blocks } of technicians) {
    const own = days.get(id) ?? []
    const arrivals = expectedArrivals(own, blocks, now)
    for (const visit of own) if (visit.technicianId === id) expected.set(visit.id, arrivals.get(visit.id)?.expectedAt ?? visit.startsAt)
  }
  const standings = visits.filter(isRemaining).map((visit): TruthStanding & { readonly windowEndsAt: Instant } => {
    const technician = visit.technicianId === null ? undefined : byId.get(visit.technicianId)
    const expectedAt = expected.get(visit.id) ?? null
    return { visitId: visit.id, ...placeOf(visit, technician, expectedAt, rules), regard: regardOf(visit), expectedAt, windowEndsAt: visit.windowEndsAt }
  })
  return standings
    .sort(
      (left, right) =>
        TRUTH_LISTS.indexOf(left.list) - TRUTH_LISTS.indexOf(right.list) || REGARDS.indexOf(left.regard) - REGARDS.indexOf(right.regard) || left.windowEndsAt - right.windowEndsAt || (left.visitId < right.visitId ? -1 : 1),
    )
    .map(({ windowEndsAt: _windowEndsAt, ...standing }) => standing)
}
