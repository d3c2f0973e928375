import type { ArrivalWindow, DispatchSettings } from './tables.ts'

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

/** km/h, doors and lights included: what a van makes of a day in a spread-out town. */
export const USUAL_SPEED = 45

export type DispatchRules = Pick<DispatchSettings, 'windows' | 'holdReasons' | 'cancelReasons' | 'lunch' | 'travelSpeed'>

/** The company's own rules, or the ones it starts with. */
export function dispatchRules(rows: readonly DispatchSettings[]): DispatchRules {
  return rows[0] ?? DEFAULT_DISPATCH_SETTINGS
}
