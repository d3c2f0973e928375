import { z } from 'zod'
import { CHECKS } from '../../domain/accounting/lint.ts'
import { ITEM_KINDS } from '../../domain/jobs/tables.ts'
import { idInput } from '../../domain/kernel/inputs.ts'
import { delivery } from '../bridge.ts'
import { defineAction, defineQuery } from '../method.ts'

const checkKeys = CHECKS.map((check) => check.key)

/** A record to open, to mend what was found. */
const link = z.object({ kind: z.enum(['invoice', 'payment', 'customer', 'company', 'business_unit', 'location', 'job']), id: z.string() })

/** A reason for which a document is stopped, or looked at before it goes on. */
const exception = z.object({
  /** `stop`: may not go to the books. `look`: may, but a person should have seen it. */
  severity: z.enum(['stop', 'look']),
  check: z.enum(checkKeys).nullable(),
  /** A sentence without its full stop. */
  reason: z.string(),
  link,
})

export type Exception = z.output<typeof exception>

/** One line of the review: a finished job nobody has charged for, an invoice, or a payment. */
export const reviewRow = z.object({
  kind: z.enum(['job', 'draft', 'invoice', 'payment']),
  id: z.string(),
  /** The invoice's number, the check's number; null where there is none yet. */
  number: z.string().nullable(),
  day: z.string().nullable(),
  customerId: z.string(),
  customerName: z.string(),
  jobId: z.string().nullable(),
  jobNumber: z.string().nullable(),
  what: z.string(),
  /** Cents. */
  totalCents: z.int(),
  /** `check 5521`, `cash`, `terms 30`, or how the customer means to pay. */
  paidBy: z.string(),
  exceptions: z.array(exception),
})

export type ReviewRow = z.output<typeof reviewRow>

/** Sums in cents; debits and credits are the ledger's own. */
export const moneyTotals = z.object({ invoices: z.int(), invoicedCents: z.int(), payments: z.int(), paidCents: z.int(), debitCents: z.int(), creditCents: z.int() })

export type MoneyTotals = z.output<typeof moneyTotals>

const billTo = z.object({ name: z.string(), lines: z.array(z.string()) })

const invoiceLine = z.object({
  id: z.string(),
  priceItemId: z.string().nullable(),
  kind: z.enum(ITEM_KINDS),
  description: z.string(),
  /** Thousandths. */
  quantity: z.int(),
  unitPriceCents: z.int(),
  amountCents: z.int(),
  taxable: z.boolean(),
  taxCents: z.int(),
  reason: z.string(),
})

export type InvoiceLineDetail = z.output<typeof invoiceLine>

const paymentDetail = z.object({
  id: z.string(),
  form: z.enum(['check', 'cash']),
  checkNumber: z.string().nullable(),
  amountCents: z.int(),
  appliedCents: z.int(),
  day: z.string(),
  receivedBy: z.string(),
  state: z.enum(['taken', 'voided']),
  voidReason: z.string().nullable(),
  memo: z.string(),
  /** In a batch: it can't be taken back here. */
  batched: z.boolean(),
})

export type PaymentDetail = z.output<typeof paymentDetail>

const invoiceDetail = z.object({
  id: z.string(),
  version: z.int(),
  number: z.string().nullable(),
  state: z.enum(['draft', 'finalized']),
  day: z.string().nullable(),
  dueDay: z.string().nullable(),
  termsDays: z.int(),
  practice: z.boolean(),
  posted: z.boolean(),
  batch: z.object({ id: z.string(), number: z.string(), state: z.string() }).nullable(),
  customerId: z.string(),
  customerName: z.string(),
  phone: z.string().nullable(),
  taxExempt: z.boolean(),
  billTo,
  serviceAt: billTo,
  job: z.object({ id: z.string(), number: z.string(), summary: z.string(), doneBy: z.string().nullable() }),
  lines: z.array(invoiceLine),
  taxShares: z.array(z.object({ jurisdiction: z.string(), rate: z.int(), taxableCents: z.int(), taxCents: z.int() })),
  subtotalCents: z.int(),
  taxCents: z.int(),
  totalCents: z.int(),
  paidCents: z.int(),
  balanceCents: z.int(),
  payments: z.array(paymentDetail),
  /** What the customer has paid beyond their invoices. */
  creditCents: z.int(),
  /** The checks before export, in order; `reason` where one fails. */
  checks: z.array(z.object({ key: z.enum(checkKeys), label: z.string(), reason: z.string().nullable(), link: link.nullable() })),
  exceptions: z.array(exception),
  /** What finalizing today would write: the company's day, and the due day by its terms. */
  proposal: z.object({ day: z.string(), dueDay: z.string(), dueAt: z.int() }),
})

