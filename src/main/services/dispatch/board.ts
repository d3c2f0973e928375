import type { BoardDay, BoardTechnician, BoardVisit, KeptTimeRow } from '../../../shared/contract/methods/dispatch.ts'
import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import { FLAG_RULES, flagsOf, flagWord } from '../../../shared/domain/customers/flags.ts'
import { dispatchRules, USUAL_SPEED } from '../../../shared/domain/dispatch/settings.ts'
import { latenessOf } from '../../../shared/domain/dispatch/lateness.ts'
import { lacksWaiver } from '../../../shared/domain/jobs/waivers.ts'
import { isLocked } from '../../../shared/domain/dispatch/acceptance.ts'
import type { Interval } from '../../../shared/domain/dispatch/availability.ts'
import { type Standing, standingOf } from '../../../shared/domain/dispatch/standing.ts'
import { assignmentsOf, loadVisit, LONGEST_VISIT } from '../../../shared/domain/dispatch/visit.ts'
import { loadWork, type WorkFacts, workWithin } from '../../../shared/domain/dispatch/workTime.ts'
import { zoneOf } from '../../../shared/domain/people/zoneClocks.ts'
import { WAITING_STATES } from '../../../shared/domain/dispatch/states.ts'
import { dispatchSettingsTable, technicianTimeTable } from '../../../shared/domain/dispatch/tables.ts'
import { jobTypeTable, priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get, getMany } from '../../../shared/domain/kernel/load.ts'
import { businessUnitTable, technicianTable, userTable, type BusinessUnit, type Technician } from '../../../shared/domain/people/tables.ts'
import type { Asked } from '../../core/service.ts'
import { and, eq, gt, gte, inArray, isNull, lt, schema, type SQL } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { byTheLink } from '../customers/names.ts'
import { openPromisesOf } from './openPromises.ts'
import { tentativeVisits } from './tentative.ts'
import { clockAt } from './clocks.ts'
import { midnightsOf, zeroOf } from './dayFrame.ts'
import { drivesOf, placeOf, type Stop, straightLine, type Travel } from './travel.ts'

/** No tray lists more than this, it counts them; the office would have other worries. */
const TRAY_LIMIT = 300

type VisitRow = ReturnType<typeof readVisits>[number]

/**
 * Visits with what the board says of them. Sorted here, not in SQL: asked for an order, SQLite would walk the whole
 * history along the window's index instead of the few rows that `where` names.
 */
function readVisits(asked: Asked, where: SQL | undefined) {
  const { appointment, assignment, customer, job, location } = schema
  return asked.store.db
    .select({
      visit: appointment,
      overbooked: assignment.overbookAccepted,
      jobNumber: job.number,
      jobTypeId: job.jobTypeId,
      priorityId: job.priorityId,
      waiver: job.waiver,
      summary: job.summary,
      lineCount: job.lineCount,
      bookedAt: job.createdAt,
      customerName: customer.name,
      lastName: customer.lastName,
      companyName: customer.companyName,
      doNotService: customer.doNotService,
      creditHold: customer.creditHold,
      badDebtAt: customer.badDebtAt,
      latitude: location.latitude,
      longitude: location.longitude,
    })
    .from(appointment)
    .innerJoin(job, and(eq(job.companyId, appointment.companyId), eq(job.id, appointment.jobId)))
    .innerJoin(customer, and(eq(customer.companyId, appointment.companyId), eq(customer.id, appointment.customerId)))
    .innerJoin(location, and(eq(location.companyId, appointment.companyId), eq(location.id, appointment.locationId)))
    .leftJoin(assignment, and(eq(assignment.companyId, appointment.companyId), eq(assignment.appointmentId, appointment.id), eq(assignment.technicianId, appointment.technicianId)))
    .where(and(eq(appointment.companyId, asked.store.companyId), eq(appointment.practice, false), where))
    .all()
    .sort((left, right) => left.visit.windowStartsAt - right.visit.windowStartsAt || (left.visit.id < right.visit.id ? -1 : 1))
}

type OpenPromise = NonNullable<BoardVisit['promise']>

