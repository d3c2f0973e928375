import { create } from 'zustand'
import { newId } from '../../shared/base/id.ts'
import { DAY } from '../../shared/base/time.ts'
import type { EmergencyKind } from '../../shared/domain/alerts/kinds.ts'
import type { CallKind } from '../../shared/domain/calls/kinds.ts'
import type { OutputOf } from '../api/types.ts'
import { dropPin } from './callPin.ts'

/** A booking as it is typed. It is kept on this machine at every keystroke, so that a reload, a refusal or a second call loses nothing. */
export interface BookingDraft {
  readonly key: string
  /** Epoch milliseconds of the last keystroke. */
  readonly savedAt: number
  readonly callId: string | null
  /** Made with the draft: pressing Book again after a lost answer books nothing twice. */
  readonly ids: { readonly job: string; readonly appointment: string; readonly customer: string; readonly location: string; readonly phone: string; readonly email: string; readonly task: string; readonly eta: string }
  readonly customerId: string | null
  /** Someone new, as typed; recorded when the job is booked. */
  readonly newPerson: NewPerson | null
  readonly locationId: string | null
  readonly newPlace: NewPlace | null
  /** `null` while the location's own stands. */
  readonly accessNotes: string | null
  readonly gateCode: string | null
  readonly businessUnitId: string | null
  readonly jobTypeId: string | null
  readonly summary: string
  readonly priorityId: string | null
  readonly lines: readonly DraftLine[]
  readonly window: DraftWindow | null
  readonly plannedPayment: PaymentForm | null
  readonly notes: string
  readonly readBack: readonly [boolean, boolean, boolean, boolean]
  readonly confirmation: boolean
  readonly callNotes: string
  /** To the script's own questions, by the question's key. */
  readonly answers: Readonly<Record<string, string>>
  /** What the call is about; null while nobody has said. */
  readonly kind: CallKind | null
  /** What is typed where the call is not a booking. */
  readonly path: PathDraft
  /** The alert that was raised on it, and whether it was taken back. */
  readonly alert: DraftAlert | null
}

export interface DraftAlert {
  readonly id: string
  readonly kind: EmergencyKind
  readonly withdrawn: boolean
  /** A person said what it is: words no longer change it. */
  readonly chosen: boolean
}

/** The fields that calls without a booking share: each path uses some of them. */
export interface PathDraft {
  readonly visitId: string | null
  readonly window: DraftWindow | null
  readonly reason: string | null
  readonly words: string
  /** The vendor's name and company. */
  readonly who: string
  readonly technicianId: string | null
  /** In how many minutes a call back is promised; null promises none. */
  readonly callInMinutes: number | null
  /** A choice between two ways: the whole job canceled, the estimate made without a visit, the question answered. */
  readonly other: boolean
  readonly toManager: boolean
  /** Keep the number: as the vendor's, as the technician's, or blocked. */
  readonly keepNumber: boolean
}

export type PaymentForm = OutputOf<'booking.form'>['paymentForms'][number]['form']

export interface NewPerson {
  readonly kind: 'residential' | 'commercial'
  readonly firstName: string
  readonly lastName: string
  readonly companyName: string
  /** As typed, in any spelling. */
  readonly phone: string
  readonly email: string
  readonly leadSource: string
}

export interface NewPlace {
  readonly line1: string
  readonly line2: string
  readonly city: string
  readonly state: string
  readonly postalCode: string
  readonly pets: string
}

export interface DraftLine {
  readonly id: string
  readonly priceItemId: string
  readonly kind: OutputOf<'booking.items'>['items'][number]['kind']
  readonly name: string
  /** Cents; null where prices are hidden. */
  readonly priceCents: number | null
  /** As typed: `1`, `2.5`. */
  readonly quantity: string
  /** True for the job type's first line, which another job type replaces. */
  readonly fromJobType: boolean
}

export interface DraftWindow {
  readonly day: string
  readonly start: number
  readonly end: number
  readonly startsAt: number
  readonly endsAt: number
  readonly zone: string
  /** Who could come, for the words to the customer; dispatch decides. */
  readonly technicianName: string | null
}

const PREFIX = 'baton-booking:'

/** A draft nobody came back to for this long will not be booked any more. */
const KEPT_FOR = 14 * DAY

