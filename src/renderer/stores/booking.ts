import { create } from 'zustand'
import { newId } from '../../shared/base/id.ts'
import { DAY } from '../../shared/base/time.ts'
import type { EmergencyKind } from '../../shared/domain/alerts/kinds.ts'
import type { CallKind } from '../../shared/domain/calls/kinds.ts'
import { api } from '../api/api.ts'
import type { CommandInput, OutputOf } from '../api/types.ts'
import { dropPin, forgetStoredPin, storeMakingRoom } from './callPin.ts'
import { createDraftKeeper } from './draftKeeper.ts'
import { keptName } from '../api/room.ts'

/**
 * A booking as it is typed. Every keystroke goes to the page's own storage at once and to the workstation's store right
 * after: a reload, a refusal, a second call, another person at the page or a killed browser loses nothing.
 */
export interface BookingDraft {
  readonly key: string
  /** Epoch milliseconds of the last keystroke. */
  readonly savedAt: number
  /** Grows with every change: of two copies the higher one was typed last, whatever the clocks say. */
  readonly revision: number
  /** Epoch milliseconds. */
  readonly begunAt: number
  /** Who typed last; null in a draft of an older Baton. */
  readonly ownerId: string | null
  /** Who is calling, for the list of drafts; empty while nobody knows. */
  readonly who: string
  /** Whose wish on the wait list this books. */
  readonly waitEntryId: string | null
  /** The lead that this books. */
  readonly leadId: string | null
  /** What the wait list put into it; null in every other draft. */
  readonly brought: Brought | null
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
  /** When they asked us to come, before anybody spoke to them, in the company's days; the first suits best. */
  readonly wished: readonly WishedTime[]
  readonly plannedPayment: PaymentForm | null
  readonly notes: string
  /** Who will be home, for the hand-off; absent in a draft of an older Baton. */
  readonly home?: string
  /** Why the window is promised though nobody is free in it; absent while that was not asked. */
  readonly overbookWhy?: string
  /** The job is booked, and the time that it claimed went to somebody else: what is chosen now is another window for it, or the reason to keep it. */
  readonly slotLost?: boolean
  /** What was sent, and may be recorded: what is typed otherwise since is said to the job. Absent or null where nothing was, or it was refused. */
  readonly sent?: CommandInput<'job.book'> | null
  readonly readBack: readonly [boolean, boolean, boolean, boolean]
  /** Why the window, or the address, is asked and read back once more; absent or null where nothing was undone. */
  readonly askedAnew?: 'place' | 'address' | null
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

export interface Brought {
  /** As it was typed on the call before, on which it was heard whether it was an emergency. */
  readonly summary: string
  /** When the offered window begins, in epoch milliseconds; null where no time had come free. */
  readonly offerAt: number | null
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
  /** Why the window is promised though nobody is free in it; absent while that was not asked. */
  readonly overbookWhy?: string
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
  /** Chosen though nobody is free in it: the reason is asked, or it is an emergency's. Absent where somebody was. */
  readonly full?: 'asked' | 'emergency'
}

/** A time that would suit them; minutes of the day. */
export interface WishedTime {
  readonly day: string
  readonly start: number
  readonly end: number
}

const PREFIX = keptName('baton-booking:')

/** A draft nobody came back to for this long will not be booked any more. */
const KEPT_FOR = 14 * DAY

export const EMPTY_PERSON: NewPerson = { kind: 'residential', firstName: '', lastName: '', companyName: '', phone: '', email: '', leadSource: '' }
export const EMPTY_PATH: PathDraft = { visitId: null, window: null, reason: null, words: '', who: '', technicianId: null, callInMinutes: null, other: false, toManager: false, keepNumber: true }
export const EMPTY_PLACE: NewPlace = { line1: '', line2: '', city: '', state: '', postalCode: '', pets: '' }

export function emptyDraft(key: string, callId: string | null): BookingDraft {
  return {
    key,
    savedAt: Date.now(),
    revision: 0,
    begunAt: Date.now(),
    ownerId: null,
    who: '',
    waitEntryId: null,
    leadId: null,
    brought: null,
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
    wished: [],
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

/** A draft of an older version or from elsewhere: what a newer one added takes its empty value. */
export function completedDraft(key: string, draft: Partial<BookingDraft>): BookingDraft {
  const empty = emptyDraft(key, null)
  return { ...empty, ...draft, begunAt: draft.begunAt ?? draft.savedAt ?? empty.begunAt, key, ids: { ...empty.ids, ...draft.ids }, path: { ...empty.path, ...draft.path } }
}

/** A draft as it was kept or handed over; null where it cannot be read. */
function parseDraft(key: string, body: string): BookingDraft | null {
  try {
    // Only pages write drafts.
    return completedDraft(key, JSON.parse(body) as Partial<BookingDraft>)
  } catch {
    return null
  }
}

function read(key: string): BookingDraft | null {
  try {
    const kept = localStorage.getItem(PREFIX + key)
    return kept === null ? null : parseDraft(key, kept)
  } catch {
    return null
  }
}

const keeper = createDraftKeeper({
  keep: (key, { revision, body }) => api.action('draft.keep', { key, revision, body }),
  drop: (key) => api.action('draft.drop', { key }),
})

function write(draft: BookingDraft): void {
  const body = JSON.stringify(draft)
  // Where the browser's storage takes nothing, the draft is in memory and in the workstation's store.
  storeMakingRoom(PREFIX + draft.key, body)
  keeper.say(draft.key, { revision: draft.revision, body })
}

const storedKeys = (): readonly string[] => Object.keys(localStorage).flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []))

/** Drops what nobody came back to; asked once per page. */
function sweep(): void {
  for (const key of storedKeys()) {
    const draft = read(key)
    if (!draft || draft.savedAt < Date.now() - (isBegun(draft) ? KEPT_FOR : DAY)) localStorage.removeItem(PREFIX + key)
  }
}

let swept = false

interface BookingStore {
  readonly drafts: Readonly<Record<string, BookingDraft>>
  /** What the workstation's store has is here too; before that, an empty draft might hide one that was begun. */
  readonly hydrated: boolean
  /** Asked for before that. */
  readonly awaited: Readonly<Record<string, string | null>>
}

export const useBookingStore = create<BookingStore>(() => ({ drafts: {}, hydrated: false, awaited: {} }))

/** Who is at the page: drafts say who typed last. */
let typist: string | null = null

/** Let go of on this page: an answer that was on its way brings none of them back. */
const dropped = new Set<string>()

export function typeAs(userId: string): void {
  typist = userId
}

/** One draft per call; without a call, one per customer and person, and one of each person's for a caller nobody knows. */
export function draftKey(callId: string | null, customerId: string | null, userId: string): string {
  return callId !== null ? `call/${callId}` : `${customerId !== null ? `customer/${customerId}` : 'new'}/by/${userId}`
}

function setDraft(draft: BookingDraft): void {
  dropped.delete(draft.key)
  const { drafts } = useBookingStore.getState()
  useBookingStore.setState({ drafts: { ...drafts, [draft.key]: draft } })
}

/** Brings the draft into memory, from this machine where it was begun before. */
export function openDraft(key: string, callId: string | null): void {
  if (!swept) {
    swept = true
    sweep()
  }
  const { drafts, hydrated, awaited } = useBookingStore.getState()
  if (drafts[key]) return
  const stored = read(key)
  if (stored) return setDraft(stored)
  if (hydrated) return setDraft({ ...emptyDraft(key, callId), ownerId: typist })
  useBookingStore.setState({ awaited: { ...awaited, [key]: callId } })
}

/** Takes in what the workstation's store and this page's storage have; of two copies the one typed last. */
export function hydrateDrafts(kept: OutputOf<'drafts.kept'>['drafts']): void {
  const { drafts, awaited } = useBookingStore.getState()
  const found: Record<string, BookingDraft> = {}
  const inStore = new Map(kept.map(({ key, revision }) => [key, revision]))
  for (const { key, body } of kept) {
    const draft = parseDraft(key, body)
    if (draft && !dropped.has(key)) found[key] = draft
  }
  for (const key of storedKeys()) {
    const draft = read(key)
    if (draft && draft.revision >= (found[key]?.revision ?? 0)) found[key] = draft
  }
  for (const draft of Object.values(drafts)) if (draft.revision >= (found[draft.key]?.revision ?? 0)) found[draft.key] = draft
  for (const [key, callId] of Object.entries(awaited)) found[key] ??= { ...emptyDraft(key, callId), ownerId: typist }
  useBookingStore.setState({ drafts: found, hydrated: true, awaited: {} })
  for (const draft of Object.values(found)) if (isBegun(draft) && draft.revision > (inStore.get(draft.key) ?? -1)) write(draft)
}

/** Sends once more what could not be kept while the connection was down. */
export const keepAgain = (): void => keeper.retry()

/** Somebody has said or typed something in it; what follows from the ring alone is no work that could be lost. */
export function isBegun({ newPerson, newPlace, jobTypeId, summary, lines, window, notes, callNotes, kind, path, plannedPayment, waitEntryId, leadId, answers, alert }: BookingDraft): boolean {
  const typed = `${summary}${notes}${callNotes}${path.words}${path.who}`.trim() !== ''
  return typed || newPerson !== null || newPlace !== null || jobTypeId !== null || lines.length > 0 || window !== null || kind !== null || plannedPayment !== null || waitEntryId !== null || leadId !== null || alert !== null || Object.keys(answers).length > 0
}

const anyWords = (words: readonly (string | null | undefined)[]): boolean => words.some((one) => (one ?? '').trim() !== '')

/** Words of the caller are in it, or dispatch goes by its alert. What was only chosen is chosen again in a few keys. */
export function isTyped({ summary, notes, callNotes, path, newPerson, newPlace, accessNotes, gateCode, answers, alert }: BookingDraft): boolean {
  const person = newPerson && [newPerson.firstName, newPerson.lastName, newPerson.companyName, newPerson.email]
  const place = newPlace && [newPlace.line1, newPlace.line2, newPlace.postalCode, newPlace.pets]
  return anyWords([summary, notes, callNotes, path.words, path.who, accessNotes, gateCode, ...(person ?? []), ...(place ?? []), ...Object.values(answers)]) || (alert !== null && !alert.withdrawn)
}

export type DraftChange = Partial<Omit<BookingDraft, 'key' | 'savedAt' | 'revision' | 'begunAt' | 'ownerId' | 'ids' | 'callId'>>

/** Changes a draft and keeps it at once. */
export function changeDraft(key: string, change: DraftChange | ((draft: BookingDraft) => DraftChange)): void {
  const draft = useBookingStore.getState().drafts[key]
  if (!draft) return
  const next: BookingDraft = { ...draft, ...(typeof change === 'function' ? change(draft) : change), savedAt: Date.now(), revision: draft.revision + 1, ownerId: typist ?? draft.ownerId }
  setDraft(next)
  write(next)
}

/** Puts a draft here that came from somewhere else: a colleague, the wait list. */
export function putDraft(draft: BookingDraft): void {
  const next = { ...draft, savedAt: Date.now(), revision: draft.revision + 1, ownerId: typist ?? draft.ownerId }
  setDraft(next)
  write(next)
}

/** The draft as it is now, for what runs after an await. */
export function currentDraft(key: string): BookingDraft | undefined {
  return useBookingStore.getState().drafts[key]
}

/**
 * Somebody has said how a call ended: what is left of it here goes, unless it is worth going on with.
 * @param stays of a lead a begun draft stays for the call back; of what was none, only one with words in it
 */
export function letGoOf(callId: string, stays: (draft: BookingDraft) => boolean = isBegun): void {
  const key = draftKey(callId, null, '')
  const { drafts } = useBookingStore.getState()
  const draft = drafts[key] ?? read(key)
  if (draft && stays(draft)) return
  // A screen may still show it: there it stands as it was before anything was chosen.
  if (draft && drafts[key]) {
    const { begunAt, revision, ownerId, who, customerId, locationId } = draft
    setDraft({ ...emptyDraft(key, callId), begunAt, revision, ownerId, who, customerId, locationId })
  }
  localStorage.removeItem(PREFIX + key)
  forgetStoredPin(key)
  if (draft) keeper.say(key, null)
}

/** Booked, handed over, or given up on purpose. */
export function dropDraft(key: string): void {
  const { [key]: _dropped, ...drafts } = useBookingStore.getState().drafts
  useBookingStore.setState({ drafts })
  dropped.add(key)
  localStorage.removeItem(PREFIX + key)
  dropPin(key)
  keeper.say(key, null)
}
