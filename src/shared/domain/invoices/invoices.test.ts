import { describe, expect, it } from 'vitest'
import { MoneyDesk, refusedAs } from '../../../../tests/support/moneyDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays } from '../../base/time.ts'
import { ledgerEntryTable } from '../accounting/tables.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { inOrder } from './sums.ts'
import { invoiceLineTable } from './tables.ts'

/** The mock's invoice: 385.56 with an untaxed diagnosis. */
const LINES = [
  { description: 'Dispatch and diagnosis', unitPriceCents: 8900, taxable: false },
  { kind: 'material', description: 'Fan motor, 1/4 hp', unitPriceCents: 21_400 },
  { kind: 'material', description: 'Capacitor 45/5', unitPriceCents: 3850 },
  { kind: 'service', description: 'Labor, hours', quantity: 1250, unitPriceCents: 9600, taxable: false },
] as const

const lineInput = (invoiceId: string, changed: Readonly<Record<string, unknown>> = {}) => ({
  invoiceId,
  lineId: newId(),
  priceItemId: null,
  kind: 'service',
  description: 'Filter',
  quantity: 1000,
  unitPriceCents: 2500,
  taxable: true,
  reason: '',
  ...changed,
})

const entriesOf = (desk: MoneyDesk, documentId: string) =>
  desk.office.engine
    .rows(ledgerEntryTable)
    .filter((entry) => entry.documentId === documentId)
    .toSorted((left, right) => left.position - right.position)
    .map((entry) => [entry.account, entry.amountCents])

describe('a draft', () => {
  it('copies the job: lines, tax by jurisdiction, addresses as they are', () => {
    const desk = new MoneyDesk()
    const invoice = desk.invoice(desk.draft(LINES))
    expect(invoice).toMatchObject({ state: 'draft', number: null, subtotalCents: 46_150, taxCents: 2051, totalCents: 48_201, balanceCents: 48_201, practice: false })
    expect(invoice.taxShares).toEqual([
      { jurisdiction: 'Illinois', rate: 62_500, taxableCents: 25_250, taxCents: 1578 },
      { jurisdiction: 'Fairhollow', rate: 18_750, taxableCents: 25_250, taxCents: 473 },
    ])
    expect(invoice.billTo).toEqual({ name: 'Omar Castellan', lines: ['27 Larkspur Court', 'Fairhollow, IL 60601'] })
    const lines = inOrder(desk.office.engine.rows(invoiceLineTable))
    expect(lines.map((line) => [line.description, line.amountCents])).toEqual([['Dispatch and diagnosis', 8900], ['Fan motor, 1/4 hp', 21_400], ['Capacitor 45/5', 3850], ['Labor, hours', 12_000]])
    expect(lines.reduce((sum, line) => sum + line.taxCents, 0)).toBe(2051)
  })

  it('is refused for a job that is not there, not done, canceled or invoiced', () => {
    const desk = new MoneyDesk()
    const draft = (jobId: string) => desk.office.run('invoice.draft', { invoiceId: newId(), jobId }, desk.preparerId)
    expect(draft(newId())).toMatchObject(refusedAs('invoice.unknownJob'))
    const open = desk.booking({ appointment: desk.window(2) })
    desk.office.must('job.book', open, desk.ownerId)
    expect(draft(open.jobId)).toMatchObject(refusedAs('invoice.visitNotDone'))
    desk.office.must('job.cancel', { jobId: open.jobId, reason: 'Customer changed their mind' }, desk.ownerId)
    expect(draft(open.jobId)).toMatchObject(refusedAs('invoice.jobCanceled'))
    const { jobId } = desk.doneJob(LINES)
    expect(draft(jobId)).toMatchObject({ kind: 'accepted' })
    expect(draft(jobId)).toMatchObject(refusedAs('invoice.alreadyInvoiced'))
  })

  it('charges no tax to an exempt customer or where there is no tax zone', () => {
    const desk = new MoneyDesk()
    const exempt = desk.addCustomer('Fairhollow', 'Little League')
    desk.office.must('customer.change', { customerId: exempt.customerId, set: { taxExempt: true } }, desk.ownerId)
    expect(desk.invoice(desk.draft(LINES, exempt))).toMatchObject({ taxCents: 0, taxShares: [], totalCents: 46_150 })
    const noZone = { customerId: desk.customerId, locationId: desk.locationId }
    expect(desk.invoice(desk.draft(LINES, noZone))).toMatchObject({ taxCents: 0, taxShares: [] })
  })

  it('takes lines in and out and adds up again; the last one stays', () => {
    const desk = new MoneyDesk()
    const invoiceId = desk.draft([{ unitPriceCents: 10_000 }])
    const save = (changed: Readonly<Record<string, unknown>> = {}) => desk.office.run('invoice.saveLine', lineInput(invoiceId, changed), desk.preparerId)
    const lineId = newId()
    expect(save({ lineId })).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(invoiceId)).toMatchObject({ subtotalCents: 12_500, totalCents: 13_515 })
    expect(save({ lineId, quantity: 2000 })).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(invoiceId)).toMatchObject({ subtotalCents: 15_000 })
    expect(save({ kind: 'discount', unitPriceCents: -2000, reason: 'Second visit', description: 'Discount' })).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(invoiceId)).toMatchObject({ subtotalCents: 13_000, taxCents: 1057 })
    expect(save({ quantity: 0 })).toMatchObject(refusedAs('input.invalid'))
    expect(save({ quantity: -1000 })).toMatchObject(refusedAs('input.invalid'))
    expect(save({ unitPriceCents: -1 })).toMatchObject(refusedAs('invoice.negativePrice'))
    expect(save({ kind: 'discount', unitPriceCents: 500, reason: 'x' })).toMatchObject(refusedAs('invoice.discountSign'))
    expect(save({ kind: 'discount', unitPriceCents: -500 })).toMatchObject(refusedAs('invoice.discountReason'))
    expect(save({ kind: 'discount', unitPriceCents: -90_000, reason: 'x' })).toMatchObject(refusedAs('invoice.belowZero'))

    const lines = desk.office.engine.rows(invoiceLineTable)
    for (const line of lines.slice(1)) desk.office.run('invoice.removeLine', { invoiceId, lineId: line.id }, desk.preparerId)
    const left = desk.office.engine.rows(invoiceLineTable)
    const last = left[0]
    expect(left).toHaveLength(1)
    expect(desk.office.run('invoice.removeLine', { invoiceId, lineId: last?.id }, desk.preparerId)).toMatchObject(refusedAs('invoice.lastLine'))
  })
})

