import type { BookingForm } from '../../../shared/contract/methods/jobs.ts'
import type { ScriptPurpose } from '../../../shared/domain/scripts/content.ts'
import { fittingScript } from '../../../shared/domain/scripts/fitting.ts'
import type { PublishedScript } from '../../../shared/domain/scripts/published.ts'
import type { BookingDraft } from '../../stores/booking.ts'
import type { CallPin } from '../../stores/callPin.ts'

/** An alert stands, or the most urgent priority was chosen. */
export function isEmergency({ alert, priorityId }: Pick<BookingDraft, 'alert' | 'priorityId'>, { priorities: [urgent] }: Pick<BookingForm, 'priorities'>): boolean {
  return (alert !== null && !alert.withdrawn) || (urgent !== undefined && priorityId === urgent.id)
}

/** What the call is for: an emergency whenever it is one; otherwise as it began, for words that change while somebody says them throw them out. */
export function purposeOf({ emergency, triage }: { readonly emergency: boolean; readonly triage: boolean }): ScriptPurpose {
  if (emergency) return 'emergency'
  return triage ? 'triage' : 'booking'
}

/** The script of a draft, of those that were published when its call began. */
export function scriptOf(draft: BookingDraft, { form, words, triage }: CallPin): PublishedScript {
  const { businessUnitId, jobTypeId } = draft
  return fittingScript(words.scripts, { purpose: purposeOf({ emergency: isEmergency(draft, form), triage }), businessUnitId, jobTypeId })
}
