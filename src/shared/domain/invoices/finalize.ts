import { z } from 'zod'
import { DAY, isFutureDay } from '../../base/time.ts'
import { applicationEntries, invoiceEntries } from '../accounting/ledger.ts'
import { isClosed } from '../accounting/periods.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput, instantInput } from '../kernel/inputs.ts'
import { get, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { paymentTable } from '../payments/tables.ts'
import { unfinishedWork } from './draft.ts'
import { loadInvoice, resum, unchanged } from './sums.ts'
import { invoiceTable } from './tables.ts'

/** QuickBooks holds eleven characters (design section 10, RefNumber). */
export const MAX_INVOICE_NUMBER = 11

export const finalizeInvoice = defineIntention({
  name: 'invoice.finalize',
  version: 1,
  summary: 'Make an invoice final: its number is permanent from now on and the customer owes it.',
  permission: 'invoice.finalize',
  numbers: ['invoice'],
  input: z.strictObject({
    invoiceId: idInput,
    day: dayInput,
    dueDay: dayInput,
    /** The end of the due day where the company is. */
    dueAt: instantInput,
  }),
  *load(input) {
    const open = yield* loadInvoice(input.invoiceId)
    return {
      open,
      job: open ? yield* get(jobTable, open.invoice.jobId) : undefined,
      appointments: open ? yield* range(appointmentTable, 'byJob', [open.invoice.jobId]) : [],
      payments: open ? yield* range(paymentTable, 'byInvoice', [open.invoice.id]) : [],
    }
  },
  decide(input, { open, job, appointments, payments }, context) {
    if (!open || !job || !open.company) return refuse('invoice.unknown', 'This invoice is not there.')
    const { invoice, lines, company } = open
    if (invoice.state === 'finalized') return refuse('invoice.final', `Invoice ${invoice.number ?? ''} is final already.`, { subject: { kind: 'invoice', id: invoice.id } })
    if (job.state === 'canceled') return refuse('invoice.jobCanceled', `Job ${job.number} is canceled, so there is nothing to charge for.`, { subject: { kind: 'job', id: job.id } })
    if (lines.length === 0) return refuse('invoice.noLines', 'This invoice has no line. Add one, even at $0.00.')
    const unfinished = unfinishedWork(appointments, job.id)
    if (unfinished) return unfinished
    if (isClosed(input.day, company)) {
      return refuse('invoice.closedPeriod', `The books are closed through ${company.booksClosedThrough}. Choose a later day.`, { field: 'day' })
    }
    if (isFutureDay(input.day, context.at)) return refuse('invoice.futureDay', 'This day has not come yet. Choose today or an earlier day.', { field: 'day' })
    if (input.dueDay < input.day) return refuse('invoice.dueBeforeDay', 'An invoice can\u2019t be due before its own day.', { field: 'dueDay' })
    if (Math.abs(input.dueAt - Date.parse(`${input.dueDay}T00:00:00Z`)) > 2 * DAY) return refuse('invoice.dueAt', 'The due time is not on the due day.', { field: 'dueAt' })
    const { totals, changes } = resum(open, unchanged(lines))
    if (totals.totalCents < 0) return refuse('invoice.belowZero', 'The discounts are more than what is charged.')
    const number = context.number('invoice')
    if (number.length > MAX_INVOICE_NUMBER) {
      return refuse('invoice.numberTooLong', `Invoice number ${number} is longer than ${MAX_INVOICE_NUMBER} characters, which QuickBooks can\u2019t hold. Choose a shorter series in settings.`)
    }

    // Money that came while the invoice was a draft waited on the customer's account; it pays the invoice now.
    let owed = totals.totalCents
    const applied = payments
      .filter((payment) => payment.state === 'taken')
      .map((payment) => {
        const cents = Math.min(owed, payment.amountCents - payment.appliedCents)
        owed -= cents
        return { payment, cents }
      })
      .filter(({ cents }) => cents > 0)
    const paidCents = totals.totalCents - owed
    const final = { ...invoice, number, day: input.day, taxCents: totals.taxCents, totalCents: totals.totalCents }
    return accept(
      changes,
      update(invoiceTable, invoice, {
        number,
        state: 'finalized',
        day: input.day,
        dueDay: input.dueDay,
        dueAt: input.dueAt,
        paidCents,
        balanceCents: owed,
        finalizedAt: context.at,
      }),
      update(jobTable, job, { invoiceId: invoice.id }),
      appointments.filter((appointment) => appointment.state === 'done').map((appointment) => update(appointmentTable, appointment, { invoiced: true })),
      invoiceEntries(final, lines, context),
      applied.map(({ payment, cents }) => update(paymentTable, payment, { appliedCents: payment.appliedCents + cents })),
      paidCents > 0 ? applicationEntries(final, paidCents, context) : [],
    )
  },
})
