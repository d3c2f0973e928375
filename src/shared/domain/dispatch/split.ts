import { z } from 'zod'
import { MINUTE } from '../../base/time.ts'
import { handoffTickTable } from '../handoff/tables.ts'
import { insert, remove, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, versionInput } from '../kernel/inputs.ts'
import { get, getMany, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { alertSeenId, alertSeenTable } from '../watch/tables.ts'
import { loadHands } from './assign.ts'
import { type Asked, isUnaccepted, refuseOverlap } from './conflicts.ts'
import { ALERT_KINDS } from './lateness.ts'
import { acceptedMoveTable, type Appointment, appointmentTable } from './tables.ts'
import { assignmentsOf, loadVisit, LONGEST_VISIT, NEW_VISIT, planChanges, PLAN_STEP, refuseMovedOn, refuseSettled, refuseUnknownVisit, type Visit } from './visit.ts'

const STEP_MINUTES = PLAN_STEP / MINUTE

/** What the visit takes: its plan, or before it has one what it was booked for. */
export function minutesOf({ startsAt, endsAt, durationMinutes }: Pick<Appointment, 'startsAt' | 'endsAt' | 'durationMinutes'>): number {
  return startsAt === null || endsAt === null ? durationMinutes : (endsAt - startsAt) / MINUTE
}

/**
 * The same plan with another end, for everybody on the visit.
 * @param knowingly who is in two places from now on, as somebody accepted
 */
function endingAt(visit: Visit, endsAt: number, knowingly: ReadonlySet<string>, context: Parameters<typeof planChanges>[2]) {
  const { technicianId, startsAt } = visit.appointment
  if (technicianId === null || startsAt === null || !visit.assignment) return []
  const crew = visit.crew.map((hand) => ({ technicianId: hand.technicianId, overbookAccepted: hand.overbookAccepted || knowingly.has(hand.technicianId) }))
  return planChanges(visit, { technicianId, startsAt, endsAt, overbookAccepted: visit.assignment.overbookAccepted || knowingly.has(technicianId), crew }, context)
}

/** Who would be in two places as nobody has accepted yet: what the visit overlapped before it was split was accepted then. */
function newlyTaken(visit: Visit, hands: readonly Asked[]): readonly Asked[] {
  const accepted = new Set(assignmentsOf(visit).flatMap((hand) => (hand.overbookAccepted ? [hand.technicianId] : [])))
  return hands.filter(({ technicianId, conflicts }) => !accepted.has(technicianId) && conflicts.some(isUnaccepted))
}

/** It stands as `split` makes one, also after what was done to it has been undone. */
function isUntouched({ appointment, assignment }: Visit): boolean {
  const asMade = (Object.keys(NEW_VISIT) as (keyof typeof NEW_VISIT)[]).every((field) => appointment[field] === NEW_VISIT[field])
  return asMade && !assignment && appointment.confirmation === 'owed'
}

/** Made of the visit by `split`: promised for the same window, and nobody's yet. A return trip that somebody was promised is not. */
function isRestOf({ appointment: visit }: Visit, rest: Visit): boolean {
  const { id, jobId, windowStartsAt, windowEndsAt } = rest.appointment
  return id !== visit.id && jobId === visit.jobId && windowStartsAt === visit.windowStartsAt && windowEndsAt === visit.windowEndsAt && isUntouched(rest)
}

export const split = defineIntention({
  name: 'appointment.split',
  version: 1,
  summary: 'Split a visit in two: the rest of the work becomes a second visit of the job, which waits in the tray.',
  permission: 'visit.assign',
  input: z.strictObject({
    appointmentId: idInput,
    restId: idInput,
    /** How long the first of the two is. */
    firstMinutes: z.int().min(STEP_MINUTES, 'A visit takes at least five minutes.').multipleOf(STEP_MINUTES, 'Visits are planned to the five minutes.'),
    expectedVersion: versionInput.optional(),
  }),
  *load(input) {
    return { visit: yield* loadVisit(input.appointmentId), taken: yield* get(appointmentTable, input.restId) }
  },
  decide(input, { visit, taken }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    if (taken) return refuse('dispatch.doubledVisit', 'This visit is split already.')
    const { appointment } = visit
    if (appointment.state === 'done' || appointment.state === 'canceled') return refuse('dispatch.over', 'This visit is over. Book another one for what is left.')
    const restMinutes = minutesOf(appointment) - input.firstMinutes
    if (restMinutes < STEP_MINUTES) return refuse('dispatch.nothingLeft', 'Nothing is left for a second visit. Make the first one shorter.', { field: 'firstMinutes' })
    const { jobId, customerId, locationId, businessUnitId, windowDay, windowStart, windowEnd, zone, windowStartsAt, windowEndsAt, practice } = appointment
    return accept(
      endingAt(visit, (appointment.startsAt ?? 0) + input.firstMinutes * MINUTE, new Set(), context),
      update(appointmentTable, appointment, { durationMinutes: input.firstMinutes }),
      insert(appointmentTable, {
        ...NEW_VISIT,
        id: input.restId,
        jobId,
        customerId,
        locationId,
        businessUnitId,
        windowDay,
        windowStart,
        windowEnd,
        zone,
        windowStartsAt,
        windowEndsAt,
        durationMinutes: restMinutes,
        // Nobody has told the customer that somebody comes a second time.
        confirmation: 'owed',
        practice,
      }),
    )
  },
})

export const join = defineIntention({
  name: 'appointment.join',
  version: 1,
  summary: 'Undo your own split: the visit is one again.',
  permission: 'visit.assign',
  input: z.strictObject({
    appointmentId: idInput,
    restId: idInput,
    /** What the visit takes again, as it was booked or planned before. */
    durationMinutes: z.int().min(STEP_MINUTES).max(60 * 24 * 7),
    overbookAccepted: z.boolean(),
    expectedVersion: versionInput,
    restVersion: versionInput,
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    const rest = yield* loadVisit(input.restId)
    const { startsAt, endsAt } = visit?.appointment ?? { startsAt: null, endsAt: null }
    const span = rest && startsAt !== null && endsAt !== null ? { startsAt, endsAt: endsAt + rest.appointment.durationMinutes * MINUTE } : undefined
    const hands = visit && span ? yield* loadHands(visit, assignmentsOf(visit).map(({ technicianId }) => technicianId), { startsAt: endsAt ?? 0, endsAt: span.endsAt }) : []
    // What was handed on, accepted or seen of the second visit stays, and so the visit does.
    const told = [
      ...(yield* range(handoffTickTable, 'byAppointment', [input.restId])),
      ...(yield* range(acceptedMoveTable, 'byAppointment', [input.restId])),
      ...(yield* getMany(alertSeenTable, ALERT_KINDS.map((kind) => alertSeenId(input.restId, kind)))),
    ]
    return { visit, rest, span, hands, told, siblings: visit ? yield* range(appointmentTable, 'byJob', [visit.job.id]) : [] }
  },
  decide(input, { visit, rest, span, hands, told }, context) {
    if (!visit || !rest) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseMovedOn(rest, input.restVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const theirs = [visit, rest].find(({ appointment }) => appointment.updatedBy !== context.actorId)
    if (theirs) return refuse('dispatch.notYours', `${theirs.changedBy?.name ?? 'Somebody else'} changed this visit last. Only your own last act can be undone.`)
    // As it was made: what has been planned, promised or done since is somebody's work.
    if (!isRestOf(visit, rest) || told.length > 0) {
      return refuse('dispatch.restInUse', 'The second visit has been worked on since. Cancel it where it is not needed.', { subject: { kind: 'appointment', id: input.restId } })
    }
    if (span && span.endsAt - span.startsAt > LONGEST_VISIT) return refuse('dispatch.tooLong', 'Together they take longer than a day. Plan the first one shorter before you put them together.')
    const taken = newlyTaken(visit, hands)
    const overlap = refuseOverlap(taken, input.overbookAccepted, context)
    if (overlap) return overlap
    return accept(
      span ? endingAt(visit, span.endsAt, new Set(taken.map(({ technicianId }) => technicianId)), context) : [],
      update(appointmentTable, visit.appointment, { durationMinutes: input.durationMinutes }),
      remove(appointmentTable, rest.appointment),
    )
  },
})
