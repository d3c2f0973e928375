import { formatPhone } from '../base/phone.ts'
import { compareText } from '../base/text.ts'
import { addDays, HOUR, type Instant } from '../base/time.ts'
import { formatWindow, instantOf, wallTimeOf } from '../base/zone.ts'
import { contactMethodTable, customerTable, type Location, locationTable, noteTable } from '../domain/customers/tables.ts'
import { dispatchRules } from '../domain/dispatch/settings.ts'
import { LONGEST_VISIT } from '../domain/dispatch/visit.ts'
import { type Appointment, appointmentTable, type Assignment, assignmentTable, dispatchSettingsTable } from '../domain/dispatch/tables.ts'
import type { TechnicianLink } from '../domain/field/tables.ts'
import { loadHandOff, openItems } from '../domain/handoff/handOff.ts'
import { jobLineTable, jobTable, jobTypeTable } from '../domain/jobs/tables.ts'
import { PAYMENT_FORM_NAMES } from '../domain/jobs/words.ts'
import { all, get, type Loading, range } from '../domain/kernel/load.ts'
import { companyTable, technicianTable } from '../domain/people/tables.ts'
import type { TechnicianDay, TechnicianVisit } from './wire.ts'

/** A shift may go on after midnight: what begins so soon after is still this day’s. */
const NIGHT = 4 * HOUR

/** What was begun before midnight and is not ended stays on the page so long. */
const LEFT_OVER = 12 * HOUR

const ENDED: ReadonlySet<Appointment['state']> = new Set(['done', 'canceled'])

function addressOf({ line1, line2, city, state, postalCode }: Location): string {
  return [[line1, line2].filter(Boolean).join(', '), city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
}

function accessOf({ gateCode, pets, accessNotes, parking }: Location): TechnicianVisit['access'] {
  const said = [['Gate code', gateCode], ['Pets', pets], ['Getting in', accessNotes], ['Parking', parking ?? '']] as const
  return said.flatMap(([label, text]) => (text === '' ? [] : [{ label, text }]))
}

/** The notes that somebody pinned, for everybody who deals with this customer, place or job. */
function* pinnedNotes(subjects: readonly (readonly [kind: string, id: string])[]): Loading<readonly string[]> {
  const found: string[] = []
  for (const [kind, id] of subjects) {
    const notes = yield* range(noteTable, 'bySubject', [kind, id])
    found.push(...notes.filter(({ pinned }) => pinned).map(({ body }) => body))
  }
  return found
}

/** A visit as whoever goes there must see it. Nothing of it says what anything costs. */
export function* loadVisitFor(appointment: Appointment, { startsAt, endsAt }: Pick<Assignment, 'startsAt' | 'endsAt'>): Loading<TechnicianVisit | undefined> {
  const [job, customer, location] = [yield* get(jobTable, appointment.jobId), yield* get(customerTable, appointment.customerId), yield* get(locationTable, appointment.locationId)]
  if (!job || !customer || !location) return undefined
  const phones = (yield* range(contactMethodTable, 'byCustomer', [customer.id])).filter(({ kind, locationId }) => kind === 'phone' && (locationId === null || locationId === location.id))
  const lines = yield* range(jobLineTable, 'byJob', [job.id])
  const jobType = yield* get(jobTypeTable, job.jobTypeId)
  const { id, state, holdReason, windowStart, windowEnd, windowStartsAt, windowEndsAt, zone, dispatchedAt, arrivedAt, doneAt } = appointment
  return {
    id,
    jobNumber: job.number,
    jobType: jobType?.name ?? '',
    state,
    holdReason,
    windowStartsAt,
    windowEndsAt,
    zone,
    startsAt,
    endsAt,
    dispatchedAt,
    arrivedAt,
    doneAt,
    customer: customer.name,
    phones: phones.toSorted((left, right) => left.position - right.position || compareText(left.id, right.id)).map(({ value, label }) => ({ value, shown: formatPhone(value), label })),
    address: addressOf(location),
    latitude: location.latitude,
    longitude: location.longitude,
    access: accessOf(location),
    summary: job.summary,
    promised: [`Arrival ${formatWindow(windowStart, windowEnd)}`, `Pays by ${PAYMENT_FORM_NAMES[job.plannedPayment].toLowerCase()}`],
    notes: [...(job.notes === '' ? [] : [job.notes]), ...(yield* pinnedNotes([['customer', customer.id], ['location', location.id], ['job', job.id]]))],
    missing: dispatchedAt === null && !ENDED.has(state) ? openItems(yield* loadHandOff({ appointment, job })) : [],
    lines: lines.toSorted((left, right) => left.position - right.position || compareText(left.id, right.id)).filter(({ kind }) => kind !== 'discount').map(({ description, quantity }) => ({ description, quantity })),
  }
}

/**
 * What a technician’s link shows now: their visits of its day, or of today, in order. Nothing of it says what anything costs.
 * @param epoch the hub’s, as it is known to workstations
 * @param now the hub’s clock, epoch ms
 * @returns undefined where the technician or the company is not there any more
 */
export function* loadTechnicianDay(link: Pick<TechnicianLink, 'technicianId' | 'day' | 'expiresAt'>, epoch: string, now: Instant): Loading<TechnicianDay | undefined> {
  const [company] = yield* all(companyTable)
  const technician = yield* get(technicianTable, link.technicianId)
  if (!company || technician?.active !== true) return undefined
  // The day is the technician's own, as their shifts are.
  const zone = technician.zone ?? company.zone
  const day = link.day ?? wallTimeOf(now, zone).day
  const [from, to] = [instantOf(day, 0, zone), instantOf(addDays(day, 1), 0, zone) + NIGHT]
  const near = yield* range(assignmentTable, 'byTechnician', [technician.id], { from: from - LONGEST_VISIT, to })
  const visits: TechnicianVisit[] = []
  for (const assignment of near.toSorted((left, right) => left.startsAt - right.startsAt || compareText(left.id, right.id))) {
    const appointment = yield* get(appointmentTable, assignment.appointmentId)
    if (!appointment || appointment.practice) continue
    if (assignment.endsAt <= from && (ENDED.has(appointment.state) || assignment.endsAt <= from - LEFT_OVER)) continue
    const visit = yield* loadVisitFor(appointment, assignment)
    if (visit) visits.push(visit)
  }
  const { holdReasons } = dispatchRules(yield* all(dispatchSettingsTable))
  return { now, epoch, company: { name: company.name, phone: company.phone, phoneShown: formatPhone(company.phone) }, technician: technician.name, day, zone, expiresAt: link.expiresAt, holdReasons, visits }
}
