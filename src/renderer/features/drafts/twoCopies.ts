import { RequestError } from '../../api/errors.ts'
import { type BookingDraft, isBegun } from '../../stores/booking.ts'

/** Of two copies of one call's draft: what came from the colleague, with the notes of both. */
export function joined(came: BookingDraft, here: BookingDraft | undefined): BookingDraft {
  if (!here || !isBegun(here)) return came
  // The same draft, which stayed here when an answer was lost: what was typed in it since is in no other copy.
  if (here.ids.job === came.ids.job && here.revision >= came.revision) return here
  const notes = [came.callNotes, here.callNotes].filter((text, index, all) => text.trim() !== '' && all.indexOf(text) === index)
  return { ...came, revision: Math.max(came.revision, here.revision), callNotes: notes.join('\n') }
}

/** The office's own word that somebody else has the draft, or that nobody wants it. */
const OTHERS = ['draft.taken', 'draft.takenBack', 'draft.dropped']

/**
 * Whether a draft that could not be taken is somebody else's, so that the copy here may go. Everything else that goes wrong
 * leaves open whether the office did it: then this copy may be the only one.
 */
export const isOthers = (thrown: unknown): boolean => thrown instanceof RequestError && OTHERS.includes(thrown.code)
