import { formatMoney } from '../../../shared/base/money.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { RefusedChange } from '../../../shared/domain/attention/tables.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import { type Conflict, loadAsked } from '../../../shared/domain/dispatch/conflicts.ts'
import { whereabouts } from '../../../shared/domain/dispatch/timeKinds.ts'
import { clockOf } from '../../../shared/base/zoneClock.ts'
import type { Asked } from '../../core/service.ts'
import type { Opens } from './given.ts'
import { inputOf } from './givenInput.ts'
import { batchWords, invoiceWords, jobWords, type Look, momentWords, spanWords, technicianWords, windowWords } from './look.ts'

/** How things are now, whatever was wanted. */
interface Standing {
  readonly lines: readonly string[]
  readonly opens: Opens | null
}

/** The parts of an input that say which records it is about. */
interface About {
  readonly appointmentId?: unknown
  readonly jobId?: unknown
  readonly invoiceId?: unknown
  readonly batchId?: unknown
  readonly technicianId?: unknown
  readonly startsAt?: unknown
  readonly endsAt?: unknown
}

const by = (name: string): string => (name === '' ? '' : ` by ${name}`)

function visitNow(appointmentId: string, look: Look): Standing | null {
  const visit = look.visit(appointmentId)
  if (!visit) return null
  const { technicianId, startsAt, endsAt } = visit
  const plan = technicianId === null || startsAt === null || endsAt === null ? 'No technician has it' : `With ${technicianWords(technicianId, look)}, ${spanWords(startsAt, endsAt, look)}`
  const reason = visit.state === 'hold' ? visit.holdReason : visit.state === 'canceled' ? visit.cancelReason : null
  return {
    lines: [
      `${look.customer(visit.customerId)}\u2019s visit is ${STATE_NAMES[visit.state].toLowerCase()}${reason === null ? '' : `: ${reason}`}`,
      plan,
      `Promised: ${windowWords(visit, look)}`,
      `Last changed${by(look.person(visit.updatedBy))}, ${momentWords(visit.updatedAt, look)}`,
    ],
    opens: { kind: 'appointment', id: visit.id, day: startsAt === null ? visit.windowDay : wallTimeOf(startsAt, look.zone).day },
  }
}

function invoiceNow(invoiceId: string, look: Look): Standing | null {
  const invoice = look.invoice(invoiceId)
  if (!invoice) return null
  const words = invoiceWords(invoice, look)
  return {
    lines: [
      `${words.charAt(0).toUpperCase()}${words.slice(1)} is ${invoice.state === 'draft' ? 'a draft' : invoice.posted ? 'posted' : 'final'}`,
      ...(look.pricesShown ? [`Total ${formatMoney(invoice.totalCents)}, balance ${formatMoney(invoice.balanceCents)}`] : []),
      `Last changed${by(look.person(invoice.updatedBy))}, ${momentWords(invoice.updatedAt, look)}`,
    ],
    opens: { kind: 'invoice', id: invoice.id, day: null },
  }
}

function batchNow(batchId: string, look: Look): Standing | null {
  const batch = look.batch(batchId)
  if (!batch) return null
  const words = batchWords(batch)
  return {
    lines: [`${words.charAt(0).toUpperCase()}${words.slice(1)} is ${batch.state}${batch.state === 'posted' ? by(look.person(batch.postedBy)) : ''}`, `Last changed${by(look.person(batch.updatedBy))}, ${momentWords(batch.updatedAt, look)}`],
    opens: { kind: 'batch', id: batch.id, day: null },
  }
}

function jobNow(jobId: string, look: Look): Standing | null {
  const job = look.job(jobId)
  if (!job) return null
  const words = jobWords(job)
  return {
    lines: [
      `${words.charAt(0).toUpperCase()}${words.slice(1)} is ${job.state}${job.cancelReason === null ? '' : `: ${job.cancelReason}`}${job.invoiceId === null ? '' : ', and has an invoice'}`,
      `Last changed${by(look.person(job.updatedBy))}, ${momentWords(job.updatedAt, look)}`,
    ],
    opens: { kind: 'job', id: job.id, day: null },
  }
}

function takenWords(conflict: Conflict, look: Look): string {
  if (conflict.kind === 'time') return `is ${whereabouts(conflict.block.kind)}: ${spanWords(conflict.block.startsAt, conflict.block.endsAt, look)}`
  const { assignment, customer, job } = conflict
  const giver = look.person(assignment.updatedBy)
  return `is with ${customer ? customer.name : 'another visit'}${job ? `, ${jobWords(job)}` : ''}: ${spanWords(assignment.startsAt, assignment.endsAt, look)}${giver === '' ? '' : `, given by ${giver}`}`
}

/** What has the technician at the time that was wanted. */
function inTheWay(about: About, asked: Asked, look: Look): Standing | null {
  const { appointmentId, technicianId, startsAt, endsAt } = about
  if (typeof appointmentId !== 'string' || typeof technicianId !== 'string' || typeof startsAt !== 'number' || typeof endsAt !== 'number') return null
  const { conflicts } = asked.store.engine.run(loadAsked(technicianId, { startsAt, endsAt }, clockOf(look.zone, asked.now()).clock, { appointmentId }))
  const first = conflicts.find((conflict) => conflict.kind === 'visit')
  return {
    lines: conflicts.length > 0 ? conflicts.map((conflict) => `${technicianWords(technicianId, look)} ${takenWords(conflict, look)}`) : [`${technicianWords(technicianId, look)} is free at that time now`],
    opens: first ? { kind: 'appointment', id: first.assignment.appointmentId, day: wallTimeOf(first.assignment.startsAt, look.zone).day } : null,
  }
}

const idOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What stands instead of a change that could not: the records it is about, as they are now. */
export function standingNow(change: RefusedChange, asked: Asked, look: Look): Standing {
  const about = (inputOf(change) ?? {}) as About
  const [appointmentId, invoiceId, batchId, jobId] = [idOf(about.appointmentId), idOf(about.invoiceId), idOf(about.batchId), idOf(about.jobId)]
  const parts = [
    change.commandName === 'appointment.assign' ? inTheWay(about, asked, look) : null,
    appointmentId === null ? null : visitNow(appointmentId, look),
    invoiceId === null ? null : invoiceNow(invoiceId, look),
    batchId === null ? null : batchNow(batchId, look),
    jobId === null ? null : jobNow(jobId, look),
  ].filter((part) => part !== null)
  const subject = change.subjectKind === null || change.subjectId === null ? null : { kind: change.subjectKind, id: change.subjectId, day: null }
  return { lines: parts.flatMap(({ lines }) => lines), opens: parts.find(({ opens }) => opens !== null)?.opens ?? subject }
}
