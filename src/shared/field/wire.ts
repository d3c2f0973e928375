import type { Instant, IsoDay } from '../base/time.ts'
import type { AppointmentState } from '../domain/dispatch/tables.ts'
import type { ReportKind } from '../domain/field/tables.ts'

/** What the technician’s page and the hub say to each other. Types only: the page is small. */

export interface TechnicianVisit {
  readonly id: string
  readonly jobNumber: string
  readonly jobType: string
  readonly state: AppointmentState
  readonly holdReason: string | null
  readonly windowStartsAt: Instant
  readonly windowEndsAt: Instant
  /** The visit’s own zone, in which its times are said. */
  readonly zone: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly dispatchedAt: Instant | null
  readonly arrivedAt: Instant | null
  readonly doneAt: Instant | null
  readonly customer: string
  /** As they are dialed, and as people read them. */
  readonly phones: readonly { readonly value: string; readonly shown: string; readonly label: string }[]
  readonly address: string
  /** Millionths of a degree. */
  readonly latitude: number | null
  readonly longitude: number | null
  /** Gate code, pets, parking, how to get in; what there is of it. */
  readonly access: readonly { readonly label: string; readonly text: string }[]
  readonly summary: string
  /** What was promised or asked, line by line. */
  readonly promised: readonly string[]
  readonly notes: readonly string[]
  /** What the office has not settled for this visit, by its name on the checklist; none once somebody was sent. */
  readonly missing: readonly string[]
  /** What is to be done; never what it costs. Quantities in thousandths. */
  readonly lines: readonly { readonly description: string; readonly quantity: number }[]
}

export interface TechnicianDay {
  /** The hub’s clock. */
  readonly now: Instant
  /** Another one after the hub was restored from a backup: what it had heard since is said again. */
  readonly epoch: string
  readonly company: { readonly name: string; readonly phone: string; readonly phoneShown: string }
  readonly technician: string
  readonly day: IsoDay
  readonly zone: string
  readonly expiresAt: Instant
  readonly holdReasons: readonly string[]
  readonly visits: readonly TechnicianVisit[]
}

/** One tap. `id` is its own for good: sent again, it is the same. */
export interface Tap {
  readonly id: string
  readonly visitId: string
  readonly kind: ReportKind | 'issue'
  /** How the visit stood on the page: what was said of it since, which the technician did not see, is not undone. */
  readonly saw?: AppointmentState
  /** When it began on the page: a visit that was put on another day since is not sent out today. */
  readonly sawStartsAt?: Instant
  /** What it was on hold for on the page; absent where it was not. */
  readonly sawHold?: string
  /** How long ago by the telephone’s clock, milliseconds: what its clock says the time is does not matter. */
  readonly agoMs: number
  readonly reason?: string
  readonly minutes?: number
  readonly text?: string
}

/** The hub’s word on a tap or a photo, the same however often it is asked. */
export type Word = { readonly outcome: 'taken' } | { readonly outcome: 'refused'; readonly message: string }

/** Why a request was not answered; `link.*` ends the link for this page. */
export interface Problem {
  readonly code: string
  readonly message: string
}
