import { MAX_DRAFT_CHARACTERS } from '../../../shared/domain/drafts/commands.ts'
import { SCRIPT_PURPOSES } from '../../../shared/domain/scripts/content.ts'
import { fittingScript } from '../../../shared/domain/scripts/fitting.ts'
import { type BookingDraft, completedDraft } from '../../stores/booking.ts'
import type { CallPin } from '../../stores/callPin.ts'

/** What travels to a colleague: what was typed, and what the call began with, so that they go on with the same words. */
export interface Handed {
  readonly draft: BookingDraft
  /** Null where the call had not begun, or where it was too much to carry: then what holds now is gone by. */
  readonly pin: CallPin | null
}

/** Of all the scripts only those that fit what is known by now. */
function lighter(pin: CallPin, { businessUnitId, jobTypeId }: BookingDraft): CallPin {
  const fitting = new Set(SCRIPT_PURPOSES.map((purpose) => fittingScript(pin.words.scripts, { purpose, businessUnitId, jobTypeId })))
  return { ...pin, words: { ...pin.words, scripts: pin.words.scripts.filter((script) => fitting.has(script)) } }
}

/** As JSON text, short enough to be handed over wherever the draft itself is. */
export function packed({ draft, pin }: Handed): string {
  const bodies = [pin, pin && lighter(pin, draft), null].map((carried) => JSON.stringify({ ...draft, pin: carried }))
  return bodies.find((body) => body.length <= MAX_DRAFT_CHARACTERS) ?? JSON.stringify(draft)
}

/** What was handed over, under the key it has here; null where it cannot be read. */
export function unpacked(key: string, body: string): Handed | null {
  try {
    // Only pages write drafts.
    const { pin, ...draft } = JSON.parse(body) as Partial<BookingDraft> & { readonly pin?: CallPin | null }
    return { draft: completedDraft(key, draft), pin: pin ?? null }
  } catch {
    return null
  }
}
