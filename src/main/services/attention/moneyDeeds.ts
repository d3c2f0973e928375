import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { Deed, Deeds } from './deed.ts'
import type { Opens } from './given.ts'
import { batchWords, dayWords, invoiceWords, jobWords, type Look } from './look.ts'

const invoicePage = (id: string | null, look: Look): Opens | null => (id !== null && look.invoice(id) ? { kind: 'invoice', id, day: null } : null)

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Anything done to a batch that is there. */
function onBatch(what: (batch: string) => string, batchId: string, look: Look, lines: readonly string[] = []): Deed {
  const batch = look.batch(batchId)
  return { title: what(batchWords(batch)), lines, opens: batch ? { kind: 'batch', id: batchId, day: null } : null }
}

/** What is done with invoices, payments and batches. */
export const moneyDeeds = {
  'invoice.draft': (input, look) => ({
    title: `Started the invoice of ${jobWords(look.job(input.jobId))}`,
    lines: [],
    opens: look.job(input.jobId) ? { kind: 'job', id: input.jobId, day: null } : null,
  }),
  'invoice.finalize': (input, look) => {
    const invoice = look.invoice(input.invoiceId)
    return {
      title: `Made ${invoice ? `${look.customer(invoice.customerId)}\u2019s invoice` : 'an invoice'} final`,
      lines: [
        `Dated ${dayWords(input.day, look)}, due ${formatDay(input.dueDay)}`,
        ...(invoice && look.pricesShown ? [`Total ${formatMoney(invoice.totalCents)}`] : []),
      ],
      opens: invoicePage(input.invoiceId, look),
    }
  },
  'payment.record': (input, look) => ({
    title: `Took ${formatMoney(input.amountCents)} from ${look.customer(input.customerId)}`,
    lines: [
      input.form === 'check' ? `By check${input.checkNumber ? ` ${input.checkNumber}` : ''}, ${dayWords(input.day, look)}` : `In cash, ${dayWords(input.day, look)}`,
      input.invoiceId === null ? 'On account' : `For ${invoiceWords(look.invoice(input.invoiceId), look)}`,
      ...(input.memo === '' ? [] : [input.memo]),
    ],
    opens: invoicePage(input.invoiceId, look) ?? look.page(input.customerId),
  }),
  'payment.void': (input, look) => {
    const payment = look.payment(input.paymentId)
    return {
      title: payment ? `Took back a payment of ${formatMoney(payment.amountCents)} by ${look.customer(payment.customerId)}` : 'Took back a payment',
      lines: [`Reason: ${input.reason}`],
      opens: payment ? (invoicePage(payment.invoiceId, look) ?? look.page(payment.customerId)) : null,
    }
  },
  'batch.prepare': (input, look) => ({
    title: `Prepared a batch of ${formatDay(input.fromDay)} to ${formatDay(input.toDay)}`,
    lines: [`${counted(input.invoiceIds.length, 'invoice')}, ${counted(input.paymentIds.length, 'payment')}`],
    opens: look.batch(input.batchId) ? { kind: 'batch', id: input.batchId, day: null } : null,
  }),
  'batch.removeItem': (input, look) => {
    const document = input.kind === 'invoice' ? invoiceWords(look.invoice(input.id), look) : 'a payment'
    return onBatch((batch) => `Took ${document} out of ${batch}`, input.batchId, look)
  },
  'batch.discard': (input, look) => onBatch((batch) => `Gave up ${batch}`, input.batchId, look),
  'batch.review': (input, look) => onBatch((batch) => `Looked through ${batch}`, input.batchId, look),
  'batch.post': (input, look) => onBatch((batch) => `Posted ${batch}`, input.batchId, look),
  'batch.unpost': (input, look) => onBatch((batch) => `Opened ${batch} again`, input.batchId, look, [`Reason: ${input.reason}`]),
  'batch.recordExport': (input, look) =>
    onBatch((batch) => `Wrote ${batch} to a file`, input.batchId, look, [`${counted(input.records.length, 'document')} as ${input.format.toUpperCase()}`]),
} as const satisfies Deeds
