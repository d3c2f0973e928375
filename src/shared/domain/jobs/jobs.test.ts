import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'
import { customerTable } from '../customers/tables.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { jobLineTable, jobTable } from './tables.ts'

const refusedAs = (code: string, field?: string) => ({ kind: 'refused', refusal: { code, ...(field === undefined ? {} : { field }) } })

describe('job.book', () => {
  it('books the job, its priced lines and the promised window, though a CSR sees no prices', () => {
    const desk = new FrontDesk()
    const booking = desk.booking({ lines: [desk.line({ quantity: 2500, unitPriceCents: 1 }), desk.line({ priceItemId: desk.discountId })] })
    desk.office.must('job.book', booking, desk.csrId)
    const { engine } = desk.office
    expect(engine.row(jobTable, booking.jobId)).toMatchObject({ number: '1001', lineCount: 2, totalCents: 19750, state: 'open', practice: false })
    const lines = engine.rows(jobLineTable).toSorted((left, right) => left.position - right.position)
    expect(lines).toMatchObject([
      { description: 'Diagnostic visit', unitPriceCents: 8900, amountCents: 22250, unitCostCents: 1200, taxable: false },
      { kind: 'discount', unitPriceCents: -2500, amountCents: -2500 },
    ])
    expect(engine.rows(appointmentTable)).toMatchObject([{ jobId: booking.jobId, state: 'scheduled', confirmation: 'owed', technicianId: null }])
  })

  it('keeps a price typed by somebody who sees prices', () => {
    const desk = new FrontDesk()
    const booking = desk.booking({ lines: [desk.line({ unitPriceCents: 9900 })] })
    desk.office.must('job.book', booking, desk.dispatcherId)
    expect(desk.office.engine.row(jobTable, booking.jobId)?.totalCents).toBe(9900)
  })

  it.each<[string, (desk: FrontDesk) => Readonly<Record<string, unknown>>, string, string]>([
    ['a job without a line', () => ({ lines: [] }), 'job.withoutLine', 'lines'],
    ['a negative quantity', (desk) => ({ lines: [desk.line({ quantity: -1000 })] }), 'input.invalid', 'lines.0.quantity'],
    ['an item that is not in the price book', (desk) => ({ lines: [desk.line({ priceItemId: newId() })] }), 'job.unknownItem', 'lines.0.priceItemId'],
    ['discounts beyond the work', (desk) => ({ lines: [desk.line({ priceItemId: desk.discountId })] }), 'job.negativeTotal', 'lines'],
    ['a window that is over', (desk) => ({ appointment: desk.window(-1) }), 'dispatch.windowPast', 'appointment.windowDay'],
    ['a window in 1900', (desk) => ({ appointment: desk.window(1, { windowDay: '1900-01-01' }) }), 'input.invalid', 'appointment.windowDay'],
    ['a window that ends before it starts', (desk) => ({ appointment: desk.window(1, { windowEnd: 900 }) }), 'dispatch.windowOrder', 'appointment.windowEnd'],
    ['instants of another day', (desk) => ({ appointment: desk.window(1, { windowDay: '2026-07-20' }) }), 'dispatch.windowMismatch', 'appointment.windowDay'],
    ['a window years ahead', (desk) => ({ appointment: desk.window(800) }), 'dispatch.windowFar', 'appointment.windowDay'],
    ['a job type of another unit', (desk) => ({ jobTypeId: desk.otherJobTypeId }), 'job.wrongUnit', 'jobTypeId'],
    ['a location of nobody', () => ({ locationId: newId() }), 'job.foreignLocation', 'locationId'],
    ['a booking not read back', () => ({ readBack: false }), 'job.notReadBack', 'readBack'],
    ['an unknown call', () => ({ callId: newId() }), 'job.unknownCall', 'callId'],
    ['an empty summary', () => ({ summary: ' \u0000 ' }), 'input.invalid', 'summary'],
  ])('refuses %s', (_what, changed, code, field) => {
    const desk = new FrontDesk()
    expect(desk.office.run('job.book', desk.booking(changed(desk)), desk.csrId)).toMatchObject(refusedAs(code, field))
    expect(desk.office.engine.rows(jobTable)).toEqual([])
  })

  it('refuses another customer\u2019s location and what is no longer in use', () => {
    const desk = new FrontDesk()
    const locationId = newId()
    desk.office.must('customer.create', desk.customer({ location: desk.location({ id: locationId }) }), desk.csrId)
    expect(desk.office.run('job.book', desk.booking({ locationId }), desk.csrId)).toMatchObject(refusedAs('job.foreignLocation'))
    desk.saveItem(desk.itemId, 'DIAG', 'Diagnostic visit', 'service', 8900, false)
    expect(desk.office.run('job.book', desk.booking(), desk.csrId)).toMatchObject(refusedAs('job.inactiveItem'))
  })

  it('leaves \u201cdo not service\u201d to a manager', () => {
    const desk = new FrontDesk()
    desk.office.must('customer.change', { customerId: desk.customerId, set: { doNotService: true } }, desk.ownerId)
    expect(desk.office.engine.row(customerTable, desk.customerId)?.doNotService).toBe(true)
    expect(desk.office.run('job.book', desk.booking(), desk.csrId)).toMatchObject(refusedAs('job.doNotService', 'customerId'))
    desk.office.must('job.book', desk.booking(), desk.ownerId)
  })

  it('refuses the same booking twice and names the job', () => {
    const desk = new FrontDesk()
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    expect(desk.office.run('job.book', booking, desk.csrId)).toMatchObject({ refusal: { code: 'job.exists', subject: { kind: 'job', id: booking.jobId } } })
  })
})

