import { MINUTE, overlaps, type Instant } from '../../base/time.ts'
import { customerTable, noteTable, type Customer } from '../customers/tables.ts'
import { jobTable, type Job } from '../jobs/tables.ts'
import { insert, remove, update, type Change } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import { get, getIf, getMany, range, type Loading } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { technicianTable, userTable, type Technician, type User } from '../people/tables.ts'
import { appointmentTable, assignmentTable, type Appointment, type Assignment } from './tables.ts'

/** A visit may be planned to the five minutes; the board snaps to fifteen. */
export const PLAN_STEP = 5 * MINUTE

/** No single visit is planned longer than this; a work of several days is several visits. */
export const LONGEST_VISIT = 24 * 60 * MINUTE

/** How every visit begins: promised, not planned. */
export const NEW_VISIT = {
  state: 'scheduled',
  technicianId: null,
  startsAt: null,
  endsAt: null,
  holdReason: null,
  cancelReason: null,
  dispatchedAt: null,
  arrivedAt: null,
  doneAt: null,
  confirmationSentAt: null,
  rebooking: 'none',
  slot: 'none',
  closedOutAt: null,
  closeOutNotes: '',
  invoiced: false,
} as const satisfies Partial<Appointment>

/** A visit with what every decision about it looks at. */
export interface Visit {
  readonly appointment: Appointment
  readonly job: Job
  readonly assignment: Assignment | undefined
  /** Who changed it last, somebody of the office or a technician by their link, to name them where an expected version no longer holds. */
  readonly changedBy: User | Technician | undefined
}

export function* loadVisit(appointmentId: string): Loading<Visit | undefined> {
  const appointment = yield* get(appointmentTable, appointmentId)
  const job = yield* getIf(jobTable, appointment?.jobId)
  if (!appointment || !job) return undefined
  const [assignment] = yield* range(assignmentTable, 'byAppointment', [appointmentId])
  return { appointment, job, assignment, changedBy: (yield* getIf(userTable, appointment.updatedBy)) ?? (yield* getIf(technicianTable, appointment.updatedBy)) }
}

/** Somebody else's time on the same technician, with the names a person knows it by. */
export interface Conflict {
  readonly assignment: Assignment
  readonly job: Job | undefined
  readonly customer: Customer | undefined
}

export interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** The technician's other visits that share any time with the span. */
export function* loadConflicts(technicianId: string, span: Span, exceptAppointmentId: string): Loading<readonly Conflict[]> {
  const near = yield* range(assignmentTable, 'byTechnician', [technicianId], { from: span.startsAt - LONGEST_VISIT, to: span.endsAt })
  const conflicts: Conflict[] = []
  for (const assignment of near) {
    if (assignment.appointmentId === exceptAppointmentId || !overlaps(assignment.startsAt, assignment.endsAt, span.startsAt, span.endsAt)) continue
    const appointment = yield* get(appointmentTable, assignment.appointmentId)
    const [job] = yield* getMany(jobTable, appointment ? [appointment.jobId] : [])
    const [customer] = yield* getMany(customerTable, appointment ? [appointment.customerId] : [])
    conflicts.push({ assignment, job, customer })
  }
  return conflicts.sort((left, right) => left.assignment.startsAt - right.assignment.startsAt)
}

export function refuseUnknownVisit(): Refused {
  return refuse('dispatch.unknownVisit', 'This visit is no longer there. Look at the board again.')
}

/** Undo and careful callers say which version they saw; a visit that has moved on is theirs to look at again. */
export function refuseMovedOn(visit: Visit, expectedVersion: number | undefined): Refused | undefined {
  if (expectedVersion === undefined || visit.appointment.version === expectedVersion) return undefined
  const who = visit.changedBy?.name ?? 'Somebody'
  return refuse('dispatch.movedOn', `${who} has changed this visit since. Look at it again before you change it.`, {
    subject: { kind: 'appointment', id: visit.appointment.id },
  })
}

/** What nobody plans any more: a canceled job, an invoiced visit, a practice visit in a live company. */
export function refuseSettled({ appointment, job }: Visit): Refused | undefined {
  const subject = { kind: 'job', id: job.id }
  if (job.state === 'canceled') return refuse('dispatch.jobCanceled', `Job ${job.number} is canceled. Book a new job for this customer instead.`, { subject })
  if (appointment.invoiced) return refuse('dispatch.invoiced', `Job ${job.number} is invoiced, so its visit stays as it is.`, { subject })
  if (appointment.practice) return refuse('dispatch.practice', 'This is a practice visit. It takes no technician\u2019s time.', { subject })
  return undefined
}

/** B3: refused at dispatch as it was at booking. */
export function refuseWithoutLine({ job }: Visit): Refused | undefined {
  if (job.lineCount > 0) return undefined
  return refuse('dispatch.noLine', `Job ${job.number} has no line item. Add one first, even at $0.00.`, { subject: { kind: 'job', id: job.id } })
}

/** Names who is in the way, so that the dispatcher can decide without looking for it. */
export function refuseDoubleBooking(technician: Technician, conflicts: readonly Conflict[]): Refused {
  const [first] = conflicts
  const visit = first?.customer ? `${first.customer.name}${first.job ? `, job ${first.job.number}` : ''}` : 'another visit'
  const more = conflicts.length > 1 ? ` and ${conflicts.length - 1} more` : ''
  return refuse('dispatch.doubleBooked', `${technician.name} is with ${visit}${more} at that time. Choose another time or technician, or overbook.`, {
    field: 'startsAt',
    ...(first ? { subject: { kind: 'appointment', id: first.assignment.appointmentId } } : {}),
  })
}

export interface Plan extends Span {
  readonly technicianId: string
  readonly overbookAccepted: boolean
}

/** Writes a plan to the visit and to its assignment, which always say the same. */
export function planChanges(visit: Visit, plan: Plan, context: DecisionContext): readonly Change[] {
  const { technicianId, startsAt, endsAt } = plan
  return [
    visit.assignment
      ? update(assignmentTable, visit.assignment, plan)
      : insert(assignmentTable, { id: context.id('assignment'), appointmentId: visit.appointment.id, ...plan }),
    update(appointmentTable, visit.appointment, { technicianId, startsAt, endsAt }),
  ]
}

/** Takes the visit off the technician's day. */
export function unplanChanges(visit: Visit): readonly Change[] {
  return [
    ...(visit.assignment ? [remove(assignmentTable, visit.assignment)] : []),
    update(appointmentTable, visit.appointment, { technicianId: null, startsAt: null, endsAt: null }),
  ]
}

/**
 * Cancels a visit: the technician's time is free again, while the visit remembers where it stood so that
 * the board can show it struck out.
 */
export function cancelVisitChanges(appointment: Appointment, assignments: readonly Assignment[], reason: string): readonly Change[] {
  return [
    ...assignments.map((assignment) => remove(assignmentTable, assignment)),
    update(appointmentTable, appointment, { state: 'canceled', cancelReason: reason, holdReason: null }),
  ]
}

/** What was changed and why goes to the job's history, under the name of the person who did it. */
export function historyNote(visit: Visit, label: string, body: string, context: DecisionContext): Change {
  return insert(noteTable, {
    id: context.id(label),
    customerId: visit.job.customerId,
    subjectKind: 'job',
    subjectId: visit.job.id,
    body,
    pinned: false,
    authorId: context.actorId,
    at: context.at,
  })
}

export function* loadTechnician(technicianId: string): Loading<Technician | undefined> {
  return yield* get(technicianTable, technicianId)
}
