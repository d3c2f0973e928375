import { describe, expect, it } from 'vitest'
import { MoneyDesk, refusedAs } from '../../../../tests/support/moneyDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays } from '../../base/time.ts'
import { invoiceLineTable, invoiceTable } from '../invoices/tables.ts'
import { paymentTable } from '../payments/tables.ts'
import { batchTable, bookNameTable, exportRecordTable } from './tables.ts'

const HUNDRED = [{ unitPriceCents: 10_000 }]

const exported = (desk: MoneyDesk, batchId: string, ids: readonly string[], hash = 'a'.repeat(64)) =>
  desk.office.run('batch.recordExport', { batchId, format: 'iif', records: ids.map((documentId, index) => ({ documentKind: 'invoice', documentId, key: `INV-${index}`, hash })) }, desk.preparerId)

describe('a batch', () => {
  it('holds final invoices and payments of its days, counted and added up', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const { paymentId } = desk.pay(invoice, 5000)
    const batchId = desk.batch([invoice.id], [paymentId])
    expect(desk.office.engine.row(batchTable, batchId)).toMatchObject({ number: '1001', state: 'open', invoiceCount: 1, paymentCount: 1, invoicedCents: invoice.totalCents, paidCents: 5000, preparedBy: desk.preparerId })
    expect(desk.invoice(invoice.id).batchId).toBe(batchId)
  })

  it('refuses drafts, other days, the same document twice, money for a draft, and nothing at all', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const draft = desk.invoice(desk.draft(HUNDRED))
    const deposit = desk.pay(draft, 1000).paymentId
    const prepare = (invoiceIds: readonly string[], paymentIds: readonly string[] = [], day = desk.today) =>
      desk.office.run('batch.prepare', { batchId: newId(), fromDay: day, toDay: day, invoiceIds, paymentIds }, desk.preparerId)
    expect(prepare([])).toMatchObject(refusedAs('batch.empty'))
    expect(prepare([newId()])).toMatchObject(refusedAs('batch.unknownItem'))
    expect(prepare([draft.id])).toMatchObject(refusedAs('batch.draft'))
    expect(prepare([], [deposit])).toMatchObject(refusedAs('batch.paymentOfDraft'))
    expect(prepare([invoice.id], [], addDays(desk.today, -1))).toMatchObject(refusedAs('batch.otherDay'))
    expect(prepare([invoice.id, invoice.id])).toMatchObject(refusedAs('input.invalid'))
    expect(prepare([invoice.id])).toMatchObject({ kind: 'accepted' })
    expect(prepare([invoice.id])).toMatchObject(refusedAs('batch.taken'))
  })

  it('is posted by a second person after a review, and then nothing in it changes', () => {
    const desk = new MoneyDesk()
    const [first, second] = [desk.final(HUNDRED), desk.final(HUNDRED)]
    const batchId = desk.batch([first.id, second.id])
    expect(desk.post(batchId, desk.preparerId)).toMatchObject(refusedAs('batch.samePerson'))
    desk.office.must('batch.removeItem', { batchId, kind: 'invoice', id: second.id }, desk.preparerId)
    expect(desk.post(batchId)).toMatchObject(refusedAs('batch.notReviewed'))
    desk.office.must('batch.review', { batchId }, desk.preparerId)
    expect(desk.post(batchId, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(desk.post(batchId)).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(first.id).posted).toBe(true)

    const run = (name: string, more: Readonly<Record<string, unknown>> = {}) => desk.office.run(name, { batchId, ...more }, desk.posterId)
    expect(desk.post(batchId)).toMatchObject(refusedAs('batch.posted'))
    expect(run('batch.removeItem', { kind: 'invoice', id: first.id })).toMatchObject(refusedAs('batch.posted'))
    expect(run('batch.discard')).toMatchObject(refusedAs('batch.posted'))
    expect(run('batch.review')).toMatchObject(refusedAs('batch.posted'))
  })

  it('opens again with a reason before it is exported, not after', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const batchId = desk.batch([invoice.id])
    const unpost = () => desk.office.run('batch.unpost', { batchId, reason: 'A line was wrong' }, desk.posterId)
    expect(unpost()).toMatchObject(refusedAs('batch.notPosted'))
    desk.post(batchId)
    expect(unpost()).toMatchObject({ kind: 'accepted' })
    expect(desk.invoice(invoice.id)).toMatchObject({ posted: false, batchId })
    desk.office.must('batch.review', { batchId }, desk.preparerId)
    desk.post(batchId)
    expect(exported(desk, batchId, [invoice.id])).toMatchObject({ kind: 'accepted' })
    expect(unpost()).toMatchObject(refusedAs('batch.exported'))
  })

  it('is given up whole, or loses one document, but never its last', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    const batchId = desk.batch([invoice.id])
    expect(desk.office.run('batch.removeItem', { batchId, kind: 'invoice', id: invoice.id }, desk.preparerId)).toMatchObject(refusedAs('batch.lastItem'))
    desk.office.must('batch.discard', { batchId }, desk.preparerId)
    expect(desk.invoice(invoice.id).batchId).toBeNull()
    expect(desk.office.engine.row(batchTable, batchId)).toMatchObject({ state: 'discarded', invoiceCount: 0, invoicedCents: 0 })
    expect(desk.post(batchId)).toMatchObject(refusedAs('batch.discarded'))
  })

  it('is recorded once, however often it is exported, and complete', () => {
    const desk = new MoneyDesk()
    const [first, second] = [desk.final(HUNDRED), desk.final(HUNDRED)]
    const batchId = desk.batch([first.id, second.id])
    const ids = [first.id, second.id]
    expect(exported(desk, batchId, ids)).toMatchObject(refusedAs('batch.notPosted'))
    desk.post(batchId)
    expect(exported(desk, batchId, [first.id])).toMatchObject(refusedAs('batch.exportIncomplete'))
    expect(exported(desk, batchId, ids)).toMatchObject({ kind: 'accepted' })
    const rows = desk.office.engine.rows(exportRecordTable)
    desk.office.now += 3_600_000
    expect(exported(desk, batchId, ids)).toMatchObject({ kind: 'accepted', changes: [] })
    expect(desk.office.engine.rows(exportRecordTable)).toEqual(rows)
    expect(rows).toHaveLength(2)
    expect(exported(desk, batchId, ids, 'b'.repeat(64))).toMatchObject(refusedAs('batch.exportDiffers'))
  })
})

