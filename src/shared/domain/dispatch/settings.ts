import { DEFAULT_LATENESS, type LatenessRules } from './lateness.ts'
import type { ArrivalWindow, DebriefItem, DispatchSettings } from './tables.ts'

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

/** What customers say against a time, in objective words. */
const USUAL_OBJECTIONS: readonly string[] = ['At work then', 'Not at home that day', 'Illness', 'Wants to come sooner', 'Price', 'Needs to ask somebody first', 'Found another company', 'Works again by itself', 'Weather', 'We can not come as planned']

/** 3 PM: the warehouse is there, and tomorrow is mostly booked. */
const MATERIAL_LIST_AT = 15 * 60

/** km/h, doors and lights included: what a van makes of a day in a spread-out town. */
export const USUAL_SPEED = 45

/** A dispatch’s rules with nothing left open. */
export interface DispatchRules extends Pick<DispatchSettings, 'windows' | 'holdReasons' | 'cancelReasons' | 'lunch' | 'travelSpeed'>, LatenessRules {
  /** Minutes of the company’s day. */
  readonly truthHourAt: number
  readonly causeCodes: readonly string[]
  readonly objections: readonly string[]
  readonly debriefAsks: readonly DebriefItem[]
  /** Minutes of the company’s day. */
  readonly materialListAt: number
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
    objections: rows[0]?.objections ?? USUAL_OBJECTIONS,
    debriefAsks: rows[0]?.debriefAsks ?? [],
    materialListAt: rows[0]?.materialListAt ?? MATERIAL_LIST_AT,
    riskBeforeMinutes: rows[0]?.riskBeforeMinutes ?? DEFAULT_LATENESS.riskBeforeMinutes,
    overrunAfterMinutes: rows[0]?.overrunAfterMinutes ?? DEFAULT_LATENESS.overrunAfterMinutes,
    overtimeAfterMinutes: rows[0]?.overtimeAfterMinutes ?? DEFAULT_LATENESS.overtimeAfterMinutes,
  }
}
