import type { Instant, IsoDay } from '../../base/time.ts'
import { WAITING_STATES } from '../dispatch/states.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import { type Change, update } from '../kernel/changes.ts'
import { getIf, type Loading } from '../kernel/load.ts'
import { loadOffered, loadWaiting, NO_OFFER, offerCanBegin, passDown, passOn } from './openings.ts'
import { type WaitEntry, waitEntryTable } from './tables.ts'

/** Somebody on the list, and the visit they keep meanwhile. */
export interface WaitStanding {
  readonly entry: WaitEntry
  readonly visit: Appointment | undefined
}

/** Everybody who waits or has an offer. */
export function* loadStandings(): Loading<readonly WaitStanding[]> {
  const standings: WaitStanding[] = []
  for (const entry of [...(yield* loadOffered()), ...(yield* loadWaiting())]) standings.push({ entry, visit: yield* getIf(appointmentTable, entry.visitId) })
  return standings
}

/** Why somebody waits no longer; null while they do. */
function overBecause({ entry, visit }: WaitStanding, day: IsoDay): string | null {
  if (entry.visitId !== null && !visit) return 'Their visit is gone'
  if (visit?.state === 'canceled') return 'Their visit was canceled'
  if (visit && !WAITING_STATES.includes(visit.state) && visit.state !== 'hold') return 'Their visit has begun'
  if (entry.toDay < day) return 'Their days are over'
  return null
}

/** Ends an entry: who keeps a visit is expected then anyway, who has none is told that nothing came free. */
function endWait({ entry }: WaitStanding, resolution: string, at: Instant): Change {
  return update(waitEntryTable, entry, { state: 'expired', ...NO_OFFER, resolution, settledAt: at, settledBy: null, news: entry.visitId === null ? 'owed' : null })
}

/** Their visit was given another window: sooner than that is what they wait for now. */
function keepUp({ entry, visit }: WaitStanding): readonly Change[] {
  return visit && visit.windowStartsAt !== entry.keptStartsAt ? [update(waitEntryTable, entry, { keptStartsAt: visit.windowStartsAt })] : []
}

/**
 * What becomes of an offer that nobody answered: a time that cannot be begun any more is no offer, and one that was held out
 * for its hour goes to the next who would take it. Where nobody else would, it stays theirs, late.
 */
function lapse({ entry }: WaitStanding, waiting: readonly WaitEntry[], at: Instant): readonly Change[] {
  const waitsOn = update(waitEntryTable, entry, { state: 'waiting', ...NO_OFFER, lapsedStartsAt: entry.offerStartsAt })
  if (!offerCanBegin(entry, at)) return [waitsOn]
  if (entry.offerUntil === null || at < entry.offerUntil) return []
  const next = passDown(entry, waiting, at)
  return next.length === 0 ? [] : [waitsOn, ...next]
}

/** Who was given an offer by these changes waits no longer for another one. */
function offeredBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.flatMap((change) => (change.kind === 'update' && change.set['state'] === 'offered' ? [change.before.id] : [])))
}

/**
 * What the wait list comes to by the time alone (D11): who waits no longer, and which offers have lapsed.
 * @param standings everybody who waits or has an offer, those with an offer first
 * @param day the company's day
 * @returns none where everything is as it was
 */
export function lookOverList(standings: readonly WaitStanding[], day: IsoDay, at: Instant): readonly Change[] {
  const over = new Map(standings.flatMap((standing) => {
    const why = overBecause(standing, day)
    return why === null ? [] : [[standing.entry.id, why] as const]
  }))
  let waiting = standings.map(({ entry }) => entry).filter(({ id, state }) => state === 'waiting' && !over.has(id))
  const take = (changes: readonly Change[]): readonly Change[] => {
    const taken = offeredBy(changes)
    waiting = waiting.filter(({ id }) => !taken.has(id))
    return changes
  }
  return standings.flatMap((standing): readonly Change[] => {
    const { entry } = standing
    const why = over.get(entry.id)
    // What was held out to somebody who waits no longer goes on at once.
    if (why !== undefined) return [endWait(standing, why, at), ...(entry.state === 'offered' ? take(passOn(entry, waiting, at)) : [])]
    return [...keepUp(standing), ...(entry.state === 'offered' ? take(lapse(standing, waiting, at)) : [])]
  })
}
