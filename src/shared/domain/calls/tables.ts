import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { CALL_KINDS } from './kinds.ts'
import { END_CAUSES, type Legs } from './legs.ts'

export const CALL_STATES = ['ringing', 'live', 'ended'] as const

/** C5. A lead call that ends without a booking is Unbooked, and somebody owes a call back. */
export const CALL_OUTCOMES = ['booked', 'unbooked', 'excused', 'notLead', 'abandoned'] as const

export const callTable = defineTable(
  'call',
  {
    /** The phone system's own id: the same ring reported twice is one call. */
    externalId: col.text(),
    direction: col.oneOf(['in', 'out']),
    state: col.oneOf(CALL_STATES),
    /** The line or brand that was dialled. */
    lineName: col.text(),
    lineNumber: col.text(),
    /** E.164, or null where the caller withheld it. */
    fromNumber: nullable(col.text()),
    /** The other end as it is dialled, where it is a telephone of this office or a number too short to be anybody’s. */
    extension: nullable(col.text()),
    offeredAt: col.instant(),
    answeredAt: nullable(col.instant()),
    endedAt: nullable(col.instant()),
    endCause: nullable(col.oneOf(END_CAUSES)),
    /** What each workstation’s telephone has said; null for a call that was recorded before they were told apart, and by hand. */
    legs: nullable(col.json<Legs>()),
    /** How long it rang and was talked on, by a monotonic clock: a clock that is set cannot change them. */
    ringMs: nullable(col.integer()),
    talkMs: nullable(col.integer()),
    agentId: nullable(col.ref('user')),
    customerId: nullable(col.ref('customer')),
    locationId: nullable(col.ref('location')),
    jobId: nullable(col.ref('job')),
    outcome: nullable(col.oneOf(CALL_OUTCOMES)),
    /** True while the outcome is what C5 makes of the facts; false once a person has said it. */
    outcomeByRule: col.boolean(),
    reason: col.text(),
    callerName: col.text(),
    notes: col.text(),
    /** `owed` while somebody must call back. */
    followUp: col.oneOf(['none', 'owed', 'done', 'dropped']),
    callBackBy: nullable(col.instant()),
    /** Where the caller wants to be called, if not at the number that rang; E.164. */
    callBackNumber: nullable(col.text()),
    practice: col.boolean(),
    /** What it is about (C15): said by a person, or by who is known to ring from this number. */
    kind: nullable(col.oneOf(CALL_KINDS)),
    /** When a colleague took the caller over last, and who put them through; `agentId` is whoever has them then. */
    transferredAt: nullable(col.instant()),
    /** A person's id, and no reference: the telephone says it, and a fact must find its place. */
    transferredBy: nullable(col.text()),
    /** When somebody put the call through to another telephone and had no more part in it, and who; a person’s id, and no reference. */
    leftAt: nullable(col.instant()),
    leftBy: nullable(col.text()),
    /** The missed call, voicemail or promise that an outgoing call returns. An id, and no reference: it may have been taken back. */
    returnsCallId: nullable(col.text()),
    /** What the caller left where nobody answered: when it ended, and how long it is in seconds. */
    voicemailAt: nullable(col.instant()),
    voicemailSeconds: nullable(col.integer()),
    /** Where the telephone system keeps the recording, in its own words; null where it says nothing of it. */
    voicemailRecording: nullable(col.text()),
    /** It came while the line was closed: the time to call back counts from when it opens. */
    countsFrom: nullable(col.instant()),
    /** The earlier call of the same caller whose call back answers this one too. */
    repeatOf: nullable(col.id()),
  },
  {
    indexes: {
      byExternalId: ['externalId'],
      byCustomer: ['customerId', 'offeredAt'],
      byOffered: ['offeredAt'],
      byJob: ['jobId'],
      byNumber: ['fromNumber', 'customerId', 'offeredAt'],
      byState: ['state'],
      byOwed: ['followUp', 'fromNumber'],
      byOwedCustomer: ['followUp', 'customerId'],
      byRepeat: ['repeatOf'],
      byCallBackNumber: ['callBackNumber'],
    },
  },
)

export const KNOWN_NUMBER_KINDS = ['vendor', 'technician', 'blocked'] as const

/** Who else rings from where (C22): no customers, but no strangers either. The id follows from the number. */
export const knownNumberTable = defineTable('known_number', {
  /** E.164. */
  number: col.text(),
  kind: col.oneOf(KNOWN_NUMBER_KINDS),
  /** The vendor's or technician's name; of a blocked number what is known of it. */
  name: col.text(),
  note: col.text(),
  technicianId: nullable(col.ref('technician')),
}, { indexes: { byNumber: ['number'] } })

export type Call = Row<typeof callTable>
export type KnownNumber = Row<typeof knownNumberTable>
