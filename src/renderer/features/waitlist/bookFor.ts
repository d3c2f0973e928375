import type { WaitListEntry } from '../../../shared/contract/methods/waitlist.ts'
import { type BookingDraft, type DraftWindow, emptyDraft } from '../../stores/booking.ts'

/** What a booking takes over from the list. */
type Wish = Pick<WaitListEntry, 'entryId' | 'customerName' | 'customerId' | 'locationId' | 'businessUnitId' | 'jobTypeId' | 'summary' | 'offer'>

const NOT_READ_BACK = [false, false, false, false] as const

const windowOf = ({ day, start, end, startsAt, endsAt, zone }: NonNullable<WaitListEntry['offer']>): DraftWindow => ({ day, start, end, startsAt, endsAt, zone, technicianName: null })

/** The draft of the booking that an entry waits for: one entry is booked once, so it has one draft. */
export const waitDraftKey = (entryId: string): string => `wait/${entryId}`

/** A new draft with all that the list knows of them. */
export function draftFor({ entryId, customerName, customerId, locationId, businessUnitId, jobTypeId, summary, offer }: Wish): BookingDraft {
  return {
    ...emptyDraft(waitDraftKey(entryId), null),
    waitEntryId: entryId,
    who: customerName,
    customerId,
    locationId,
    businessUnitId,
    jobTypeId,
    summary,
    window: offer && windowOf(offer),
    brought: { summary, offerAt: offer?.startsAt ?? null },
  }
}

/** What the list has to say to a draft that was begun before: only a time that came free since; nothing typed is touched. */
export function newsFor({ brought }: Pick<BookingDraft, 'brought'>, { summary, offer }: Pick<Wish, 'summary' | 'offer'>): Pick<BookingDraft, 'window' | 'readBack' | 'brought'> | null {
  if (!offer || offer.startsAt === brought?.offerAt) return null
  return { window: windowOf(offer), readBack: NOT_READ_BACK, brought: { summary: brought?.summary ?? summary, offerAt: offer.startsAt } }
}
