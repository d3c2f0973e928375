import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { delivery } from '../bridge.ts'
import { defineAction, defineQuery } from '../method.ts'
import { moneyTotals, reviewRow } from './invoices.ts'

const format = z.enum(['iif', 'csv'])

const batchSummary = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(['open', 'posted', 'discarded']),
  fromDay: z.string(),
  toDay: z.string(),
  invoices: z.int(),
  payments: z.int(),
  invoicedCents: z.int(),
  paidCents: z.int(),
  preparedBy: z.string(),
  preparedAt: z.int(),
  reviewedAt: z.int().nullable(),
  postedBy: z.string().nullable(),
  postedAt: z.int().nullable(),
  /** Formats it went out in, with when the first time was. */
  exports: z.array(z.object({ format, at: z.int(), records: z.int() })),
})

export type BatchSummary = z.output<typeof batchSummary>

const batchDetail = batchSummary.extend({
  preparedById: z.string(),
  reviewedBy: z.string().nullable(),
  unpostReason: z.string().nullable(),
  rows: z.array(reviewRow),
  totals: moneyTotals,
  /** Who may post it: everybody with the right but the one who prepared it. */
  posters: z.array(z.object({ userId: z.string(), name: z.string() })),
})

export type BatchDetail = z.output<typeof batchDetail>

export const accountingMethods = [
  defineQuery({
    name: 'batches.list',
    summary: 'The batches, the newest first.',
    permission: 'batch.prepare',
    input: z.strictObject({}),
    reads: ['batch', 'export_record', 'user'],
    output: z.object({ batches: z.array(batchSummary) }),
  }),
  defineQuery({
    name: 'batch.get',
    summary: 'One batch with its documents, what stops it, its totals and who may post it.',
    permission: 'batch.prepare',
    input: z.strictObject({ batchId: idInput }),
    reads: ['batch', 'export_record', 'user', 'credential', 'invoice', 'invoice_line', 'payment', 'customer', 'company', 'business_unit', 'ledger_entry', 'location', 'tax_zone'],
    output: batchDetail,
  }),
  defineAction({
    name: 'batch.export',
    summary: 'Write a posted batch to a file for the accountant. A second time gives the same file and doubles nothing.',
    permission: 'batch.export',
    input: z.strictObject({ batchId: idInput, format }),
    output: z.object({
      delivery,
      name: z.string(),
      records: z.int(),
      /** When this batch first went out in this format; null the first time. */
      exportedBefore: z.int().nullable(),
    }),
  }),
] as const
