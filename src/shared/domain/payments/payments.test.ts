import { describe, expect, it } from 'vitest'
import { MoneyDesk, refusedAs } from '../../../../tests/support/moneyDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays } from '../../base/time.ts'
import { ledgerEntryTable } from '../accounting/tables.ts'
import { paymentTable } from './tables.ts'

const HUNDRED = [{ unitPriceCents: 10_000, taxable: false }]

const balanceOf = (desk: MoneyDesk, account: string): number =>
  desk.office.engine.rows(ledgerEntryTable).filter((entry) => entry.account === account).reduce((sum, entry) => sum + entry.amountCents, 0)

describe('a payment', () => {
  it('pays an invoice in part, in full, and keeps the rest as the customer\u2019s credit', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    desk.pay(invoice, 4000)
    expect(desk.invoice(invoice.id)).toMatchObject({ paidCents: 4000, balanceCents: 6000 })
    const { paymentId } = desk.pay(invoice, 7500)
    expect(desk.invoice(invoice.id)).toMatchObject({ paidCents: 10_000, balanceCents: 0 })
    expect(desk.office.engine.row(paymentTable, paymentId)).toMatchObject({ amountCents: 7500, appliedCents: 6000, form: 'cash', receivedBy: desk.preparerId })
    expect([balanceOf(desk, 'receivable'), balanceOf(desk, 'undeposited'), balanceOf(desk, 'customerCredit')]).toEqual([0, 11_500, -1500])
  })

  it('needs a number for a check, a day that has come, a customer who owes it', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const pay = (changed: Readonly<Record<string, unknown>>) => desk.pay(invoice, 10_000, changed).outcome
    expect(pay({ form: 'check' })).toMatchObject(refusedAs('payment.checkNumber'))
    expect(pay({ form: 'check', checkNumber: '  ' })).toMatchObject(refusedAs('payment.checkNumber'))
    expect(pay({ day: addDays(desk.today, 2) })).toMatchObject(refusedAs('payment.futureDay'))
    expect(pay({ customerId: desk.customerId })).toMatchObject(refusedAs('payment.otherCustomer'))
    expect(pay({ invoiceId: newId() })).toMatchObject(refusedAs('payment.unknownInvoice'))
    expect(desk.pay(invoice, 0).outcome).toMatchObject(refusedAs('input.invalid'))
    expect(desk.pay(invoice, -500).outcome).toMatchObject(refusedAs('input.invalid'))
    expect(pay({ form: 'check', checkNumber: '5521' })).toMatchObject({ kind: 'accepted' })
  })

  it('takes ten times the balance for a slipped decimal point until a person says it is right', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const { outcome } = desk.pay(invoice, 1_000_000)
    expect(outcome).toMatchObject(refusedAs('payment.amountTooLarge'))
    expect(outcome.kind === 'refused' && outcome.refusal.message).toContain('$10,000.00 is more than ten times the $100.00 owed')
    expect(desk.pay(invoice, 1_000_000, { amountConfirmed: true }).outcome).toMatchObject({ kind: 'accepted' })
  })

  it('is recorded though the invoice is paid, posted, or the books are closed: the money is there', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    desk.pay(invoice, 10_000)
    expect(desk.post(desk.batch([invoice.id]))).toMatchObject({ kind: 'accepted' })
    desk.office.must('company.change', { set: { booksClosedThrough: desk.today } }, desk.ownerId)
    expect(desk.pay(invoice, 10_000).outcome).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(invoice.id)).toMatchObject({ balanceCents: 0, posted: true })
    expect(balanceOf(desk, 'customerCredit')).toBe(-10_000)
  })

  it('goes back with a reason: what it paid is owed again and the ledger is as before', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const { paymentId } = desk.pay(invoice, 12_000)
    const back = (reason = 'The check bounced') => desk.office.run('payment.void', { paymentId, reason }, desk.preparerId)
    expect(back('')).toMatchObject(refusedAs('input.invalid'))
    expect(back()).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(invoice.id)).toMatchObject({ paidCents: 0, balanceCents: 10_000 })
    expect([balanceOf(desk, 'receivable'), balanceOf(desk, 'undeposited'), balanceOf(desk, 'customerCredit')]).toEqual([10_000, 0, 0])
    expect(back()).toMatchObject(refusedAs('payment.voided'))
  })

  it('stays once it is in a batch', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const { paymentId } = desk.pay(invoice, 10_000)
    const back = () => desk.office.run('payment.void', { paymentId, reason: 'Bounced' }, desk.preparerId)
    const batchId = desk.batch([invoice.id], [paymentId])
    expect(back()).toMatchObject(refusedAs('payment.inBatch'))
    expect(desk.post(batchId)).toMatchObject({ kind: 'accepted' })
    expect(back()).toMatchObject(refusedAs('payment.posted'))
  })
})
