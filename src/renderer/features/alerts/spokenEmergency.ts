import type { EmergencyKind, Weather } from '../../../shared/domain/alerts/kinds.ts'
import { recogniseEmergency, wholeWords } from '../../../shared/domain/alerts/recognise.ts'
import type { BookingDraft } from '../../stores/booking.ts'

/**
 * The emergency that the summary speaks of, or null. A summary that the wait list brought was heard on the call before: an
 * alert about it was raised then, and is none now unless something is added.
 * @param whole false while it is typed: the last word may not be all of it
 */
export function spokenEmergency({ summary, brought }: Pick<BookingDraft, 'summary' | 'brought'>, weather: Weather, whole: boolean): EmergencyKind | null {
  if (brought?.summary === summary) return null
  return recogniseEmergency(whole ? summary : wholeWords(summary), weather)
}
