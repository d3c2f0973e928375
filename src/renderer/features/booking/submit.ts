import { parseQuantity } from '../../../shared/base/money.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { normalizePhone } from '../../../shared/base/phone.ts'
import { READ_BACK_ITEMS } from '../../../shared/domain/handoff/checklist.ts'
import { EMERGENCY_RULES } from '../../../shared/domain/alerts/kinds.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { CommandInput } from '../../api/types.ts'
import { unlessDone } from '../../api/unlessDone.ts'
import { bookAndClaim, capacityOf } from './claiming.ts'
import { type BookingDraft, changeDraft, currentDraft, type NewPlace } from '../../stores/booking.ts'

export interface Booked {
  readonly kind: 'booked'
  readonly jobId: string
  readonly jobNumber: string
  readonly customerId: string
  /** What is to be put right on the wait list, in a sentence; null where nothing is. */
  readonly waitListSays: string | null
}

/** The job is booked, but another workstation had the last place of its window: the draft is kept for the next choice. */
export interface SlotLost {
  readonly kind: 'slotLost'
  readonly jobNumber: string
}

type LocationInput = NonNullable<CommandInput<'customer.create'>['location']>

async function locationInput(draft: BookingDraft, place: NewPlace): Promise<LocationInput> {
  const known = await api.query('customers.placeOfZip', { postalCode: place.postalCode.trim() })
  return {
    id: draft.ids.location,
    kind: draft.newPerson?.kind === 'commercial' ? 'business' : 'home',
    line1: place.line1,
    line2: place.line2,
    city: place.city,
    state: place.state,
    postalCode: place.postalCode,
    zone: known.place?.zone ?? known.zone,
    accessNotes: draft.accessNotes ?? '',
    gateCode: draft.gateCode ?? '',
    pets: place.pets,
    latitude: null,
    longitude: null,
    taxZoneId: known.place?.taxZoneId ?? null,
  }
}

/** Records someone new, or a new place of someone known; what is recorded leaves the draft as recorded. */
export async function recordCustomer(draft: BookingDraft): Promise<void> {
  const { newPerson, newPlace, ids } = draft
  const location = newPlace && draft.locationId === null ? await locationInput(draft, newPlace) : null
  if (draft.customerId === null && newPerson) {
    const { kind, firstName, lastName, companyName, leadSource } = newPerson
    const phone = normalizePhone(newPerson.phone)
    const email = newPerson.email.trim()
    await unlessDone(['customer.exists'], () =>
      api.command('customer.create', {
        customerId: ids.customer,
        kind,
        firstName,
        lastName,
        companyName,
        leadSource,
        phones: phone === undefined ? [] : [{ id: ids.phone, value: phone, label: 'mobile' }],
        emails: email === '' ? [] : [{ id: ids.email, value: email, label: '' }],
        location,
      }),
    )
    changeDraft(draft.key, { customerId: ids.customer, newPerson: null, locationId: location ? ids.location : null, newPlace: null, accessNotes: null, gateCode: null })
    return
  }
  const { customerId } = draft
  if (customerId !== null && location) {
    await unlessDone(['location.exists'], () => api.command('location.add', { customerId, location }))
    changeDraft(draft.key, { locationId: ids.location, newPlace: null, accessNotes: null, gateCode: null })
    return
  }
  const { locationId, accessNotes, gateCode } = draft
  if (locationId !== null && (accessNotes !== null || gateCode !== null)) {
    await api.command('location.change', {
      locationId,
      set: { ...(accessNotes === null ? {} : { accessNotes }), ...(gateCode === null ? {} : { gateCode }) },
    })
    changeDraft(draft.key, { accessNotes: null, gateCode: null })
  }
}

/** What a booking says beside its fields: how long the visit lasts, and the words it was booked with. */
export interface BookedWith {
  readonly durationMinutes: number
  readonly begunAt: number | null
  readonly scriptVersionId: string
  readonly answers: NonNullable<CommandInput<'job.book'>['answers']>
}

