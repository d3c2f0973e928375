import { HOUR, MINUTE, type Instant } from '../../base/time.ts'
import type { Appointment } from '../dispatch/tables.ts'
import { type Change, update } from '../kernel/changes.ts'
import { type Loading, range } from '../kernel/load.ts'
import { type DayPart, type WaitEntry, waitEntryTable } from './tables.ts'

/** From noon on it is afternoon. */
const NOON = 12 * 60

/** A time that came free is held out this long: long enough for two tries, short enough for the next one in the list. */
const OFFER_FOR = HOUR

/** What a canceled or moved visit gives back to the board. */
export type Opening = Pick<Appointment, 'businessUnitId' | 'durationMinutes' | 'windowDay' | 'windowStart' | 'windowEnd' | 'zone' | 'windowStartsAt' | 'windowEndsAt' | 'practice'>

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
    entry.practice === opening.practice &&
    entry.businessUnitId === opening.businessUnitId &&
    entry.durationMinutes <= opening.durationMinutes &&
    entry.fromDay <= opening.windowDay &&
    opening.windowDay <= entry.toDay &&
    suits(entry.part, opening) &&
    canStillBegin(opening, at)
  )
}

/** What an entry says once a time is held out to it. */
export function offerOf(entry: WaitEntry, opening: Pick<Opening, 'windowDay' | 'windowStart' | 'windowEnd' | 'zone' | 'windowStartsAt' | 'windowEndsAt'>, at: Instant): Change {
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
    offersMade: entry.offersMade + 1,
  })
}

/** Everybody who waits; a list of people who could not be helped today, so a short one. */
export function* loadWaiting(): Loading<readonly WaitEntry[]> {
  return yield* range(waitEntryTable, 'byState', ['waiting'])
}

/**
 * Holds each time that came free out to whoever has waited longest for one like it; each to one, and one to each.
 * It runs within the command that freed the time, so every workstation and the hub offer it to the same person.
 */
export function offerOpenings(openings: readonly Opening[], waiting: readonly WaitEntry[], at: Instant): readonly Change[] {
  const queue = waiting.toSorted((left, right) => left.askedAt - right.askedAt || (left.id < right.id ? -1 : 1))
  const offered = new Set<string>()
  return openings.flatMap((opening) => {
    const next = queue.find((entry) => !offered.has(entry.id) && fits(entry, opening, at))
    if (!next) return []
    offered.add(next.id)
    return [offerOf(next, opening, at)]
  })
}
