import type { Clock, ClockChange } from './clock.ts'
import { DAY, type Instant, MINUTE } from './time.ts'
import { wallTimeOf } from './zone.ts'

/** How far a clock is written down around an instant: long enough that a workstation which never starts anew is no worry. */
const BACK = 400 * DAY
const AHEAD = 12 * 366 * DAY

/** No zone changes its clocks twice within a week and means it. */
const STRIDE = 7 * DAY

function offsetIn(zone: string, at: Instant): number {
  const { day, minute } = wallTimeOf(at, zone)
  return Math.round((Date.parse(`${day}T00:00:00Z`) + minute * MINUTE - Math.floor(at / MINUTE) * MINUTE) / MINUTE)
}

/** The first minute after `from` at which the offset is no longer that of `from`, known to lie before `to`. */
function changeBetween(zone: string, from: Instant, to: Instant): Instant {
  const offset = offsetIn(zone, from)
  let [low, high] = [from, to]
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE
    if (offsetIn(zone, middle) === offset) low = middle
    else high = middle
  }
  return high
}

const known = new Map<string, { readonly clock: Clock; readonly until: Instant }>()

/**
 * What a zone's clocks do from a year before `around` to twelve years after it, as this machine's tables know it.
 * The edge's: what it says travels in a command or is used for a screen.
 */
export function clockOf(zone: string, around: Instant): { readonly clock: Clock; readonly until: Instant } {
  const found = known.get(zone)
  if (found && around < found.until - AHEAD / 2 && around > found.until - AHEAD - BACK) return found
  const from = Math.floor((around - BACK) / DAY) * DAY
  const until = Math.floor((around + AHEAD) / DAY) * DAY
  const changes: ClockChange[] = [{ at: from, offset: offsetIn(zone, from) }]
  for (let at = from; at < until; at += STRIDE) {
    if (offsetIn(zone, at + STRIDE) === offsetIn(zone, at)) continue
    const change = changeBetween(zone, at, at + STRIDE)
    changes.push({ at: change, offset: offsetIn(zone, change) })
  }
  const clock = { clock: changes, until }
  known.set(zone, clock)
  return clock
}
