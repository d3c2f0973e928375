import { type Instant, QUARTER_HOUR } from '../../../../shared/base/time.ts'

/** Where a bar stands within its row: the row's height is fixed, so bars that overlap share it. */
export interface Lane {
  /** From 0 at the top. */
  readonly lane: number
  readonly lanes: number
}

const ALONE: Lane = { lane: 0, lanes: 1 }
/** With more, bars would be too low to be read or grasped: what overlaps further lies over the others. */
const MOST_LANES = 3

interface Spanned {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/**
 * Puts what overlaps beside each other, in as few lanes as each cluster needs; what stands alone keeps the row's height.
 * @param spans by start
 * @param least ms that each takes of the row however short it is, as wide as its grip: where hours are narrow that is more
 */
export function lanesOf(spans: readonly Spanned[], least: number = QUARTER_HOUR): readonly Lane[] {
  const endOf = ({ startsAt, endsAt }: Spanned): Instant => Math.max(endsAt, startsAt + least)
  const lanes: Lane[] = []
  let from = 0
  while (from < spans.length) {
    let until = endOf(spans[from] ?? { startsAt: 0, endsAt: 0 })
    let to = from + 1
    while (to < spans.length && (spans[to]?.startsAt ?? 0) < until) {
      until = Math.max(until, endOf(spans[to] ?? { startsAt: 0, endsAt: 0 }))
      to += 1
    }
    if (to - from === 1) lanes.push(ALONE)
    else lanes.push(...clusterLanes(spans.slice(from, to), endOf))
    from = to
  }
  return lanes
}

function clusterLanes(cluster: readonly Spanned[], endOf: (span: Spanned) => Instant): readonly Lane[] {
  const busyUntil: Instant[] = []
  const chosen = cluster.map((span) => {
    let lane = busyUntil.findIndex((until) => until <= span.startsAt)
    if (lane === -1) lane = busyUntil.length < MOST_LANES ? busyUntil.length : busyUntil.indexOf(Math.min(...busyUntil))
    busyUntil[lane] = Math.max(busyUntil[lane] ?? 0, endOf(span))
    return lane
  })
  return chosen.map((lane) => ({ lane, lanes: busyUntil.length }))
}
