import { describe, expect, it } from 'vitest'
import { MoneyDesk, refusedAs } from '../../../../tests/support/moneyDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays } from '../../base/time.ts'
import { ledgerEntryTable } from '../accounting/tables.ts'
import { promiseTable } from '../promises/tables.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { suspensePaymentTable } from './suspense.ts'
import { paymentTable } from './tables.ts'

const HUNDRED = [{ unitPriceCents: 10_000, taxable: false }]

const balanceOf = (desk: MoneyDesk, account: string): number =>
  desk.office.engine.rows(ledgerEntryTable).filter((entry) => entry.account === account).reduce((sum, entry) => sum + entry.amountCents, 0)

/** A payment as another workstation reported it, run as the hub runs it. */
function arrives(desk: MoneyDesk, changed: Readonly<Record<string, unknown>> = {}) {
  const paymentId = newId()
  const input = { paymentId, customerId: newId(), invoiceId: null, form: 'cash', amountCents: 12_000, checkNumber: null, memo: 'At the door', day: desk.today, ...changed }
  return { paymentId, input, outcome: desk.office.run('payment.record', input, desk.preparerId, 'hub') }
}

const suspended = (desk: MoneyDesk, id: string) => desk.office.engine.row(suspensePaymentTable, id)
const paid = (desk: MoneyDesk, id: string) => desk.office.engine.row(paymentTable, id)
const promised = (desk: MoneyDesk, id: string) => desk.office.engine.rows(promiseTable).find((promise) => promise.queueId === queueId('money-in-suspense') && promise.subjectId === id)

describe('money reported from elsewhere', () => {
  it('waits in suspense where its customer is not there, with somebody to find out whose it is', () => {
    const desk = new MoneyDesk()
    const { paymentId, input } = arrives(desk, { form: 'check', checkNumber: '5521', invoiceId: newId() })
    expect(suspended(desk, paymentId)).toMatchObject({ state: 'open', amountCents: 12_000, checkNumber: '5521', wantedCustomerId: input.customerId, wantedInvoiceId: input.invoiceId, receivedBy: desk.preparerId })
    expect(paid(desk, paymentId)).toBeUndefined()
    expect([balanceOf(desk, 'undeposited'), balanceOf(desk, 'suspense')]).toEqual([12_000, -12_000])
    expect(desk.office.engine.rows(ledgerEntryTable).map((entry) => entry.customerId)).toEqual([null, null])
    expect(promised(desk, paymentId)).toMatchObject({ state: 'open', assignedRole: 'receivables' })
  })

  it('waits on the customer\u2019s account where its invoice is gone or another customer\u2019s', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const { customerId } = desk.addCustomer('Ruth', 'Eastman')
    for (const wanted of [newId(), invoice.id]) {
      const { paymentId } = arrives(desk, { customerId, invoiceId: wanted })
      expect(paid(desk, paymentId)).toMatchObject({ customerId, invoiceId: null, appliedCents: 0, amountCents: 12_000 })
    }
    expect(desk.invoice(invoice.id)).toMatchObject({ balanceCents: 10_000 })
    expect([balanceOf(desk, 'undeposited'), balanceOf(desk, 'customerCredit'), balanceOf(desk, 'suspense')]).toEqual([24_000, -24_000, 0])
  })

  it('is taken as it is: without a check number, of a day to come, of ten times what is owed, by somebody who may not take it', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const whole = { customerId: invoice.customerId, invoiceId: invoice.id }
    for (const odd of [{ form: 'check' }, { day: addDays(desk.today, 9) }, { amountCents: 5_000_000 }]) {
      expect(arrives(desk, { ...whole, ...odd }).outcome).toMatchObject({ kind: 'accepted' })
    }
    const input = { paymentId: newId(), ...whole, form: 'cash', amountCents: 100, checkNumber: null, memo: '', day: desk.today }
    expect(desk.office.run('payment.record', input, newId())).toMatchObject(refusedAs('people.notAllowed'))
    expect(desk.office.run('payment.record', input, newId(), 'hub')).toMatchObject({ kind: 'accepted', objection: { code: 'people.notAllowed' } })
  })

  it('counts once, however often and wherever it is reported', () => {
    const desk = new MoneyDesk()
    const { paymentId, input } = arrives(desk)
    const again = (place: 'hub' | 'replay') => desk.office.run('payment.record', input, desk.preparerId, place)
    expect(again('hub')).toMatchObject({ kind: 'accepted', changes: [] })
    const { customerId } = desk.addCustomer('Ruth', 'Eastman')
    desk.office.must('payment.place', { suspenseId: paymentId, customerId, invoiceId: null }, desk.preparerId)
    expect(again('replay')).toMatchObject({ kind: 'accepted', changes: [] })
    expect(desk.office.run('payment.record', { ...input, customerId }, desk.preparerId)).toMatchObject(refusedAs('payment.exists'))
    expect(balanceOf(desk, 'undeposited')).toBe(12_000)
  })
})