/** Turns stored rows into what the board shows, with the small reference tables at hand. */
function describer(asked: Asked): (row: VisitRow, promise: OpenPromise | null) => BoardVisit {
  const { engine } = asked.store
  const jobTypes = new Map(engine.run(all(jobTypeTable)).map((row) => [row.id, row]))
  const priorities = new Map(engine.run(all(priorityTable)).map((row) => [row.id, row]))
  const users = new Map(engine.run(all(userTable)).map((row) => [row.id, row.name]))
  const tentative = tentativeVisits(asked)
  return ({ visit, overbooked, lastName, companyName, jobTypeId, priorityId, waiver, doNotService, creditHold, badDebtAt, ...row }, promise) => {
    const jobType = jobTypes.get(jobTypeId)
    const priority = priorities.get(priorityId)
    return {
      ...row,
      id: visit.id,
      version: visit.version,
      jobId: visit.jobId,
      customerId: visit.customerId,
      customerFlag: flagWord({ doNotService, creditHold, badDebtAt, archived: false }),
      flags: flagsFor({ doNotService, creditHold, badDebtAt }, visit.slot),
      shortName: companyName || lastName || row.customerName,
      businessUnitId: visit.businessUnitId,
      jobTypeName: jobType?.name ?? '',
      skills: [...(jobType?.skills ?? [])],
      waiverMissing: lacksWaiver({ waiver }),
      state: visit.state,
      technicianId: visit.technicianId,
      crewIds: [...(visit.crewIds ?? [])],
      locked: isLocked(visit),
      promisedTechnicianId: visit.promisedTechnicianId,
      promisedAt: visit.promisedAt,
      startsAt: visit.startsAt,
      endsAt: visit.endsAt,
      overbooked: overbooked ?? false,
      tentative: tentative.has(visit.id),
      durationMinutes: visit.durationMinutes,
      windowDay: visit.windowDay,
      windowStart: visit.windowStart,
      windowEnd: visit.windowEnd,
      windowStartsAt: visit.windowStartsAt,
      windowEndsAt: visit.windowEndsAt,
      priorityName: priority?.name ?? '',
      priorityRank: priority?.rank ?? 99,
      promise,
      holdReason: visit.holdReason,
      cancelReason: visit.cancelReason,
      dispatchedAt: visit.dispatchedAt,
      arrivedAt: visit.arrivedAt,
      doneAt: visit.doneAt,
      closedOutAt: visit.closedOutAt,
      invoiced: visit.invoiced,
      updatedBy: users.get(visit.updatedBy) ?? byTheLink(engine.run(get(technicianTable, visit.updatedBy))),
    }
  }
}

const byPosition = <T extends { readonly position: number; readonly name: string }>(left: T, right: T): number =>
  left.position - right.position || (left.name < right.name ? -1 : 1)

function groupTechnicians(technicians: readonly Technician[], units: readonly BusinessUnit[], describe: (technician: Technician) => BoardTechnician): BoardDay['groups'] {
  return [...units].sort(byPosition).flatMap(({ id, name }) => {
    const own = technicians.filter((technician) => technician.businessUnitId === id).sort(byPosition)
    return own.length === 0 ? [] : [{ id, name, technicians: own.map(describe) }]
  })
}

/** The flags that hold, and what else warns whoever plans the visit. */
const flagsFor = (customer: Parameters<typeof flagsOf>[0], slot: VisitRow['visit']['slot']): string[] => [
  ...flagsOf(customer).map((flag) => FLAG_RULES[flag].name),
  ...(slot === 'lost' ? ['Its time was taken meanwhile'] : []),
]

/** Each technician’s drives between the visits that still stand, in order. */
function legsOf(technicians: readonly Technician[], near: readonly VisitRow[], travel: Travel): BoardDay['legs'] {
  return technicians.flatMap(({ id, homeLatitude, homeLongitude }) => {
    const stops = near
      .filter(({ visit }) => visit.state !== 'canceled' && (visit.technicianId === id || visit.crewIds?.includes(id)))
      .map(({ visit, latitude, longitude }): Stop => ({ visitId: visit.id, startsAt: visit.startsAt ?? 0, endsAt: visit.endsAt ?? 0, place: placeOf(latitude, longitude) }))
      .sort((left, right) => left.startsAt - right.startsAt)
    return drivesOf(stops, placeOf(homeLatitude, homeLongitude), travel).map((drive) => ({ technicianId: id, ...drive }))
  })
}

function timeOf(technician: Technician, work: WorkFacts, span: Interval, now: Instant): Pick<BoardTechnician, 'shifts' | 'onCall' | 'blocks'> {
  const { shifts, onCall, blocks } = workWithin(technician, work, clockAt(technician, work, now), span)
  return { shifts: [...shifts], onCall: [...onCall], blocks: [...blocks] }
}

