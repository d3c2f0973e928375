import { HOUR, type Instant } from '../../../shared/base/time.ts'
import type { WallDay, WatchedDay, WatchedDayVisit, watchMethods } from '../../../shared/contract/methods/watch.ts'
import { latenessOf } from '../../../shared/domain/dispatch/lateness.ts'
import { lacksWaiver } from '../../../shared/domain/jobs/waivers.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { all, range } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES, type Role } from '../../../shared/domain/people/permissions.ts'
import { userTable, type User } from '../../../shared/domain/people/tables.ts'
import { holderFor } from '../../../shared/domain/promises/holders.ts'
import { type DayVisit, type DispatchDay, loadDayPlan, technicianDays, truthVisit, withJobs } from '../../../shared/domain/watch/day.ts'
import { alertSeenTable, truthHourTable } from '../../../shared/domain/watch/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { and, eq, inArray, schema } from '../../store/schema.ts'
import { companyOf, todayOf } from '../company.ts'
import { firstPhones } from '../customers/phones.ts'
import { zeroOf } from '../dispatch/dayFrame.ts'
import { readEndOfDay } from './endOfDay.ts'

/** What was seen longer ago says nothing about today. */
const SEEN_SINCE = 24 * HOUR

/** Who watches over the day. */
const DISPATCH: Role = 'dispatcher'

function holderOf(users: readonly User[], asked: Pick<Asked, 'actorId'>): WatchedDay['holder'] {
  const { holderUserId, holderRole } = holderFor(null, DISPATCH, users)
  const me = users.find(({ id }) => id === asked.actorId)
  if (holderUserId !== null) return { name: users.find(({ id }) => id === holderUserId)?.name ?? ROLE_NAMES[holderRole], mine: holderUserId === asked.actorId }
  return { name: ROLE_NAMES[holderRole], mine: me?.roles.includes(holderRole) ?? false }
}

function describe(found: DayVisit, names: ReadonlyMap<string, string>, phones: ReadonlyMap<string, string>, day: string): WatchedDayVisit {
  const { appointment: visit, job, jobType, priority, overbooked } = found
  return {
    id: visit.id,
    version: visit.version,
    jobId: job.id,
    jobNumber: job.number,
    customerId: visit.customerId,
    customerName: names.get(visit.customerId) ?? '',
    phone: phones.get(visit.customerId) ?? null,
    jobTypeId: job.jobTypeId,
    locationId: visit.locationId,
    jobTypeName: jobType?.name ?? '',
    priorityName: priority?.name ?? '',
    priorityRank: priority?.rank ?? 99,
    state: visit.state,
    technicianId: visit.technicianId,
    crewIds: [...(visit.crewIds ?? [])],
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    windowDay: visit.windowDay,
    windowStart: visit.windowStart,
    windowEnd: visit.windowEnd,
    windowStartsAt: visit.windowStartsAt,
    windowEndsAt: visit.windowEndsAt,
    promisedAt: visit.promisedAt,
    durationMinutes: visit.durationMinutes,
    overbooked,
    skills: [...(jobType?.skills ?? [])],
    waiverMissing: lacksWaiver(job),
    heardAt: visit.arrivedAt ?? visit.dispatchedAt,
    closedOutAt: visit.closedOutAt,
    updateCall: visit.updateCall,
    expectedAt: visit.expectedAt,
    letDown: truthVisit(found).letDown,
    truthState: visit.truthDay === day && visit.truthState !== 'left' ? visit.truthState : null,
  }
}

function watchedTechnicians(today: DispatchDay): WatchedDay['technicians'] {
  return technicianDays(today).map(({ technician: { id, name, skills, active }, work: { shifts, onCall, blocks }, truth: { shiftEndsAt } }) => ({
    id,
    name,
    skills: [...skills],
    active,
    shiftEndsAt,
    shifts: [...shifts],
    onCall: [...onCall],
    blocks: [...blocks],
  }))
}

interface TodayRead {
  readonly today: DispatchDay
  readonly names: ReadonlyMap<string, string>
}

