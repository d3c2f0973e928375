import type { JobPage, JobRow } from '../../../shared/contract/methods/jobs.ts'
import { customerTable, noteTable } from '../../../shared/domain/customers/tables.ts'
import { type Appointment, appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { type Job, jobLineTable, jobTable, priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { businessUnitTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, ServiceError } from '../../core/service.ts'
import { type Names, namesIn } from '../customers/names.ts'
import { noteEntries } from '../customers/page.ts'
import { shownMoney } from '../customers/shownMoney.ts'
import { tentativeVisits } from '../dispatch/tentative.ts'

/** The first that is still to come, else the last that was. */
function currentVisit(visits: readonly Appointment[]): Appointment | undefined {
  const sorted = visits.toSorted((left, right) => left.windowStartsAt - right.windowStartsAt)
  return sorted.find(({ state }) => state !== 'done' && state !== 'canceled') ?? sorted.at(-1)
}

/**
 * @throws ServiceError where the job is not recorded
 */
export function jobPage(jobId: string, asked: Asked): JobPage {
  const { store, session } = asked
  const { engine } = store
  const job = engine.run(get(jobTable, jobId))
  if (!job) throw new ServiceError('job.unknown', 'This job is not recorded.')
  const names = namesIn(store)
  const pricesShown = session.may('price.see')
  const tentative = tentativeVisits(asked)
  const invoice = engine.run(getIf(invoiceTable, job.invoiceId)) ?? engine.run(range(invoiceTable, 'byJob', [jobId]))[0]
  return {
    id: job.id,
    version: job.version,
    number: job.number,
    state: job.state,
    cancelReason: job.cancelReason,
    customerId: job.customerId,
    customerName: engine.run(get(customerTable, job.customerId))?.name ?? '',
    place: names.place(job.locationId),
    businessUnitId: job.businessUnitId,
    businessUnitName: engine.run(get(businessUnitTable, job.businessUnitId))?.name ?? '',
    jobTypeId: job.jobTypeId,
    jobTypeName: names.jobType(job.jobTypeId),
    priorityId: job.priorityId,
    priorityName: engine.run(get(priorityTable, job.priorityId))?.name ?? '',
    summary: job.summary,
    notes: job.notes,
    plannedPayment: job.plannedPayment,
    practice: job.practice,
    bookedAt: job.createdAt,
    bookedBy: names.person(job.createdBy),
    callId: job.callId,
    lines: engine
      .run(range(jobLineTable, 'byJob', [jobId]))
      .toSorted((left, right) => left.position - right.position)
      .map(({ id, kind, description, quantity, unitPriceCents, amountCents }) => ({
        id,
        kind,
        description,
        quantity,
        unitPriceCents: pricesShown ? unitPriceCents : null,
        amountCents: pricesShown ? amountCents : null,
      })),
    totalCents: pricesShown ? job.totalCents : null,
    visits: engine
      .run(range(appointmentTable, 'byJob', [jobId]))
      .toSorted((left, right) => left.windowStartsAt - right.windowStartsAt)
      .map(({ id, state, windowDay, windowStart, windowEnd, zone, technicianId, startsAt, endsAt, holdReason, cancelReason, closedOutAt }) => ({
        id,
        state,
        tentative: tentative.has(id),
        windowDay,
        windowStart,
        windowEnd,
        zone,
        technicianName: names.technician(technicianId),
        startsAt,
        endsAt,
        reason: holdReason ?? cancelReason,
        closedOutAt,
      })),
    invoice: invoice
      ? { id: invoice.id, number: invoice.number, state: invoice.state, ...shownMoney(invoice, pricesShown) }
      : null,
    answers: (job.answers ?? []).map(({ question, answer }) => ({ question, answer })),
    jobNotes: noteEntries(engine.run(range(noteTable, 'bySubject', ['job', jobId])), names),
  }
}

function jobRow(job: Job, visit: Appointment | undefined, pricesShown: boolean, names: Names): JobRow {
  return {
    id: job.id,
    number: job.number,
    state: job.state,
    jobTypeName: names.jobType(job.jobTypeId),
    summary: job.summary,
    place: names.place(job.locationId),
    bookedAt: job.createdAt,
    visitState: visit?.state ?? null,
    windowDay: visit?.windowDay ?? null,
    windowStart: visit?.windowStart ?? null,
    windowEnd: visit?.windowEnd ?? null,
    technicianName: names.technician(visit?.technicianId ?? null),
    totalCents: pricesShown ? job.totalCents : null,
    practice: job.practice,
  }
}

export function jobsOfCustomer(customerId: string, { store, session }: Asked): JobRow[] {
  const { engine } = store
  const names = namesIn(store)
  const visits = Map.groupBy(engine.run(range(appointmentTable, 'byCustomer', [customerId])), ({ jobId }) => jobId)
  return engine
    .run(range(jobTable, 'byCustomer', [customerId]))
    .toSorted((left, right) => right.createdAt - left.createdAt)
    .map((job) => jobRow(job, currentVisit(visits.get(job.id) ?? []), session.may('price.see'), names))
}
