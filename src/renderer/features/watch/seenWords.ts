import { formatTime } from '../../../shared/base/zone.ts'
import type { WatchedDay } from '../../../shared/contract/methods/watch.ts'
import type { Seen } from '../../../shared/domain/watch/alerts.ts'

/** The names of who has seen alerts, by their ids. */
export function seersOf(day: WatchedDay): ReadonlyMap<string, string> {
  return new Map(day.seen.map(({ seenBy, seenByName }) => [seenBy, seenByName]))
}

/** `Seen by Ana Petrov 10:04 AM: Calling the customer, again 10:19 AM`; empty where nobody is at it. */
export function seenWords(seen: Seen | null, names: ReadonlyMap<string, string>, zone: string): string {
  if (!seen) return ''
  return `Seen by ${names.get(seen.seenBy) ?? 'somebody'} ${formatTime(seen.seenAt, zone)}: ${seen.doing}, again ${formatTime(seen.lookAgainAt, zone)}`
}
