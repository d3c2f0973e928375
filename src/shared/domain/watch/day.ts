import { DAY, type Instant, type IsoDay } from '../../base/time.ts'
import { windowClock } from '../dispatch/claim.ts'
import { type Appointment, appointmentTable, assignmentTable } from '../dispatch/tables.ts'
import { LONGEST_VISIT } from '../dispatch/visit.ts'
import { clockFor, loadWork, type WorkFacts, type WorkTime, workWithin } from '../dispatch/workTime.ts'
import { type Job, jobTable, type JobType, jobTypeTable, type Priority, priorityTable } from '../jobs/tables.ts'
import { all, get, getMany, type Loading, range } from '../kernel/load.ts'
import { type Technician, technicianTable } from '../people/tables.ts'
import type { TruthTechnician, TruthVisit } from './truth.ts'

/** What of a visit's job every list of dispatch looks at. */
export type DayJob = Pick<Job, 'id' | 'number' | 'jobTypeId' | 'priorityId' | 'waiver'>

/** A visit of a day with what every list of dispatch looks at. */
export interface DayVisit {
  readonly appointment: Appointment
  readonly job: DayJob
  readonly jobType: JobType | undefined
  readonly priority: Priority | undefined
  /** Somebody accepted that it overlaps what else its technician has. */
  readonly overbooked: boolean
}

export interface DispatchDay {
  readonly day: IsoDay
  /** The instant of the day's minute 0 where its visits are. */
  readonly zeroAt: Instant
  /** Promised for the day or planned on it; practice left out. */
  readonly visits: readonly DayVisit[]
  readonly technicians: readonly Technician[]
  /** When they work, and what else takes time of it. */
  readonly work: WorkFacts
}

/** The visits of a day, and which of them were overbooked knowingly. */
interface DayPlan {
  readonly day: IsoDay
  readonly zeroAt: Instant
  /** Promised for the day or planned on it; practice left out. */
  readonly appointments: readonly Appointment[]
  readonly overbooked: ReadonlySet<string>
}

/**
 * What is promised for a day and what is planned on it, whatever was promised. The windows carry their own offset from UTC, so
 * no time zone tables are needed, and every engine reads the same.
 * @param zeroAt the instant of the day's minute 0 in the company's zone
 */
export function* loadDayPlan(day: IsoDay, zeroAt: Instant): Loading<DayPlan> {
  const found = new Map((yield* range(appointmentTable, 'byDay', [day])).map((appointment) => [appointment.id, appointment]))
  const overbooked = new Set<string>()
  for (const assignment of yield* range(assignmentTable, 'byStart', [], { from: zeroAt - LONGEST_VISIT, to: zeroAt + DAY })) {
    if (assignment.overbookAccepted && assignment.role !== 'crew') overbooked.add(assignment.appointmentId)
    if (found.has(assignment.appointmentId) || assignment.endsAt <= zeroAt) continue
    const appointment = yield* get(appointmentTable, assignment.appointmentId)
    if (appointment) found.set(appointment.id, appointment)
  }
  return { day, zeroAt, appointments: [...found.values()].filter(({ practice }) => !practice), overbooked }
}

/**
 * A day of dispatch, once its visits' jobs are read: at once where a query can, one by one where a command asks.
 * @param jobs by id; a visit without its job is left out
 */
export function* withJobs({ day, zeroAt, appointments, overbooked }: DayPlan, jobs: ReadonlyMap<string, DayJob>): Loading<DispatchDay> {
  const jobTypes = new Map((yield* all(jobTypeTable)).map((row) => [row.id, row]))
  const priorities = new Map((yield* all(priorityTable)).map((row) => [row.id, row]))
  const visits = appointments.flatMap((appointment): readonly DayVisit[] => {
    const job = jobs.get(appointment.jobId)
    return job ? [{ appointment, job, jobType: jobTypes.get(job.jobTypeId), priority: priorities.get(job.priorityId), overbooked: overbooked.has(appointment.id) }] : []
  })
  return { day, zeroAt, visits, technicians: yield* all(technicianTable), work: yield* loadWork({ startsAt: zeroAt, endsAt: zeroAt + DAY }) }
}

/** A day of dispatch as commands read it. */
export function* loadDispatchDay(day: IsoDay, zeroAt: Instant): Loading<DispatchDay> {
  const plan = yield* loadDayPlan(day, zeroAt)
  const jobs = yield* getMany(jobTable, new Set(plan.appointments.map(({ jobId }) => jobId)))
  return yield* withJobs(plan, new Map(jobs.map((job) => [job.id, job])))
}

/** When a technician works on the day: a dated shift in place of the week's, what else takes time, on call. */
export function dayWork(technician: Technician, { day, zeroAt, work }: DispatchDay): WorkTime {
  const clock = clockFor(technician, work, windowClock({ windowDay: day, windowStart: 0, windowStartsAt: zeroAt }))
  return workWithin(technician, work, clock, { startsAt: zeroAt, endsAt: zeroAt + DAY })
}

/** The end of a technician's last shift of the day; null where there is none. */
function shiftEnd({ shifts }: WorkTime): Instant | null {
  return shifts.reduce<Instant | null>((latest, { endsAt }) => Math.max(latest ?? 0, endsAt), null)
}

/** A visit as the Truth Comes Home Hour looks at it. */
export function truthVisit({ appointment, jobType, priority, overbooked }: DayVisit): TruthVisit {
  const { id, state, technicianId, startsAt, endsAt, windowStartsAt, windowEndsAt } = appointment
  return {
    id,
    state,
    technicianId,
    crewIds: appointment.crewIds ?? [],
    startsAt,
    endsAt,
    promisedAt: appointment.promisedAt,
    windowStartsAt,
    windowEndsAt,
    overbooked,
    skills: jobType?.skills ?? [],
    priorityRank: priority?.rank ?? 99,
    letDown: appointment.slot === 'lost' || appointment.toldAt !== null,
  }
}

/** A technician's day: the hours, and what of it the Truth Comes Home Hour looks at. */
interface TechnicianDay {
  readonly technician: Technician
  readonly work: WorkTime
  readonly truth: TruthTechnician
}

export function technicianDays(day: DispatchDay): readonly TechnicianDay[] {
  return day.technicians.map((technician) => {
    const work = dayWork(technician, day)
    return { technician, work, truth: { id: technician.id, active: technician.active, skills: technician.skills, shiftEndsAt: shiftEnd(work), blocks: work.blocks } }
  })
}