describe('a booked job', () => {
  it('is canceled with its open visits and the reason, once', () => {
    const desk = new FrontDesk()
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    desk.office.must('job.cancel', { jobId: booking.jobId, reason: 'Sold the house.' }, desk.csrId)
    expect(desk.office.engine.row(jobTable, booking.jobId)).toMatchObject({ state: 'canceled', cancelReason: 'Sold the house.' })
    expect(desk.office.engine.rows(appointmentTable)).toMatchObject([{ state: 'canceled', cancelReason: 'Sold the house.' }])
    expect(desk.office.run('job.cancel', { jobId: booking.jobId, reason: 'Again.' }, desk.csrId)).toMatchObject(refusedAs('job.canceled'))
  })

  it('keeps its totals while lines come, change and go, but never loses the last', () => {
    const desk = new FrontDesk()
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    const added = desk.line({ quantity: 2000 })
    desk.office.must('job.addLine', { jobId: booking.jobId, line: added }, desk.csrId)
    const job = () => desk.office.engine.row(jobTable, booking.jobId)
    expect(job()).toMatchObject({ lineCount: 2, totalCents: 26700 })
    desk.office.must('job.changeLine', { lineId: added['id'], set: { quantity: 1000, unitPriceCents: 5000 } }, desk.dispatcherId)
    expect(job()).toMatchObject({ lineCount: 2, totalCents: 13900 })
    expect(desk.office.run('job.changeLine', { lineId: added['id'], set: { unitPriceCents: 1 } }, desk.csrId)).toMatchObject(refusedAs('job.priceHidden'))
    desk.office.must('job.removeLine', { lineId: added['id'] }, desk.csrId)
    expect(job()).toMatchObject({ lineCount: 1, totalCents: 8900 })
    const last = desk.office.engine.rows(jobLineTable)[0]
    expect(desk.office.run('job.removeLine', { lineId: last?.id }, desk.csrId)).toMatchObject(refusedAs('job.lastLine'))
  })

  it('changes within its business unit', () => {
    const desk = new FrontDesk()
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    desk.office.must('job.change', { jobId: booking.jobId, set: { summary: 'Both floors.', plannedPayment: 'check' } }, desk.csrId)
    desk.office.must('job.change', { jobId: booking.jobId, set: { answers: [{ key: newId(), question: 'Since when?', answer: 'Sunday' }] } }, desk.csrId)
    expect(desk.office.engine.row(jobTable, booking.jobId)).toMatchObject({ summary: 'Both floors.', plannedPayment: 'check', answers: [{ answer: 'Sunday' }] })
    expect(desk.office.run('job.change', { jobId: booking.jobId, set: { jobTypeId: desk.otherJobTypeId } }, desk.csrId)).toMatchObject(refusedAs('job.wrongUnit'))
  })
})

describe('reference data', () => {
  it('gives a price book code to one item only', () => {
    const desk = new FrontDesk()
    const item = { id: newId(), code: 'DIAG', name: 'Other', description: '', kind: 'service', businessUnitId: null, priceCents: 0, costCents: 0, taxable: false, active: true }
    expect(desk.office.run('priceItem.save', item, desk.ownerId)).toMatchObject(refusedAs('priceItem.codeTaken', 'code'))
    expect(desk.office.run('priceItem.save', { ...item, code: 'NEW', priceCents: -1 }, desk.ownerId)).toMatchObject(refusedAs('input.invalid', 'priceCents'))
  })
})
