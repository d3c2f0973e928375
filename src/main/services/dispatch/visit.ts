import type { VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import { locationTable, type Location } from '../../../shared/domain/customers/tables.ts'
import { attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { isPhoto, isReturnTrip } from '../../../shared/domain/dispatch/closeOut.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { appointmentTable, type Appointment, dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { type FieldReport, fieldReportTable } from '../../../shared/domain/field/tables.ts'
import { jobTable, jobTypeTable, type Job } from '../../../shared/domain/jobs/tables.ts'
import { waiverStanding } from '../../../shared/domain/jobs/waivers.ts'
import { all, get, type Loading, range } from '../../../shared/domain/kernel/load.ts'
import { technicianTable, userTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, ServiceError } from '../../core/service.ts'
import { and, asc, desc, eq, schema } from '../../store/schema.ts'
import { byTheLink } from '../customers/names.ts'
import { openPromisesOf } from './openPromises.ts'

const HISTORY_LIMIT = 40

function* loadParts(appointmentId: string): Loading<{ readonly appointment: Appointment; readonly job: Job; readonly location: Location } | undefined> {
  const appointment = yield* get(appointmentTable, appointmentId)
  const job = appointment && (yield* get(jobTable, appointment.jobId))
  const location = appointment && (yield* get(locationTable, appointment.locationId))
  return appointment && job && location ? { appointment, job, location } : undefined
}

function addressOf(location: Location): string {
  const street = [location.line1, location.line2].filter(Boolean).join(', ')
  return [street, location.city, [location.state, location.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
}

function accessOf(location: Location): string[] {
  return [location.gateCode && `Gate ${location.gateCode}`, location.pets, location.accessNotes, location.parking ? `Park: ${location.parking}` : ''].filter((part) => part !== '')
}

const SAID: Readonly<Record<FieldReport['kind'], string>> = { onMyWay: 'On my way', arrived: 'Arrived', hold: 'On hold', resume: 'Back to work', done: 'Done', late: 'Running late', issue: 'Something came up' }

/** What technicians said of the visit by their links, in their words and at the time it counts for. */
function saidInTheField({ store: { engine } }: Asked, { id }: Appointment): VisitDetail['history'] {
  return engine.run(range(fieldReportTable, 'byAppointment', [id])).map(({ kind, countedAt, words, minutes, technicianId }) => ({
    at: countedAt,
    text: `${SAID[kind]}${minutes === null ? '' : ` by ${minutes} minutes`}${words === '' ? '' : `: ${words}`} (${byTheLink(engine.run(get(technicianTable, technicianId)))})`,
  }))
}

function historyOf(asked: Asked, appointment: Appointment, job: Job): VisitDetail['history'] {
  const { note } = schema
  const names = new Map(asked.store.engine.run(all(userTable)).map((user) => [user.id, user.name]))
  const by = (userId: string): string => (names.has(userId) ? ` by ${names.get(userId)}` : '')
  const notes = asked.store.db
    .select({ at: note.at, body: note.body, authorId: note.authorId })
    .from(note)
    .where(and(eq(note.companyId, asked.store.companyId), eq(note.subjectKind, 'job'), eq(note.subjectId, job.id)))
    .orderBy(desc(note.at))
    .limit(HISTORY_LIMIT)
    .all()
  const stamps: readonly (readonly [number | null, string])[] = [
    [job.createdAt, `Booked${by(job.createdBy)}`],
    [appointment.confirmationSentAt, 'Confirmation sent'],
    [appointment.dispatchedAt, 'Dispatched'],
    [appointment.arrivedAt, 'On site'],
    [appointment.doneAt, 'Done'],
    [appointment.closedOutAt, 'Closed out'],
  ]
  return [
    ...stamps.flatMap(([at, text]) => (at === null ? [] : [{ at, text }])),
    ...saidInTheField(asked, appointment),
    ...notes.map(({ at, body, authorId }) => ({ at, text: names.has(authorId) ? `${body} (${names.get(authorId)})` : body })),
  ].sort((left, right) => right.at - left.at)
}

/** Answers `board.visit`. */
export function readVisitDetail(appointmentId: string, asked: Asked): VisitDetail {
  const { db, engine, companyId } = asked.store
  const parts = engine.run(loadParts(appointmentId))
  if (!parts) throw new ServiceError('dispatch.unknownVisit', 'This visit is no longer there. Look at the board again.')
  const { appointment, job, location } = parts
  const rules = dispatchRules(engine.run(all(dispatchSettingsTable)))
  const { contactMethod, jobLine } = schema
  const phone = db
    .select({ value: contactMethod.value })
    .from(contactMethod)
    .where(and(eq(contactMethod.companyId, companyId), eq(contactMethod.customerId, appointment.customerId), eq(contactMethod.kind, 'phone')))
    .orderBy(asc(contactMethod.position))
    .limit(1)
    .get()
  const lines = db
    .select({ id: jobLine.id, description: jobLine.description, quantity: jobLine.quantity })
    .from(jobLine)
    .where(and(eq(jobLine.companyId, companyId), eq(jobLine.jobId, job.id)))
    .orderBy(asc(jobLine.position))
    .all()
  const jobType = engine.run(get(jobTypeTable, job.jobTypeId))
  const waiver = waiverStanding(job, jobType)
  return {
    address: addressOf(location),
    access: accessOf(location),
    phone: phone ? formatPhone(phone.value) : null,
    plannedPayment: job.plannedPayment,
    jobNotes: job.notes,
    answers: (job.answers ?? []).map(({ question, answer }) => ({ question, answer })),
    lines,
    closeOutNotes: appointment.closeOutNotes,
    jobTypeId: job.jobTypeId,
    locationId: location.id,
    returnTrip: isReturnTrip(appointment, engine.run(range(appointmentTable, 'byJob', [job.id]))),
    causeCodes: [...rules.causeCodes],
    windowDay: appointment.windowDay,
    windowStart: appointment.windowStart,
    windowEnd: appointment.windowEnd,
    durationMinutes: appointment.durationMinutes,
    version: appointment.version,
    state: appointment.state,
    reschedule: appointment.reschedule,
    rescheduleWhy: appointment.rescheduleWhy,
    objections: [...rules.objections],
    jobId: job.id,
    customerId: job.customerId,
    summary: job.summary,
    waiver: waiver === null ? null : { name: jobType?.waiver ?? 'Waiver', state: waiver },
    debriefAsks: [...rules.debriefAsks],
    photos: engine.run(range(attachmentTable, 'bySubject', ['job', job.id])).filter(isPhoto).length,
    promises: [...(openPromisesOf(asked, [appointmentId]).get(appointmentId) ?? [])],
    history: historyOf(asked, appointment, job),
  }
}
