import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

export const DAY_PARTS = ['any', 'morning', 'afternoon'] as const

export type DayPart = (typeof DAY_PARTS)[number]

export const WAIT_STATES = ['waiting', 'offered', 'accepted', 'declined', 'expired'] as const

/**
 * Somebody who wants to come sooner than the board allows (C14). While they wait, somebody owes them a call by a time; when
 * a visit within their days is canceled or moved away, its time is offered to them, and somebody owes them that call at once.
 */
export const waitEntryTable = defineTable(
  'wait_entry',
  {
    customerId: col.ref('customer'),
    locationId: nullable(col.ref('location')),
    jobTypeId: col.ref('job_type'),
    /** The job type's as it was then: who could come, and how long it takes. */
    businessUnitId: col.ref('business_unit'),
    durationMinutes: col.integer(),
    callId: nullable(col.ref('call')),
    /** The problem in the customer's words. */
    summary: col.text(),
    /** Where to call, E.164; else the customer's first number. */
    phone: nullable(col.text()),
    /** The days that would do. */
    fromDay: col.day(),
    toDay: col.day(),
    part: col.oneOf(DAY_PARTS),
    /** When somebody calls, gap or no gap. */
    callBackBy: col.instant(),
    askedAt: col.instant(),
    state: col.oneOf(WAIT_STATES),
    /** The time that came free, in the company's day, and until when it is held out. */
    offerDay: nullable(col.day()),
    offerStart: nullable(col.integer()),
    offerEnd: nullable(col.integer()),
    offerZone: nullable(col.text()),
    offerStartsAt: nullable(col.instant()),
    offerEndsAt: nullable(col.instant()),
    offeredAt: nullable(col.instant()),
    offerUntil: nullable(col.instant()),
    offersMade: col.integer(),
    /** What they said yes to. */
    jobId: nullable(col.ref('job')),
    resolution: col.text(),
    settledAt: nullable(col.instant()),
    settledBy: nullable(col.ref('user')),
    practice: col.boolean(),
    /** The visit that they keep while they wait for an earlier one, and when its window begins; null where nothing is booked. */
    visitId: nullable(col.id()),
    keptStartsAt: nullable(col.instant()),
    /** Whose visit left the time that is held out: brought back, it takes its time again. */
    offerFromId: nullable(col.id()),
    /** When the last time began that they let go by without an answer: it is not held out to them again. */
    lapsedStartsAt: nullable(col.instant()),
    /** Their days were over before anything came free: `owed` until somebody has told them. */
    news: nullable(col.oneOf(['owed', 'told'])),
  },
  { indexes: { byState: ['state', 'toDay'], byCustomer: ['customerId', 'state'] } },
)

export type WaitEntry = Row<typeof waitEntryTable>
