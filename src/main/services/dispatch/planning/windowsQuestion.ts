import type { DayGap, WindowProposal } from '../../../../shared/contract/methods/dispatch.ts'
import type { Instant, IsoDay } from '../../../../shared/base/time.ts'
import type { WindowSlot } from '../../../../shared/domain/dispatch/availability.ts'
import type { Place } from '../travel.ts'
import type { Preference } from './preferences.ts'

/** Which windows to offer, as it crosses to the planner's thread. */
export interface WindowsQuestion {
  /** Best days first or not: each is asked, and each must have been learned. */
  readonly slots: readonly (WindowSlot & { readonly of: IsoDay; readonly zone: string })[]
  /** The company's day whose gaps are told: today, as a rule. */
  readonly gapsOf: IsoDay
  readonly durationMinutes: number
  readonly skills: readonly string[]
  readonly unitId: string
  /** Null where it was never found on the map. */
  readonly place: Place | null
  readonly now: Instant
  /** Ask for this technician alone. */
  readonly technicianId: string | null
  /** By technician. */
  readonly preferences: Readonly<Record<string, Preference>>
  readonly unitNames: Readonly<Record<string, string>>
  /** How many of the best are answered with everybody who could come and why the others can't; the rest in one line. */
  readonly inFull: number
}

export interface WindowsAnswer {
  /** Those that have not passed: what can be offered best first, then the others by their time. */
  readonly windows: readonly WindowProposal[]
  /** What skilled technicians have left on the day whose gaps are asked. */
  readonly gaps: readonly DayGap[]
}
