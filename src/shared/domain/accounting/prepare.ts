import { z } from 'zod'
import { sumCents } from '../../base/money.ts'
import { invoiceTable } from '../invoices/tables.ts'
import type { Invoice } from '../invoices/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput } from '../kernel/inputs.ts'
import { get, getMany, type Loading, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { type Payment, paymentTable } from '../payments/tables.ts'
import { type Batch, batchTable } from './tables.ts'

/** Documents in one batch: a day's worth, and little enough for one command. */
export const MAX_BATCH_ITEMS = 500

const batchTotals = (invoices: readonly Invoice[], payments: readonly Payment[]) => ({
  invoiceCount: invoices.length,
  paymentCount: payments.length,
  invoicedCents: sumCents(invoices.map((invoice) => invoice.totalCents)),
  paidCents: sumCents(payments.map((payment) => payment.amountCents)),
})

export interface BatchContents {
  readonly batch: Batch | undefined
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
}

export function* loadBatch(batchId: string): Loading<BatchContents> {
  return {
    batch: yield* get(batchTable, batchId),
    invoices: yield* range(invoiceTable, 'byBatch', [batchId]),
    payments: yield* range(paymentTable, 'byBatch', [batchId]),
  }
}

/** An invoice may enter a batch once it is final, once only, and never for practice. */
function invoiceRefusal(invoice: Invoice, fromDay: string, toDay: string): Refused | undefined {
  const name = invoice.number === null ? 'This draft' : `Invoice ${invoice.number}`
  const subject = { kind: 'invoice', id: invoice.id }
  if (invoice.state !== 'finalized' || invoice.day === null) return refuse('batch.draft', `${name} is not final yet. Finalize it or leave it out.`, { subject })
  if (invoice.practice) return refuse('batch.practice', `${name} is for practice and stays out of the books.`, { subject })
  if (invoice.batchId !== null) return refuse('batch.taken', `${name} is in another batch already.`, { subject })
  if (invoice.day < fromDay || invoice.day > toDay) return refuse('batch.otherDay', `${name} is of another day than this batch.`, { subject })
  return undefined
}

function paymentRefusal(payment: Payment, invoice: Invoice | undefined, fromDay: string, toDay: string): Refused | undefined {
  const subject = { kind: 'payment', id: payment.id }
  if (payment.state === 'voided') return refuse('batch.voided', 'A payment that was taken back stays out of the books.', { subject })
  if (payment.practice) return refuse('batch.practice', 'A payment made for practice stays out of the books.', { subject })
  if (payment.batchId !== null) return refuse('batch.taken', 'This payment is in another batch already.', { subject })
  if (payment.day < fromDay || payment.day > toDay) return refuse('batch.otherDay', 'This payment is of another day than this batch.', { subject })
  // What it pays is not settled before the invoice is final, and a posted payment never changes.
  if (invoice?.state === 'draft') return refuse('batch.paymentOfDraft', 'This payment is for a draft. Finalize the invoice first.', { subject: { kind: 'invoice', id: invoice.id } })
  return undefined
}

const ids = z.array(idInput).max(MAX_BATCH_ITEMS, `A batch holds at most ${MAX_BATCH_ITEMS} of each.`).refine((list) => new Set(list).size === list.length, 'A document is listed twice.')

export const prepareBatch = defineIntention({
  name: 'batch.prepare',
  version: 1,
  summary: 'Put final invoices and payments of some days into a batch for the accountant.',
  permission: 'batch.prepare',
  numbers: ['batch'],
  input: z.strictObject({ batchId: idInput, fromDay: dayInput, toDay: dayInput, invoiceIds: ids, paymentIds: ids }),
  *load(input) {
    const payments = yield* getMany(paymentTable, input.paymentIds)
    return {
      existing: yield* get(batchTable, input.batchId),
      invoices: yield* getMany(invoiceTable, input.invoiceIds),
      payments,
      paid: yield* getMany(invoiceTable, new Set(payments.flatMap((payment) => payment.invoiceId ?? []))),
    }
  },
  decide(input, { existing, invoices, payments, paid }, context) {
    if (existing) return refuse('batch.exists', 'This batch exists already.', { subject: { kind: 'batch', id: existing.id } })
    if (input.fromDay > input.toDay) return refuse('batch.days', 'The first day must not be after the last.', { field: 'toDay' })
    if (input.invoiceIds.length + input.paymentIds.length === 0) return refuse('batch.empty', 'Choose at least one invoice or payment.', { field: 'invoiceIds' })
    if (invoices.length < input.invoiceIds.length || payments.length < input.paymentIds.length) return refuse('batch.unknownItem', 'One of these documents is not there. Look at the list again.')
    for (const invoice of invoices) {
      const refusal = invoiceRefusal(invoice, input.fromDay, input.toDay)
      if (refusal) return refusal
    }
    for (const payment of payments) {
      const refusal = paymentRefusal(payment, paid.find((invoice) => invoice.id === payment.invoiceId), input.fromDay, input.toDay)
      if (refusal) return refusal
    }
    return accept(
      insert(batchTable, {
        id: input.batchId,
        number: context.number('batch'),
        state: 'open',
        fromDay: input.fromDay,
        toDay: input.toDay,
        ...batchTotals(invoices, payments),
        preparedBy: context.actorId,
        preparedAt: context.at,
        reviewedBy: null,
        reviewedAt: null,
        postedBy: null,
        postedAt: null,
        exported: false,
        unpostReason: null,
        books: null,
      }),
      invoices.map((invoice) => update(invoiceTable, invoice, { batchId: input.batchId })),
      payments.map((payment) => update(paymentTable, payment, { batchId: input.batchId })),
    )
  },
})

/** Only an open batch changes; what is posted stays (X1). */
export function notOpen(batch: Batch | undefined): Refused | undefined {
  if (!batch) return refuse('batch.unknown', 'This batch is not there.')
  const subject = { kind: 'batch', id: batch.id }
  if (batch.state === 'posted') return refuse('batch.posted', `Batch ${batch.number} is posted and stays as it is.`, { subject })
  if (batch.state === 'discarded') return refuse('batch.discarded', `Batch ${batch.number} was discarded.`, { subject })
  return undefined
}

export const removeBatchItem = defineIntention({
  name: 'batch.removeItem',
  version: 1,
  summary: 'Take an invoice or a payment out of an open batch; it waits for the next one.',
  permission: 'batch.prepare',
  input: z.strictObject({ batchId: idInput, kind: z.enum(['invoice', 'payment']), id: idInput }),
  *load(input) {
    return yield* loadBatch(input.batchId)
  },
  decide(input, { batch, invoices, payments }) {
    const refusal = notOpen(batch)
    if (refusal || !batch) return refusal ?? refuse('batch.unknown', 'This batch is not there.')
    const invoice = input.kind === 'invoice' ? invoices.find((candidate) => candidate.id === input.id) : undefined
    const payment = input.kind === 'payment' ? payments.find((candidate) => candidate.id === input.id) : undefined
    if (!invoice && !payment) return refuse('batch.unknownItem', 'This document is not in the batch any more.')
    if (invoices.length + payments.length === 1) return refuse('batch.lastItem', `This is all that batch ${batch.number} holds. Discard the batch instead.`)
    return accept(
      invoice ? update(invoiceTable, invoice, { batchId: null }) : [],
      payment ? update(paymentTable, payment, { batchId: null }) : [],
      // A review speaks of what was in the batch then.
      update(batchTable, batch, {
        ...batchTotals(
          invoices.filter((other) => other !== invoice),
          payments.filter((other) => other !== payment),
        ),
        reviewedBy: null,
        reviewedAt: null,
      }),
    )
  },
})

export const discardBatch = defineIntention({
  name: 'batch.discard',
  version: 1,
  summary: 'Give up an open batch; its documents wait for the next one and its number stays used.',
  permission: 'batch.prepare',
  input: z.strictObject({ batchId: idInput }),
  *load(input) {
    return yield* loadBatch(input.batchId)
  },
  decide(_input, { batch, invoices, payments }) {
    const refusal = notOpen(batch)
    if (refusal || !batch) return refusal ?? refuse('batch.unknown', 'This batch is not there.')
    return accept(
      update(batchTable, batch, { state: 'discarded', ...batchTotals([], []) }),
      invoices.map((invoice) => update(invoiceTable, invoice, { batchId: null })),
      payments.map((payment) => update(paymentTable, payment, { batchId: null })),
    )
  },
})

export const reviewBatch = defineIntention({
  name: 'batch.review',
  version: 1,
  summary: 'Say that a batch was looked through and is ready to post.',
  permission: 'batch.prepare',
  input: z.strictObject({ batchId: idInput }),
  *load(input) {
    return yield* get(batchTable, input.batchId)
  },
  decide(_input, batch, context) {
    const refusal = notOpen(batch)
    if (refusal || !batch) return refusal ?? refuse('batch.unknown', 'This batch is not there.')
    return accept(update(batchTable, batch, { reviewedBy: context.actorId, reviewedAt: context.at }))
  },
})