/** What a draft without gaps asks the backend to book. @throws Error where it has one */
export function bookingInput(draft: BookingDraft, { durationMinutes, ...said }: BookedWith): CommandInput<'job.book'> {
  const { customerId, locationId, businessUnitId, jobTypeId, priorityId, plannedPayment, window, ids } = draft
  if (customerId === null || locationId === null || businessUnitId === null || jobTypeId === null || priorityId === null || plannedPayment === null || window === null) {
    throw new Error('A booking with gaps was submitted')
  }
  return {
    jobId: ids.job,
    customerId,
    locationId,
    businessUnitId,
    jobTypeId,
    priorityId,
    summary: draft.summary,
    notes: draft.notes,
    plannedPayment,
    lines: draft.lines.map((line) => ({
      id: line.id,
      priceItemId: line.priceItemId,
      kind: line.kind,
      description: line.name,
      quantity: parseQuantity(line.quantity) ?? 0,
      // What was seen in the call is what was said; who may not name prices has none here.
      ...(line.priceCents === null ? {} : { unitPriceCents: line.priceCents }),
    })),
    appointment: {
      id: ids.appointment,
      windowDay: window.day,
      windowStart: window.start,
      windowEnd: window.end,
      zone: window.zone,
      windowStartsAt: window.startsAt,
      windowEndsAt: window.endsAt,
      durationMinutes,
    },
    callId: draft.callId,
    capacity: capacityOf(draft),
    readBack: !draft.readBack.includes(false),
    confirmation: draft.confirmation,
    // Read back with the caller on the line: phone, address and how we get in.
    handOff: [...READ_BACK_ITEMS.map((item) => ({ item, said: '' })), ...(draft.home?.trim() ? [{ item: 'home', said: draft.home.trim() }] : [])],
    ...said,
  }
}

/** How soon the caller of an emergency was told to hear from us. */
export interface EtaPromise {
  readonly etaMinutes: number
  readonly callerName: string | null
}

/** Promised to the caller whatever becomes of the booking, and so recorded before it; sent twice, it is there once. */
async function promiseEta({ ids, alert, customerId, callId, newPerson, summary }: BookingDraft, { etaMinutes, callerName }: EtaPromise): Promise<void> {
  const name = callerName ?? ([newPerson?.firstName, newPerson?.lastName].filter(Boolean).join(' ') || 'the caller')
  await unlessDone(['task.exists'], () =>
    api.command('task.create', {
      taskId: ids.eta,
      title: `Call ${name} with the ETA: ${EMERGENCY_RULES[alert?.kind ?? 'other'].name}`.slice(0, 120),
      type: 'etaCall',
      callId,
      assigneeId: null,
      role: 'dispatcher',
      dueAt: Date.now() + etaMinutes * MINUTE,
      remindAt: null,
      priority: 'high',
      related: customerId === null ? null : { kind: 'customer', id: customerId },
      notes: summary,
      signOffWanted: false,
      steps: [],
    }),
  )
}

/**
 * Records what is new and books. A refusal is thrown as it came; what was recorded before it stays recorded
 * and the draft knows, so that pressing Book again goes on from there.
 */
export async function submitBooking(key: string, said: BookedWith, eta: EtaPromise): Promise<Booked | SlotLost> {
  const draft = currentDraft(key)
  if (!draft) throw new Error('There is no such booking')
  await recordCustomer(draft)
  const ready = currentDraft(key) ?? draft
  if (ready.callId !== null && ready.callNotes.trim() !== '') await keepCallNotes(ready.callId, ready.callNotes)
  if (ready.alert && !ready.alert.withdrawn) await promiseEta(ready, eta)
  const input = bookingInput(ready, said)
  const slot = await bookAndClaim(ready, input)
  if (slot === 'lost') {
    const { number: jobNumber } = await api.query('jobs.get', { jobId: input.jobId })
    changeDraft(key, { slotLost: true })
    return { kind: 'slotLost', jobNumber }
  }
  const { waitEntryId, leadId } = ready
  const waitListSays = waitEntryId === null ? null : await endWait(waitEntryId, input.jobId)
  const leadSays = leadId === null ? null : await convertLead(leadId, input.customerId, input.jobId)
  const { number } = await api.query('jobs.get', { jobId: input.jobId })
  return { kind: 'booked', jobId: input.jobId, jobNumber: number, customerId: input.customerId, waitListSays: waitListSays ?? leadSays }
}

/**
 * They said yes to what they waited for. The job stands whatever the list says, and while it cannot end their wait they stay
 * a promise on it.
 * @returns what is to be put right on the list; null where nothing is
 */
async function endWait(entryId: string, jobId: string): Promise<string | null> {
  try {
    await unlessDone(['waitList.accepted'], () => api.command('waitList.accept', { entryId, jobId }))
    return null
  } catch (thrown) {
    return `The wait list could not be settled: ${asContractError(thrown).message} Alt+Shift+W shows it.`
  }
}

/** The lead is booked. The job stands whatever the list says, and while it cannot end there it stays a promise. */
async function convertLead(leadId: string, customerId: string, jobId: string): Promise<string | null> {
  try {
    await unlessDone(['lead.converted'], () => api.command('lead.convert', { leadId, customerId, jobId }))
    return null
  } catch (thrown) {
    return `The lead could not be settled: ${asContractError(thrown).message} Alt+Shift+E shows it.`
  }
}

/** Notes typed during the call belong to the call, whatever becomes of the booking. */
export async function keepCallNotes(callId: string, notes: string): Promise<void> {
  const call = await api.query('calls.detail', { callId })
  if (call.notes !== notes) await api.command('call.note', { callId, callerName: call.callerName, notes })
}