describe('what stops a batch', () => {
  it('names the reason and the record to mend', () => {
    const desk = new MoneyDesk()
    const stop = (mend: () => void, linked: string) => {
      const invoice = desk.final(HUNDRED)
      const batchId = desk.batch([invoice.id])
      const outcome = desk.post(batchId)
      expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'batch.stopped', subject: { kind: linked } } })
      mend()
      expect(desk.post(batchId)).toMatchObject({ kind: 'accepted' })
      return outcome.kind === 'refused' ? outcome.refusal.message : ''
    }
    const company = (set: Readonly<Record<string, unknown>>) => desk.office.must('company.change', { set }, desk.ownerId)
    const unit = (accountClass: string) => desk.office.must('businessUnit.save', { id: desk.unitId, name: 'HVAC', position: 0, accountClass, active: true }, desk.ownerId)
    unit('')
    expect(stop(() => unit('HVAC'), 'business_unit')).toContain('HVAC has no QuickBooks class')
    const accounts = { receivable: 'AR', undeposited: 'UF', salesTax: 'Tax', customerCredit: 'Credit', suspense: 'Suspense', serviceIncome: '', materialIncome: 'M', equipmentIncome: 'E', discount: 'D' }
    company({ accounts })
    expect(stop(() => company({ accounts: { ...accounts, serviceIncome: 'Service' } }), 'company')).toContain('No QuickBooks account for service income')
  })

  it('is a name of 42 characters, a closed period, a number used twice, a missing line, a ledger that is off', () => {
    const desk = new MoneyDesk()
    const long = desk.final(HUNDRED, desk.addCustomer('Maximiliana', 'Featherstonehaugh-Cholmondeley-Xu'))
    const post = (invoiceId: string): string => {
      const outcome = desk.post(desk.batch([invoiceId]))
      return outcome.kind === 'refused' ? outcome.refusal.message : 'posted'
    }
    expect(post(long.id)).toContain('Name is 45 characters, export allows 41')

    const early = desk.final(HUNDRED)
    desk.office.must('company.change', { set: { booksClosedThrough: desk.today } }, desk.ownerId)
    expect(post(early.id)).toContain('Books are closed through 2026-07-14')
    desk.office.must('company.change', { set: { booksClosedThrough: null } }, desk.ownerId)

    const tamper = (invoiceId: string, set: Readonly<Record<string, unknown>>) => {
      const row = desk.invoice(invoiceId)
      desk.office.engine.apply([{ table: invoiceTable, id: invoiceId, before: null, after: { ...row, ...set } }])
    }
    const [twin, other] = [desk.final(HUNDRED), desk.final(HUNDRED)]
    tamper(twin.id, { number: other.number })
    expect(post(twin.id)).toContain(`Number ${other.number} is used 2 times`)
    tamper(twin.id, { number: twin.number })

    const off = desk.final(HUNDRED)
    tamper(off.id, { totalCents: off.totalCents + 1, subtotalCents: off.subtotalCents + 1 })
    expect(post(off.id)).toContain('Lines and tax don\u2019t add up')

    const bare = desk.final([{ unitPriceCents: 0 }])
    const line = desk.office.engine.rows(invoiceLineTable).find((candidate) => candidate.invoiceId === bare.id)
    desk.office.engine.apply([{ table: invoiceLineTable, id: line?.id ?? '', before: null, after: null }])
    expect(post(bare.id)).toContain('No line, not even at $0.00')

    const foreign = desk.final(HUNDRED, desk.addCustomer('\u05E9\u05DC\u05D5\u05DD', ''))
    expect(post(foreign.id)).toContain('QuickBooks can\u2019t write')
  })
})

