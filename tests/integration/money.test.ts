import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import type { BatchDetail } from '../../src/shared/contract/methods/accounting.ts'
import type { InvoiceDetail, MoneyTotals, ReviewRow } from '../../src/shared/contract/methods/invoices.ts'
import { parseIif } from '../../src/shared/domain/accounting/iifCheck.ts'
import { decodeWindows1252 } from '../../src/shared/domain/accounting/windows1252.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const ZONE = 'America/Chicago'
const PIN = '4711'

/** A company with two people at the books and one finished job, all through the contract. */
async function openBooks(backend: TestBackend) {
  const page = backend.page()
  const owner = await page.ask<{ userId: string }>('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: PIN })
  const [unitId, priorityId, jobTypeId, technicianId, customerId, locationId, jobId, appointmentId, taxZoneId, clerkId] = Array.from({ length: 10 }, () => newId())
  await page.ask('user.add', { id: clerkId, name: 'Tanya Reese', roles: ['receivables'] })
  await page.ask('people.setPin', { userId: clerkId, pin: PIN })
  await page.ask('taxZone.save', { id: taxZoneId, name: 'Fairhollow', jurisdictions: [{ name: 'Illinois', rate: 62_500 }, { name: 'Fairhollow', rate: 18_750 }], active: true })
  await page.ask('businessUnit.save', { id: unitId, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
  await page.ask('priority.save', { id: priorityId, name: 'Normal', rank: 3, rule: 'Everything else', respondWithinMinutes: 2880, active: true })
  await page.ask('jobType.save', { id: jobTypeId, name: 'Service', businessUnitId: unitId, durationMinutes: 90, skills: [], defaultPriorityId: priorityId, defaultItemId: null, active: true })
  await page.ask('technician.save', { id: technicianId, name: 'Theo Barnard', businessUnitId: unitId, skills: [], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true })
  const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId }
  await page.ask('customer.create', { customerId, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550149027', label: 'mobile' }], emails: [], location })
  const day = addDays(wallTimeOf(Date.now(), ZONE).day, 1)
  const at = instantOf(day, 960, ZONE)
  const line = (description: string, unitPriceCents: number, kind = 'service', taxable = false) => ({ id: newId(), priceItemId: null, kind, description, quantity: 1000, unitPriceCents, unitCostCents: 0, taxable })
  await page.ask('job.book', {
    jobId,
    customerId,
    locationId,
    businessUnitId: unitId,
    jobTypeId,
    priorityId,
    summary: 'No cool upstairs',
    notes: '',
    plannedPayment: 'check',
    lines: [line('Dispatch and diagnosis', 8900), line('Fan motor, 1/4 hp', 21_400, 'material', true)],
    appointment: { id: appointmentId, windowDay: day, windowStart: 960, windowEnd: 1080, zone: ZONE, windowStartsAt: at, windowEndsAt: instantOf(day, 1080, ZONE), durationMinutes: 90 },
    callId: null,
    readBack: true,
    confirmation: false,
  })
  await page.ask('appointment.assign', { appointmentId, technicianId, startsAt: at, endsAt: at + 5_400_000, overbookAccepted: true })
  for (const to of ['dispatched', 'working', 'done']) await page.ask('appointment.changeState', { appointmentId, to, reason: '' })
  await page.ask('appointment.closeOut', { appointmentId, notes: 'New fan motor, runs quietly' })
  return { page, ownerId: owner.userId, clerkId: clerkId ?? '', jobId: jobId ?? '', customerId: customerId ?? '' }
}

type Review = { readonly rows: readonly ReviewRow[]; readonly totals: MoneyTotals; readonly openBatch: { readonly id: string } | null; readonly posters: readonly { userId: string }[] }

async function finalInvoice(page: Page, jobId: string): Promise<InvoiceDetail> {
  const invoiceId = newId()
  await page.ask('invoice.draft', { invoiceId, jobId })
  const { proposal } = await page.ask<InvoiceDetail>('invoice.get', { invoiceId })
  await page.ask('invoice.finalize', { invoiceId, ...proposal })
  return page.ask('invoice.get', { invoiceId })
}

describe('from a finished job to the accountant\u2019s file', () => {
  let backend: TestBackend
  afterEach(() => backend.close())

  it('reviews, pays, batches, posts by a second person and exports the same file twice', async () => {
    backend = startBackend()
    const { page, ownerId, clerkId, jobId, customerId } = await openBooks(backend)
    await page.ask('session.signIn', { userId: clerkId, pin: PIN })
    const before = await page.ask<Review>('invoices.review')
    expect(before.rows).toMatchObject([{ kind: 'job', id: jobId, customerName: 'Omar Castellan', totalCents: 30_300 }])

    const invoice = await finalInvoice(page, jobId)
    expect(invoice).toMatchObject({ state: 'finalized', totalCents: 32_039, balanceCents: 32_039, phone: '(555) 014-9027', job: { doneBy: 'Theo Barnard' } })
    expect(invoice.checks.every((check) => check.reason === null)).toBe(true)
    const paymentId = newId()
    await page.ask('payment.record', { paymentId, customerId, invoiceId: invoice.id, form: 'check', amountCents: 20_000, checkNumber: '5521', memo: '', day: invoice.proposal.day })

    const owed = await page.ask<{ totalCents: number; ledgerCents: number; customers: readonly unknown[]; counts: readonly number[] }>('invoices.receivables')
    expect(owed).toMatchObject({ totalCents: 12_039, ledgerCents: 12_039, customers: [{ customerName: 'Omar Castellan', totalCents: 12_039 }], counts: [1, 0, 0, 0, 0] })

    const review = await page.ask<Review>('invoices.review')
    expect(review.rows.map((row) => [row.kind, row.paidBy, row.exceptions])).toEqual([['invoice', 'check 5521', []], ['payment', 'check 5521', []]])
    expect(review.totals).toEqual({ invoices: 1, invoicedCents: 32_039, payments: 1, paidCents: 20_000, debitCents: 52_039, creditCents: 52_039 })
    expect(review.posters.map((poster) => poster.userId)).toEqual([ownerId])

    const batchId = newId()
    await page.ask('batch.prepare', { batchId, fromDay: invoice.day, toDay: invoice.day, invoiceIds: [invoice.id], paymentIds: [paymentId] })
    await page.ask('batch.review', { batchId })
    await expect(page.ask('batch.export', { batchId, format: 'iif' })).rejects.toMatchObject({ error: { code: 'batch.notPosted' } })
    await expect(page.ask('batch.post', { batchId })).rejects.toMatchObject({ error: { code: 'batch.samePerson' } })
    await expect(page.ask('batch.post', { batchId }, { approval: { userId: ownerId, pin: '0000' } })).rejects.toBeTruthy()
    await page.ask('batch.post', { batchId }, { approval: { userId: ownerId, pin: PIN } })
    await expect(page.ask('batch.post', { batchId }, { approval: { userId: ownerId, pin: PIN } })).rejects.toMatchObject({ error: { code: 'batch.posted' } })

    const first = await page.ask<{ exportedBefore: number | null; records: number }>('batch.export', { batchId, format: 'iif' })
    const again = await page.ask<{ exportedBefore: number | null; records: number }>('batch.export', { batchId, format: 'iif' })
    await page.ask('batch.export', { batchId, format: 'csv' })
    expect([first.exportedBefore, first.records]).toEqual([null, 2])
    expect(again.exportedBefore).toBeTypeOf('number')
    const [one, two, csv] = backend.files
    expect(Buffer.from(two?.bytes ?? []).equals(Buffer.from(one?.bytes ?? [0]))).toBe(true)
    expect(parseIif(decodeWindows1252(one?.bytes ?? new Uint8Array()))).toMatchObject({ kind: 'read', transactions: [{ trns: { NAME: 'Omar Castellan', AMOUNT: '320.39' } }, { trns: { TRNSTYPE: 'PAYMENT', DOCNUM: '5521' } }] })
    expect(csv?.name).toMatch(/^baton-batch-\d+\.csv$/)

    const detail = await page.ask<BatchDetail>('batch.get', { batchId })
    expect(detail).toMatchObject({ state: 'posted', postedBy: 'Sean Avery', exports: [{ format: 'csv', records: 2 }, { format: 'iif', records: 2 }] })
    expect(detail.totals.debitCents).toBe(detail.totals.creditCents)
    await expect(page.ask('batch.unpost', { batchId, reason: 'Late' })).rejects.toMatchObject({ error: { code: 'batch.exported' } })
  })

  it('hands out the invoice as a PDF', async () => {
    backend = startBackend()
    const { page, jobId } = await openBooks(backend)
    const invoice = await finalInvoice(page, jobId)
    const answer = await page.ask<{ pages: number }>('invoice.pdf', { invoiceId: invoice.id })
    expect(answer.pages).toBe(1)
    expect(backend.files[0]).toMatchObject({ name: `invoice-${invoice.number}.pdf`, mime: 'application/pdf' })
  })

  it('puts every open invoice into one bucket by the days since it was due', async () => {
    const now = { at: Date.now() }
    backend = startBackend({ now: () => now.at })
    const { page, jobId } = await openBooks(backend)
    const invoice = await finalInvoice(page, jobId)
    expect(invoice.dueDay).toBe(addDays(invoice.day ?? '', invoice.termsDays))
    for (const [days, counts] of [[0, [1, 0, 0, 0, 0]], [1, [0, 1, 0, 0, 0]], [31, [0, 0, 1, 0, 0]], [61, [0, 0, 0, 1, 0]], [91, [0, 0, 0, 0, 1]]] as const) {
      now.at = Date.parse(`${addDays(invoice.dueDay ?? '', days)}T18:00:00Z`)
      const owed = await page.ask<{ counts: readonly number[]; totalCents: number; ledgerCents: number }>('invoices.receivables')
      expect(owed.counts).toEqual(counts)
      expect(owed.totalCents).toBe(owed.ledgerCents)
    }
  })
})
