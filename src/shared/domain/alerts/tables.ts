import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { EMERGENCY_KINDS, WEATHERS } from './kinds.ts'

/**
 * An emergency that somebody told us about. Until a person has acknowledged it, it stands on every screen of dispatch and
 * management, and is a promise with a due time. It stands though the hub may not know the call or the customer.
 */
export const alertTable = defineTable(
  'alert',
  {
    kind: col.oneOf(EMERGENCY_KINDS),
    /** How it was noticed: the words of the summary, or a key. */
    noticedBy: col.oneOf(['words', 'key']),
    /** The problem as far as it was typed. */
    summary: col.text(),
    /** Who and where, as typed: the customer may not be recorded yet. */
    caller: col.text(),
    place: col.text(),
    callId: nullable(col.ref('call')),
    customerId: nullable(col.ref('customer')),
    locationId: nullable(col.ref('location')),
    state: col.oneOf(['open', 'acknowledged', 'withdrawn']),
    /** Where it was raised, or became graver after somebody had acknowledged it. */
    raisedAt: col.instant(),
    raisedBy: col.id(),
    acknowledgedAt: nullable(col.instant()),
    acknowledgedBy: nullable(col.ref('user')),
    withdrawnAt: nullable(col.instant()),
    withdrawnBy: nullable(col.ref('user')),
    /** Why it was none after all. */
    reason: col.text(),
    practice: col.boolean(),
  },
  { indexes: { byState: ['state', 'raisedAt'], byCall: ['callId'], byCustomer: ['customerId'], byLocation: ['locationId'] } },
)

export const SCREENING_MODES = ['off', 'on', 'auto'] as const

/** How the call-taker's desk works today. At most one row per company; without it the defaults hold. */
export const deskSettingTable = defineTable(
  'desk_setting',
  {
    weather: col.oneOf(WEATHERS),
    screening: col.oneOf(SCREENING_MODES),
    /** With `auto`: better screening begins with so many callers waiting. */
    threshold: col.integer(),
    /** What is not booked while it holds. */
    heldBackJobTypeIds: col.json<readonly string[]>(),
    /** Within how many minutes the caller of an emergency hears when somebody comes. */
    etaMinutes: col.integer(),
    /** How many emergencies of one day may be promised a window that is full. */
    emergencySlots: col.integer(),
  },
  { resident: true },
)

export type Alert = Row<typeof alertTable>
export type DeskSetting = Row<typeof deskSettingTable>
