import { HOUR, MINUTE, type Instant } from '../../base/time.ts'
import { letsGoOfTime } from '../dispatch/promisedTime.ts'
import type { Appointment } from '../dispatch/tables.ts'
import { type Change, update } from '../kernel/changes.ts'
import { type Loading, range } from '../kernel/load.ts'
import { type DayPart, type WaitEntry, waitEntryTable } from './tables.ts'

/** From noon on it is afternoon. */
const NOON = 12 * 60

/**
 * By when somebody should have been told of a time that came free: long enough for two tries. Nothing happens by itself
 * then: the call is late and shows as such, and the time goes to the next one where somebody says that it is not wanted.
 */
const OFFER_FOR = HOUR

/** A time that came free: the window, how much work fits, and who gave it up. */
type Opening = Pick<Appointment, 'customerId' | 'businessUnitId' | 'durationMinutes' | 'windowDay' | 'windowStart' | 'windowEnd' | 'zone' | 'windowStartsAt' | 'windowEndsAt' | 'practice'> & {
  /** The visit that left it; null where somebody offers it by hand. */
  readonly fromId: string | null
}

/** What an entry says while no time is held out to it. */
export const NO_OFFER = { offerDay: null, offerStart: null, offerEnd: null, offerZone: null, offerStartsAt: null, offerEndsAt: null, offeredAt: null, offerUntil: null, offerFromId: null } as const

/**
 * Whether a visit that is canceled or moved away leaves time behind. One whose slot was somebody else's all along does not,
 * nor one on hold for which nothing was kept.
 */
const leavesTime = (visit: Appointment): boolean => visit.slot !== 'lost' && !letsGoOfTime(visit)

function suits(part: DayPart, { windowStart, windowEnd }: Pick<Opening, 'windowStart' | 'windowEnd'>): boolean {
  switch (part) {
    case 'any':
      return true
    case 'morning':
      return windowStart < NOON
    case 'afternoon':
      return windowEnd > NOON
  }
}

/** True where the work still fits before the window ends, for somebody who can come at once. */
const canStillBegin = (opening: Opening, at: Instant): boolean => at < opening.windowEndsAt - Math.min(opening.durationMinutes * MINUTE, opening.windowEndsAt - opening.windowStartsAt) / 2

/** Whether a time that came free is one that somebody waits for. */
function fits(entry: WaitEntry, opening: Opening, at: Instant): boolean {
  return (
    entry.state === 'waiting' &&
    // Who gave it up does not want it.
    entry.customerId !== opening.customerId &&
    entry.practice === opening.practice &&
    entry.businessUnitId === opening.businessUnitId &&
    entry.durationMinutes <= opening.durationMinutes &&
    entry.fromDay <= opening.windowDay &&
    opening.windowDay <= entry.toDay &&
    suits(entry.part, opening) &&
    // Who keeps a visit meanwhile only moves up; and what somebody let go by is not held out to them again.
    (entry.keptStartsAt === null || opening.windowStartsAt < entry.keptStartsAt) &&
    entry.lapsedStartsAt !== opening.windowStartsAt &&
    canStillBegin(opening, at)
  )
}

/** What an entry says once a time is held out to it. */
export function offerOf(entry: WaitEntry, opening: Pick<Opening, 'windowDay' | 'windowStart' | 'windowEnd' | 'zone' | 'windowStartsAt' | 'windowEndsAt' | 'fromId'>, at: Instant): Change {
  return update(waitEntryTable, entry, {
    state: 'offered',
    offerDay: opening.windowDay,
    offerStart: opening.windowStart,
    offerEnd: opening.windowEnd,
    offerZone: opening.zone,
    offerStartsAt: opening.windowStartsAt,
    offerEndsAt: opening.windowEndsAt,
    offeredAt: at,
    offerUntil: at + OFFER_FOR,
    offerFromId: opening.fromId,
    offersMade: entry.offersMade + 1,
  })
}

/** The time that is held out to an entry, as one that comes free again; undefined where none is. */
function heldOutTo(entry: WaitEntry): Opening | undefined {
  const { offerDay, offerStart, offerEnd, offerZone, offerStartsAt, offerEndsAt, offerFromId: fromId, customerId, businessUnitId, durationMinutes, practice } = entry
  if (entry.state !== 'offered' || offerDay === null || offerStart === null || offerEnd === null || offerZone === null || offerStartsAt === null || offerEndsAt === null) return undefined
  return { fromId, customerId, businessUnitId, durationMinutes, practice, windowDay: offerDay, windowStart: offerStart, windowEnd: offerEnd, zone: offerZone, windowStartsAt: offerStartsAt, windowEndsAt: offerEndsAt }
}

/** Whoever has waited longest comes first. */
const inTurn = (left: WaitEntry, right: WaitEntry): number => left.askedAt - right.askedAt || (left.id < right.id ? -1 : 1)

