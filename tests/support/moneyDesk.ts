import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import { type Invoice, invoiceTable } from '../../src/shared/domain/invoices/tables.ts'
import { appointmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import { FrontDesk } from './frontDesk.ts'
import type { Outcome } from './office.ts'

const ZONE = 'America/Chicago'

export interface DeskLine {
  readonly kind?: 'service' | 'material' | 'equipment' | 'discount'
  readonly description?: string
  /** Thousandths. */
  readonly quantity?: number
  readonly unitPriceCents: number
  readonly taxable?: boolean
}

/** A front desk whose work gets done, with two people who keep the books and a tax zone of 6.25 % and 1.875 %. */
export class MoneyDesk extends FrontDesk {
  readonly preparerId = newId()
  readonly posterId = newId()
  readonly technicianId = newId()
  readonly taxZoneId = newId()

  constructor(phase: 'rehearsal' | 'live' = 'rehearsal') {
    super(phase)
    const { office, ownerId } = this
    office.must('user.add', { id: this.preparerId, name: 'Tanya Reese', roles: ['receivables'] }, ownerId)
    office.must('user.add', { id: this.posterId, name: 'Sean Avery', roles: ['serviceManager'] }, ownerId)
    const jurisdictions = [{ name: 'Illinois', rate: 62_500 }, { name: 'Fairhollow', rate: 18_750 }]
    office.must('taxZone.save', { id: this.taxZoneId, name: 'Fairhollow', jurisdictions, active: true }, ownerId)
    office.must(
      'technician.save',
      { id: this.technicianId, name: 'Theo Barnard', businessUnitId: this.unitId, skills: ['cooling'], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true },
      ownerId,
    )
  }

  get today(): string {
    return wallTimeOf(this.office.now, ZONE).day
  }

  invoice(invoiceId: string): Invoice {
    const invoice = this.office.engine.row(invoiceTable, invoiceId)
    if (!invoice) throw new Error('There is no such invoice')
    return invoice
  }

  /** A customer whose place is in the tax zone. */
  addCustomer(firstName: string, lastName: string): { readonly customerId: string; readonly locationId: string } {
    const [customerId, locationId] = [newId(), newId()]
    this.office.must('customer.create', this.customer({ customerId, firstName, lastName, location: this.location({ id: locationId, taxZoneId: this.taxZoneId }) }), this.csrId)
    return { customerId, locationId }
  }

  /** A job whose one visit is done, with these lines, at a place in the tax zone. */
  doneJob(lines: readonly DeskLine[], who = this.addCustomer('Omar', 'Castellan')): { readonly jobId: string; readonly customerId: string; readonly appointmentId: string } {
    const { office, ownerId } = this
    const appointment = this.window(0)
    const jobLines = lines.map((line) => ({ id: newId(), priceItemId: null, kind: 'service', description: 'Dispatch and diagnosis', quantity: 1000, unitCostCents: 0, taxable: true, ...line }))
    const booking = this.booking({ ...who, lines: jobLines, appointment })
    office.must('job.book', booking, ownerId)
    const appointmentId = String(appointment['id'])
    const startsAt = Number(appointment['windowStartsAt']) + this.#visits++ * 90 * 60_000
    office.must('appointment.assign', { appointmentId, technicianId: this.technicianId, startsAt, endsAt: startsAt + 90 * 60_000, overbookAccepted: true, acceptance: { acceptedBy: 'The customer', customer: 'told', words: 'We come as soon as we can.' } }, ownerId)
    for (const to of ['dispatched', 'working', 'done']) office.must('appointment.changeState', { appointmentId, to, reason: '' }, ownerId)
    const state = office.engine.row(appointmentTable, appointmentId)?.state
    if (state !== 'done') throw new Error(`The visit is ${state}`)
    return { jobId: booking.jobId, customerId: who.customerId, appointmentId }
  }

  #visits = 0

  draft(lines: readonly DeskLine[], who?: { readonly customerId: string; readonly locationId: string }): string {
    const invoiceId = newId()
    this.office.must('invoice.draft', { invoiceId, jobId: this.doneJob(lines, who).jobId }, this.preparerId)
    return invoiceId
  }

  finalize(invoiceId: string, changed: Readonly<Record<string, unknown>> = {}): Outcome {
    const day = this.today
    const dueDay = addDays(day, 15)
    return this.office.run('invoice.finalize', { invoiceId, day, dueDay, dueAt: instantOf(addDays(dueDay, 1), 0, ZONE) - 1, ...changed }, this.preparerId)
  }

  final(lines: readonly DeskLine[], who?: { readonly customerId: string; readonly locationId: string }): Invoice {
    const invoiceId = this.draft(lines, who)
    const outcome = this.finalize(invoiceId)
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.message)
    return this.invoice(invoiceId)
  }

  pay(invoice: Invoice, amountCents: number, changed: Readonly<Record<string, unknown>> = {}): { readonly paymentId: string; readonly outcome: Outcome } {
    const paymentId = newId()
    const input = { paymentId, customerId: invoice.customerId, invoiceId: invoice.id, form: 'cash', amountCents, checkNumber: null, memo: '', day: this.today, ...changed }
    return { paymentId, outcome: this.office.run('payment.record', input, this.preparerId) }
  }

  /** Prepared and reviewed by one person; `post` is the other's. */
  batch(invoiceIds: readonly string[], paymentIds: readonly string[] = []): string {
    const batchId = newId()
    this.office.must('batch.prepare', { batchId, fromDay: addDays(this.today, -30), toDay: this.today, invoiceIds, paymentIds }, this.preparerId)
    this.office.must('batch.review', { batchId }, this.preparerId)
    return batchId
  }

  post(batchId: string, actorId = this.posterId): Outcome {
    return this.office.run('batch.post', { batchId }, actorId)
  }
}

/** For `toMatchObject`. */
export const refusedAs = (code: string) => ({ kind: 'refused', refusal: { code } })
