import type { ChecklistItem } from '../handoff/checklist.ts'
import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import type { ScriptAnswer } from '../scripts/content.ts'

/** The one priority table that CSR, dispatcher and technician share (C13). */
export const priorityTable = defineTable(
  'priority',
  {
    name: col.text(),
    /** 1 is the most urgent. */
    rank: col.integer(),
    /** When to choose it, in objective words. */
    rule: col.text(),
    respondWithinMinutes: col.integer(),
    active: col.boolean(),
  },
  { resident: true },
)

export const jobTypeTable = defineTable(
  'job_type',
  {
    name: col.text(),
    businessUnitId: col.ref('business_unit'),
    durationMinutes: col.integer(),
    skills: col.json<readonly string[]>(),
    defaultPriorityId: col.ref('priority'),
    /** The line a new job of this type starts with. */
    defaultItemId: nullable(col.ref('price_item')),
    active: col.boolean(),
    /** What is handed from the CSR to the dispatcher to the technician; null asks for the least. */
    checklist: nullable(col.json<readonly ChecklistItem[]>()),
    /** The paper that has to come back signed before work starts, by its name; null where none is needed. */
    waiver: nullable(col.text()),
    /** A visit of it is a chance to sell: an estimate. Null where nobody has said. */
    sells: nullable(col.boolean()),
  },
  { resident: true },
)

export const ITEM_KINDS = ['service', 'material', 'equipment', 'discount'] as const

export const priceItemTable = defineTable(
  'price_item',
  {
    code: col.text(),
    name: col.text(),
    description: col.text(),
    kind: col.oneOf(ITEM_KINDS),
    businessUnitId: nullable(col.ref('business_unit')),
    priceCents: col.cents(),
    costCents: col.cents(),
    taxable: col.boolean(),
    active: col.boolean(),
  },
  { indexes: { byCode: ['code'] } },
)

export const PAYMENT_FORMS = ['card', 'check', 'cash', 'financing', 'ach', 'onAccount'] as const

export const WAIVER_STATES = ['owed', 'sent', 'returned', 'none'] as const

export const jobTable = defineTable(
  'job',
  {
    number: col.text(),
    customerId: col.ref('customer'),
    locationId: col.ref('location'),
    businessUnitId: col.ref('business_unit'),
    jobTypeId: col.ref('job_type'),
    priorityId: col.ref('priority'),
    summary: col.text(),
    notes: col.text(),
    plannedPayment: col.oneOf(PAYMENT_FORMS),
    state: col.oneOf(['open', 'done', 'canceled']),
    cancelReason: nullable(col.text()),
    callId: nullable(col.ref('call')),
    /** Never zero: a job without a line item does not reach the books (B3). */
    lineCount: col.integer(),
    totalCents: col.cents(),
    invoiceId: nullable(col.ref('invoice')),
    practice: col.boolean(),
    /** The script it was booked with: a version that is published, or one that Baton ships with. */
    scriptVersionId: nullable(col.id()),
    /** What the script's own questions brought; null where it asked none. */
    answers: nullable(col.json<readonly ScriptAnswer[]>()),
    /** How the job type’s waiver stands; null where none is needed. `none`: somebody said that this job needs none. */
    waiver: nullable(col.oneOf(WAIVER_STATES)),
    waiverAt: nullable(col.instant()),
  },
  { indexes: { byCustomer: ['customerId'], byLocation: ['locationId'], byNumber: ['number'], byState: ['state'] } },
)

export const jobLineTable = defineTable(
  'job_line',
  {
    jobId: col.ref('job'),
    priceItemId: nullable(col.ref('price_item')),
    position: col.integer(),
    kind: col.oneOf(ITEM_KINDS),
    description: col.text(),
    /** Thousandths. */
    quantity: col.integer(),
    unitPriceCents: col.cents(),
    unitCostCents: col.cents(),
    amountCents: col.cents(),
    taxable: col.boolean(),
  },
  { indexes: { byJob: ['jobId'] } },
)

export type Priority = Row<typeof priorityTable>
export type JobType = Row<typeof jobTypeTable>
export type PriceItem = Row<typeof priceItemTable>
export type Job = Row<typeof jobTable>
export type JobLine = Row<typeof jobLineTable>