describe('money in suspense', () => {
  it('is put to an invoice, pays it, and keeps the rest on the customer\u2019s account', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const { paymentId } = arrives(desk)
    desk.office.must('payment.place', { suspenseId: paymentId, customerId: invoice.customerId, invoiceId: invoice.id }, desk.csrId)
    expect(suspended(desk, paymentId)).toMatchObject({ state: 'placed', paymentId })
    expect(paid(desk, paymentId)).toMatchObject({ customerId: invoice.customerId, invoiceId: invoice.id, amountCents: 12_000, appliedCents: 10_000, memo: 'At the door', receivedBy: desk.preparerId })
    expect(desk.invoice(invoice.id)).toMatchObject({ paidCents: 10_000, balanceCents: 0 })
    expect([balanceOf(desk, 'undeposited'), balanceOf(desk, 'suspense'), balanceOf(desk, 'receivable'), balanceOf(desk, 'customerCredit')]).toEqual([12_000, 0, 0, -2000])
    expect(promised(desk, paymentId)).toMatchObject({ state: 'closed' })
  })

  it('leaves suspense once, for a customer who is there and money that is real', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const { customerId } = desk.addCustomer('Ruth', 'Eastman')
    const { paymentId: suspenseId } = arrives(desk)
    const place = (changed: Readonly<Record<string, unknown>>) => desk.office.run('payment.place', { suspenseId, customerId, invoiceId: null, ...changed }, desk.preparerId)
    expect(place({ suspenseId: newId() })).toMatchObject(refusedAs('payment.unknownSuspense'))
    expect(place({ customerId: newId() })).toMatchObject(refusedAs('payment.unknownCustomer'))
    expect(place({ invoiceId: newId() })).toMatchObject(refusedAs('payment.unknownInvoice'))
    expect(place({ invoiceId: invoice.id })).toMatchObject(refusedAs('payment.otherCustomer'))
    expect(place({})).toMatchObject({ kind: 'accepted' })
    expect(place({})).toMatchObject(refusedAs('payment.placed'))
    expect(desk.office.run('payment.giveBack', { suspenseId, reason: 'Not ours' }, desk.preparerId)).toMatchObject(refusedAs('payment.placed'))
  })

  it('goes back to whoever paid it, with a reason, and is out of the till', () => {
    const desk = new MoneyDesk()
    const { paymentId: suspenseId } = arrives(desk)
    expect(desk.office.run('payment.giveBack', { suspenseId, reason: ' ' }, desk.preparerId)).toMatchObject(refusedAs('input.invalid'))
    expect(desk.office.run('payment.giveBack', { suspenseId, reason: 'Not ours' }, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    desk.office.must('payment.giveBack', { suspenseId, reason: 'Not ours' }, desk.preparerId)
    expect(suspended(desk, suspenseId)).toMatchObject({ state: 'refunded', refundReason: 'Not ours', paymentId: null })
    expect([balanceOf(desk, 'undeposited'), balanceOf(desk, 'suspense')]).toEqual([0, 0])
    expect(desk.office.run('payment.giveBack', { suspenseId, reason: 'Twice' }, desk.preparerId)).toMatchObject(refusedAs('payment.refunded'))
    expect(promised(desk, suspenseId)).toMatchObject({ state: 'closed' })
  })

  it('is voided like any payment once it is placed, and needs its account mapped to be posted', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const one = arrives(desk, { amountCents: 10_000 }).paymentId
    const other = arrives(desk, { amountCents: 700 }).paymentId
    for (const suspenseId of [one, other]) desk.office.must('payment.place', { suspenseId, customerId: invoice.customerId, invoiceId: invoice.id }, desk.preparerId)
    desk.office.must('payment.void', { paymentId: other, reason: 'Bounced' }, desk.preparerId)
    expect([balanceOf(desk, 'undeposited'), balanceOf(desk, 'suspense'), balanceOf(desk, 'receivable'), balanceOf(desk, 'customerCredit')]).toEqual([10_000, 0, 0, 0])
    const accounts = { receivable: 'A', undeposited: 'B', salesTax: 'C', customerCredit: 'D', suspense: '', serviceIncome: 'E', materialIncome: 'F', equipmentIncome: 'G', discount: 'H' }
    desk.office.must('company.change', { set: { accounts } }, desk.ownerId)
    const batchId = desk.batch([invoice.id], [one])
    expect(desk.post(batchId)).toMatchObject({ refusal: { code: 'batch.stopped', message: expect.stringContaining('No QuickBooks account for money in suspense') } })
    desk.office.must('company.change', { set: { accounts: { ...accounts, suspense: 'Suspense' } } }, desk.ownerId)
    expect(desk.post(batchId)).toMatchObject({ kind: 'accepted' })
  })
})