describe('a final invoice', () => {
  it('has its number, its day and its entries, and marks the job and its visits', () => {
    const desk = new MoneyDesk()
    const { jobId, appointmentId } = desk.doneJob([...LINES, { kind: 'discount', description: 'Discount 20 %', unitPriceCents: 9230, taxable: false }])
    const invoiceId = newId()
    desk.office.must('invoice.draft', { invoiceId, jobId }, desk.preparerId)
    expect(desk.finalize(invoiceId)).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(invoiceId)).toMatchObject({ state: 'finalized', number: '1001', day: '2026-07-14', dueDay: '2026-07-29', subtotalCents: 36_920, balanceCents: 38_971 })
    expect(desk.office.engine.row(jobTable, jobId)).toMatchObject({ invoiceId })
    expect(desk.office.engine.row(appointmentTable, appointmentId)).toMatchObject({ invoiced: true })
    expect(entriesOf(desk, invoiceId)).toEqual([
      ['receivable', 38_971],
      ['serviceIncome', -20_900],
      ['materialIncome', -25_250],
      ['discount', 9230],
      ['salesTax', -2051],
    ])
  })

  it('never changes again', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(LINES)
    expect(desk.office.run('invoice.saveLine', lineInput(invoice.id), desk.preparerId)).toMatchObject(refusedAs('invoice.final'))
    expect(desk.office.run('invoice.removeLine', { invoiceId: invoice.id, lineId: newId() }, desk.preparerId)).toMatchObject(refusedAs('invoice.final'))
    expect(desk.finalize(invoice.id)).toMatchObject(refusedAs('invoice.final'))
  })

  it('refuses a closed period, a day to come, a due day before the invoice, a visit reopened', () => {
    const desk = new MoneyDesk()
    const invoiceId = desk.draft(LINES)
    expect(desk.finalize(invoiceId, { day: addDays(desk.today, 5), dueDay: addDays(desk.today, 20) })).toMatchObject(refusedAs('invoice.futureDay'))
    expect(desk.finalize(invoiceId, { dueDay: addDays(desk.today, -1) })).toMatchObject(refusedAs('invoice.dueBeforeDay'))
    expect(desk.finalize(invoiceId, { dueDay: addDays(desk.today, 30) })).toMatchObject(refusedAs('invoice.dueAt'))
    expect(desk.finalize(invoiceId, { day: '1900-01-01' })).toMatchObject(refusedAs('input.invalid'))
    desk.office.must('company.change', { set: { booksClosedThrough: desk.today } }, desk.ownerId)
    expect(desk.finalize(invoiceId)).toMatchObject(refusedAs('invoice.closedPeriod'))
    desk.office.must('company.change', { set: { booksClosedThrough: addDays(desk.today, -1) } }, desk.ownerId)
    expect(desk.finalize(invoiceId)).toMatchObject({ kind: 'accepted' })
  })

  it('may be for nothing: a warranty visit at $0.00 has no entries and nothing to collect', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final([{ unitPriceCents: 0, description: 'Warranty visit' }])
    expect(invoice).toMatchObject({ totalCents: 0, balanceCents: 0 })
    expect(entriesOf(desk, invoice.id)).toEqual([])
  })

  it('is paid by money that came while it was a draft', () => {
    const desk = new MoneyDesk()
    const draft = desk.invoice(desk.draft([{ unitPriceCents: 10_000, taxable: false }]))
    expect(desk.pay(draft, 4000).outcome).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(draft.id)).toMatchObject({ paidCents: 0, balanceCents: 10_000 })
    expect(desk.finalize(draft.id)).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(draft.id)).toMatchObject({ paidCents: 4000, balanceCents: 6000 })
    expect(entriesOf(desk, draft.id)).toEqual(expect.arrayContaining([['customerCredit', 4000], ['receivable', -4000], ['receivable', 10_000]]))
  })
})
