import { heldBack } from '../../../shared/domain/alerts/settings.ts'
import type { Booking } from '../booking/useBooking.ts'

/** Why this job type is not booked while better screening holds, or null. */
export function heldBackNow({ desk, emergency }: Pick<Booking, 'desk' | 'emergency'>, jobTypeId: string | null): string | null {
  return jobTypeId === null ? null : heldBack(jobTypeId, desk, desk, emergency)
}
