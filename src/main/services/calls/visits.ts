import type { CallVisit } from '../../../shared/contract/methods/calls.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { locationTable } from '../../../shared/domain/customers/tables.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { OPEN_STATES } from '../../../shared/domain/dispatch/states.ts'
import { type Appointment, appointmentTable, dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { jobTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get, range } from '../../../shared/domain/kernel/load.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { Services } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { type Names, namesIn } from '../customers/names.ts'

function callVisit({ store: { engine } }: Services, visit: Appointment, names: Names): readonly CallVisit[] {
  const job = engine.run(get(jobTable, visit.jobId))
  const location = engine.run(get(locationTable, visit.locationId))
  if (!job || !location) return []
  const { state, windowDay, windowStart, windowEnd, zone, windowStartsAt, windowEndsAt, durationMinutes, startsAt, dispatchedAt, arrivedAt, doneAt, holdReason } = visit
  return [
    {
      appointmentId: visit.id,
      version: visit.version,
      jobId: job.id,
      jobNumber: job.number,
      jobTypeId: job.jobTypeId,
      jobTypeName: names.jobType(job.jobTypeId),
      summary: job.summary,
      locationId: location.id,
      place: placeName(location),
      state,
      windowDay,
      windowStart,
      windowEnd,
      zone,
      windowStartsAt,
      windowEndsAt,
      durationMinutes,
      technicianName: names.technician(visit.technicianId),
      startsAt,
      dispatchedAt,
      arrivedAt,
      doneAt,
      holdReason,
    },
  ]
}

/** Answers `calls.visits`. */
export function visitsToCallAbout(services: Services, customerId: string): { readonly visits: CallVisit[]; readonly cancelReasons: string[] } {
  const { engine } = services.store
  const names = namesIn(services.store)
  const today = wallTimeOf(services.now(), companyOf(services).zone).day
  const visits = engine
    .run(range(appointmentTable, 'byCustomer', [customerId]))
    .filter(({ state, windowDay }) => OPEN_STATES.includes(state) || (state === 'done' && windowDay === today))
    .toSorted((left, right) => left.windowStartsAt - right.windowStartsAt || (left.id < right.id ? -1 : 1))
  return {
    visits: visits.flatMap((visit) => callVisit(services, visit, names)),
    cancelReasons: [...dispatchRules(engine.run(all(dispatchSettingsTable))).cancelReasons],
  }
}
