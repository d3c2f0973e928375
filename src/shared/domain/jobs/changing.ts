import { z } from 'zod'
import { OPEN_STATES } from '../dispatch/states.ts'
import { type Appointment, appointmentTable, assignmentTable } from '../dispatch/tables.ts'
import { cancelVisitChanges } from '../dispatch/visit.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { centsInput, idInput, lineInput, quantityInput, textInput } from '../kernel/inputs.ts'
import { get, getIf, range } from '../kernel/load.ts'
import { type Change, insert, remove, update } from '../kernel/changes.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { answersInput } from '../scripts/content.ts'
import { loadWaiting, offerFreed } from '../waitlist/openings.ts'
import { jobTotal, lineValues, namesPrices, newLine, pricedLine, refusedItem, refusedLine, refusedTotal } from './lines.ts'
import { type Job, type JobLine, jobLineTable, jobTable, jobTypeTable, type JobType, PAYMENT_FORMS, priceItemTable, priorityTable } from './tables.ts'

/** Another job type may need a waiver, or need none; one that is back or was not needed stays so. */
function waiverOf({ waiver }: Job, jobType: Pick<JobType, 'waiver'>): Pick<Job, 'waiver'> | Record<string, never> {
  if (jobType.waiver !== null && waiver === null) return { waiver: 'owed' }
  return jobType.waiver === null && (waiver === 'owed' || waiver === 'sent') ? { waiver: null } : {}
}

export const changeJob = defineIntention({
  name: 'job.change',
  version: 1,
  summary: 'Change a job\u2019s type, priority, summary, notes, planned payment or answers.',
  permission: 'job.edit',
  input: z.strictObject({
    jobId: idInput,
    set: z
      .strictObject({
        jobTypeId: idInput,
        priorityId: idInput,
        summary: lineInput('The summary', 2000),
        notes: textInput('The note for dispatch'),
        plannedPayment: z.enum(PAYMENT_FORMS),
        /** To the script’s own questions, in place of those that were given. */
        answers: answersInput,
      })
      .partial(),
  }),
  *load(input) {
    return {
      job: yield* get(jobTable, input.jobId),
      jobType: yield* getIf(jobTypeTable, input.set.jobTypeId),
      priority: yield* getIf(priorityTable, input.set.priorityId),
    }
  },
  decide(input, { job, jobType, priority }) {
    if (!job) return refuse('job.unknown', 'This job is not recorded.')
    if (job.state === 'canceled') return refuse('job.canceled', `Job ${job.number} is canceled.`, { subject: { kind: 'job', id: job.id } })
    if (input.set.jobTypeId !== undefined && (!jobType?.active || jobType.businessUnitId !== job.businessUnitId)) {
      return refuse('job.wrongUnit', 'Choose a job type of the job\u2019s business unit.', { field: 'set.jobTypeId' })
    }
    if (input.set.priorityId !== undefined && !priority?.active) return refuse('job.unknownPriority', 'Choose a priority from the table.', { field: 'set.priorityId' })
    const { answers, ...set } = input.set
    return accept(update(jobTable, job, { ...set, ...(answers === undefined ? {} : { answers: answers.length > 0 ? answers : null }), ...(jobType ? waiverOf(job, jobType) : {}) }))
  },
})

const isOpen = (visit: Appointment): boolean => OPEN_STATES.includes(visit.state)

export const cancelJob = defineIntention({
  name: 'job.cancel',
  version: 1,
  summary: 'Cancel a job and its open visits, with the reason.',
  permission: 'job.cancel',
  input: z.strictObject({ jobId: idInput, reason: lineInput('The reason', 500) }),
  *load(input) {
    const visits = yield* range(appointmentTable, 'byJob', [input.jobId])
    const assignments = []
    for (const visit of visits.filter(isOpen)) assignments.push(...(yield* range(assignmentTable, 'byAppointment', [visit.id])))
    return { job: yield* get(jobTable, input.jobId), visits, assignments, waiting: yield* loadWaiting() }
  },
  decide(input, { job, visits, assignments, waiting }, context) {
    if (!job) return refuse('job.unknown', 'This job is not recorded.')
    if (job.state === 'canceled') return refuse('job.canceled', `Job ${job.number} is canceled already.`)
    if (job.invoiceId !== null || visits.some(({ invoiced }) => invoiced)) {
      return refuse('job.invoiced', `Job ${job.number} has an invoice. Work on the invoice instead.`, {
        ...(job.invoiceId === null ? {} : { subject: { kind: 'invoice', id: job.invoiceId } }),
      })
    }
    if (visits.some(({ state }) => state === 'done')) {
      return refuse('job.workDone', `A visit of job ${job.number} is done. Close it out and invoice it instead.`, { subject: { kind: 'job', id: job.id } })
    }
    const open = visits.filter(isOpen)
    return accept(
      update(jobTable, job, { state: 'canceled', cancelReason: input.reason }),
      visits.filter(({ rebooking }) => rebooking === 'owed').map((visit) => update(appointmentTable, visit, { rebooking: 'declined' })),
      open.flatMap((visit) =>
        cancelVisitChanges(
          visit,
          assignments.filter(({ appointmentId }) => appointmentId === visit.id),
          input.reason,
        ),
      ),
      offerFreed(open, waiting, context.at),
    )
  },
})

