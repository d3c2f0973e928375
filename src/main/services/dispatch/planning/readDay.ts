import type { Instant, IsoDay } from '../../../../shared/base/time.ts'
import type { Interval } from '../../../../shared/domain/dispatch/availability.ts'
import { keepsPromisedTime } from '../../../../shared/domain/dispatch/promisedTime.ts'
import { dispatchRules, USUAL_SPEED } from '../../../../shared/domain/dispatch/settings.ts'
import { WAITING_STATES } from '../../../../shared/domain/dispatch/states.ts'
import { dispatchSettingsTable } from '../../../../shared/domain/dispatch/tables.ts'
import { LONGEST_VISIT } from '../../../../shared/domain/dispatch/visit.ts'
import { loadWork, workWithin } from '../../../../shared/domain/dispatch/workTime.ts'
import { jobTypeTable, priorityTable } from '../../../../shared/domain/jobs/tables.ts'
import { all } from '../../../../shared/domain/kernel/load.ts'
import { technicianTable } from '../../../../shared/domain/people/tables.ts'
import type { Asked } from '../../../core/service.ts'
import { and, eq, gt, gte, inArray, isNull, lt, ne, schema, type SQL } from '../../../store/schema.ts'
import { companyOf } from '../../company.ts'
import { clockAt } from '../clocks.ts'
import { midnightsOf } from '../dayFrame.ts'
import { placeOf } from '../travel.ts'
import type { DayFacts, DayVisit } from './dayFacts.ts'

/** Far behind every priority that an office has. */
const LAST_RANK = 9

const { appointment: visitColumns } = schema

/** Of an appointment what the planner is told: a day of some hundred visits is read while somebody waits. */
const VISIT_COLUMNS = {
  id: visitColumns.id,
  version: visitColumns.version,
  state: visitColumns.state,
  customerId: visitColumns.customerId,
  locationId: visitColumns.locationId,
  businessUnitId: visitColumns.businessUnitId,
  technicianId: visitColumns.technicianId,
  startsAt: visitColumns.startsAt,
  endsAt: visitColumns.endsAt,
  windowStartsAt: visitColumns.windowStartsAt,
  windowEndsAt: visitColumns.windowEndsAt,
  durationMinutes: visitColumns.durationMinutes,
  promisedTechnicianId: visitColumns.promisedTechnicianId,
  promisedAt: visitColumns.promisedAt,
  invoiced: visitColumns.invoiced,
  crewIds: visitColumns.crewIds,
}

/** What else says whether time is kept for a visit that no technician has. */
const KEPT_COLUMNS = { slot: visitColumns.slot, partsState: visitColumns.partsState, partsExpectedAt: visitColumns.partsExpectedAt }

export interface ReadOptions {
  /** Visits to be read wherever they stand. */
  readonly alsoIds?: readonly string[]
  /** Also what is promised for a window that begins on the day and has no technician. */
  readonly waiting?: boolean
}

function readVisits(asked: Pick<Asked, 'store'>, technicianIds: readonly string[], { startsAt, endsAt }: Interval, midnight: Instant, { alsoIds = [], waiting = false }: ReadOptions): readonly DayVisit[] {
  const { appointment, customer, job, location } = schema
  const { engine, db, companyId } = asked.store
  const jobTypes = new Map(engine.run(all(jobTypeTable)).map((row) => [row.id, row]))
  const ranks = new Map(engine.run(all(priorityTable)).map((row) => [row.id, row.rank]))
  const asVisit = ({ visit, jobTypeId, priorityId, latitude, longitude, askedForId, notWantedIds, kept: _kept, ...row }: ReturnType<typeof selected>[number]): DayVisit => ({
    ...visit,
    crewIds: visit.crewIds ?? [],
    askedForId,
    notWantedIds: notWantedIds ?? [],
    name: row.companyName || row.lastName || row.customerName,
    skills: jobTypes.get(jobTypeId)?.skills ?? [],
    rank: ranks.get(priorityId) ?? LAST_RANK,
    place: placeOf(latitude, longitude),
  })
  const selected = (which: SQL | undefined) =>
    db
      .select({
        visit: VISIT_COLUMNS,
        kept: KEPT_COLUMNS,
        jobTypeId: job.jobTypeId,
        priorityId: job.priorityId,
        customerName: customer.name,
        lastName: customer.lastName,
        companyName: customer.companyName,
        askedForId: customer.askedForId,
        notWantedIds: customer.notWantedIds,
        latitude: location.latitude,
        longitude: location.longitude,
      })
      .from(appointment)
      .innerJoin(job, and(eq(job.companyId, appointment.companyId), eq(job.id, appointment.jobId)))
      .innerJoin(customer, and(eq(customer.companyId, appointment.companyId), eq(customer.id, appointment.customerId)))
      .innerJoin(location, and(eq(location.companyId, appointment.companyId), eq(location.id, appointment.locationId)))
      .where(and(eq(appointment.companyId, companyId), eq(appointment.practice, false), ne(appointment.state, 'canceled'), which))
      .all()
  const planned = and(inArray(appointment.technicianId, [...technicianIds]), gte(appointment.startsAt, startsAt - LONGEST_VISIT), lt(appointment.startsAt, endsAt), gt(appointment.endsAt, startsAt))
  const promised = and(isNull(appointment.technicianId), inArray(appointment.state, [...WAITING_STATES, 'hold']), gte(appointment.windowStartsAt, startsAt), lt(appointment.windowStartsAt, midnight))
  const rows = [
    ...selected(planned),
    ...(waiting ? selected(promised).filter(({ visit, kept }) => keepsPromisedTime({ ...visit, ...kept })) : []),
    ...(alsoIds.length > 0 ? selected(inArray(appointment.id, [...alsoIds])) : []),
  ]
  // By id, so that the same day gives the same problem.
  return [...new Map(rows.map((row) => [row.visit.id, asVisit(row)])).values()].sort((left, right) => (left.id < right.id ? -1 : 1))
}

/** Reads a day for the planner. It ends with the last shift that begins on it, not at midnight. */
export function readDayFacts(day: IsoDay, asked: Pick<Asked, 'store' | 'now'>, options: ReadOptions = {}): DayFacts {
  const { engine } = asked.store
  const [startsAt = 0, endsAt = 0] = midnightsOf(day, 1, companyOf(asked).zone)
  const now = asked.now()
  const everyone = engine.run(all(technicianTable))
  const work = engine.run(loadWork({ startsAt, endsAt }))
  const rows = everyone.map((technician) => ({ technician, time: workWithin(technician, work, clockAt(technician, work, now), { startsAt, endsAt }) }))
  const last = Math.max(endsAt, ...rows.flatMap(({ time }) => time.shifts.map((shift) => shift.endsAt)))
  const visits = readVisits(asked, everyone.map(({ id }) => id), { startsAt, endsAt: last }, endsAt, options)
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