/** The day with its jobs and its customers' names: one read for all of them, for it is asked again after nearly every change. */
function readToday(day: string, zeroAt: Instant, { store: { engine, db, companyId } }: Asked): TodayRead {
  const plan = engine.run(loadDayPlan(day, zeroAt))
  const { job, customer } = schema
  const rows = db
    .select({ id: job.id, number: job.number, jobTypeId: job.jobTypeId, priorityId: job.priorityId, waiver: job.waiver, customerId: job.customerId, name: customer.name })
    .from(job)
    .innerJoin(customer, and(eq(customer.companyId, job.companyId), eq(customer.id, job.customerId)))
    .where(and(eq(job.companyId, companyId), inArray(job.id, [...new Set(plan.appointments.map(({ jobId }) => jobId))])))
    .all()
  return { today: engine.run(withJobs(plan, new Map(rows.map((row) => [row.id, row])))), names: new Map(rows.map(({ customerId, name }) => [customerId, name])) }
}

/** Answers `dispatch.watch`. What follows from the time is made of it where it is shown. */
function readWatch(asked: Asked): WatchedDay {
  const { engine } = asked.store
  const { zone } = companyOf(asked)
  const day = todayOf(asked)
  const zeroAt = zeroOf(day, zone)
  const users = engine.run(all(userTable))
  const { today, names } = readToday(day, zeroAt, asked)
  const phones = firstPhones(asked.store, [...names.keys()])
  const rules = dispatchRules(engine.run(all(dispatchSettingsTable)))
  const people = new Map(users.map(({ id, name }) => [id, name]))
  const [hour] = engine.run(range(truthHourTable, 'byDay', [day]))
  return {
    day,
    zone,
    zeroAt,
    rules: { ...latenessOf(rules), truthHourAt: rules.truthHourAt },
    technicians: watchedTechnicians(today),
    visits: today.visits.map((visit) => describe(visit, names, phones, day)),
    seen: engine
      .run(range(alertSeenTable, 'byLookAgain', [], { from: asked.now() - SEEN_SINCE }))
      .map(({ appointmentId, kind, cause, seenBy, seenAt, doing, lookAgainAt }) => ({ appointmentId, kind, cause, seenBy, seenByName: people.get(seenBy) ?? 'Somebody', seenAt, doing, lookAgainAt })),
    present: users.filter(({ presence }) => presence === 'active').map(({ id }) => id),
    holder: holderOf(users, asked),
    hour: hour ? { begunAt: hour.begunAt, visits: hour.visits } : null,
  }
}

/** Answers `dispatch.wall`: what is left out never reaches the screen. */
function readWall(asked: Asked): WallDay {
  const { day, zone, rules, technicians, visits, hour } = readWatch(asked)
  return {
    day,
    zone,
    rules: latenessOf(rules),
    technicians: technicians.map(({ blocks, ...technician }) => ({ ...technician, blocks: blocks.map(({ startsAt, endsAt, kind }) => ({ startsAt, endsAt, kind: kind === 'lunch' ? ('lunch' as const) : ('other' as const) })) })),
    visits: visits.map(({ id, jobNumber, jobTypeName, priorityRank, state, technicianId, crewIds, startsAt, endsAt, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, promisedAt, overbooked, skills, heardAt, truthState }) => ({
      id,
      jobNumber,
      jobTypeName,
      priorityRank,
      state,
      technicianId,
      crewIds,
      startsAt,
      endsAt,
      windowDay,
      windowStart,
      windowEnd,
      windowStartsAt,
      windowEndsAt,
      promisedAt,
      overbooked,
      skills,
      heardAt,
      truthState,
    })),
    hour: hour !== null,
  }
}

export const watchService: Implementation<typeof watchMethods> = {
  'dispatch.watch': (_input, asked) => readWatch(asked),
  'dispatch.wall': (_input, asked) => readWall(asked),
  'dispatch.endOfDay': (_input, asked) => readEndOfDay(asked),
}
