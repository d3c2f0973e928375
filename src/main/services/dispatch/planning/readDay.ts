import type { IsoDay } from '../../../../shared/base/time.ts'
import type { Interval } from '../../../../shared/domain/dispatch/availability.ts'
import { dispatchRules, USUAL_SPEED } from '../../../../shared/domain/dispatch/settings.ts'
import { dispatchSettingsTable } from '../../../../shared/domain/dispatch/tables.ts'
import { LONGEST_VISIT } from '../../../../shared/domain/dispatch/visit.ts'
import { loadWork, workWithin } from '../../../../shared/domain/dispatch/workTime.ts'
import { jobTypeTable, priorityTable } from '../../../../shared/domain/jobs/tables.ts'
import { all } from '../../../../shared/domain/kernel/load.ts'
import { technicianTable } from '../../../../shared/domain/people/tables.ts'
import type { Asked } from '../../../core/service.ts'
import { and, eq, gt, gte, inArray, lt, ne, or, schema } from '../../../store/schema.ts'
import { companyOf } from '../../company.ts'
import { clockAt } from '../clocks.ts'
import { midnightsOf } from '../dayFrame.ts'
import { placeOf } from '../travel.ts'
import type { DayFacts, DayVisit } from './dayFacts.ts'

/** Far behind every priority that an office has. */
const LAST_RANK = 9

function readVisits(asked: Asked, technicianIds: readonly string[], { startsAt, endsAt }: Interval, alsoIds: readonly string[]): readonly DayVisit[] {
  const { appointment, customer, job, location } = schema
  const { engine, db, companyId } = asked.store
  const jobTypes = new Map(engine.run(all(jobTypeTable)).map((row) => [row.id, row]))
  const ranks = new Map(engine.run(all(priorityTable)).map((row) => [row.id, row.rank]))
  const planned = and(inArray(appointment.technicianId, [...technicianIds]), gte(appointment.startsAt, startsAt - LONGEST_VISIT), lt(appointment.startsAt, endsAt), gt(appointment.endsAt, startsAt))
  return db
    .select({
      visit: appointment,
      jobTypeId: job.jobTypeId,
      priorityId: job.priorityId,
      customerName: customer.name,
      lastName: customer.lastName,
      companyName: customer.companyName,
      latitude: location.latitude,
      longitude: location.longitude,
    })
    .from(appointment)
    .innerJoin(job, and(eq(job.companyId, appointment.companyId), eq(job.id, appointment.jobId)))
    .innerJoin(customer, and(eq(customer.companyId, appointment.companyId), eq(customer.id, appointment.customerId)))
    .innerJoin(location, and(eq(location.companyId, appointment.companyId), eq(location.id, appointment.locationId)))
    .where(and(eq(appointment.companyId, companyId), eq(appointment.practice, false), ne(appointment.state, 'canceled'), alsoIds.length === 0 ? planned : or(planned, inArray(appointment.id, [...alsoIds]))))
    .all()
    .map(({ visit, jobTypeId, priorityId, latitude, longitude, ...row }): DayVisit => ({
      id: visit.id,
      state: visit.state,
      customerId: visit.customerId,
      locationId: visit.locationId,
      businessUnitId: visit.businessUnitId,
      technicianId: visit.technicianId,
      startsAt: visit.startsAt,
      endsAt: visit.endsAt,
      windowStartsAt: visit.windowStartsAt,
      windowEndsAt: visit.windowEndsAt,
      durationMinutes: visit.durationMinutes,
      promisedTechnicianId: visit.promisedTechnicianId,
      promisedAt: visit.promisedAt,
      invoiced: visit.invoiced,
      crewIds: visit.crewIds ?? [],
      name: row.companyName || row.lastName || row.customerName,
      skills: jobTypes.get(jobTypeId)?.skills ?? [],
      rank: ranks.get(priorityId) ?? LAST_RANK,
      place: placeOf(latitude, longitude),
    }))
    // By id, so that the same day gives the same problem.
    .sort((left, right) => (left.id < right.id ? -1 : 1))
}

/**
 * Reads a day for the planner. It ends with the last shift that begins on it, not at midnight.
 * @param alsoIds visits to be read wherever they stand
 */
export function readDayFacts(day: IsoDay, asked: Asked, alsoIds: readonly string[] = []): DayFacts {
  const { engine } = asked.store
  const [startsAt = 0, endsAt = 0] = midnightsOf(day, 1, companyOf(asked).zone)
  const now = asked.now()
  const everyone = engine.run(all(technicianTable))
  const work = engine.run(loadWork({ startsAt, endsAt }))
  const rows = everyone.map((technician) => ({ technician, time: workWithin(technician, work, clockAt(technician, work, now), { startsAt, endsAt }) }))
  const last = Math.max(endsAt, ...rows.flatMap(({ time }) => time.shifts.map((shift) => shift.endsAt)))
  const visits = readVisits(asked, everyone.map(({ id }) => id), { startsAt, endsAt: last }, alsoIds)
  const busy = new Set(visits.flatMap(({ technicianId, crewIds }) => [technicianId, ...crewIds]))
  return {
    day,
    startsAt,
    endsAt,
    now,
    speed: dispatchRules(engine.run(all(dispatchSettingsTable))).travelSpeed ?? USUAL_SPEED,
    technicians: rows
      .filter(({ technician }) => technician.active || busy.has(technician.id))
      .map(({ technician, time: { shifts, blocks, onCall } }) => ({
        id: technician.id,
        name: technician.name,
        unitId: technician.businessUnitId,
        active: technician.active,
        skills: technician.skills,
        home: placeOf(technician.homeLatitude, technician.homeLongitude),
        shifts: shifts.map(spanOf),
        blocks: blocks.map(spanOf),
        onCall: onCall.map(spanOf),
      })),
    visits,
  }
}

const spanOf = ({ startsAt, endsAt }: Interval): Interval => ({ startsAt, endsAt })
