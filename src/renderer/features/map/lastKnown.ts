import { assertNever } from '../../../shared/base/assertNever.ts'
import type { Instant } from '../../../shared/base/time.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'

/** Where somebody is by the last fact that anybody recorded. Nobody is followed: between facts it is not known. */
export type LastKnown =
  | { readonly kind: 'working'; readonly visit: BoardVisit; readonly since: Instant }
  | { readonly kind: 'onTheWay'; readonly visit: BoardVisit; readonly since: Instant }
  /** Nothing since the work there was done, or was stopped. */
  | { readonly kind: 'lastAt'; readonly visit: BoardVisit; readonly since: Instant }
  /** Nothing yet today. */
  | { readonly kind: 'noWord' }
  /** Another day is looked at than today. */
  | { readonly kind: 'otherDay' }

const startOf = ({ startsAt }: BoardVisit): Instant => startsAt ?? 0
const arrival = (visit: BoardVisit): Instant => visit.arrivedAt ?? startOf(visit)

/** When somebody was last known to be there, where the visit's work is over or rests. */
function leftAt(visit: BoardVisit): Instant | null {
  if (visit.state === 'done') return visit.doneAt ?? visit.endsAt ?? startOf(visit)
  return visit.state === 'hold' ? visit.arrivedAt : null
}

/**
 * The last fact of one technician's day. Work that goes on counts before a drive that was begun: the next visit is often sent out
 * while the one before is still worked on.
 * @param visits those the technician leads or goes along to, in order
 */
export function lastKnown(visits: readonly BoardVisit[], isToday: boolean): LastKnown {
  if (!isToday) return { kind: 'otherDay' }
  const working = visits.findLast(({ state }) => state === 'working')
  if (working) return { kind: 'working', visit: working, since: arrival(working) }
  const left = visits.flatMap((visit) => {
    const since = leftAt(visit)
    return since === null ? [] : [{ visit, since }]
  })
  const last = left.toSorted((one, other) => one.since - other.since).at(-1)
  const sent = visits.find(({ state }) => state === 'dispatched')
  // Sent out while the work before went on, the drive begins when that is done.
  if (sent) return { kind: 'onTheWay', visit: sent, since: Math.max(sent.dispatchedAt ?? startOf(sent), last?.since ?? 0) }
  return last ? { kind: 'lastAt', ...last } : { kind: 'noWord' }
}

/** `Working at Castellan`. */
export function lastKnownWords(fact: LastKnown, homeArea: string): string {
  switch (fact.kind) {
    case 'working':
      return `Working at ${fact.visit.shortName}`
    case 'onTheWay':
      return `On the way to ${fact.visit.shortName}`
    case 'lastAt':
      return fact.visit.state === 'done' ? `Done at ${fact.visit.shortName}` : `On hold at ${fact.visit.shortName}`
    case 'noWord':
      return homeArea === '' ? 'No word yet today' : `No word yet; home is ${homeArea}`
    case 'otherDay':
      return homeArea === '' ? '' : `Home is ${homeArea}`
    default:
      return assertNever(fact, 'last known fact')
  }
}

/** Since when it is so, `10:05 AM`; empty where nothing was recorded. */
export function sinceWords(fact: LastKnown, zone: string): string {
  return 'since' in fact ? formatTime(fact.since, zone) : ''
}
