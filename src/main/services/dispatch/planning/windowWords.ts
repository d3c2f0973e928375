import { assertNever } from '../../../../shared/base/assertNever.ts'
import { type Instant, MINUTE } from '../../../../shared/base/time.ts'
import { formatMinute } from '../../../../shared/base/minutes.ts'
import type { Obstacle } from '../../../../shared/domain/dispatch/availability.ts'
import type { SlotFit, SlotObstacle } from '../../../../shared/planner/slots.ts'
import { minuteIn } from '../dayFrame.ts'
import type { DayTechnician } from './dayFacts.ts'
import type { WindowsQuestion } from './windowsQuestion.ts'

/** Words for windows, few enough to be read while somebody waits. */

const minutesOf = (seconds: number): number => Math.round(seconds / 60)

interface Offered {
  readonly fit: SlotFit
  readonly technician: DayTechnician
  readonly question: Pick<WindowsQuestion, 'place' | 'preferences' | 'unitId' | 'unitNames'>
  /** The window's day begins at `zero`. */
  readonly slot: { readonly zero: Instant; readonly startsAt: Instant }
  readonly at: Instant
}

/** `Ana` of Ana Petrov. */
export const firstName = ({ name }: Pick<DayTechnician, 'name'>): string => name.split(' ')[0] ?? name

/** What speaks for a technician, the weightiest first: `8 min away`, `Was here before`. */
export function whyOffered({ fit, technician, question, slot, at }: Offered): string[] {
  const { known = null, wish = null } = question.preferences[technician.id] ?? {}
  const drive = minutesOf(fit.driveSeconds)
  return [
    ...(wish === 'asked' ? [`They ask for ${firstName(technician)}`] : []),
    ...(question.place === null || (technician.home === null && fit.visits === 0) ? [] : [drive === 0 ? 'There already' : `${drive} min away`]),
    ...(known === 'place' ? ['Was here before'] : known === 'customer' ? ['Knows the customer'] : []),
    ...(at > slot.startsAt ? [`Free from ${formatMinute(minuteIn(slot.zero, at))}`] : []),
    fit.visits === 0 ? 'No other visit that day' : fit.visits === 1 ? '1 other visit that day' : `${fit.visits} other visits that day`,
    ...(fit.timePrice > 0 ? ['Home after the shift'] : []),
    ...(technician.unitId === question.unitId ? [] : [`From ${question.unitNames[technician.unitId] ?? 'another trade'}`]),
  ]
}

/** Why somebody can't, where the claim itself says so. */
export function whyNotRanked(obstacle: Obstacle, zero: Instant): string {
  switch (obstacle.kind) {
    case 'skill':
      return `No ${obstacle.missing.join(', no ')} skill`
    case 'off':
      return 'Off then'
    case 'onCall':
      return 'Off then, on call: ask dispatch'
    case 'full':
      return obstacle.until === null ? 'Full' : `Full until ${formatMinute(minuteIn(zero, obstacle.until))}`
    case 'promised':
      return 'Kept for a visit already promised'
    default:
      return assertNever(obstacle, 'obstacle')
  }
}

/** Why somebody can't who has the time, but not with the drives; undefined where the planner was not asked. */
export function whyNotPlanned(obstacle: SlotObstacle | undefined, zero: Instant, instantOf: (seconds: number) => Instant): string {
  if (obstacle === undefined) return 'Full with the drives'
  switch (obstacle.kind) {
    case 'skill':
      return `No ${obstacle.missing.join(', no ')} skill`
    case 'never':
      return 'The customer does not want them again'
    case 'off':
      return 'Off then'
    case 'load':
      return 'The van is full'
    case 'travel':
      return `With the drive ${Math.max(1, Math.ceil((obstacle.short * 1000) / MINUTE))} min too few`
    case 'full':
      return obstacle.until === null ? 'Full' : `Full until ${formatMinute(minuteIn(zero, instantOf(obstacle.until)))}`
    default:
      return assertNever(obstacle, 'obstacle')
  }
}

/** How full a window is, or why it can't be offered: `3 of 5 free`, `Full: 5 of 5 taken`, `Only with overtime`. */
export function summaryOf({ free, onShift, onlyOvertime, skills }: { readonly free: number; readonly onShift: number; readonly onlyOvertime: boolean; readonly skills: readonly string[] }): string {
  if (onShift === 0) return skills.length === 0 ? 'Nobody is on' : `Nobody with ${skills.join(' and ')} skill is on`
  if (free > 0) return `${free} of ${onShift} free`
  return onlyOvertime ? 'Only with overtime' : `Full: ${onShift} of ${onShift} taken`
}
