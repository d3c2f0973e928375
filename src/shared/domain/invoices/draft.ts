import { z } from 'zod'
import { lineAmount } from '../../base/money.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import { type JobLine, jobLineTable, jobTable } from '../jobs/tables.ts'
import { insert } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput } from '../kernel/inputs.ts'
import { get, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { billToOf, inOrder, jurisdictionsOf, loadTaxBasis, serviceAtOf } from './sums.ts'
import { invoiceLineTable, invoiceTable } from './tables.ts'
import { invoiceTotals } from './tax.ts'

/** What is charged for a job line: a discount takes off, however its price was written on the job. */
function charged(line: JobLine): { readonly unitPriceCents: number; readonly amountCents: number } {
  const unitPriceCents = line.kind === 'discount' ? -Math.abs(line.unitPriceCents) || 0 : line.unitPriceCents
  return { unitPriceCents, amountCents: lineAmount(unitPriceCents, line.quantity) }
}

/** Why the work of a job is not ready to be charged for, if it is not. */
export function unfinishedWork(appointments: readonly Appointment[], jobId: string): Refused | undefined {
  const waiting = appointments.find((appointment) => appointment.state !== 'done' && appointment.state !== 'canceled')
  if (waiting) {
    return refuse('invoice.visitNotDone', 'A visit of this job is not done yet. Close it out or cancel it first.', { subject: { kind: 'appointment', id: waiting.id } })
  }
  if (!appointments.some((appointment) => appointment.state === 'done')) {
    return refuse('invoice.noVisit', 'No visit of this job was done, so there is nothing to charge for.', { subject: { kind: 'job', id: jobId } })
  }
  return undefined
}

export const draftInvoice = defineIntention({
  name: 'invoice.draft',
  version: 1,
  summary: 'Start an invoice from a finished job: its lines, its tax, its addresses as they are today.',
  permission: 'invoice.edit',
  input: z.strictObject({ invoiceId: idInput, jobId: idInput }),
  *load(input) {
    const job = yield* get(jobTable, input.jobId)
    return {
      job,
      existing: yield* get(invoiceTable, input.invoiceId),
      earlier: yield* range(invoiceTable, 'byJob', [input.jobId]),
      lines: yield* range(jobLineTable, 'byJob', [input.jobId]),
      appointments: yield* range(appointmentTable, 'byJob', [input.jobId]),
      basis: job ? yield* loadTaxBasis(job.customerId, job.locationId) : undefined,
    }
  },
  decide(input, { job, existing, earlier, lines: jobLines, appointments, basis }, context) {
    if (!job || !basis?.customer || !basis.location || !basis.company) return refuse('invoice.unknownJob', 'This job is not there. Choose another one.', { field: 'jobId' })
    if (existing) return refuse('invoice.exists', 'This invoice exists already.', { subject: { kind: 'invoice', id: existing.id } })
    const invoice = earlier[0]
    if (invoice || job.invoiceId !== null) {
      const subject = { kind: 'invoice', id: invoice?.id ?? job.invoiceId ?? '' }
      return refuse('invoice.alreadyInvoiced', `Job ${job.number} has an invoice already. Open that one.`, { subject })
    }
    if (job.state === 'canceled') return refuse('invoice.jobCanceled', `Job ${job.number} is canceled, so there is nothing to charge for.`, { subject: { kind: 'job', id: job.id } })
    if (jobLines.length === 0) return refuse('invoice.noLines', `Job ${job.number} has no line. Add one, even at $0.00.`, { subject: { kind: 'job', id: job.id } })
    const unfinished = unfinishedWork(appointments, job.id)
    if (unfinished) return unfinished

    const lines = inOrder(jobLines).map((line) => ({ ...line, ...charged(line) }))
    const totals = invoiceTotals(lines, jurisdictionsOf(basis), basis.company.taxRounding)
    return accept(
      insert(invoiceTable, {
        id: input.invoiceId,
        number: null,
        state: 'draft',
        jobId: job.id,
        customerId: job.customerId,
        locationId: job.locationId,
        businessUnitId: job.businessUnitId,
        day: null,
        dueDay: null,
        dueAt: null,
        termsDays: basis.company.termsDays,
        subtotalCents: totals.subtotalCents,
        taxCents: totals.taxCents,
        totalCents: totals.totalCents,
        paidCents: 0,
        balanceCents: totals.totalCents,
        taxShares: totals.taxShares,
        billTo: billToOf(basis.customer, basis.location),
        serviceAt: serviceAtOf(basis.customer, basis.location),
        memo: job.summary,
        finalizedAt: null,
        batchId: null,
        posted: false,
        practice: job.practice,
      }),
      lines.map((line, index) =>
        insert(invoiceLineTable, {
          id: context.id(`line/${line.id}`),
          invoiceId: input.invoiceId,
          priceItemId: line.priceItemId,
          position: index,
          kind: line.kind,
          description: line.description,
          quantity: line.quantity,
          unitPriceCents: line.unitPriceCents,
          amountCents: line.amountCents,
          taxable: line.taxable,
          taxCents: totals.lineTaxCents[index] ?? 0,
          reason: line.kind === 'discount' ? line.description : '',
        }),
      ),
    )
  },
})
