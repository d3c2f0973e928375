import { DEFAULT_LATENESS, type LatenessRules } from './lateness.ts'
import type { ArrivalWindow, DispatchSettings } from './tables.ts'

/** 2 PM (001). */
const TRUTH_HOUR_AT = 14 * 60

/** What a company starts with, in minutes of its day; `dispatch.configure` changes it. */
export const DEFAULT_DISPATCH_SETTINGS = {
  windows: [
    { start: 8 * 60, end: 10 * 60 },
    { start: 10 * 60, end: 12 * 60 },
    { start: 12 * 60, end: 14 * 60 },
    { start: 14 * 60, end: 16 * 60 },
    { start: 16 * 60, end: 18 * 60 },
  ] as readonly ArrivalWindow[],
  holdReasons: ['Waiting for parts', 'Waiting for the customer', 'Waiting for approval', 'Second technician needed', 'Not safe to work'] as readonly string[],
  cancelReasons: ['Customer canceled', 'Nobody home', 'Found another company', 'Fixed itself', 'Booked by mistake'] as readonly string[],
  lunch: null,
  travelSpeed: null,
}

/** Why somebody has to come again, in objective words. */
const USUAL_CAUSES: readonly string[] = ['Part was not on the van', 'Wrong or defective part', 'Diagnosis was wrong', 'Workmanship', 'More work was approved', 'Needed a second technician', 'Another problem than before', 'Customer misunderstood']

/** km/h, doors and lights included: what a van makes of a day in a spread-out town. */
export const USUAL_SPEED = 45

/** A dispatch’s rules with nothing left open. */
export interface DispatchRules extends Pick<DispatchSettings, 'windows' | 'holdReasons' | 'cancelReasons' | 'lunch' | 'travelSpeed'>, LatenessRules {
  /** Minutes of the company’s day. */
  readonly truthHourAt: number
  readonly causeCodes: readonly string[]
}

/** The company's own rules, or the ones it starts with. */
export function dispatchRules(rows: readonly DispatchSettings[]): DispatchRules {
  const { windows, holdReasons, cancelReasons, lunch, travelSpeed } = rows[0] ?? DEFAULT_DISPATCH_SETTINGS
  return {
    windows,
    holdReasons,
    cancelReasons,
    lunch,
    travelSpeed,
    lateAfterMinutes: rows[0]?.lateAfterMinutes ?? DEFAULT_LATENESS.lateAfterMinutes,
    silentAfterMinutes: rows[0]?.silentAfterMinutes ?? DEFAULT_LATENESS.silentAfterMinutes,
    truthHourAt: rows[0]?.truthHourAt ?? TRUTH_HOUR_AT,
    causeCodes: rows[0]?.causeCodes ?? USUAL_CAUSES,
  }
}