export type InvoiceDetail = z.output<typeof invoiceDetail>

const bucketCents = z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()])

const receivableCustomer = z.object({
  customerId: z.string(),
  customerName: z.string(),
  phone: z.string().nullable(),
  /** Current, 1–30, 31–60, 61–90, over 90 days past due, in cents. */
  buckets: bucketCents,
  totalCents: z.int(),
  creditCents: z.int(),
  creditHold: z.boolean(),
  badDebt: z.boolean(),
  /** The first promise to collect, where there is one. */
  promise: z.object({ id: z.string(), dueAt: z.int(), openedAt: z.int(), nextStep: z.string(), holder: z.string() }).nullable(),
  invoices: z.array(z.object({ id: z.string(), number: z.string(), dueDay: z.string(), daysOver: z.int(), summary: z.string(), balanceCents: z.int() })),
})

export type ReceivableCustomer = z.output<typeof receivableCustomer>

export const invoicesMethods = [
  defineQuery({
    name: 'invoices.review',
    summary: 'What waits for the accountant: finished jobs without an invoice, drafts, final invoices and payments in no batch, each with what stops it.',
    permission: 'invoice.edit',
    input: z.strictObject({}),
    reads: ['job', 'appointment', 'invoice', 'invoice_line', 'payment', 'customer', 'company', 'business_unit', 'batch', 'ledger_entry', 'location', 'tax_zone'],
    output: z.object({
      day: z.string(),
      rows: z.array(reviewRow),
      /** Of what could be batched now: final invoices and payments. */
      totals: moneyTotals,
      /** True where there is more than the list holds. */
      more: z.boolean(),
      openBatch: z.object({ id: z.string(), number: z.string(), state: z.string(), invoices: z.int(), payments: z.int(), reviewed: z.boolean() }).nullable(),
      /** Who could post a batch that the asking person prepares. */
      posters: z.array(z.object({ userId: z.string(), name: z.string() })),
      lastExport: z.object({ at: z.int(), format: z.enum(['iif', 'csv']), records: z.int(), batchNumber: z.string() }).nullable(),
    }),
  }),
  defineQuery({
    name: 'invoice.get',
    summary: 'One invoice whole: lines, tax, payments, checks before export.',
    permission: 'invoice.edit',
    input: z.strictObject({ invoiceId: idInput }),
    reads: ['invoice', 'invoice_line', 'payment', 'customer', 'contact_method', 'job', 'appointment', 'company', 'business_unit', 'batch', 'ledger_entry', 'location', 'tax_zone'],
    output: invoiceDetail,
  }),
  defineQuery({
    name: 'invoices.receivables',
    summary: 'What customers owe, by customer and age, tied to the ledger.',
    permission: 'invoice.edit',
    input: z.strictObject({}),
    reads: ['invoice', 'payment', 'customer', 'contact_method', 'promise', 'ledger_entry', 'job', 'company'],
    output: z.object({
      asOf: z.string(),
      customers: z.array(receivableCustomer),
      buckets: bucketCents,
      counts: bucketCents,
      totalCents: z.int(),
      /** The receivables account; equal to the total, or something is wrong. */
      ledgerCents: z.int(),
    }),
  }),
  defineAction({
    name: 'invoice.pdf',
    summary: 'Make the invoice as a PDF and hand it out.',
    permission: 'invoice.edit',
    input: z.strictObject({ invoiceId: idInput }),
    output: z.object({ delivery, pages: z.int() }),
  }),
] as const
