import { addDays } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import { sumCents } from '../../../shared/base/money.ts'
import type { InvoiceDetail } from '../../../shared/contract/methods/invoices.ts'
import { CHECKS } from '../../../shared/domain/accounting/lint.ts'
import { batchTable } from '../../../shared/domain/accounting/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { inOrder } from '../../../shared/domain/invoices/sums.ts'
import { all, get, getIf } from '../../../shared/domain/kernel/load.ts'
import { technicianTable, userTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, ServiceError, type Services } from '../../core/service.ts'
import { and, desc, eq, schema } from '../../store/schema.ts'
import { firstPhones } from '../customers/phones.ts'
import { booksOf, exceptionsOf, type InvoiceView, viewInvoices } from './facts.ts'

/** @throws ServiceError where there is no such invoice */
export function viewOf(services: Pick<Services, 'store'>, invoiceId: string): InvoiceView {
  const invoice = services.store.engine.run(get(invoiceTable, invoiceId))
  const view = invoice && viewInvoices(services, [invoice])[0]
  if (!view) throw new ServiceError('invoice.unknown', 'This invoice is not there. Look at the list again.')
  return view
}

/** What a customer has paid beyond what their invoices took. */
function creditOf({ store }: Services, customerId: string): number {
  const { payment } = schema
  const taken = store.db
    .select({ amountCents: payment.amountCents, appliedCents: payment.appliedCents })
    .from(payment)
    .where(and(eq(payment.companyId, store.companyId), eq(payment.customerId, customerId), eq(payment.state, 'taken'), eq(payment.practice, false)))
    .all()
  return sumCents(taken.map((each) => each.amountCents - each.appliedCents))
}

function doneBy({ store }: Services, jobId: string): string | null {
  const { appointment } = schema
  const visit = store.db
    .select({ technicianId: appointment.technicianId })
    .from(appointment)
    .where(and(eq(appointment.companyId, store.companyId), eq(appointment.jobId, jobId), eq(appointment.state, 'done')))
    .orderBy(desc(appointment.doneAt))
    .limit(1)
    .get()
  return (visit?.technicianId && store.engine.run(get(technicianTable, visit.technicianId))?.name) || null
}

/** Answers `invoice.get`. */
export function readInvoice(invoiceId: string, asked: Asked): InvoiceDetail {
  const view = viewOf(asked, invoiceId)
  const { invoice, customer, job, lines, payments } = view
  const { engine } = asked.store
  const books = booksOf(asked)
  const phone = firstPhones(asked.store, [customer.id]).get(customer.id)
  const exceptions = exceptionsOf(view, books)
  const batch = engine.run(getIf(batchTable, invoice.batchId))
  const names = new Map(engine.run(all(userTable)).map((user) => [user.id, user.name]))
  const day = wallTimeOf(asked.now(), books.company.zone).day
  const dueDay = addDays(day, invoice.termsDays)
  return {
    id: invoice.id,
    version: invoice.version,
    number: invoice.number,
    state: invoice.state,
    day: invoice.day,
    dueDay: invoice.dueDay,
    termsDays: invoice.termsDays,
    practice: invoice.practice,
    posted: invoice.posted,
    batch: batch ? { id: batch.id, number: batch.number, state: batch.state } : null,
    customerId: customer.id,
    customerName: customer.name,
    phone: phone === undefined ? null : formatPhone(phone),
    taxExempt: customer.taxExempt,
    billTo: { name: invoice.billTo.name, lines: [...invoice.billTo.lines] },
    serviceAt: { name: invoice.serviceAt.name, lines: [...invoice.serviceAt.lines] },
    job: { id: job.id, number: job.number, summary: job.summary, doneBy: doneBy(asked, job.id) },
    lines: inOrder(lines).map(({ id, priceItemId, kind, description, quantity, unitPriceCents, amountCents, taxable, taxCents, reason }) => ({ id, priceItemId, kind, description, quantity, unitPriceCents, amountCents, taxable, taxCents, reason })),
    taxShares: invoice.taxShares.map((share) => ({ ...share })),
    subtotalCents: invoice.subtotalCents,
    taxCents: invoice.taxCents,
    totalCents: invoice.totalCents,
    paidCents: invoice.paidCents,
    balanceCents: invoice.balanceCents,
    payments: payments.map((payment) => ({
      id: payment.id,
      form: payment.form,
      checkNumber: payment.checkNumber,
      amountCents: payment.amountCents,
      appliedCents: payment.appliedCents,
      day: payment.day,
      receivedBy: names.get(payment.receivedBy) ?? '',
      state: payment.state,
      voidReason: payment.voidReason,
      memo: payment.memo,
      batched: payment.batchId !== null,
    })),
    creditCents: creditOf(asked, customer.id),
    checks: CHECKS.map(({ key, label }) => {
      const failed = exceptions.find((exception) => exception.severity === 'stop' && exception.check === key)
      return { key, label, reason: failed?.reason ?? null, link: failed?.link ?? null }
    }),
    exceptions,
    proposal: { day, dueDay, dueAt: instantOf(addDays(dueDay, 1), 0, books.company.zone) - 1 },
  }
}
