import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { MAIL_SECURITIES } from '../mail/tables.ts'
import { type Role, ROLES } from '../people/permissions.ts'
import { QUESTION_KINDS, type ScriptAnswer } from '../scripts/content.ts'

/** How what came in reached us: a form, a booking request with a time, a chat, an email, or a file of leads that were bought. */
export const LEAD_CHANNELS = ['web', 'booking', 'chat', 'email', 'list'] as const

export type LeadChannel = (typeof LEAD_CHANNELS)[number]

export const LEAD_CHANNEL_NAMES: Readonly<Record<LeadChannel, string>> = { web: 'Web form', booking: 'Booking request', chat: 'Chat', email: 'Email', list: 'List' }

export const LEAD_STATES = ['new', 'accepted', 'converted', 'dismissed'] as const

export type LeadState = (typeof LEAD_STATES)[number]

/** Where a chat stands: the visitor waits for a word of ours, has one, or it is over. */
export const CHAT_STATES = ['none', 'waiting', 'answered', 'closed'] as const

/** What came of trying to reach somebody. */
export const LEAD_TRIES = ['noAnswer', 'leftMessage', 'texted', 'emailed', 'reached'] as const

export type LeadTry = (typeof LEAD_TRIES)[number]

export const LEAD_TRY_NAMES: Readonly<Record<LeadTry, string>> = { noAnswer: 'No answer', leftMessage: 'Left a message', texted: 'Sent a text', emailed: 'Sent an email', reached: 'Reached, to go on later' }

export const DISMISS_REASONS = ['notWanted', 'price', 'outOfArea', 'notOurWork', 'wrongNumber', 'duplicate', 'spam', 'other'] as const

export type DismissReason = (typeof DISMISS_REASONS)[number]

export const DISMISS_REASON_NAMES: Readonly<Record<DismissReason, string>> = {
  notWanted: 'Does not want it any more',
  price: 'Only asked for a price',
  outOfArea: 'Outside the service area',
  notOurWork: 'Not our kind of work',
  wrongNumber: 'Cannot be reached',
  duplicate: 'Came twice',
  spam: 'Spam',
  other: 'Something else',
}

/** Who sends leads: a form, a marketplace, a manufacturer, a mailbox. The id follows from the key. */
export const leadSourceTable = defineTable('lead_source', {
  /** What its address ends with: `angi`. */
  key: col.text(),
  name: col.text(),
  channel: col.oneOf(LEAD_CHANNELS),
  /** Who works what it brings. */
  role: col.oneOf(ROLES),
  /** By when the first contact is owed, in minutes in which the office is open. */
  contactMinutes: col.integer(),
  active: col.boolean(),
})

/** The mailbox that the office’s emails arrive in, one row with the company’s id. The password is with the workstations, never in a row. */
export const leadMailboxTable = defineTable('lead_mailbox', {
  host: col.text(),
  port: col.integer(),
  security: col.oneOf(MAIL_SECURITIES),
  userName: col.text(),
  folder: col.text(),
  /** Only what comes after this moment becomes a lead. */
  since: col.instant(),
  active: col.boolean(),
})

/** What is asked to qualify a lead before somebody drives out, by job type. The id is that of the question in answers. */
export const leadQuestionTable = defineTable(
  'lead_question',
  {
    /** Null: of every job type. */
    jobTypeId: nullable(col.ref('job_type')),
    position: col.integer(),
    label: col.text(),
    kind: col.oneOf(QUESTION_KINDS),
    options: col.json<readonly string[]>(),
    active: col.boolean(),
  },
)

/** A telephone number as it was sent, and as E.164 where it is one. */
export interface LeadPhone {
  readonly said: string
  readonly number: string | null
}

/** A time that would suit them, in the company’s day. */
export interface LeadWindow {
  readonly day: string
  readonly start: number
  readonly end: number
}

/** Something the source said that has no field of its own. */
export interface LeadDetail {
  readonly label: string
  readonly value: string
}

