import type { ClockChange } from '../../base/clock.ts'
import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import type { AccountMap } from '../accounting/accounts.ts'
import { type Role, ROLES } from './permissions.ts'

/** `sample` never dials, sends or charges; `rehearsal` is a real company before its first live day. */
export const COMPANY_PHASES = ['sample', 'rehearsal', 'live'] as const

/** One row, whose id is the company's id. */
export const companyTable = defineTable(
  'company',
  {
    name: col.text(),
    phase: col.oneOf(COMPANY_PHASES),
    zone: col.text(),
    phone: col.text(),
    email: col.text(),
    addressLine1: col.text(),
    city: col.text(),
    state: col.text(),
    postalCode: col.text(),
    taxRounding: col.oneOf(['line', 'invoice']),
    termsDays: col.integer(),
    ringLimitSeconds: col.integer(),
    lockAfterMinutes: col.integer(),
    /** Office hours in minutes of the day; due times of same-day work end with them. */
    opensAt: col.integer(),
    closesAt: col.integer(),
    invoiceFooter: col.text(),
    accounts: col.json<AccountMap>(),
    booksClosedThrough: nullable(col.day()),
  },
  { resident: true },
)

export const PRESENCES = ['active', 'away', 'left'] as const

/** Why somebody is away for a while. */
export const ABSENCES = ['lunch', 'today', 'sick'] as const

export const userTable = defineTable(
  'user',
  {
    name: col.text(),
    roles: col.json<readonly Role[]>(),
    presence: col.oneOf(PRESENCES),
    /** Who takes this person's promises while away or gone; without one, the role does. */
    coverUserId: nullable(col.ref('user')),
    absence: nullable(col.oneOf(ABSENCES)),
    /** When they are expected back. */
    backAt: nullable(col.instant()),
    /** Who takes them this time, before the cover: a colleague, or a role. SQLite can't add a reference of two columns to a table that is there. */
    passToUserId: nullable(col.id()),
    passToRole: nullable(col.oneOf(ROLES)),
  },
  { resident: true },
)

/** Salted PIN hashes, apart from the people so that they travel and show nowhere by accident. The id is the user's. */
export const credentialTable = defineTable('credential', { salt: col.text(), hash: col.text() })

export const businessUnitTable = defineTable(
  'business_unit',
  {
    name: col.text(),
    position: col.integer(),
    /** The QuickBooks class its income carries. */
    accountClass: col.text(),
    active: col.boolean(),
  },
  { resident: true },
)

/**
 * Works from `start` to `end` on a weekday (0 is Sunday), in minutes of the technician's day; an `end` beyond 1440 is in the
 * night after it.
 */
export interface Shift {
  readonly weekday: number
  readonly start: number
  readonly end: number
}

export const technicianTable = defineTable(
  'technician',
  {
    name: col.text(),
    businessUnitId: col.ref('business_unit'),
    skills: col.json<readonly string[]>(),
    shifts: col.json<readonly Shift[]>(),
    homeArea: col.text(),
    /** Millionths of a degree. */
    homeLatitude: nullable(col.integer()),
    homeLongitude: nullable(col.integer()),
    phone: nullable(col.text()),
    position: col.integer(),
    active: col.boolean(),
    /** The zone of shifts and lunches; null: the company’s. */
    zone: nullable(col.text()),
    /** When they eat, by weekday; null: when the company does. */
    lunches: nullable(col.json<readonly Shift[]>()),
  },
  { resident: true },
)

/** What the clocks of a zone do, for whoever decides about shifts. The id follows from the zone’s name. */
export const zoneClockTable = defineTable(
  'zone_clock',
  {
    zone: col.text(),
    changes: col.json<readonly ClockChange[]>(),
    /** Beyond it nobody has looked. */
    until: col.instant(),
  },
  { resident: true },
)

export type ZoneClock = Row<typeof zoneClockTable>
export type Company = Row<typeof companyTable>
export type User = Row<typeof userTable>
export type BusinessUnit = Row<typeof businessUnitTable>
export type Technician = Row<typeof technicianTable>
