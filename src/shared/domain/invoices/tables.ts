import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { ITEM_KINDS } from '../jobs/tables.ts'
import type { Cents, RatePpm } from '../../base/money.ts'

export interface Jurisdiction {
  readonly name: string
  readonly rate: RatePpm
}

/** The jurisdictions whose sales taxes add up at a place. */
export const taxZoneTable = defineTable('tax_zone', { name: col.text(), jurisdictions: col.json<readonly Jurisdiction[]>(), active: col.boolean() }, { resident: true })

/** One jurisdiction's tax on one invoice. */
export interface TaxShare {
  readonly jurisdiction: string
  readonly rate: RatePpm
  readonly taxableCents: Cents
  readonly taxCents: Cents
}

/** The names and addresses as they were on the day: an invoice does not change when a customer moves. */
export interface BillTo {
  readonly name: string
  readonly lines: readonly string[]
}

export const invoiceTable = defineTable(
  'invoice',
  {
    /** Permanent once given, at finalising. */
    number: nullable(col.text()),
    state: col.oneOf(['draft', 'finalized']),
    jobId: col.ref('job'),
    customerId: col.ref('customer'),
    locationId: col.ref('location'),
    businessUnitId: col.ref('business_unit'),
    day: nullable(col.day()),
    dueDay: nullable(col.day()),
    /** The end of the due day where the company is. */
    dueAt: nullable(col.instant()),
    termsDays: col.integer(),
    subtotalCents: col.cents(),
    taxCents: col.cents(),
    totalCents: col.cents(),
    paidCents: col.cents(),
    balanceCents: col.cents(),
    taxShares: col.json<readonly TaxShare[]>(),
    billTo: col.json<BillTo>(),
    serviceAt: col.json<BillTo>(),
    memo: col.text(),
    finalizedAt: nullable(col.instant()),
    batchId: nullable(col.ref('batch')),
    posted: col.boolean(),
    practice: col.boolean(),
  },
  {
    indexes: {
      byJob: ['jobId'],
      byCustomer: ['customerId'],
      byNumber: ['number'],
      byBatch: ['batchId'],
      byState: ['state', 'day'],
      byBalance: ['balanceCents'],
    },
  },
)

export const invoiceLineTable = defineTable(
  'invoice_line',
  {
    invoiceId: col.ref('invoice'),
    priceItemId: nullable(col.ref('price_item')),
    position: col.integer(),
    kind: col.oneOf(ITEM_KINDS),
    description: col.text(),
    quantity: col.integer(),
    unitPriceCents: col.cents(),
    amountCents: col.cents(),
    taxable: col.boolean(),
    taxCents: col.cents(),
    /** Why a discount was given; empty for every other kind. */
    reason: col.text(),
  },
  { indexes: { byInvoice: ['invoiceId'] } },
)

export type TaxZone = Row<typeof taxZoneTable>
export type Invoice = Row<typeof invoiceTable>
export type InvoiceLine = Row<typeof invoiceLineTable>