/**
 * Somebody who wants something of us and did not call: a web form, a booking request, a chat, an email, a bought lead (C7).
 * It stays New until somebody takes it, Accepted until they are booked or dismissed, and is a promise as long as it is open.
 */
export const leadTable = defineTable(
  'lead',
  {
    /** Null where the hub does not know the source any more; `sourceName` says who it was. */
    sourceId: nullable(col.ref('lead_source')),
    sourceName: col.text(),
    channel: col.oneOf(LEAD_CHANNELS),
    /** The source’s own id: the same lead said twice is one. */
    externalId: col.text(),
    receivedAt: col.instant(),
    name: col.text(),
    /** The first of `phones` that is one, E.164. */
    phone: nullable(col.text()),
    phones: col.json<readonly LeadPhone[]>(),
    email: col.text(),
    line1: col.text(),
    line2: col.text(),
    city: col.text(),
    region: col.text(),
    postalCode: col.text(),
    /** What the source calls the work, and the job type of ours that it is. */
    wish: col.text(),
    jobTypeId: nullable(col.ref('job_type')),
    subject: col.text(),
    words: col.text(),
    windows: col.json<readonly LeadWindow[]>(),
    answers: col.json<readonly ScriptAnswer[]>(),
    details: col.json<readonly LeadDetail[]>(),
    /** Files that came along, by name: they stay where they came. */
    files: col.json<readonly string[]>(),
    campaign: col.text(),
    /** By when the first contact is owed. */
    contactBy: col.instant(),
    state: col.oneOf(LEAD_STATES),
    chat: col.oneOf(CHAT_STATES),
    /** When the visitor last said something in the chat. */
    chatSaidAt: nullable(col.instant()),
    role: col.oneOf(ROLES),
    ownerId: nullable(col.ref('user')),
    attempts: col.integer(),
    lastAttemptAt: nullable(col.instant()),
    lastAttempt: nullable(col.oneOf(LEAD_TRIES)),
    nextAttemptAt: nullable(col.instant()),
    customerId: nullable(col.ref('customer')),
    jobId: nullable(col.ref('job')),
    dismissReason: nullable(col.oneOf(DISMISS_REASONS)),
    settledAt: nullable(col.instant()),
    settledBy: nullable(col.ref('user')),
  },
  { indexes: { byState: ['state', 'receivedAt'], byCustomer: ['customerId'], byPhone: ['phone'] } },
)

/** What happened with a lead, in its order: what was said in the chat, tries, notes, how it ended. */
export const LEAD_ENTRY_KINDS = ['said', 'answer', 'note', 'attempt', 'accepted', 'chatClosed', 'converted', 'dismissed', 'reopened'] as const

export type LeadEntryKind = (typeof LEAD_ENTRY_KINDS)[number]

/** Rows are only ever added. It stands though the hub may not know the lead or the person. */
export const leadEntryTable = defineTable(
  'lead_entry',
  {
    leadId: col.id(),
    kind: col.oneOf(LEAD_ENTRY_KINDS),
    at: col.instant(),
    /** Null: the visitor, or what answered for us before the office did. */
    byId: nullable(col.id()),
    /** Who said it, where it was nobody of the office. */
    by: col.text(),
    body: col.text(),
  },
  { indexes: { byLead: ['leadId', 'at'] } },
)

/** Who works what a channel brings, and how soon, unless the source says otherwise. */
export const CHANNEL_DEFAULTS: Readonly<Record<LeadChannel, { readonly role: Role; readonly contactMinutes: number }>> = {
  web: { role: 'inboundCsr', contactMinutes: 5 },
  booking: { role: 'inboundCsr', contactMinutes: 5 },
  chat: { role: 'inboundCsr', contactMinutes: 2 },
  email: { role: 'inboundCsr', contactMinutes: 240 },
  list: { role: 'leadCoordinator', contactMinutes: 240 },
}

export type LeadSource = Row<typeof leadSourceTable>
export type LeadMailbox = Row<typeof leadMailboxTable>
export type LeadQuestion = Row<typeof leadQuestionTable>
export type Lead = Row<typeof leadTable>
export type LeadEntry = Row<typeof leadEntryTable>