describe('names in the books', () => {
  it('are unique: the second of two namesakes, and a namesake of our own people, carry their number', () => {
    const desk = new MoneyDesk()
    const first = desk.final(HUNDRED, desk.addCustomer('Ruth', 'Eastman'))
    const second = desk.final(HUNDRED, desk.addCustomer('ruth', 'EASTMAN'))
    const employee = desk.final(HUNDRED, desk.addCustomer('Theo', 'Barnard'))
    desk.post(desk.batch([first.id, second.id, employee.id]))
    const names = desk.office.engine.rows(bookNameTable).map((row) => row.name)
    expect(names).toEqual(expect.arrayContaining(['Ruth Eastman', 'ruth EASTMAN (1003)', 'Theo Barnard (1004)']))
  })

  it('stay once exported, though the customer is renamed', () => {
    const desk = new MoneyDesk()
    const who = desk.addCustomer('Gwen', 'Hollis')
    const nameNow = () => desk.office.engine.row(bookNameTable, who.customerId)?.name
    const rename = (lastName: string) => desk.office.must('customer.change', { customerId: who.customerId, set: { lastName } }, desk.ownerId)
    const [first, second] = [desk.final(HUNDRED, who), desk.final(HUNDRED, who)]
    const one = desk.batch([first.id])
    desk.post(one)
    rename('Hollis-Reed')
    desk.office.must('batch.unpost', { batchId: one, reason: 'Name' }, desk.posterId)
    desk.office.must('batch.review', { batchId: one }, desk.preparerId)
    desk.post(one)
    expect(nameNow()).toBe('Gwen Hollis-Reed')
    exported(desk, one, [first.id])
    rename('Reed')
    desk.post(desk.batch([second.id]))
    expect(nameNow()).toBe('Gwen Hollis-Reed')
  })

  it('leaves practice out of everything', () => {
    const desk = new MoneyDesk()
    const invoice = desk.final(HUNDRED)
    desk.office.engine.apply([{ table: invoiceTable, id: invoice.id, before: null, after: { ...invoice, practice: true } }])
    const prepare = (invoiceIds: readonly string[], paymentIds: readonly string[]) =>
      desk.office.run('batch.prepare', { batchId: newId(), fromDay: desk.today, toDay: desk.today, invoiceIds, paymentIds }, desk.preparerId)
    expect(prepare([invoice.id], [])).toMatchObject(refusedAs('batch.practice'))
    const { paymentId } = desk.pay(desk.invoice(invoice.id), 10_000)
    expect(desk.office.engine.row(paymentTable, paymentId)?.practice).toBe(true)
    expect(prepare([], [paymentId])).toMatchObject(refusedAs('batch.practice'))
  })
})
