import { type Clock, steadyClock } from '../../base/clock.ts'
import { DAY, type Instant, MINUTE } from '../../base/time.ts'
import { type JobType, jobTable, jobTypeTable } from '../jobs/tables.ts'
import { all, get, type Loading, range } from '../kernel/load.ts'
import { type Technician, technicianTable } from '../people/tables.ts'
import type { ArrivalWindow } from './arrivalWindow.ts'
import { type Candidate, type PromisedVisit, rankWindows } from './availability.ts'
import { keepsPromisedTime } from './promisedTime.ts'
import { type Appointment, appointmentTable, type Assignment, assignmentTable } from './tables.ts'
import { LONGEST_VISIT } from './visit.ts'
import { clockFor, loadWork, type WorkFacts, workWithin } from './workTime.ts'

/** A window that a visit claims time in. */
export interface Claim {
  readonly window: ArrivalWindow
  readonly durationMinutes: number
  readonly jobTypeId: string
  /** The visit that moves: what it takes now is not in its own way. */
  readonly appointmentId: string | null
}

/** What a claim is decided on: who works that day, what is planned, and what is promised and planned for nobody yet. */
export interface ClaimFacts {
  readonly jobType: JobType | undefined
  readonly technicians: readonly Technician[]
  readonly assignments: readonly Assignment[]
  readonly promised: readonly (PromisedVisit & Pick<Appointment, 'updatedAt'>)[]
  readonly work: WorkFacts
}

/** The window's day begins here: the window carries its own offset from UTC, so no time zone tables are needed. */
const dayStart = ({ windowStartsAt, windowStart }: ArrivalWindow): number => windowStartsAt - windowStart * MINUTE

/** What the clocks do where the window is promised, as far as the window itself says. */
export function windowClock(window: Pick<ArrivalWindow, 'windowDay' | 'windowStart' | 'windowStartsAt'>): Clock {
  return steadyClock((Date.parse(`${window.windowDay}T00:00:00Z`) - (window.windowStartsAt - window.windowStart * MINUTE)) / MINUTE)
}

/** Reads the window's day, by ranges that a workstation and the hub answer alike. */
export function* loadClaim({ window, jobTypeId, appointmentId }: Claim): Loading<ClaimFacts> {
  const from = dayStart(window)
  const jobTypes = new Map((yield* all(jobTypeTable)).map((jobType) => [jobType.id, jobType]))
  const promised: (PromisedVisit & Pick<Appointment, 'updatedAt'>)[] = []
  for (const visit of yield* range(appointmentTable, 'byWindow', [], { from: from - DAY, to: from + DAY })) {
    if (visit.id === appointmentId || visit.practice || visit.windowEndsAt <= from || !keepsPromisedTime(visit)) continue
    const job = yield* get(jobTable, visit.jobId)
    const skills = jobTypes.get(job?.jobTypeId ?? '')?.skills ?? []
    promised.push({ startsAt: visit.windowStartsAt, endsAt: visit.windowEndsAt, durationMinutes: visit.durationMinutes, skills, updatedAt: visit.updatedAt })
  }
  return {
    jobType: jobTypes.get(jobTypeId),
    technicians: (yield* all(technicianTable)).filter(({ active }) => active),
    assignments: (yield* range(assignmentTable, 'byStart', [], { from: from - LONGEST_VISIT, to: from + DAY })).filter((assignment) => assignment.appointmentId !== appointmentId),
    promised,
    work: yield* loadWork({ startsAt: from, endsAt: from + DAY }),
  }
}

function candidate(technician: Technician, window: ArrivalWindow, { assignments, work }: Pick<ClaimFacts, 'assignments' | 'work'>): Candidate {
  const start = dayStart(window)
  const { shifts, blocks } = workWithin(technician, work, clockFor(technician, work, windowClock(window)), { startsAt: start, endsAt: start + DAY })
  return {
    id: technician.id,
    name: technician.name,
    skills: technician.skills,
    ownUnit: true,
    shifts,
    busy: assignments.filter(({ technicianId }) => technicianId === technician.id),
    blocked: blocks,
  }
}

/**
 * Whether a skilled technician has the time in the window, beside what is planned and promised already. It asks no clock: a
 * window that has begun counts whole, so that the same claim comes out the same wherever and whenever it is looked at.
 */
function isFree({ window, durationMinutes }: Claim, { jobType, technicians, promised, ...taken }: ClaimFacts): boolean {
  if (!jobType) return false
  const slot = { day: window.windowDay, start: window.windowStart, end: window.windowEnd, startsAt: window.windowStartsAt, endsAt: window.windowEndsAt }
  const [answer] = rankWindows({
    slots: [slot],
    durationMinutes,
    skills: jobType.skills,
    technicians: technicians.map((technician) => candidate(technician, window, taken)),
    promised,
    now: dayStart(window),
    technicianId: null,
  })
  return answer !== undefined && answer.fits.length > 0
}

/** What the origin says: this window had a free skilled technician when it was promised. */
export function* mayClaim(claim: Claim): Loading<boolean> {
  return isFree(claim, yield* loadClaim(claim))
}

/** What becomes of the claim: it is looked at again wherever the command is run. `null`: nothing was claimed, and nothing was read. */
export function slotOf(claim: Claim, facts: ClaimFacts | null): Appointment['slot'] {
  if (facts === null) return 'none'
  return isFree(claim, facts) ? 'held' : 'lost'
}

/**
 * What becomes of a claim that was let go of for a while: it is lost only to somebody who came meanwhile. A window that was
 * overfull before, knowingly, was taken by nobody since.
 * @param since when it was let go of: what was written at that very time came after it; null where nobody knows when
 * @returns undefined where there was no room then either
 */
export function slotSince(claim: Claim, facts: ClaimFacts, since: Instant | null): 'held' | 'lost' | undefined {
  if (isFree(claim, facts)) return 'held'
  if (since === null) return 'lost'
  const wasThere = ({ updatedAt }: Pick<Appointment, 'updatedAt'>): boolean => updatedAt < since
  return isFree(claim, { ...facts, assignments: facts.assignments.filter(wasThere), promised: facts.promised.filter(wasThere) }) ? 'lost' : undefined
}
