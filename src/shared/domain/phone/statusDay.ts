import type { Instant } from '../../base/time.ts'
import { afterEntering, type Entered, type Standing, standingAt } from './status.ts'
import type { WorkStatus } from './tables.ts'

/** A time in which somebody stood somewhere. `to` is null where nobody knows when it ended. */
export interface Span {
  readonly status: WorkStatus
  readonly from: Instant
  readonly to: Instant | null
}

/** In the order in which they were entered; of one moment by id, so that it is the same everywhere. */
const inTurn = <E extends Entered & { readonly id: string }>(entries: readonly E[]): readonly E[] => entries.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))

/** True for what says that somebody works: who was never heard of since yesterday is not counted as there all night. */
const saysNothing = ({ status }: Span): boolean => status === 'available' || status === 'gone'

/**
 * Where somebody stood from `from` to `to`, one time after the other. What they said before `from` holds on, but that they were
 * available or gone is only counted from where it was said; so is the end of a past day, when nobody said goodbye.
 * @param entries what was entered of them, from a while before `from`, in any order
 * @param now epoch milliseconds; nothing lies after it
 */
export function statusSpans(entries: readonly (Entered & { readonly id: string })[], from: Instant, to: Instant, now: Instant): readonly Span[] {
  const until = Math.min(to, now)
  let standing: Standing | undefined
  const turns: { readonly status: WorkStatus; readonly at: Instant }[] = []
  const overBy = (at: Instant): void => {
    if (!standing) return
    const then = standingAt(standing, at)
    if (then.since === standing.since) return
    standing = then
    turns.push({ status: then.status, at: then.since })
  }
  for (const entry of inTurn(entries)) {
    if (entry.at >= until) break
    overBy(entry.at)
    const next = afterEntering(standing, entry)
    if (!next) continue
    standing = next
    turns.push({ status: next.status, at: entry.at })
  }
  overBy(until)
  return turns
    .map(({ status, at }, index): Span => ({ status, from: at, to: turns[index + 1]?.at ?? until }))
    .filter((span) => (span.to ?? until) > from && !(span.from < from && saysNothing(span)) && span.from !== span.to)
    .map((span) => {
      const openEnded = span.to === until && now > to && saysNothing(span)
      return { ...span, from: Math.max(from, span.from), to: openEnded ? null : span.to }
    })
}

/** Milliseconds in each status, the longest first; a time whose end nobody knows is in none. */
export function statusSums(spans: readonly Span[]): readonly { readonly status: WorkStatus; readonly milliseconds: number }[] {
  const sums = new Map<WorkStatus, number>()
  for (const { status, from, to } of spans) if (to !== null) sums.set(status, (sums.get(status) ?? 0) + to - from)
  return [...sums].map(([status, milliseconds]) => ({ status, milliseconds })).toSorted((one, other) => other.milliseconds - one.milliseconds)
}
