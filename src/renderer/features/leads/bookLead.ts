import type { LeadDetail } from '../../../shared/contract/methods/leads.ts'
import { api } from '../../api/api.ts'
import { type BookingDraft, currentDraft, emptyDraft, EMPTY_PERSON, EMPTY_PLACE, isBegun, openDraft, putDraft } from '../../stores/booking.ts'
import { navigate } from '../../stores/route.ts'
import { withJobType } from '../booking/useBooking.ts'
import { draftTarget } from '../drafts/draftList.ts'
import { placeWords, wishedWindow } from './leadWords.ts'

/** The room a job's own summary has. */
const SUMMARY = 2000

/** One lead is booked once, so it has one draft. */
const leadDraftKey = (leadId: string): string => `lead/${leadId}`

/** `June Halloran` is a first and a last name; one word is a last name. */
function parted(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.split(' ').filter((word) => word !== '')
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' }
}

/** What dispatch should know that has no field of its own in a booking. */
function notesOf({ windows, details, address }: LeadDetail, known: boolean): string {
  const wished = windows.length === 0 ? [] : [`Would suit: ${windows.map((window) => wishedWindow(window, null)).join('; ')}`]
  const place = known && placeWords(address) !== '' ? [`Wrote this address: ${placeWords(address)}`] : []
  return [...wished, ...place, ...details.map(({ label, value }) => `${label}: ${value}`)].join('\n').slice(0, SUMMARY)
}

/** A new draft with all that came with the lead, for a customer on file or for somebody new. */
function draftForLead(lead: LeadDetail, customerId: string | null): BookingDraft {
  const { leadId, name, phones, email, address, sourceName, campaign, subject, words, jobTypeId, businessUnitId, answers } = lead
  const called = /[\p{L}]/u.test(name) && !name.includes('@') ? name : ''
  const summary = [subject, words].filter(Boolean).join('\n') || lead.wish
  const place = { ...EMPTY_PLACE, line1: address.line1, line2: address.line2, city: address.city, state: address.region, postalCode: address.postalCode }
  return {
    ...emptyDraft(leadDraftKey(leadId), null),
    leadId,
    who: name,
    customerId,
    newPerson: customerId === null ? { ...EMPTY_PERSON, ...parted(called), phone: phones[0]?.said ?? '', email, leadSource: campaign || sourceName } : null,
    newPlace: customerId === null ? place : null,
    businessUnitId,
    jobTypeId,
    summary: summary.slice(0, SUMMARY),
    wished: [...lead.windows],
    notes: notesOf(lead, customerId !== null),
    answers: Object.fromEntries(answers.map(({ key, answer }) => [key, answer])),
  }
}

/** The booking of a lead, begun with everything that came with it or gone on with; booking it converts the lead. */
export async function bookLead(lead: LeadDetail, chosen: string | null): Promise<void> {
  const customerId = chosen ?? lead.customerId
  const key = leadDraftKey(lead.leadId)
  // From this page's own storage, where it was begun before a reload.
  openDraft(key, null)
  const before = currentDraft(key)
  // Whoever comes back to it without naming somebody else goes on with what was typed.
  if (before && isBegun(before) && (customerId === null || before.customerId === customerId)) return navigate(draftTarget(before))
  // Without the form it is begun all the same: what is missing is asked for like in any booking.
  const form = await api.query('booking.form', {}).catch(() => undefined)
  const jobType = form?.jobTypes.find(({ id }) => id === lead.jobTypeId)
  const begun = draftForLead(lead, customerId)
  const draft = jobType ? { ...begun, ...withJobType(begun, jobType, undefined) } : begun
  putDraft(draft)
  navigate(draftTarget(draft))
}
