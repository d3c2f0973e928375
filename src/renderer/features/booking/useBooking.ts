import { useEffect, useState } from 'react'
import type { CustomerLocation, CustomerPage } from '../../../shared/contract/methods/customers.ts'
import type { DeskStanding } from '../../../shared/contract/methods/alerts.ts'
import type { Pop } from '../../../shared/contract/methods/calls.ts'
import type { DayGap, TechnicianWish, WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import type { BookingForm, ItemChoice } from '../../../shared/contract/methods/jobs.ts'
import { newId } from '../../../shared/base/id.ts'
import type { IsoDay } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { type BookingDraft, changeDraft, type DraftChange, type DraftLine, openDraft } from '../../stores/booking.ts'
import { useNow } from '../../stores/clock.ts'
import { useSettledDraft } from '../../stores/settledDraft.ts'
import { emergencyWindows } from '../alerts/emergencyWindows.ts'
import { useDeskStanding } from '../alerts/useDeskStanding.ts'
import { isEmergency } from '../scripts/draftScript.ts'
import { usePinned } from '../scripts/usePinned.ts'
import type { OfferedWindow } from './offeredWindows.ts'
import { askAnew, withPlace } from './placeChange.ts'
import type { FieldFlow } from './useFieldFlow.ts'
import type { FieldName } from './steps.ts'
import { useSteadyWindows } from './useSteadyWindows.ts'
import { chosenWindow, emergencyRoom, isForNoEmergency, windowForWish, windowKey } from './wishedWindow.ts'

/** How far ahead windows are offered. */
const DAYS_AHEAD = 10

const NO_GAPS: readonly DayGap[] = []

/** What every step of the script works with. */
export interface Booking {
  /** While a sentence is typed, as it was before: see `useSettledDraft`. */
  readonly draft: BookingDraft
  /** As it was when the call began. */
  readonly form: BookingForm
  /** The scripts and what is on offer, as they were when the call began. */
  readonly words: OutputOf<'booking.scripts'>
  /** Epoch milliseconds; null while nothing has begun. */
  readonly begunAt: number | null
  /** Better screening held when the call began. */
  readonly triage: boolean
  readonly customer: CustomerPage | undefined
  readonly location: CustomerLocation | undefined
  readonly jobType: BookingForm['jobTypes'][number] | undefined
  readonly pop: Pop | undefined
  /** Best first, full ones last, in the order in which they were first shown; `undefined` until a job type is chosen. */
  readonly windows: readonly OfferedWindow[] | undefined
  /** The same as they are now, asked again. */
  readonly windowsNow: () => Promise<readonly WindowProposal[]>
  /** What skilled technicians have left today, whether the visit fits or not. */
  readonly gaps: readonly DayGap[]
  /** The three to offer, which stay as they were offered. */
  readonly best: readonly OfferedWindow[]
  readonly today: IsoDay
  /** An alert stands, or the most urgent priority was chosen. */
  readonly emergency: boolean
  readonly desk: DeskStanding
  readonly change: (change: DraftChange | ((draft: BookingDraft) => DraftChange)) => void
  readonly errors: Readonly<Partial<Record<FieldName, string>>>
  readonly flow: FieldFlow
}

export interface BookingData extends Omit<Booking, 'errors' | 'flow' | 'form' | 'draft' | 'words' | 'desk'> {
  /** Who is calling, or their only place, is known and about to be filled in. */
  readonly filling: boolean
  readonly desk: DeskStanding | undefined
  readonly draft: BookingDraft | undefined
  readonly form: BookingForm | undefined
  readonly words: Booking['words'] | undefined
}

/** Changes what is typed, with what another place undoes. */
export const changeBooking = (key: string, next: DraftChange | ((draft: BookingDraft) => DraftChange)): void => changeDraft(key, (draft) => withPlace(draft, typeof next === 'function' ? next(draft) : next))

/**
 * The clock that the work goes by: the recorded place’s, or the one that its ZIP code has where it is recorded with the booking.
 * @returns undefined where the company’s own holds; `known` is false for the moment in which a ZIP code is looked up
 */
function usePlaceZone(draft: BookingDraft | undefined, customer: CustomerPage | undefined): { readonly known: boolean; readonly zone: string | undefined } {
  const postalCode = draft?.locationId === null ? (draft.newPlace?.postalCode.trim() ?? '') : ''
  const asked = postalCode.length >= 5
  const found = useQuery('customers.placeOfZip', asked ? { postalCode } : null)
  if (draft?.locationId) return { known: true, zone: customer?.locations.find(({ id }) => id === draft.locationId)?.zone || undefined }
  if (!asked) return { known: true, zone: undefined }
  // Where it can't be looked up, it is recorded with the company's as well.
  return { known: found.data !== undefined || found.error !== null, zone: found.data?.place?.zone ?? found.data?.zone }
}

/** What the customer said of technicians, as the windows mind it; while they are asked again, as they minded it last. */
function useWishes(minded: readonly TechnicianWish[] | undefined): string {
  const [last, setLast] = useState('')
  const now = minded === undefined ? last : minded.map(({ technicianId, wish }) => `${wish} ${technicianId}`).join(', ')
  if (now !== last) setLast(now)
  return now
}

/** Reads what a booking shows, and fills in what follows from who is calling. */
export function useBookingData(key: string, callId: string | null, customerId: string | null): BookingData {
  useEffect(() => openDraft(key, callId), [key, callId])
  const draft = useSettledDraft(key)
  const desk = useDeskStanding()
  const pinned = usePinned(key, draft, desk?.active)
  const form = pinned?.form
  const pop = useQuery('calls.pop', callId === null ? null : { callId }).data
  const chosen = draft?.customerId ?? null
  const customer = useQuery('customers.get', chosen === null ? null : { customerId: chosen }).data
  const now = useNow()
  const today = wallTimeOf(now, form?.zone ?? 'UTC').day
  const jobType = form?.jobTypes.find(({ id }) => id === draft?.jobTypeId)
  // How long it takes and what it needs are the call’s; who is free, and when we come at all, are the moment’s.
  // The days ahead are read while the caller says who they are.
  useEffect(() => void api.action('dispatch.beginBooking', { days: DAYS_AHEAD }).catch(() => undefined), [])
  const recorded = draft?.locationId ?? null
  const { known, zone } = usePlaceZone(draft, customer)
  const elsewhere = zone === form?.zone ? undefined : zone
  const asked = jobType && known ? { jobTypeId: jobType.id, fromDay: today, days: DAYS_AHEAD, durationMinutes: jobType.durationMinutes, skills: jobType.skills, reasons: 'offered' as const, ...(recorded !== null ? { locationId: recorded } : { ...(chosen === null ? {} : { customerId: chosen }), ...(elsewhere === undefined ? {} : { zone: elsewhere }) }) } : null
  const offered = useQuery('dispatch.windows', asked).data
  const wishes = useWishes(offered?.wishes)
  const emergency = draft !== undefined && form !== undefined && isEmergency(draft, form)
  const room = emergencyRoom({ emergency, today, desk })
  const { windows, best } = useSteadyWindows(`${draft?.jobTypeId ?? ''}/${recorded ?? elsewhere ?? ''}/${emergency ? 'emergency' : ''}/${wishes}`, offered?.windows, now, (all) =>
    emergency ? emergencyWindows(all, today, room.slotsLeft) : all.filter(({ available }) => available).slice(0, 3),
  )
  // Who asked for a time gets it offered first: it stands there until another one is taken.
  const suits = draft && draft.window === null && draft.wished.length > 0 && windows ? windowForWish(draft.wished, offered?.windows ?? []) : undefined
  const suitsKey = suits && windowKey(suits)
  useEffect(() => {
    if (suits) changeDraft(key, (current) => (current.window === null ? { window: chosenWindow(suits, room) } : {}))
    // The key says which window it is; the proposal is a new object with every answer.
    // eslint-disable-next-line react/exhaustive-deps
  }, [key, suitsKey])
  // Whoever took the alert back promises no full window any more without saying why.
  const unexplained = draft?.window && form && isForNoEmergency(draft.window, room)
  useEffect(() => {
    if (unexplained) changeDraft(key, ({ window }) => (window ? { window: { ...window, full: 'asked' } } : {}))
  }, [key, unexplained])
  // What was found by another place's clock is another time.
  const foreign = draft?.window && known && zone !== undefined && draft.window.zone !== zone && draft.slotLost !== true
  useEffect(() => {
    if (foreign) changeDraft(key, askAnew)
  }, [key, foreign])
  // Whom they do not want again is not named as the one who could come; the time stays as it was agreed on.
  const unwanted = draft?.window?.technicianName && customer?.notWanted.some(({ name }) => name === draft.window?.technicianName) ? draft.window : undefined
  const unwantedKey = unwanted && `${windowKey(unwanted)} ${unwanted.technicianName}`
  useEffect(() => {
    if (!unwanted) return
    const others = offered?.windows.find((window) => windowKey(window) === windowKey(unwanted))?.technicians.filter(({ id }) => !customer?.notWanted.some((technician) => technician.id === id))
    changeDraft(key, ({ window }) => (window ? { window: { ...window, technicianName: others?.[0]?.name ?? null } } : {}))
    // The key says what stands there and for whom; the rest is a new object with every answer.
    // eslint-disable-next-line react/exhaustive-deps
  }, [key, unwantedKey])
  const change: Booking['change'] = (next) => changeBooking(key, next)

  // Whoever the call is linked to, or the page came from, is the customer until somebody says otherwise.
  const suggested = pop?.customerId ?? customerId
  const suggestedLocation = pop?.locationId ?? null
  const untouched = draft !== undefined && draft.customerId === null && draft.newPerson === null
  useEffect(() => {
    if (untouched && suggested) changeDraft(key, { customerId: suggested, locationId: suggestedLocation })
  }, [key, untouched, suggested, suggestedLocation])

  // The list of drafts names the caller without asking.
  const called = customer && customer.id === chosen ? customer.name : chosen === null ? '' : undefined
  const outdated = draft !== undefined && called !== undefined && draft.who !== called
  useEffect(() => {
    if (outdated && called !== undefined) changeDraft(key, { who: called })
  }, [key, outdated, called])

  const only = customer && customer.id === chosen && customer.locations.length === 1 ? customer.locations[0]?.id : undefined
  const placeless = draft !== undefined && draft.locationId === null && draft.newPlace === null
  useEffect(() => {
    if (placeless && only) changeDraft(key, { locationId: only })
  }, [key, placeless, only])

  return {
    draft,
    filling: (untouched && suggested !== null) || (placeless && only !== undefined),
    form,
    words: pinned?.words,
    begunAt: pinned?.begunAt ?? null,
    triage: pinned?.triage ?? false,
    customer,
    location: customer?.locations.find(({ id }) => id === draft?.locationId),
    jobType,
    pop,
    windows,
    windowsNow: async () => (asked ? (await api.query('dispatch.windows', asked)).windows : []),
    gaps: offered?.gaps ?? NO_GAPS,
    best,
    emergency,
    desk,
    today,
    change,
  }
}

export function lineFor(item: ItemChoice, fromJobType: boolean): DraftLine {
  return { id: newId(), priceItemId: item.id, kind: item.kind, name: item.name, priceCents: item.priceCents, quantity: '1', fromJobType }
}

/** A job type brings its unit, its priority and its first line; what was chosen by hand stays. */
export function withJobType(draft: BookingDraft, jobType: BookingForm['jobTypes'][number], before: BookingForm['jobTypes'][number] | undefined): DraftChange {
  const kept = draft.lines.filter(({ fromJobType }) => !fromJobType)
  const usual = draft.priorityId === null || draft.priorityId === before?.defaultPriorityId
  return {
    jobTypeId: jobType.id,
    businessUnitId: jobType.businessUnitId,
    ...(usual ? { priorityId: jobType.defaultPriorityId } : {}),
    lines: [...(jobType.defaultItem ? [lineFor(jobType.defaultItem, true)] : []), ...kept],
    // Another type needs other skills and another length: the window is asked for again.
    ...(before ? { window: null, readBack: [false, false, false, false] as const } : {}),
  }
}