interface Standings {
  visits: { id: string; version: number; closedOut: boolean; durationMinutes: number; standing: Standing }[]
  times: KeptTimeRow[]
}

/** How these visits stand and these times are kept, to be put back should the act that follows be undone. What is gone is left out. */
export function readStandings(appointmentIds: readonly string[], timeIds: readonly string[], { store: { engine } }: Asked): Standings {
  return {
    times: engine
      .run(getMany(technicianTimeTable, timeIds))
      .map(({ id, version, technicianId, kind, startsAt, endsAt, note, seriesId, overbookAccepted }) => ({ id, version, technicianId, kind, startsAt, endsAt, note, seriesId, overbookAccepted })),
    visits: appointmentIds.flatMap((id) => {
      const visit = engine.run(loadVisit(id))
      if (!visit) return []
      const { appointment } = visit
      return [{ id, version: appointment.version, closedOut: appointment.closedOutAt !== null, durationMinutes: appointment.durationMinutes, standing: standingOf(appointment, assignmentsOf(visit)) }]
    }),
  }
}

/** Answers `board.day`: one read of the days' visits, one for each tray, one for the trays' promises. */
export function readBoardDay(day: IsoDay, count: number, asked: Asked): BoardDay {
  const { engine } = asked.store
  const company = companyOf(asked)
  const { appointment } = schema
  const midnights = midnightsOf(day, count, company.zone)
  const [startsAt = 0, endsAt = 0] = [midnights[0], midnights.at(-1)]
  const everyone = engine.run(all(technicianTable))
  const near = everyone.length === 0 ? [] : readVisits(
    asked,
    and(inArray(appointment.technicianId, everyone.map(({ id }) => id)), gte(appointment.startsAt, startsAt - LONGEST_VISIT), lt(appointment.startsAt, endsAt), gt(appointment.endsAt, startsAt)),
  )
  const allWaiting = readVisits(asked, and(inArray(appointment.state, [...WAITING_STATES]), isNull(appointment.technicianId)))
  const allHold = readVisits(asked, eq(appointment.state, 'hold'))
  // What was done first waits longest for its debrief.
  const allDone = readVisits(asked, and(eq(appointment.state, 'done'), isNull(appointment.closedOutAt))).sort((left, right) => (left.visit.doneAt ?? 0) - (right.visit.doneAt ?? 0))
  const waiting = allWaiting.slice(0, TRAY_LIMIT)
  const hold = allHold.slice(0, TRAY_LIMIT)
  const toCloseOut = allDone.slice(0, TRAY_LIMIT)
  const promises = openPromisesOf(asked, [...waiting, ...hold, ...toCloseOut].map(({ visit }) => visit.id))
  const describe = describer(asked)
  const withPromise = (row: VisitRow): BoardVisit => describe(row, promises.get(row.visit.id)?.[0] ?? null)
  const busy = new Set(near.flatMap(({ visit }) => [visit.technicianId, ...(visit.crewIds ?? [])]))
  const shown = everyone.filter((technician) => technician.active || busy.has(technician.id))
  const work = engine.run(loadWork({ startsAt, endsAt }))
  const rules = dispatchRules(engine.run(all(dispatchSettingsTable)))
  const { holdReasons, cancelReasons, travelSpeed } = rules
  return {
    day,
    zone: company.zone,
    zeroAt: zeroOf(day, company.zone),
    dayStarts: midnights.slice(0, -1),
    endsAt,
    groups: groupTechnicians(shown, engine.run(all(businessUnitTable)), (technician) => ({
      id: technician.id,
      name: technician.name,
      unitId: technician.businessUnitId,
      homeArea: technician.homeArea,
      home: placeOf(technician.homeLatitude, technician.homeLongitude),
      zone: zoneOf(technician, company.zone),
      active: technician.active,
      skills: [...technician.skills],
      ...timeOf(technician, work, { startsAt, endsAt }, asked.now()),
    })),
    planned: near.map(withPromise),
    legs: legsOf(shown, near, straightLine(travelSpeed ?? USUAL_SPEED)),
    unassigned: waiting.map(withPromise),
    hold: hold.map(withPromise),
    toCloseOut: toCloseOut.map(withPromise),
    unlisted: { unassigned: allWaiting.length - waiting.length, hold: allHold.length - hold.length, toCloseOut: allDone.length - toCloseOut.length },
    holdReasons: [...holdReasons],
    cancelReasons: [...cancelReasons],
    lateness: latenessOf(rules),
  }
}
