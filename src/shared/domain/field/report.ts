import { z } from 'zod'
import { assertNever } from '../../base/assertNever.ts'
import { compareText } from '../../base/text.ts'
import { type Instant, MINUTE } from '../../base/time.ts'
import { customerTable, type Customer } from '../customers/tables.ts'
import { changeState } from '../dispatch/progress.ts'
import { STATE_NAMES } from '../dispatch/states.ts'
import { APPOINTMENT_STATES, appointmentTable, assignmentTable, type Appointment, type AppointmentState } from '../dispatch/tables.ts'
import { refuseSettled, type Visit } from '../dispatch/visit.ts'
import { openItems, quoted } from '../handoff/handOff.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, type DecisionContext, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, optionalLine } from '../kernel/inputs.ts'
import { get, getIf, type Loading, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { technicianTable, type Technician } from '../people/tables.ts'
import { taskTable, type Task } from '../tasks/tables.ts'
import { endLateTask } from './lateTasks.ts'
import { isFarAhead, isMovedSince } from './moved.ts'
import { countedAt, isOtherHold, isOvertaken, isReached, stepsTo } from './steps.ts'
import { type FieldReport, fieldReportTable, REPORT_KINDS, type ReportKind, technicianLinkTable, type TechnicianLink } from './tables.ts'

/** Within this the customer is told that it becomes later. */
const TELL_WITHIN = 15 * MINUTE

/** Nobody says so far ahead how late they will be. */
export const MOST_LATE_MINUTES = 480

const input = z.strictObject({
  reportId: idInput,
  linkId: idInput,
  appointmentId: idInput,
  kind: z.enum(REPORT_KINDS),
  /** By the hub’s clock: it says how long ago by the telephone’s. */
  tappedAt: instantInput,
  /** How the visit stood on the page when it was tapped. Absent in what an older page said. */
  saw: z.enum(APPOINTMENT_STATES).optional(),
  /** When it began on the page, as the office had planned it. Absent in what an older page said. */
  sawStartsAt: instantInput.optional(),
  /** What it was on hold for on the page, where it was. Absent in what an older page said. */
  sawHold: optionalLine('The reason', 300).optional(),
  reason: optionalLine('The reason', 300).default(''),
  minutes: z.int().min(1, 'Say by how many minutes.').max(MOST_LATE_MINUTES, 'That is more than a working day. Call the office.').nullable().default(null),
})

type Input = z.output<typeof input>

interface Loaded {
  readonly existing: FieldReport | undefined
  readonly link: TechnicianLink | undefined
  readonly technician: Technician | undefined
  readonly holder: Technician | undefined
  readonly customer: Customer | undefined
  readonly reports: readonly FieldReport[]
  readonly lateTask: Task | undefined
  /** Whether the visit is on the technician’s day, alone or with others. */
  readonly isTheirs: boolean
  /** When it begins for the technician; null where nothing is planned. */
  readonly startsAt: Instant | null
  readonly progress: Progress
}

type Progress = ReturnType<typeof changeState.load> extends Loading<infer L> ? L : never

function* load({ reportId, linkId, appointmentId, kind, reason }: Input): Loading<Loaded> {
  // What `changeState` looks at for a visit that goes on or stops; a technician never cancels one.
  const progress = yield* changeState.load({ appointmentId, to: kind === 'hold' ? 'hold' : 'working', reason }, { actorId: '', deviceId: '' })
  const link = yield* get(technicianLinkTable, linkId)
  const appointment = progress.visit?.appointment
  const assignments = appointment ? yield* range(assignmentTable, 'byAppointment', [appointmentId]) : []
  const reports = (yield* range(fieldReportTable, 'byAppointment', [appointmentId])).toSorted((left, right) => left.tappedAt - right.tappedAt || compareText(left.id, right.id))
  const own = assignments.find(({ technicianId }) => technicianId === link?.technicianId)
  return {
    existing: yield* get(fieldReportTable, reportId),
    link,
    technician: yield* getIf(technicianTable, link?.technicianId),
    holder: yield* getIf(technicianTable, appointment?.technicianId),
    customer: yield* getIf(customerTable, appointment?.customerId),
    reports,
    lateTask: yield* getIf(taskTable, reports.findLast(({ kind: said }) => said === 'late')?.taskId),
    isTheirs: appointment?.technicianId === link?.technicianId || own !== undefined,
    startsAt: own?.startsAt ?? appointment?.startsAt ?? null,
    progress,
  }
}

const CALL = 'Call the office before you do anything.'

/** The office has put it on a later day since, for the same technician. Somebody who is at the door is there, whatever the plan says. */
function isMoved({ tappedAt, sawStartsAt }: Pick<Input, 'tappedAt' | 'sawStartsAt'>, startsAt: Instant | null, { appointment }: Visit): boolean {
  if (startsAt === null || isReached('arrived', appointment.state)) return false
  return sawStartsAt === undefined ? isFarAhead(startsAt, tappedAt, appointment) : isMovedSince(startsAt, sawStartsAt, appointment)
}

/** Why what was said can’t stand, in words for the technician. */
function objection(said: Input, { link, technician, holder, isTheirs, startsAt, progress: { visit } }: Loaded, actorId: string): Refused | undefined {
  if (!link || !technician || technician.id !== actorId) return refuse('field.unknownLink', 'The office does not know this link. Ask for a new one.')
  if (link.revokedAt !== null) return refuse('field.revoked', 'The office has taken this link back. Ask for a new one.')
  if (!visit) return refuse('field.unknownVisit', `This visit is no longer there. ${CALL}`)
  const subject = { kind: 'appointment', id: visit.appointment.id }
  if (visit.appointment.state === 'canceled') return refuse('field.canceled', `This visit was canceled meanwhile${visit.appointment.cancelReason === null ? '' : ` (${visit.appointment.cancelReason})`}. ${CALL}`, { subject })
  if (!isTheirs) return refuse('field.moved', holder ? `This visit was given to ${holder.name} meanwhile. ${CALL}` : `This visit was taken off your day meanwhile. ${CALL}`, { subject })
  if (isMoved(said, startsAt, visit)) return refuse('field.moved', `This visit was moved to another day meanwhile. ${CALL}`, { subject })
  return undefined
}

/** The office’s guess gives way to the technician’s own word; the first one of a crew counts. */
function corrected(kind: ReportKind, visit: Visit, reports: readonly FieldReport[], at: number): readonly Change[] {
  const { appointment } = visit
  if (refuseSettled(visit) || appointment.closedOutAt !== null || reports.some((report) => report.kind === kind)) return []
  if (kind === 'arrived' && appointment.arrivedAt !== null) return [update(appointmentTable, appointment, { arrivedAt: Math.min(at, appointment.doneAt ?? at) })]
  if (kind === 'done' && appointment.doneAt !== null) return [update(appointmentTable, appointment, { doneAt: at })]
  return []
}

function after(visit: Visit, changes: readonly Change[]): Visit {
  const own = changes.flatMap((change) => (change.kind === 'update' && change.table.name === appointmentTable.name && change.before.id === visit.appointment.id ? [change.set] : []))
  return { ...visit, appointment: Object.assign({}, visit.appointment, ...own) as Appointment }
}

/** What the office has to settle first, in words for whoever stands outside: the board names a key, the technician is told whom to call. */
function inTheirWords(refused: Refused, { handOff }: Progress): Refused {
  const { code, message: _forTheOffice, ...where } = refused.refusal
  const open = handOff ? openItems(handOff) : []
  const missing = code === 'dispatch.hole' ? `${quoted(open)} ${open.length === 1 ? 'is' : 'are'} open` : code === 'dispatch.noLine' ? 'no work is written down' : null
  return missing === null ? refused : refuse('field.notHandedOver', `The office has not handed this visit over yet: ${missing}. Call the office, and tap again once it is settled.`, where)
}

/** Somebody has said something newer of the visit, which stands; the technician has not seen it. */
function overtaken(said: Input, visit: Appointment): Refused {
  const { id, state, holdReason } = visit
  const newer = isOtherHold(said, visit) ? `is on hold for something else by now${holdReason === null ? '' : ` (${holdReason})`}, and stays so. If you go on, tap again.` : state === 'hold' ? `was put on hold after you tapped this${holdReason === null ? '' : ` (${holdReason})`}, and stays so. If you go on, tap again.` : `has gone on since you tapped this: it is ${STATE_NAMES[state].toLowerCase()}. If it must wait, put it on hold again.`
  return refuse('field.overtaken', `This visit ${newer}`, { subject: { kind: 'appointment', id } })
}

/** The same decisions as at the board, one after the other, at the moment that counts. */
function advance(steps: readonly AppointmentState[], { reason }: Input, progress: Progress, context: DecisionContext): { readonly kind: 'accepted'; readonly changes: readonly Change[] } | Refused {
  const changes: Change[] = []
  let { visit } = progress
  for (const to of steps) {
    const decision = changeState.decide({ appointmentId: visit?.appointment.id ?? '', to, reason }, { ...progress, visit }, context)
    if (decision.kind === 'refused') return inTheirWords(decision, progress)
    changes.push(...decision.changes)
    visit = visit && after(visit, decision.changes)
  }
  return { kind: 'accepted', changes }
}

/** Somebody tells the customer; said again, the same task says the newer figure. */
function callAboutLateness({ minutes }: Input, { technician, customer, lateTask }: Loaded, { job, appointment }: Visit, context: DecisionContext): { readonly taskId: string; readonly change: Change } {
  const title = `Tell ${customer?.name ?? 'the customer'}: about ${minutes ?? 0} minutes late`.slice(0, 120)
  const notes = `${technician?.name ?? 'The technician'} says so by the link, job ${job.number}.`
  if (lateTask?.state === 'open') return { taskId: lateTask.id, change: update(taskTable, lateTask, { title, notes }) }
  const taskId = context.id('late')
  const values = { id: taskId, title, type: 'etaCall', source: 'rule', callId: null, assigneeId: null, role: 'dispatcher', askedBy: null, dueAt: context.at + TELL_WITHIN, remindAt: null, priority: 'high' } as const
  const about = { relatedKind: 'job', relatedId: job.id, customerId: job.customerId, notes, practice: appointment.practice } as const
  return { taskId, change: insert(taskTable, { ...values, ...about, state: 'open', resolution: '', resolvedAt: null, resolvedBy: null, signOff: 'none' }) }
}

const NOWHERE: Readonly<Record<ReportKind, string>> = {
  onMyWay: 'This visit has begun already.',
  arrived: 'This visit is done already.',
  hold: 'This visit is done already.',
  resume: 'Say that you have arrived first.',
  done: 'Say that you have arrived first.',
  late: 'This visit is done already.',
}

/**
 * A technician says by their link how far a visit is. What the office has decided meanwhile (moved, canceled) stands; then
 * the technician is told so, and the office gets what they said as something that needs attention.
 */
export const reportFromField = defineIntention({
  name: 'field.report',
  version: 1,
  summary: 'Say by a technician\u2019s link how far a visit is: on my way, arrived, on hold, done, or late.',
  permission: 'field.report',
  input,
  load,
  decide(said, loaded, context) {
    if (loaded.existing) return accept()
    const refused = objection(said, loaded, context.actorId)
    if (refused) return refused
    const { link, reports, progress } = loaded
    const { visit } = progress
    if (!link || !visit) return refuse('field.unknownVisit', `This visit is no longer there. ${CALL}`)
    const { kind } = said
    const at = countedAt(kind, said.tappedAt, link, visit.appointment, context.at)
    const report = (taskId: string | null): Change =>
      insert(fieldReportTable, { id: said.reportId, linkId: link.id, technicianId: link.technicianId, appointmentId: visit.appointment.id, jobId: visit.job.id, kind, tappedAt: Math.min(said.tappedAt, context.at), countedAt: at, heardAt: context.at, words: said.reason, minutes: said.minutes, taskId })
    switch (kind) {
      case 'late': {
        if (said.minutes === null) return refuse('field.minutes', 'Say by how many minutes.', { field: 'minutes' })
        // Heard when they were there already: nobody needs to be told any more.
        if (isReached('arrived', visit.appointment.state) || visit.appointment.practice) return accept(report(null))
        const { taskId, change } = callAboutLateness(said, loaded, visit, context)
        return accept(change, report(taskId))
      }
      case 'onMyWay':
      case 'arrived':
      case 'hold':
      case 'resume':
      case 'done': {
        // At the door they need not be told any more that it becomes later.
        const { lateTask } = loaded
        const told = lateTask?.state === 'open' && kind !== 'onMyWay' ? [endLateTask(lateTask, { state: 'dropped', resolution: kind === 'hold' ? 'The visit is on hold.' : 'Somebody is at the door.' }, context.at)] : []
        if (isReached(kind, visit.appointment.state)) return accept(corrected(kind, visit, reports, at), report(null), told)
        const steps = stepsTo(kind, visit.appointment)
        if (!steps) return refuse('field.notNow', `${NOWHERE[kind]} ${CALL}`, { subject: { kind: 'appointment', id: visit.appointment.id } })
        if (isOvertaken(kind, said, visit.appointment, reports)) return overtaken(said, visit.appointment)
        const advanced = advance(steps, said, progress, { ...context, at })
        return advanced.kind === 'refused' ? advanced : accept(advanced.changes, report(null), told)
      }
      default:
        return assertNever(kind, 'report')
    }
  },
})
