import type { Instant, IsoDay } from '../../../../shared/base/time.ts'
import type { Interval } from '../../../../shared/domain/dispatch/availability.ts'
import type { Appointment } from '../../../../shared/domain/dispatch/tables.ts'
import type { Place } from '../travel.ts'

/**
 * A day as it stands in the store, in plain values that another thread can be given: who works when, what is planned, and
 * what was promised about it. Instants are epoch ms.
 */
export interface DayFacts {
  readonly day: IsoDay
  /** The company's midnights around the day: 23 to 25 hours apart. */
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly now: Instant
  /** km/h. */
  readonly speed: number
  readonly technicians: readonly DayTechnician[]
  readonly visits: readonly DayVisit[]
}

export interface DayTechnician {
  readonly id: string
  readonly name: string
  readonly unitId: string
  readonly active: boolean
  readonly skills: readonly string[]
  readonly home: Place | null
  /** Uncut, in order; a shift of the night before is among them. */
  readonly shifts: readonly Interval[]
  readonly blocks: readonly Interval[]
  readonly onCall: readonly Interval[]
}

/** What of an appointment says where it stands and what was promised, with what its job needs. */
export type DayVisit = Pick<
  Appointment,
  | 'id'
  | 'version'
  | 'state'
  | 'customerId'
  | 'locationId'
  | 'businessUnitId'
  | 'technicianId'
  | 'startsAt'
  | 'endsAt'
  | 'windowStartsAt'
  | 'windowEndsAt'
  | 'durationMinutes'
  | 'promisedTechnicianId'
  | 'promisedAt'
  | 'invoiced'
> & {
  readonly crewIds: readonly string[]
  /** Whom the customer asks for, and who is not to come to them again. */
  readonly askedForId: string | null
  readonly notWantedIds: readonly string[]
  /** What it is called on the board. */
  readonly name: string
  readonly skills: readonly string[]
  /** 1 is the most urgent. */
  readonly rank: number
  readonly place: Place | null
}
