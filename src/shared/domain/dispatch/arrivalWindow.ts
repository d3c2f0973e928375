import { DAY, HOUR, type Instant, MINUTE } from '../../base/time.ts'
import { dayInput, instantInput, minuteInput } from '../kernel/inputs.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import type { Appointment } from './tables.ts'

/** A promised window as a command takes it: the day and minutes where the work is, and the instants the edge made of them. */
export const arrivalWindowFields = {
  windowDay: dayInput,
  windowStart: minuteInput,
  windowEnd: minuteInput,
  windowStartsAt: instantInput,
  windowEndsAt: instantInput,
} as const

export type ArrivalWindow = Pick<Appointment, keyof typeof arrivalWindowFields>

/** Whether two are one promise: the day, and the hours from when to when. From 8 to 10 and from 8 to 12 are two. */
export function isSameWindow(left: Pick<ArrivalWindow, 'windowDay' | 'windowStart' | 'windowEnd'>, right: Pick<ArrivalWindow, 'windowDay' | 'windowStart' | 'windowEnd'>): boolean {
  return left.windowDay === right.windowDay && left.windowStart === right.windowStart && left.windowEnd === right.windowEnd
}

/** A window further ahead is a mistyped year. */
const FURTHEST_AHEAD = 400 * DAY

/** Zones lie between UTC−12 and UTC+14, and a clock change may bend a window by an hour. */
function instantsFit(window: ArrivalWindow): boolean {
  const asUtc = Date.parse(`${window.windowDay}T00:00:00Z`) + window.windowStart * MINUTE
  const length = (window.windowEnd - window.windowStart) * MINUTE
  return Math.abs(window.windowStartsAt - asUtc) <= 14 * HOUR && Math.abs(window.windowEndsAt - window.windowStartsAt - length) <= HOUR
}

/**
 * Why an arrival window cannot be promised, if it cannot; the same when it is first promised and when it moves.
 * @param at when it is promised
 * @param path where the window's fields are in the input: `appointment.`, or nothing
 */
export function refusedWindow(window: ArrivalWindow, at: Instant, path: '' | `${string}.`): Refused | undefined {
  if (window.windowEnd <= window.windowStart || window.windowEndsAt <= window.windowStartsAt) {
    return refuse('dispatch.windowOrder', 'The arrival window must end after it starts.', { field: `${path}windowEnd` })
  }
  if (!instantsFit(window)) return refuse('dispatch.windowMismatch', 'The arrival window\u2019s day and times do not fit together. Choose it again.', { field: `${path}windowDay` })
  if (window.windowEndsAt <= at) return refuse('dispatch.windowPast', 'This arrival window is over. Choose a later one.', { field: `${path}windowDay` })
  if (window.windowStartsAt > at + FURTHEST_AHEAD) return refuse('dispatch.windowFar', 'This arrival window is more than a year ahead. Check the date.', { field: `${path}windowDay` })
  return undefined
}
