import type { Call } from '../calls/tables.ts'
import { MINUTE, type Instant } from '../../base/time.ts'
import type { DeskSetting } from './tables.ts'

export type DeskRules = Pick<DeskSetting, 'weather' | 'screening' | 'threshold' | 'heldBackJobTypeIds' | 'etaMinutes' | 'emergencySlots'>

/** What a company starts with; `desk.configure` changes it. */
export const DEFAULT_DESK_RULES: DeskRules = { weather: 'mild', screening: 'off', threshold: 4, heldBackJobTypeIds: [], etaMinutes: 15, emergencySlots: 2 }

/** The company's own rules, or the ones it starts with. */
export function deskRules(rows: readonly DeskSetting[]): DeskRules {
  return rows[0] ?? DEFAULT_DESK_RULES
}

/** Somebody whose call was missed this long ago still waits to be called back. */
export const STILL_WAITING = 15 * MINUTE

/** The callers who wait for us: it rings, or it rang lately and nobody has called back. Practice is no load. */
export function isWaiting(call: Pick<Call, 'direction' | 'state' | 'followUp' | 'offeredAt' | 'answeredAt' | 'practice'>, now: Instant): boolean {
  if (call.direction !== 'in' || call.practice) return false
  if (call.state === 'ringing') return call.offeredAt > now - STILL_WAITING
  return call.state === 'ended' && call.answeredAt === null && call.followUp === 'owed' && call.offeredAt > now - STILL_WAITING
}

export interface Screening {
  readonly active: boolean
  /** Who began it: the manager’s switch or the load; null while it is off. */
  readonly why: 'switch' | 'load' | null
}

/** Whether better screening holds (C11). It ends as it began: by the switch, or when fewer callers wait. */
export function screeningOf({ screening, threshold }: Pick<DeskRules, 'screening' | 'threshold'>, waiting: number): Screening {
  if (screening === 'on') return { active: true, why: 'switch' }
  return screening === 'auto' && waiting >= threshold ? { active: true, why: 'load' } : { active: false, why: null }
}

/** Why a job type can’t be booked now, or null. An emergency is never held back. */
export function heldBack(jobTypeId: string, rules: Pick<DeskRules, 'heldBackJobTypeIds'>, screening: Screening, emergency: boolean): string | null {
  if (!screening.active || emergency || !rules.heldBackJobTypeIds.includes(jobTypeId)) return null
  return screening.why === 'switch' ? 'Held back: the manager switched better screening on.' : 'Held back: too many callers are waiting.'
}