/** Everybody who waits; a list of people who could not be helped today, so a short one. */
export function* loadWaiting(): Loading<readonly WaitEntry[]> {
  return yield* range(waitEntryTable, 'byState', ['waiting'])
}

/** Everybody a time is held out to. */
export function* loadOffered(): Loading<readonly WaitEntry[]> {
  return yield* range(waitEntryTable, 'byState', ['offered'])
}

/**
 * Holds each time that came free out to whoever has waited longest for one like it; each to one, and one to each.
 * It runs within the command that freed the time, so every workstation and the hub offer it to the same person.
 */
function offerOpenings(openings: readonly Opening[], waiting: readonly WaitEntry[], at: Instant): readonly Change[] {
  const queue = waiting.toSorted(inTurn)
  const offered = new Set<string>()
  return openings.flatMap((opening) => {
    const next = queue.find((entry) => !offered.has(entry.id) && fits(entry, opening, at))
    if (!next) return []
    offered.add(next.id)
    return [offerOf(next, opening, at)]
  })
}

/** Offers the times of visits that are canceled or moved away, as far as they leave any. */
export function offerFreed(visits: readonly Appointment[], waiting: readonly WaitEntry[], at: Instant): readonly Change[] {
  return offerOpenings(visits.filter(leavesTime).map((visit) => ({ ...visit, fromId: visit.id })), waiting, at)
}

/**
 * Offers the time that somebody does not want, or does not need any more, to whoever has waited longest for one like it: also to
 * those before them on the list, who had another time in hand when this one came free. Each such step is a person's word or the
 * end of an entry, so it goes round by nobody's doing; and nobody is asked about the time that they refused last.
 */
export function passOn(entry: WaitEntry, waiting: readonly WaitEntry[], at: Instant): readonly Change[] {
  const opening = heldOutTo(entry)
  return opening ? offerOpenings([opening], waiting.filter(({ id }) => id !== entry.id), at) : []
}

/**
 * Offers the time that nobody answered about to whoever waits next for one like it. The clock goes down the list and never back
 * up: each is asked once about one time that came free, and two times that nobody answers about do not go round among the same
 * people.
 */
export function passDown(entry: WaitEntry, waiting: readonly WaitEntry[], at: Instant): readonly Change[] {
  return passOn(entry, waiting.filter((other) => inTurn(entry, other) < 0), at)
}

/** The times of an offer, as a page shows them. */
export type OfferTimes = { readonly startsAt: Instant; readonly endsAt: Instant }

/** Whether what is held out to an entry is the time that somebody saw or took. */
export function isHeldOut({ state, offerStartsAt, offerEndsAt }: WaitEntry, { startsAt, endsAt }: OfferTimes): boolean {
  return state === 'offered' && offerStartsAt === startsAt && offerEndsAt === endsAt
}

/** The offers of a visit's window to people of its business unit, the last one made first. */
function offersOf({ businessUnitId, windowStartsAt, windowEndsAt, practice }: Pick<Appointment, 'businessUnitId' | 'windowStartsAt' | 'windowEndsAt' | 'practice'>, offered: readonly WaitEntry[]): readonly WaitEntry[] {
  return offered
    .filter((entry) => entry.businessUnitId === businessUnitId && entry.practice === practice && entry.offerStartsAt === windowStartsAt && entry.offerEndsAt === windowEndsAt)
    .toSorted((left, right) => (right.offeredAt ?? 0) - (left.offeredAt ?? 0) || (left.id < right.id ? -1 : 1))
}

/**
 * A visit that was canceled by mistake, or that moves back, takes its window again: whoever it was offered to waits on, and
 * nobody calls them about it. A window was held out to one for each visit, so of several offers of it the last one made goes
 * back, and the one that stands is about the other visit's time from now on.
 * @param visit with the window that it takes again
 */
export function withdrawOffer(visit: Pick<Appointment, 'id' | 'slot' | 'businessUnitId' | 'windowStartsAt' | 'windowEndsAt' | 'practice'>, offered: readonly WaitEntry[]): readonly Change[] {
  if (visit.slot === 'lost') return []
  const offers = offersOf(visit, offered)
  const own = offers.find(({ offerFromId }) => offerFromId === visit.id)
  const [last] = own ? offers : []
  if (!own || !last) return []
  return [
    update(waitEntryTable, last, { state: 'waiting', ...NO_OFFER }),
    ...(last.id === own.id ? [] : [update(waitEntryTable, own, { offerFromId: last.offerFromId })]),
  ]
}

/** Whether the time held out to an entry can still be begun by somebody who comes at once. */
export function offerCanBegin(entry: WaitEntry, at: Instant): boolean {
  const opening = heldOutTo(entry)
  return opening !== undefined && canStillBegin(opening, at)
}
