import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import type { Role } from '../people/permissions.ts'
import { CONSENTS, RECORD_MODES } from '../recordings/tables.ts'

/** What a line is for: the pop says it, and whoever answers opens with it. */
export const LINE_PURPOSES = ['general', 'service', 'sales', 'emergency', 'billing', 'vendor'] as const
export type LinePurpose = (typeof LINE_PURPOSES)[number]

/** Open from `opensAt` to `closesAt` on a weekday (0 is Sunday), in minutes of the company’s day. */
export interface LineHours {
  readonly weekday: number
  readonly opensAt: number
  readonly closesAt: number
}

/** A number people dial, and the brand they believe to have dialled. */
export const phoneLineTable = defineTable(
  'phone_line',
  {
    /** E.164. */
    number: col.text(),
    name: col.text(),
    businessUnitId: nullable(col.ref('business_unit')),
    purpose: col.oneOf(LINE_PURPOSES),
    /** Whoever has all of these is rung first; empty asks for none. */
    skills: col.json<readonly string[]>(),
    /** Whoever has one of these roles is rung first; empty means everybody. */
    roles: col.json<readonly Role[]>(),
    /** For so long it rings only whom it rings first; null takes the company’s time. */
    firstSeconds: nullable(col.integer()),
    /** Where callers are sent while this line is gone, E.164; empty for none of its own. */
    backupNumber: col.text(),
    /** What three rings take on this line; null takes the company’s time. */
    ringLimitSeconds: nullable(col.integer()),
    /** Empty: the office’s own hours, every day. */
    hours: col.json<readonly LineHours[]>(),
    /** What is said before a call is recorded. */
    consentText: col.text(),
    /** How long recordings are kept; null takes the company’s time. */
    recordingDays: nullable(col.integer()),
    /** Who begins a recording; null is on request. */
    recordMode: nullable(col.oneOf(RECORD_MODES)),
    /** How the caller is told; null is read by whoever answers. */
    consentBy: nullable(col.oneOf(CONSENTS)),
    position: col.integer(),
    active: col.boolean(),
  },
  { resident: true, indexes: { byNumber: ['number'] } },
)

/** Where a person is reached, and what they are rung for. The id is the person’s. */
export const phoneExtensionTable = defineTable(
  'phone_extension',
  {
    userId: col.ref('user'),
    /** As it is dialled; null for who is reached at their workstation only. */
    extension: nullable(col.text()),
    /** Dispatch, sales: offered as one in a transfer. */
    groups: col.json<readonly string[]>(),
    skills: col.json<readonly string[]>(),
  },
  { resident: true, indexes: { byExtension: ['extension'] } },
)

/** How the telephone is run. At most one row per company; without it the defaults hold. */
export const phoneSettingTable = defineTable(
  'phone_setting',
  {
    /** How long somebody who has hung up is left alone, at most. */
    wrapUpSeconds: col.integer(),
    firstSeconds: col.integer(),
    recordingDays: col.integer(),
    /** Where callers are sent while the telephone is gone, E.164; empty for none. */
    backupNumber: col.text(),
    /** Where the processor takes card payments, `https:`; null for none. */
    paymentPage: nullable(col.text()),
    /** What is dialled to hear the voicemails; null is `*97`, as most telephone systems have it. */
    voicemailNumber: nullable(col.text()),
    /** Addresses or domains that the telephone system mails voicemails from, with spaces between them; only theirs are believed. */
    voicemailSenders: nullable(col.text()),
  },
  { resident: true },
)

export const WORK_STATUSES = ['available', 'wrapUp', 'lunch', 'break', 'meeting', 'gone'] as const
export type WorkStatus = (typeof WORK_STATUSES)[number]

/** Whether the telephone should ring somebody. The id is the person’s; without a row they are available. */
export const workStatusTable = defineTable(
  'work_status',
  {
    /** No reference, because a fact must find its place. */
    userId: col.id(),
    status: col.oneOf(WORK_STATUSES),
    since: col.instant(),
    /** The call that is being wrapped up, and until when at most. */
    callId: nullable(col.id()),
    until: nullable(col.instant()),
  },
  { resident: true },
)

/** Every status somebody has entered. */
export const statusChangeTable = defineTable(
  'status_change',
  {
    /** No reference, because a fact must find its place. */
    userId: col.id(),
    status: col.oneOf(WORK_STATUSES),
    at: col.instant(),
    callId: nullable(col.id()),
    until: nullable(col.instant()),
  },
  { indexes: { byUser: ['userId', 'at'], byAt: ['at'] } },
)

/** A time in which a workstation had no telephone. */
export const phoneOutageTable = defineTable(
  'phone_outage',
  {
    /** The workstation’s id, and no reference: workstations are the hub’s. */
    deviceId: col.text(),
    /** As people know the telephone: `Extension 101 at phones.example.com`. */
    account: col.text(),
    reason: col.text(),
    downAt: col.instant(),
    upAt: nullable(col.instant()),
  },
  { indexes: { byDown: ['downAt'], byDevice: ['deviceId', 'upAt'] } },
)

export type PhoneLine = Row<typeof phoneLineTable>
export type PhoneSetting = Row<typeof phoneSettingTable>
export type WorkStatusRow = Row<typeof workStatusTable>
