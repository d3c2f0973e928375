import { addDays } from '../../../src/shared/base/time.ts'
import { invoiceKey, paymentKey } from '../../../src/shared/domain/accounting/postedBatch.ts'
import { type Batch, batchTable, exportRecordTable } from '../../../src/shared/domain/accounting/tables.ts'
import { type Invoice, invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { type Payment, paymentTable } from '../../../src/shared/domain/payments/tables.ts'
import { rolesMay } from '../../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const freeInvoices = (world: World): readonly Invoice[] =>
  world.rows(invoiceTable).filter((invoice) => invoice.state === 'finalized' && invoice.batchId === null && !invoice.practice)

function freePayments(world: World): readonly Payment[] {
  const drafts = new Set(world.rows(invoiceTable).flatMap((invoice) => (invoice.state === 'draft' ? [invoice.id] : [])))
  return world.rows(paymentTable).filter((payment) => payment.state === 'taken' && payment.batchId === null && !payment.practice && !drafts.has(payment.invoiceId ?? ''))
}

const prepare: Generator = {
  command: 'batch.prepare',
  propose: (world) => {
    const { random } = world
    const wrong = random.chance(WRONG)
    // Small batches, so that there are many of them, yet mostly of two documents, so that one can leave; a wrong one takes whatever there is.
    const invoices = (wrong ? world.rows(invoiceTable) : freeInvoices(world)).slice(0, 1 + random.below(3))
    const payments = (wrong ? world.rows(paymentTable) : freePayments(world)).slice(0, invoices.length < 2 ? 1 : random.below(2))
    if (!wrong && invoices.length + payments.length < 2 && random.chance(0.85)) return undefined
    const days = [...invoices, ...payments].flatMap((document) => document.day ?? []).toSorted()
    const [fromDay, toDay] = [days[0], days.at(-1)]
    if (fromDay === undefined || toDay === undefined) return undefined
    return {
      input: {
        batchId: random.id(),
        fromDay,
        toDay: wrong && random.chance(0.3) ? addDays(fromDay, -1) : toDay,
        invoiceIds: invoices.map((invoice) => invoice.id),
        paymentIds: payments.map((payment) => payment.id),
      },
    }
  },
}

/** A batch in that state; now and then any. */
function batchIn(world: World, fits: (batch: Batch) => boolean): Batch | undefined {
  const batches = world.rows(batchTable)
  return world.random.chance(WRONG) ? world.random.pick(batches) : world.random.pick(batches.filter(fits))
}

const isOpen = (batch: Batch): boolean => batch.state === 'open'

const removeItem: Generator = {
  command: 'batch.removeItem',
  propose: (world) => {
    const { random } = world
    const batch = batchIn(world, (candidate) => isOpen(candidate) && candidate.invoiceCount + candidate.paymentCount > 1)
    if (!batch) return undefined
    const invoices = world.rows(invoiceTable).filter((invoice) => invoice.batchId === batch.id)
    const payments = world.rows(paymentTable).filter((payment) => payment.batchId === batch.id)
    const kind = payments.length > 0 && (invoices.length === 0 || random.chance(0.5)) ? 'payment' : 'invoice'
    const id = random.pick<Invoice | Payment>(kind === 'payment' ? payments : invoices)?.id
    return { input: { batchId: batch.id, kind, id: id ?? random.id() } }
  },
}

const simple = (command: string, fits: (batch: Batch) => boolean, more: Readonly<Record<string, unknown>> = {}): Generator => ({
  command,
  propose: (world) => {
    const batch = batchIn(world, fits)
    return batch && { input: { batchId: batch.id, ...more } }
  },
})

const post: Generator = {
  command: 'batch.post',
  propose: (world) => {
    const { random } = world
    const batch = batchIn(world, (candidate) => isOpen(candidate) && candidate.reviewedAt !== null)
    if (!batch) return undefined
    const poster = random.pick(world.rows(userTable).filter((user) => user.id !== batch.preparedBy && user.presence !== 'left' && rolesMay(user.roles, 'batch.post')))
    const actorId = random.chance(WRONG) ? batch.preparedBy : poster?.id
    return { input: { batchId: batch.id }, ...(actorId === undefined ? {} : { actorId }) }
  },
}

const recordExport: Generator = {
  command: 'batch.recordExport',
  propose: (world) => {
    const { random } = world
    const batch = batchIn(world, (candidate) => candidate.state === 'posted')
    if (!batch) return undefined
    const format = random.pick(['iif', 'csv'] as const) ?? 'iif'
    // A second export of a document has the hash of the first, unless it must be refused.
    const earlier = new Map(world.rows(exportRecordTable).map((record) => [record.documentId, record.hash]))
    const hash = random.chance(WRONG / 2) ? 'f'.repeat(64) : 'a'.repeat(64)
    const records = [
      ...world.rows(invoiceTable).filter((invoice) => invoice.batchId === batch.id).map((invoice) => ({ documentKind: 'invoice', documentId: invoice.id, key: invoiceKey(invoice), hash: earlier.get(invoice.id) ?? hash })),
      ...world.rows(paymentTable).filter((payment) => payment.batchId === batch.id).map((payment) => ({ documentKind: 'payment', documentId: payment.id, key: paymentKey(payment), hash })),
    ]
    return { input: { batchId: batch.id, format, records: random.chance(WRONG / 3) ? records.slice(1) : records } }
  },
}

/** Rarely done, so that most batches get somewhere. */
const discard = simple('batch.discard', isOpen)

export const accountingGenerators: readonly Generator[] = [
  prepare,
  removeItem,
  { ...discard, propose: (world) => (world.random.chance(0.3) ? discard.propose(world) : undefined) },
  simple('batch.review', (batch) => isOpen(batch) && batch.reviewedAt === null),
  post,
  simple('batch.unpost', (batch) => batch.state === 'posted' && !batch.exported, { reason: 'A line was wrong' }),
  recordExport,
]
