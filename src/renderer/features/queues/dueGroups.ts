import { addDays, HOUR, type Instant } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'

const NOON = 12 * 60
const EVENING = 17 * 60

/** The heading a promise stands under: Late, Next hour, the rest of today by its parts, Tomorrow, Later. */
export function dueGroup(dueAt: Instant, now: Instant, zone: string): string {
  if (dueAt < now) return 'Late'
  if (dueAt < now + HOUR) return 'Next hour'
  const today = wallTimeOf(now, zone).day
  const due = wallTimeOf(dueAt, zone)
  if (due.day === today) return due.minute < NOON ? 'This morning' : due.minute < EVENING ? 'This afternoon' : 'This evening'
  return due.day === addDays(today, 1) ? 'Tomorrow' : 'Later'
}
