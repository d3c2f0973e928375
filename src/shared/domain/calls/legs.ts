import type { Instant } from '../../base/time.ts'

/**
 * In a ring group every workstation’s telephone rings by itself and reports what it saw under the one record. What each of
 * them has said is kept apart, so that whatever one says ends the call for everybody only where it was the end for everybody.
 */

/**
 * Why a call is over, as the telephone said it. `answeredElsewhere`: another telephone took the same ring. `transferred`: it
 * was put through to another telephone and is over for us; whatever that one reports of the same call stands above it.
 */
export const END_CAUSES = ['answeredElsewhere', 'busy', 'callerHungUp', 'failed', 'hungUp', 'lost', 'rejected', 'transferred'] as const
export type EndCause = (typeof END_CAUSES)[number]

/** What one workstation’s telephone has said of a call. */
export interface Leg {
  readonly offeredAt: Instant
  /** Milliseconds of a monotonic clock; null while it rings, and where nothing rang: a caller who came through is simply there. */
  readonly ringMs: number | null
  readonly answeredAt: Instant | null
  readonly endedAt: Instant | null
  readonly endCause: EndCause | null
}

/** By the workstation’s id. */
export type Legs = Readonly<Record<string, Leg>>

/** Of calls that were recorded before telephones were told apart: it keeps nobody waiting. */
export const UNNAMED = ''

export interface End {
  readonly endedAt: Instant | null
  readonly endCause: EndCause | null
}

export const NO_END: End = { endedAt: null, endCause: null }

/** What the legs of a call make of it together. */
export type Together = Pick<Leg, 'ringMs' | 'answeredAt'> & End & { /** Somebody who answered is still there. */ readonly talks: boolean }

/**
 * One telephone that says two ends of the same call: which of them it was. A transfer ends one person’s part only, and a ring
 * that somebody else took was no caller’s doing. That a call broke off (`lost`) is said by whoever saw what came before;
 * told again later, the same end looks like a plain hang-up, and must not take the call back from the caller.
 */
const SURER: readonly EndCause[] = ['transferred', 'failed', 'hungUp', 'callerHungUp', 'busy', 'rejected', 'lost', 'answeredElsewhere']

/** Several telephones that say different ends: what the caller did is said by one that heard it, `lost` by one that heard nothing. */
const HEARD: readonly EndCause[] = ['transferred', 'lost', 'failed', 'hungUp', 'busy', 'rejected', 'callerHungUp', 'answeredElsewhere']

/** Longer apart than this, two times are no longer one moment told by the clocks of two machines. */
const ONE_MOMENT_MS = 1_000
/** So long it may take a telephone system to go on to the next telephone. */
const HUNTING_PAUSE_MS = 5_000

type Ended = Leg & { readonly endedAt: Instant; readonly endCause: EndCause }

const least = (left: number | null, right: number | null): number | null => (left === null ? right : right === null ? left : Math.min(left, right))

/** True for an end that is one for everybody: being put through is the end of one person’s part. */
const isReal = (leg: Leg): leg is Ended => leg.endedAt !== null && leg.endCause !== null && leg.endCause !== 'transferred'

function surer(left: Leg, right: Leg): End {
  if (left.endCause === null || right.endCause === null) return left.endCause === null ? right : left
  const by = SURER.indexOf(left.endCause) - SURER.indexOf(right.endCause) || (left.endedAt ?? 0) - (right.endedAt ?? 0)
  return by >= 0 ? left : right
}

function joinLeg(left: Leg, right: Leg): Leg {
  const { endedAt, endCause } = surer(left, right)
  return { offeredAt: Math.min(left.offeredAt, right.offeredAt), ringMs: least(left.ringMs, right.ringMs), answeredAt: least(left.answeredAt, right.answeredAt), endedAt, endCause }
}

/** Commutative, associative and idempotent. */
export function joinLegs(left: Legs, right: Legs): Legs {
  const ids = [...new Set([...Object.keys(left), ...Object.keys(right)])].toSorted()
  return Object.fromEntries(
    ids.flatMap((id) => {
      const [one, other] = [left[id], right[id]]
      return one && other ? [[id, joinLeg(one, other)]] : one ? [[id, one]] : other ? [[id, other]] : []
    }),
  )
}

const lastOf = (ends: readonly Ended[], weight: readonly EndCause[]): Ended | undefined =>
  ends.toSorted((one, other) => other.endedAt - one.endedAt || weight.indexOf(other.endCause) - weight.indexOf(one.endCause))[0]

/** Whoever answered says how the call ended. `lost` says only that a telephone has forgotten it, so it waits for anybody who still talks. */
function endOfTalk(answered: readonly Leg[]): End {
  const ends = answered.filter(isReal)
  const heard = ends.filter(({ endCause }) => endCause !== 'lost')
  const end = heard.length > 0 ? lastOf(heard, HEARD) : answered.every(({ endedAt }) => endedAt !== null) ? lastOf(ends, HEARD) : undefined
  return end ? { endedAt: end.endedAt, endCause: end.endCause } : NO_END
}

