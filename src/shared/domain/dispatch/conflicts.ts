import { assertNever } from '../../base/assertNever.ts'
import { type Clock, shownAt } from '../../base/clock.ts'
import { formatMinute } from '../../base/minutes.ts'
import { overlaps } from '../../base/time.ts'
import { customerTable, type Customer } from '../customers/tables.ts'
import { jobTable, type Job } from '../jobs/tables.ts'
import type { DecisionContext } from '../kernel/command.ts'
import { get, getIf, type Loading, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { technicianTable, type Technician } from '../people/tables.ts'
import { appointmentTable, type Assignment, assignmentTable } from './tables.ts'
import { whereabouts } from './timeKinds.ts'
import { LONGEST_VISIT, type Span } from './visit.ts'
import { clockFor, loadWorkOf, type TimeBlock, workWithin } from './workTime.ts'

/** What takes a technician's time already, with the names a person knows it by. */
export type Conflict =
  | { readonly kind: 'visit'; readonly assignment: Assignment; readonly job: Job | undefined; readonly customer: Customer | undefined }
  /** `accepted`: what lies there was put there knowingly. */
  | { readonly kind: 'time'; readonly block: TimeBlock; readonly accepted: boolean }

/** A technician who is to have a time, with everything that is in the way of it. */
export interface Asked {
  readonly technicianId: string
  /** Undefined where nobody of that id ever worked here. */
  readonly technician: Technician | undefined
  readonly conflicts: readonly Conflict[]
  readonly clock: Clock
}

interface Except {
  readonly appointmentId?: string
  readonly timeId?: string
}

function* visitsInTheWay(technicianId: string, span: Span, except: Except): Loading<readonly Conflict[]> {
  const near = yield* range(assignmentTable, 'byTechnician', [technicianId], { from: span.startsAt - LONGEST_VISIT, to: span.endsAt })
  const conflicts: (Conflict & { readonly kind: 'visit' })[] = []
  for (const assignment of near) {
    if (assignment.appointmentId === except.appointmentId || !overlaps(assignment.startsAt, assignment.endsAt, span.startsAt, span.endsAt)) continue
    const appointment = yield* get(appointmentTable, assignment.appointmentId)
    const job = yield* getIf(jobTable, appointment?.jobId)
    const customer = yield* getIf(customerTable, appointment?.customerId)
    conflicts.push({ kind: 'visit', assignment, job, customer })
  }
  return conflicts.sort((left, right) => left.assignment.startsAt - right.assignment.startsAt)
}

/**
 * Everything of a technician's that shares any time with the span: visits, training, time off, lunch by the rule of the week.
 * @param otherwise the clock to reckon with where that of the technician's zone was never written down
 * @param except the visit or the block that moves: it is not in its own way
 */
export function* loadAsked(technicianId: string, span: Span, otherwise: Clock, except: Except): Loading<Asked> {
  const technician = yield* get(technicianTable, technicianId)
  const visits = yield* visitsInTheWay(technicianId, span, except)
  if (!technician) return { technicianId, technician, conflicts: visits, clock: otherwise }
  const work = yield* loadWorkOf(technicianId, span)
  const clock = clockFor(technician, work, otherwise)
  const { blocks } = workWithin({ ...technician, active: true }, work, clock, span)
  const times = blocks.filter(({ id }) => id === null || id !== except.timeId).map((block): Conflict => ({ kind: 'time', block, accepted: work.blocks.some(({ id, overbookAccepted }) => id === block.id && overbookAccepted) }))
  return { technicianId, technician, conflicts: [...visits, ...times], clock }
}

function words(conflict: Conflict, clock: Clock): string {
  switch (conflict.kind) {
    case 'visit':
      return `with ${conflict.customer ? `${conflict.customer.name}${conflict.job ? `, job ${conflict.job.number}` : ''}` : 'another visit'}`
    case 'time':
      return `${whereabouts(conflict.block.kind)} until ${formatMinute(shownAt(clock, conflict.block.endsAt).minute)}`
    default:
      return assertNever(conflict, 'conflict')
  }
}

/** More would not be read. */
const NAMED = 3

/** `with Ada Bell, job 1001; with Omar Castellan, job 1002; and 4 more`. */
function listed(conflicts: readonly Conflict[], clock: Clock): string {
  const named = conflicts.slice(0, NAMED).map((conflict) => words(conflict, clock))
  const more = conflicts.length - named.length
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

/** Names who or what is in the way, so that the dispatcher can decide without looking for it. */
export function refuseDoubleBooking({ technician, conflicts, clock }: Asked): Refused {
  const [first] = conflicts
  const what = first ? listed(conflicts, clock) : 'not free'
  const when = first?.kind === 'time' ? '' : ' at that time'
  return refuse('dispatch.doubleBooked', `${technician?.name ?? 'The technician'} is ${what}${when}. Choose another time or technician, or overbook.`, {
    field: 'startsAt',
    ...(first?.kind === 'visit' ? { subject: { kind: 'appointment', id: first.assignment.appointmentId } } : {}),
  })
}

/**
 * True where two were in one place and nobody ever accepted it. The other's acceptance does, and the week's lunch is a rule
 * about what is planned from now on.
 */
export function isUnaccepted(conflict: Conflict): boolean {
  return conflict.kind === 'visit' ? !conflict.assignment.overbookAccepted : conflict.block.id !== null && !conflict.accepted
}

/** Why nobody of these may have the time: somebody is elsewhere and it is not accepted, or may not be by this person. */
export function refuseOverlap(asked: readonly Asked[], overbookAccepted: boolean, context: Pick<DecisionContext, 'may'>): Refused | undefined {
  const busy = asked.find(({ conflicts }) => conflicts.length > 0)
  if (!busy) return undefined
  if (!overbookAccepted) return refuseDoubleBooking(busy)
  return context.may('visit.overbook')
    ? undefined
    : refuse('dispatch.overbookRight', 'Only a dispatcher, a service manager or the owner may overbook a technician.', { field: 'overbookAccepted' })
}