export const EMPTY_PERSON: NewPerson = { kind: 'residential', firstName: '', lastName: '', companyName: '', phone: '', email: '', leadSource: '' }
export const EMPTY_PATH: PathDraft = { visitId: null, window: null, reason: null, words: '', who: '', technicianId: null, callInMinutes: null, other: false, toManager: false, keepNumber: true }
export const EMPTY_PLACE: NewPlace = { line1: '', line2: '', city: '', state: '', postalCode: '', pets: '' }

export function emptyDraft(key: string, callId: string | null): BookingDraft {
  return {
    key,
    savedAt: Date.now(),
    callId,
    ids: { job: newId(), appointment: newId(), customer: newId(), location: newId(), phone: newId(), email: newId(), task: newId(), eta: newId() },
    customerId: null,
    newPerson: null,
    locationId: null,
    newPlace: null,
    accessNotes: null,
    gateCode: null,
    businessUnitId: null,
    jobTypeId: null,
    summary: '',
    priorityId: null,
    lines: [],
    window: null,
    plannedPayment: null,
    notes: '',
    readBack: [false, false, false, false],
    confirmation: true,
    callNotes: '',
    answers: {},
    kind: null,
    path: EMPTY_PATH,
    alert: null,
  }
}

function read(key: string): BookingDraft | null {
  try {
    const kept = localStorage.getItem(PREFIX + key)
    // Only this store writes it; a field that a newer version added takes its empty value.
    if (kept === null) return null
    const [empty, draft] = [emptyDraft(key, null), JSON.parse(kept) as BookingDraft]
    return { ...empty, ...draft, ids: { ...empty.ids, ...draft.ids }, path: { ...empty.path, ...draft.path } }
  } catch {
    return null
  }
}

function write(draft: BookingDraft): void {
  try {
    localStorage.setItem(PREFIX + draft.key, JSON.stringify(draft))
  } catch {
    // A full or forbidden storage leaves the draft in memory: it survives everything but a reload.
  }
}

/** Drops what nobody came back to; asked once per page. */
function sweep(): void {
  for (const name of Object.keys(localStorage).filter((candidate) => candidate.startsWith(PREFIX))) {
    const draft = read(name.slice(PREFIX.length))
    if (!draft || draft.savedAt < Date.now() - KEPT_FOR) localStorage.removeItem(name)
  }
}

let swept = false

interface BookingStore {
  readonly drafts: Readonly<Record<string, BookingDraft>>
}

const useBookingStore = create<BookingStore>(() => ({ drafts: {} }))

/** One draft per call; without a call, one per customer, and one for a caller nobody knows. */
export function draftKey(callId: string | null, customerId: string | null): string {
  return callId !== null ? `call/${callId}` : customerId !== null ? `customer/${customerId}` : 'new'
}

/** Brings the draft into memory, from this machine where it was begun before. */
export function openDraft(key: string, callId: string | null): void {
  if (!swept) {
    swept = true
    sweep()
  }
  const { drafts } = useBookingStore.getState()
  if (drafts[key]) return
  useBookingStore.setState({ drafts: { ...drafts, [key]: read(key) ?? emptyDraft(key, callId) } })
}

export function useDraft(key: string): BookingDraft | undefined {
  return useBookingStore((store) => store.drafts[key])
}

export type DraftChange = Partial<Omit<BookingDraft, 'key' | 'savedAt' | 'ids' | 'callId'>>

/** Changes a draft and keeps it at once. */
export function changeDraft(key: string, change: DraftChange | ((draft: BookingDraft) => DraftChange)): void {
  const { drafts } = useBookingStore.getState()
  const draft = drafts[key]
  if (!draft) return
  const next: BookingDraft = { ...draft, ...(typeof change === 'function' ? change(draft) : change), savedAt: Date.now() }
  useBookingStore.setState({ drafts: { ...drafts, [key]: next } })
  write(next)
}

/** The draft as it is now, for what runs after an await. */
export function currentDraft(key: string): BookingDraft | undefined {
  return useBookingStore.getState().drafts[key]
}

/** Booked, or given up on purpose. */
export function dropDraft(key: string): void {
  const { [key]: _dropped, ...drafts } = useBookingStore.getState().drafts
  useBookingStore.setState({ drafts })
  localStorage.removeItem(PREFIX + key)
  dropPin(key)
}