/**
 * Of a call that nobody answered. One telephone that is busy, turned the caller away, or saw that somebody else took them says
 * nothing for those that still ring. A caller who hangs up has hung up on all that rang by then, and so has one who spoke to
 * the machine: where no telephone of ours says more of the call, that is its end.
 */
function endOfRing(legs: Legs, spokeAt: Instant | null): End {
  const ended = Object.values(legs).filter(isReal)
  const hungUpAt = Math.max(spokeAt ?? -Infinity, ...ended.map(({ endCause, endedAt }) => (endCause === 'callerHungUp' ? endedAt : -Infinity)))
  const rings = Object.entries(legs).some(([id, { offeredAt, endedAt }]) => id !== UNNAMED && endedAt === null && offeredAt >= hungUpAt)
  if (rings) return NO_END
  if (ended.length === 0) return spokeAt === null ? NO_END : { endedAt: spokeAt, endCause: 'callerHungUp' }
  const surest = ended.toSorted((one, other) => HEARD.indexOf(other.endCause) - HEARD.indexOf(one.endCause))[0]
  return { endedAt: Math.max(...ended.map(({ endedAt }) => endedAt)), endCause: surest?.endCause ?? null }
}

/** What one leg rang, placed on the clock of the one the call ended at, as far as it came before that one began. */
function rangBefore({ offeredAt, ringMs, endCause }: Leg, last: { readonly offeredAt: Instant; readonly ringMs: number }): { readonly from: Instant; readonly to: Instant } | null {
  const gap = last.offeredAt - offeredAt
  if (ringMs === null || gap <= 0) return null
  // It rang until the very end as well: then its own measure says by how much it was first, whatever the clocks say.
  const together = endCause === 'answeredElsewhere' || (endCause === 'callerHungUp' && gap < ringMs / 2)
  if (together) return { from: last.offeredAt - Math.max(0, Math.min(gap, ringMs - last.ringMs)), to: last.offeredAt }
  return gap > ONE_MOMENT_MS ? { from: offeredAt, to: offeredAt + ringMs } : null
}

/**
 * From the first ring to the end of the last one. Telephones that ring one after the other add up as long as one follows the
 * other; a ring long before is another machine’s clock, and no ring.
 */
function ringTime(last: Leg, others: readonly Leg[]): number | null {
  const { offeredAt, ringMs } = last
  if (ringMs === null) return null
  const earlier = others.flatMap((leg) => rangBefore(leg, { offeredAt, ringMs }) ?? []).toSorted((one, other) => other.to - one.to)
  const from = earlier.reduce((first, ring) => (ring.to >= first - HUNTING_PAUSE_MS ? Math.min(first, ring.from) : first), offeredAt)
  return ringMs + offeredAt - from
}

const firstAnswer = (answered: readonly Leg[]): Leg | undefined => {
  // A caller who came through was answered before, by somebody whom they had rung.
  const rung = answered.filter(({ ringMs }) => ringMs !== null)
  return (rung.length > 0 ? rung : answered).toSorted((one, other) => (one.answeredAt ?? 0) - (other.answeredAt ?? 0) || (one.ringMs ?? 0) - (other.ringMs ?? 0))[0]
}

/**
 * Where a call stands by what all its telephones have said.
 * @param spokeAt when the caller had spoken to the machine; null where nobody has heard that they did
 */
export function together(legs: Legs, spokeAt: Instant | null): Together {
  const all = Object.values(legs)
  const answered = all.filter(({ answeredAt }) => answeredAt !== null)
  // Nobody will ever say the end of the leg without a name; where one with a name has answered, that one says it.
  const named = Object.entries(legs).flatMap(([id, leg]) => (id !== UNNAMED && leg.answeredAt !== null ? [leg] : []))
  const talking = named.length > 0 ? named : answered
  const first = firstAnswer(answered)
  if (first) {
    const others = all.filter((leg) => leg !== first && leg.answeredAt === null)
    return { answeredAt: first.answeredAt, ringMs: ringTime(first, others), ...endOfTalk(talking), talks: talking.some(({ endedAt }) => endedAt === null) }
  }
  const end = endOfRing(legs, spokeAt)
  const rung = all.filter(isReal).toSorted((one, other) => other.offeredAt + (other.ringMs ?? 0) - (one.offeredAt + (one.ringMs ?? 0)))
  const last = rung.find(({ ringMs }) => ringMs !== null)
  return { answeredAt: null, ringMs: end.endedAt === null || !last ? null : ringTime(last, rung.filter((leg) => leg !== last)), ...end, talks: false }
}
