import { MINUTE, type Instant } from '../../base/time.ts'
import { noteTable } from '../customers/tables.ts'
import { jobTable, type Job } from '../jobs/tables.ts'
import { insert, remove, update, type Change } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import { get, getIf, range, type Loading } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { technicianTable, userTable, type Technician, type User } from '../people/tables.ts'
import { letsGoOfTime } from './promisedTime.ts'
import { appointmentTable, assignmentTable, type Appointment, type Assignment } from './tables.ts'

/** A visit may be planned to the five minutes; the board snaps to fifteen. */
export const PLAN_STEP = 5 * MINUTE

/**
 * No single visit is planned longer than this: a work of several days is several visits, which `appointment.split` makes of
 * one. The shortest takes one step of the plan: nobody is anywhere for no time.
 */
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
  promisedTechnicianId: null,
  promisedAt: null,
  newTime: null,
  crewIds: null,
  invoiced: false,
  updateCall: null,
  expectedAt: null,
  expectedWith: null,
  toldAt: null,
  truthDay: null,
  truthState: null,
  partsWhat: null,
  partsFrom: null,
  partsExpectedAt: null,
  partsState: null,
  partsReceivedAt: null,
  causeCode: null,
  afterVisit: null,
  partsUpdateDays: null,
  partsUpdateAt: null,
  reschedule: null,
  rescheduleWhy: null,
  objection: null,
} as const satisfies Partial<Appointment>

/** The assignment that the visit itself repeats. */
const isLead = ({ role }: Pick<Assignment, 'role'>): boolean => role !== 'crew'

/** A visit with what every decision about it looks at. */
export interface Visit {
  readonly appointment: Appointment
  readonly job: Job
  /** The lead's; the visit itself says the same. */
  readonly assignment: Assignment | undefined
  /** Of those who go along. */
  readonly crew: readonly Assignment[]
  /** Who changed it last, somebody of the office or a technician by their link, to name them where an expected version no longer holds. */
  readonly changedBy: User | Technician | undefined
}

export function* loadVisit(appointmentId: string): Loading<Visit | undefined> {
  const appointment = yield* get(appointmentTable, appointmentId)
  const job = yield* getIf(jobTable, appointment?.jobId)
  if (!appointment || !job) return undefined
  const assignments = yield* range(assignmentTable, 'byAppointment', [appointmentId])
  return { appointment, job, assignment: assignments.find(isLead), crew: assignments.filter((assignment) => !isLead(assignment)), changedBy: (yield* getIf(userTable, appointment.updatedBy)) ?? (yield* getIf(technicianTable, appointment.updatedBy)) }
}

export interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant
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

/** Somebody's time on a visit, and whether it overlaps with other work of theirs knowingly. */
export interface Hand {
  readonly technicianId: string
  readonly overbookAccepted: boolean
}

export interface Plan extends Span, Hand {
  /** Who goes along, for the same time. */
  readonly crew: readonly Hand[]
}

/** Sorted, so that the same people are the same value; null for nobody. */
function crewIdsOf(crew: readonly Hand[]): readonly string[] | null {
  return crew.length === 0 ? null : crew.map(({ technicianId }) => technicianId).sort()
}

/** Writes a plan to the visit and to its assignments, which always say the same. */
export function planChanges(visit: Visit, plan: Plan, context: DecisionContext): readonly Change[] {
  const { technicianId, startsAt, endsAt, overbookAccepted } = plan
  const appointmentId = visit.appointment.id
  const crew = plan.crew.filter((hand) => hand.technicianId !== technicianId)
  const lead = { technicianId, startsAt, endsAt, overbookAccepted, role: 'lead' as const }
  const gone = visit.crew.filter((assignment) => !crew.some((hand) => hand.technicianId === assignment.technicianId))
  return [
    ...gone.map((assignment) => remove(assignmentTable, assignment)),
    visit.assignment ? update(assignmentTable, visit.assignment, lead) : insert(assignmentTable, { id: context.id('assignment'), appointmentId, ...lead }),
    ...crew.map((hand) => {
      const values = { ...hand, startsAt, endsAt, role: 'crew' as const }
      const existing = visit.crew.find((assignment) => assignment.technicianId === hand.technicianId)
      return existing ? update(assignmentTable, existing, values) : insert(assignmentTable, { id: context.id(`crew/${hand.technicianId}`), appointmentId, ...values })
    }),
    update(appointmentTable, visit.appointment, { technicianId, startsAt, endsAt, crewIds: crewIdsOf(crew) }),
  ]
}

/** Takes the visit off its technician's day, and off the days of those who went along. */
export function unplanChanges(visit: Visit): readonly Change[] {
  return [
    ...assignmentsOf(visit).map((assignment) => remove(assignmentTable, assignment)),
    update(appointmentTable, visit.appointment, { technicianId: null, startsAt: null, endsAt: null, crewIds: null }),
  ]
}

/** Everybody's time on the visit, the lead's first. */
export function assignmentsOf({ assignment, crew }: Visit): readonly Assignment[] {
  return assignment ? [assignment, ...crew] : crew
}

/**
 * Cancels a visit: the technician's time is free again, while the visit remembers where it stood so that
 * the board can show it struck out.
 */
export function cancelVisitChanges(appointment: Appointment, assignments: readonly Assignment[], reason: string): readonly Change[] {
  return [
    ...assignments.map((assignment) => remove(assignmentTable, assignment)),
    update(appointmentTable, appointment, {
      state: 'canceled',
      cancelReason: reason,
      holdReason: null,
      // Nobody knows any more since when others could take it: it has its time again only where that is free.
      ...(appointment.slot === 'held' && letsGoOfTime(appointment) ? { slot: 'lost' as const } : {}),
    }),
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