/** Why this job's lines are settled, if they are. */
function refusedChange(job: Job | undefined): Refused | undefined {
  if (!job) return refuse('job.unknown', 'This job is not recorded.')
  if (job.state === 'canceled') return refuse('job.canceled', `Job ${job.number} is canceled.`)
  if (job.invoiceId !== null) return refuse('job.invoiced', `Job ${job.number} has an invoice. Change its lines there.`, { subject: { kind: 'invoice', id: job.invoiceId } })
  return undefined
}

function withTotals(job: Job, lines: readonly Pick<JobLine, 'amountCents'>[], change: Change): readonly Change[] {
  return [change, update(jobTable, job, { lineCount: lines.length, totalCents: jobTotal(lines) })]
}

export const addJobLine = defineIntention({
  name: 'job.addLine',
  version: 1,
  summary: 'Add a line to a job.',
  permission: 'job.edit',
  input: z.strictObject({ jobId: idInput, line: newLine }),
  *prepare(input, by) {
    return { ...input, line: yield* pricedLine(input.line, yield* namesPrices(by.actorId)) }
  },
  *load(input) {
    return {
      job: yield* get(jobTable, input.jobId),
      lines: yield* range(jobLineTable, 'byJob', [input.jobId]),
      item: yield* getIf(priceItemTable, input.line.priceItemId),
      taken: yield* get(jobLineTable, input.line.id),
    }
  },
  decide(input, { job, lines, item, taken }) {
    const refused = refusedChange(job) ?? refusedItem(input.line, item, 'line') ?? refusedLine(input.line, 'line')
    if (refused || !job) return refused ?? refuse('job.unknown', 'This job is not recorded.')
    if (taken) return refuse('job.doubledLine', 'This line is on a job already.', { field: 'line.id' })
    if (lines.length >= 100) return refuse('job.tooManyLines', 'A job has at most 100 lines.', { field: 'line' })
    const position = Math.max(-1, ...lines.map((line) => line.position)) + 1
    const line = lineValues(input.line, job.id, position)
    const next = [...lines, line]
    return refusedTotal(next) ?? accept(withTotals(job, next, insert(jobLineTable, line)))
  },
})

export const changeJobLine = defineIntention({
  name: 'job.changeLine',
  version: 1,
  summary: 'Change a job line\u2019s description, quantity or price.',
  permission: 'job.edit',
  input: z.strictObject({
    lineId: idInput,
    set: z.strictObject({ description: textInput('The description', 1000), quantity: quantityInput, unitPriceCents: centsInput }).partial(),
  }),
  *load(input) {
    const line = yield* get(jobLineTable, input.lineId)
    return {
      line,
      job: yield* getIf(jobTable, line?.jobId),
      lines: line ? yield* range(jobLineTable, 'byJob', [line.jobId]) : [],
    }
  },
  decide(input, { line, job, lines }, context) {
    if (!line) return refuse('job.unknownLine', 'This line is gone.')
    const refused = refusedChange(job)
    if (refused || !job) return refused ?? refuse('job.unknown', 'This job is not recorded.')
    if (input.set.unitPriceCents !== undefined && !context.may('price.see')) {
      return refuse('job.priceHidden', 'Prices come from the price book. Ask somebody who may see prices to change one.', { field: 'set.unitPriceCents' })
    }
    const changed = lineValues(
      {
        ...line,
        description: input.set.description ?? line.description,
        quantity: input.set.quantity ?? line.quantity,
        unitPriceCents: input.set.unitPriceCents ?? line.unitPriceCents,
      },
      job.id,
      line.position,
    )
    const { description, quantity, unitPriceCents, amountCents } = changed
    const next = lines.map((other) => (other.id === line.id ? { ...other, amountCents } : other))
    return (
      refusedLine(changed, 'set') ??
      refusedTotal(next) ??
      accept(withTotals(job, next, update(jobLineTable, line, { description, quantity, unitPriceCents, amountCents })))
    )
  },
})

export const removeJobLine = defineIntention({
  name: 'job.removeLine',
  version: 1,
  summary: 'Remove a line from a job; the last one stays.',
  permission: 'job.edit',
  input: z.strictObject({ lineId: idInput }),
  *load(input) {
    const line = yield* get(jobLineTable, input.lineId)
    return {
      line,
      job: yield* getIf(jobTable, line?.jobId),
      lines: line ? yield* range(jobLineTable, 'byJob', [line.jobId]) : [],
    }
  },
  decide(_input, { line, job, lines }) {
    if (!line) return refuse('job.unknownLine', 'This line is gone already.')
    const refused = refusedChange(job)
    if (refused || !job) return refused ?? refuse('job.unknown', 'This job is not recorded.')
    const next = lines.filter((other) => other.id !== line.id)
    if (next.length === 0) return refuse('job.lastLine', 'A job keeps at least one line. Add the right one first, then remove this one.')
    return refusedTotal(next) ?? accept(withTotals(job, next, remove(jobLineTable, line)))
  },
})
