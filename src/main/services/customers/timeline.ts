import type { TimelineEntry } from '../../../shared/contract/methods/customers.ts'
import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, formatWindow } from '../../../shared/base/zone.ts'
import { type Call, callTable } from '../../../shared/domain/calls/tables.ts'
import { noteTable } from '../../../shared/domain/customers/tables.ts'
import { type Appointment, appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { type Job, jobTable } from '../../../shared/domain/jobs/tables.ts'
import { range } from '../../../shared/domain/kernel/load.ts'
import { paymentTable } from '../../../shared/domain/payments/tables.ts'
import type { Asked } from '../../core/service.ts'
import { changeEntries } from './changes.ts'
import { type Names, namesIn } from './names.ts'
import { shownMoney } from './shownMoney.ts'

/** `3 min 50`, `42 s`: how long people say a call was. */
function spoken(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60}`
}

const OUTCOME_WORDS = { booked: 'booked', unbooked: 'not booked', excused: 'excused', notLead: 'not a lead', abandoned: 'abandoned' } as const

function callEntry(call: Call, names: Names): TimelineEntry {
  const length = call.answeredAt !== null && call.endedAt !== null ? spoken(call.endedAt - call.answeredAt) : call.answeredAt === null ? 'not answered' : 'going on'
  const title = [call.direction === 'in' ? 'Call in' : 'Call out', length, ...(call.outcome === null ? [] : [OUTCOME_WORDS[call.outcome]])].join(', ')
  const owed = call.followUp === 'owed' ? 'Call back owed.' : ''
  return {
    id: `call/${call.id}`,
    kind: 'call',
    at: call.offeredAt,
    title,
    detail: [call.lineName, call.reason, call.notes, owed].filter(Boolean).join(' \u00B7 '),
    who: names.person(call.agentId),
    amountCents: null,
    opens: { kind: 'call', id: call.id },
    practice: call.practice,
  }
}

function bookedEntry(job: Job, visits: readonly Appointment[], names: Names): TimelineEntry {
  const first = visits.filter(({ jobId }) => jobId === job.id).toSorted((left, right) => left.createdAt - right.createdAt)[0]
  const promised = first ? ` \u00B7 ${formatDay(first.windowDay)}, ${formatWindow(first.windowStart, first.windowEnd)}` : ''
  return {
    id: `job/${job.id}`,
    kind: 'visit',
    at: job.createdAt,
    title: `Job ${job.number} booked, ${names.jobType(job.jobTypeId)}`,
    detail: `${job.summary}${promised}`,
    who: names.person(job.createdBy),
    amountCents: null,
    opens: { kind: 'job', id: job.id },
    practice: job.practice,
  }
}

function visitEntries(visit: Appointment, job: Job | undefined, names: Names): readonly TimelineEntry[] {
  const of = { opens: { kind: 'job', id: visit.jobId } as const, practice: visit.practice, amountCents: null }
  const what = job ? names.jobType(job.jobTypeId) : ''
  const technician = names.technician(visit.technicianId) ?? ''
  const done: readonly TimelineEntry[] =
    visit.doneAt === null
      ? []
      : [{ ...of, id: `done/${visit.id}`, kind: 'visit', at: visit.doneAt, title: `Visit done, ${what}`, detail: [`Job ${job?.number ?? ''}`, visit.closeOutNotes].filter(Boolean).join(' \u00B7 '), who: technician }]
  const canceled: readonly TimelineEntry[] =
    visit.state === 'canceled'
      ? [{ ...of, id: `canceled/${visit.id}`, kind: 'visit', at: visit.updatedAt, title: `Visit canceled, ${what}`, detail: [`Job ${job?.number ?? ''}`, visit.cancelReason ?? ''].filter(Boolean).join(' \u00B7 '), who: names.person(visit.updatedBy) }]
      : []
  return [...done, ...canceled]
}

function moneyEntries(customerId: string, asked: Asked, names: Names): readonly TimelineEntry[] {
  const { engine } = asked.store
  const pricesShown = asked.session.may('price.see')
  const invoices = engine.run(range(invoiceTable, 'byCustomer', [customerId]))
  const numbers = new Map(invoices.map(({ id, number }) => [id, number]))
  const final = invoices.flatMap((invoice): readonly TimelineEntry[] =>
    invoice.finalizedAt === null
      ? []
      : [
          {
            id: `invoice/${invoice.id}`,
            kind: 'money',
            at: invoice.finalizedAt,
            title: `Invoice ${invoice.number ?? ''}`,
            detail: invoice.balanceCents === 0 ? 'Paid' : `${formatMoney(invoice.balanceCents)} open${invoice.dueDay === null ? '' : `, due ${formatDay(invoice.dueDay)}`}`,
            who: names.person(invoice.updatedBy),
            amountCents: shownMoney(invoice, pricesShown).totalCents,
            opens: { kind: 'invoice', id: invoice.id },
            practice: invoice.practice,
          },
        ],
  )
  const taken = engine.run(range(paymentTable, 'byCustomer', [customerId])).map((payment): TimelineEntry => {
    const number = payment.invoiceId === null ? undefined : numbers.get(payment.invoiceId)
    const form = payment.form === 'check' ? `check ${payment.checkNumber ?? ''}`.trim() : payment.form
    return {
      id: `payment/${payment.id}`,
      kind: 'money',
      at: payment.receivedAt,
      title: payment.state === 'voided' ? `Payment voided, ${form}` : `Payment, ${form}`,
      detail: [number ? `Invoice ${number}` : 'On account', payment.voidReason ?? payment.memo].filter(Boolean).join(' \u00B7 '),
      who: names.person(payment.receivedBy),
      amountCents: payment.amountCents,
      opens: payment.invoiceId === null ? null : { kind: 'invoice', id: payment.invoiceId },
      practice: payment.practice,
    }
  })
  return [...final, ...taken]
}

/** Everything that happened with a customer, newest first. */
export function timelineOf(customerId: string, asked: Asked): readonly TimelineEntry[] {
  const { engine } = asked.store
  const names = namesIn(asked.store)
  const jobs = engine.run(range(jobTable, 'byCustomer', [customerId]))
  const visits = engine.run(range(appointmentTable, 'byCustomer', [customerId]))
  const notes = engine.run(range(noteTable, 'byCustomer', [customerId])).map(
    (note): TimelineEntry => ({
      id: `note/${note.id}`,
      kind: 'note',
      at: note.at,
      title: note.pinned ? 'Note, pinned' : 'Note',
      detail: note.body,
      who: names.person(note.authorId),
      amountCents: null,
      opens: note.subjectKind === 'job' || note.subjectKind === 'invoice' || note.subjectKind === 'call' ? { kind: note.subjectKind, id: note.subjectId } : null,
      practice: false,
    }),
  )
  const entries = [
    ...engine.run(range(callTable, 'byCustomer', [customerId])).map((call) => callEntry(call, names)),
    ...jobs.map((job) => bookedEntry(job, visits, names)),
    ...visits.flatMap((visit) => visitEntries(visit, jobs.find(({ id }) => id === visit.jobId), names)),
    ...moneyEntries(customerId, asked, names),
    ...notes,
    ...changeEntries(customerId, asked.store, names),
  ]
  return entries.sort((left, right) => right.at - left.at || (left.id < right.id ? 1 : -1))
}
