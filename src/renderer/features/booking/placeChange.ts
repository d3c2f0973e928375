import type { BookingDraft, DraftChange } from '../../stores/booking.ts'

const NOTHING_READ_BACK = [false, false, false, false] as const

/** Where in the list of what is read back the address stands. */
const ADDRESS = 1

/** Which place it is: a recorded one, the one that is being typed, or none yet. */
const placeOf = ({ locationId, newPlace }: Pick<BookingDraft, 'locationId' | 'newPlace'>): string | null => locationId ?? (newPlace ? 'new' : null)

const addressOf = ({ newPlace }: Pick<BookingDraft, 'newPlace'>): string => (newPlace ? [newPlace.line1, newPlace.line2, newPlace.city, newPlace.state, newPlace.postalCode].join('\n') : '')

/**
 * The window was found for a place, by its clock and the way there, and the caller heard both: for another place it is asked anew
 * and read back anew. The draft keeps why, so that the fields can say it.
 */
export function askAnew({ window, readBack }: Pick<BookingDraft, 'window' | 'readBack'>): DraftChange {
  return window === null && !readBack.includes(true) ? {} : { window: null, readBack: NOTHING_READ_BACK, askedAnew: 'place' }
}

/** A change of the draft, with what another place, or another spelling of a new one, undoes. */
export function withPlace(draft: BookingDraft, change: DraftChange): DraftChange {
  const next = { ...draft, ...change }
  const before = placeOf(draft)
  if (before !== null && placeOf(next) !== before) return { ...change, ...askAnew(next) }
  const [phone, address, window, after] = next.readBack
  return before === 'new' && draft.readBack[ADDRESS] && address && addressOf(next) !== addressOf(draft) ? { ...change, readBack: [phone, false, window, after], askedAnew: 'address' } : change
}
