import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MoneyDesk } from '../../../../tests/support/moneyDesk.ts'
import { newId } from '../../base/id.ts'
import { invoiceLineTable, invoiceTable } from '../invoices/tables.ts'
import { paymentTable } from '../payments/tables.ts'
import { batchTable, ledgerEntryTable } from './tables.ts'

/** What happens to money in an office, as small numbers that choose which record it happens to. */
const step = fc.record({
  act: fc.constantFrom('draft', 'line', 'discount', 'unline', 'finalize', 'pay', 'pay', 'void', 'batch', 'remove', 'post', 'unpost', 'discard', 'export'),
  which: fc.nat(1000),
  cents: fc.integer({ min: 1, max: 60_000 }),
})

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % Math.max(from.length, 1)]
}

/** Tries the step on whatever record it falls on; refusals are part of life. */
function act(desk: MoneyDesk, { act: name, which, cents }: Step): void {
  const { office, preparerId, posterId } = desk
  const invoice = pick(office.engine.rows(invoiceTable), which)
  const batch = pick(office.engine.rows(batchTable), which)
  const payment = pick(office.engine.rows(paymentTable), which)
  const line = { lineId: newId(), priceItemId: null, description: 'Line', quantity: (which % 4000) + 1, taxable: which % 2 === 0, invoiceId: invoice?.id }
  const run = (command: string, input: unknown, actorId = preparerId): void => void office.run(command, input, actorId)
  switch (name) {
    case 'draft':
      desk.draft([{ unitPriceCents: cents, taxable: which % 3 !== 0 }])
      return
    case 'line':
      return run('invoice.saveLine', { ...line, kind: 'material', unitPriceCents: cents, reason: '' })
    case 'discount':
      return run('invoice.saveLine', { ...line, kind: 'discount', unitPriceCents: -cents, reason: 'Kindness' })
    case 'unline':
      return run('invoice.removeLine', { invoiceId: invoice?.id, lineId: pick(office.engine.rows(invoiceLineTable).filter((each) => each.invoiceId === invoice?.id), which)?.id })
    case 'finalize':
      if (invoice) desk.finalize(invoice.id)
      return
    case 'pay':
      if (invoice) desk.pay(invoice, which % 3 === 0 ? Math.max(1, invoice.balanceCents) : cents)
      return
    case 'void':
      return run('payment.void', { paymentId: payment?.id, reason: 'Bounced' })
    case 'batch':
      return run('batch.prepare', {
        batchId: newId(),
        fromDay: desk.today,
        toDay: desk.today,
        invoiceIds: office.engine.rows(invoiceTable).filter((each) => each.state === 'finalized' && each.batchId === null).map((each) => each.id).slice(0, 1 + (which % 3)),
        paymentIds: payment?.batchId === null && payment.state === 'taken' ? [payment.id] : [],
      })
    case 'remove':
      return run('batch.removeItem', { batchId: batch?.id, kind: 'invoice', id: invoice?.id })
    case 'post':
      run('batch.review', { batchId: batch?.id })
      return run('batch.post', { batchId: batch?.id }, posterId)
    case 'unpost':
      return run('batch.unpost', { batchId: batch?.id, reason: 'Wrong' }, posterId)
    case 'discard':
      return run('batch.discard', { batchId: batch?.id })
    case 'export': {
      const held = [
        ...office.engine.rows(invoiceTable).filter((each) => each.batchId === batch?.id).map((each) => ({ documentKind: 'invoice', documentId: each.id, key: 'K', hash: '0'.repeat(64) })),
        ...office.engine.rows(paymentTable).filter((each) => each.batchId === batch?.id).map((each) => ({ documentKind: 'payment', documentId: each.id, key: 'K', hash: '0'.repeat(64) })),
      ]
      return run('batch.recordExport', { batchId: batch?.id, format: 'iif', records: held })
    }
  }
}

/** A posted document as it must stay: money may still come in for an invoice, its face never changes. */
function faces(desk: MoneyDesk): ReadonlyMap<string, string> {
  const { engine } = desk.office
  const postedInvoices = engine.rows(invoiceTable).filter((invoice) => invoice.posted)
  const ids = new Set(postedInvoices.map((invoice) => invoice.id))
  const face = (row: object, ...without: readonly string[]): string =>
    JSON.stringify(Object.fromEntries(Object.entries(row).filter(([key]) => ![...without, 'version', 'updatedAt', 'updatedBy'].includes(key))))
  return new Map([
    ...postedInvoices.map((invoice) => [invoice.id, face(invoice, 'paidCents', 'balanceCents')] as const),
    ...engine.rows(invoiceLineTable).filter((line) => ids.has(line.invoiceId)).map((line) => [line.id, face(line)] as const),
    ...engine.rows(paymentTable).filter((payment) => payment.posted).map((payment) => [payment.id, face(payment)] as const),
    ...engine.rows(ledgerEntryTable).map((entry) => [entry.id, face(entry)] as const),
  ])
}

function expectExact(desk: MoneyDesk): void {
  const { engine } = desk.office
  const entries = engine.rows(ledgerEntryTable)
  const transactions = new Map<string, number>()
  for (const entry of entries) transactions.set(entry.transactionId, (transactions.get(entry.transactionId) ?? 0) + entry.amountCents)
  expect([...transactions.values()].every((sum) => sum === 0)).toBe(true)

  const payments = engine.rows(paymentTable).filter((payment) => payment.state === 'taken')
  const final = engine.rows(invoiceTable).filter((invoice) => invoice.state === 'finalized')
  for (const invoice of final) {
    const applied = payments.filter((payment) => payment.invoiceId === invoice.id).reduce((sum, payment) => sum + payment.appliedCents, 0)
    expect([invoice.paidCents, invoice.balanceCents]).toEqual([applied, invoice.totalCents - applied])
    expect(invoice.balanceCents).toBeGreaterThanOrEqual(0)
  }
  const account = (name: string): number => entries.filter((entry) => entry.account === name).reduce((sum, entry) => sum + entry.amountCents, 0)
  expect(account('receivable')).toBe(final.reduce((sum, invoice) => sum + invoice.balanceCents, 0))
  expect(account('undeposited')).toBe(payments.reduce((sum, payment) => sum + payment.amountCents, 0))
  expect(account('customerCredit') + payments.reduce((sum, payment) => sum + payment.amountCents - payment.appliedCents, 0)).toBe(0)
}

it('keeps the ledger at zero, balances exact and posted documents as they were, whatever the office does', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), (steps) => {
      const office = new MoneyDesk()
      let before = faces(office)
      for (const each of steps) {
        act(office, each)
        const after = faces(office)
        // Opening a posted batch again is the one way back, and takes the documents out of what must stay.
        if (each.act !== 'unpost') expect([...before].filter(([id, face]) => after.get(id) !== face)).toEqual([])
        before = after
      }
      expectExact(office)
      accepted += office.office.log.filter((envelope) => /^(invoice|payment|batch)\./.test(envelope.name)).length
    }),
    { numRuns: 100 },
  )
  expect(accepted).toBeGreaterThan(1000)
})
