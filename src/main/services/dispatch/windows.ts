import type { DayGap, WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { addDays, DAY, MINUTE, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { formatMinute } from '../../../shared/base/zone.ts'
import { type Candidate, type Fit, gapsWithin, type Interval, keptDays, type Obstacle, type PromisedVisit, rankWindows, type WindowAnswer, type WindowSlot } from '../../../shared/domain/dispatch/availability.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { loadWork, workWithin } from '../../../shared/domain/dispatch/workTime.ts'
import { WAITING_STATES } from '../../../shared/domain/dispatch/states.ts'
import { dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { locationTable } from '../../../shared/domain/customers/tables.ts'
import { jobTypeTable, type JobType } from '../../../shared/domain/jobs/tables.ts'
import { compareText } from '../../../shared/base/text.ts'
import { all, get, getIf } from '../../../shared/domain/kernel/load.ts'
import { businessUnitTable, technicianTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, ServiceError } from '../../core/service.ts'
import { and, eq, gt, gte, inArray, isNull, lt, schema } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { clockAt } from './clocks.ts'
import { endOfDay, instantIn, minuteIn, zeroOf } from './dayFrame.ts'

export interface WindowsQuestion {
  readonly jobTypeId: string
  readonly fromDay: IsoDay
  readonly days: number
  readonly locationId?: string | null | undefined
  readonly technicianId?: string | null | undefined
  readonly durationMinutes?: number | undefined
  readonly skills?: readonly string[] | undefined
}

function plannedByTechnician(asked: Asked, from: Instant, to: Instant): ReadonlyMap<string, Interval[]> {
  const { assignment } = schema
  const rows = asked.store.db
    .select({ technicianId: assignment.technicianId, startsAt: assignment.startsAt, endsAt: assignment.endsAt })
    .from(assignment)
    .where(and(eq(assignment.companyId, asked.store.companyId), gte(assignment.startsAt, from - DAY), lt(assignment.startsAt, to)))
    .all()
  const planned = new Map<string, Interval[]>()
  for (const { technicianId, startsAt, endsAt } of rows) {
    const intervals = planned.get(technicianId)
    if (intervals) intervals.push({ startsAt, endsAt })
    else planned.set(technicianId, [{ startsAt, endsAt }])
  }
  return planned
}

/** The visits that are promised and that nobody has yet: they count against the free technicians. */
function promisedVisits(asked: Asked, from: Instant, to: Instant, jobTypes: ReadonlyMap<string, JobType>): readonly PromisedVisit[] {
  const { appointment, job } = schema
  return asked.store.db
    .select({ startsAt: appointment.windowStartsAt, endsAt: appointment.windowEndsAt, durationMinutes: appointment.durationMinutes, jobTypeId: job.jobTypeId })
    .from(appointment)
    .innerJoin(job, and(eq(job.companyId, appointment.companyId), eq(job.id, appointment.jobId)))
    .where(
      and(
        eq(appointment.companyId, asked.store.companyId),
        inArray(appointment.state, [...WAITING_STATES]),
        isNull(appointment.technicianId),
        eq(appointment.practice, false),
        // No window is longer than a day: the bound keeps the history out of the walk.
        gte(appointment.windowStartsAt, from - DAY),
        lt(appointment.windowStartsAt, to),
        gt(appointment.windowEndsAt, from),
      ),
    )
    .all()
    .map(({ jobTypeId, ...visit }) => ({ ...visit, skills: jobTypes.get(jobTypeId)?.skills ?? [] }))
}

function whyFits(fit: Fit, unitName: string, zero: Instant): string[] {
  const others = fit.visits === 0 ? 'No other visit that day' : fit.visits === 1 ? '1 other visit that day' : `${fit.visits} other visits that day`
  return [`Free from ${formatMinute(minuteIn(zero, fit.startsAt))}`, others, ...(fit.technician.ownUnit ? [] : [`From ${unitName}`])]
}

function whyNotFits(obstacle: Obstacle, zero: Instant): string {
  switch (obstacle.kind) {
    case 'skill':
      return `No ${obstacle.missing.join(', no ')} skill`
    case 'off':
      return 'Off then'
    case 'onCall':
      return 'Off then, on call: ask dispatch'
    case 'full':
      return obstacle.until === null ? 'Full' : `Full until ${formatMinute(minuteIn(zero, obstacle.until))}`
    case 'promised':
      return 'Kept for a visit already promised'
    default:
      return assertNever(obstacle, 'obstacle')
  }
}

function summaryOf(answer: WindowAnswer): string {
  if (answer.onShift === 0) return 'Nobody with the skill is on'
  return answer.fits.length === 0 ? `Full, ${answer.onShift} on` : `${answer.fits.length} of ${answer.onShift} free`
}

/** Answers `dispatch.windows`: reads what is planned, resolves wall time, and lets the domain rank. */
export function proposeWindows(question: WindowsQuestion, asked: Asked): { windows: WindowProposal[]; gaps: DayGap[] } {
  const { engine } = asked.store
  const company = companyOf(asked)
  const jobType = engine.run(get(jobTypeTable, question.jobTypeId))
  if (!jobType) throw new ServiceError('dispatch.unknownJobType', 'Choose a job type.', { field: 'jobTypeId' })
  const windowZone = engine.run(getIf(locationTable, question.locationId))?.zone || company.zone
  const days = Array.from({ length: question.days }, (_, index) => addDays(question.fromDay, index))
  const { windows } = dispatchRules(engine.run(all(dispatchSettingsTable)))
  const slots = days.flatMap((day): WindowSlot[] => {
    const zero = zeroOf(day, windowZone)
    return windows.map(({ start, end }) => ({ day, start, end, startsAt: instantIn(zero, start), endsAt: instantIn(zero, end) }))
  })
  const from = zeroOf(question.fromDay, windowZone) - DAY
  const to = zeroOf(days.at(-1) ?? question.fromDay, windowZone) + 2 * DAY
  const planned = plannedByTechnician(asked, from, to)
  const jobTypes = new Map(engine.run(all(jobTypeTable)).map((row) => [row.id, row]))
  // In the order of the board, so that the reasons read alike whoever was added when.
  const active = engine
    .run(all(technicianTable))
    .filter((technician) => technician.active)
    .toSorted((left, right) => left.position - right.position || compareText(left.name, right.name))
  const work = engine.run(loadWork({ startsAt: from, endsAt: to }))
  const technicians = active.map((technician): Candidate => {
    const { shifts, blocks, onCall } = workWithin(technician, work, clockAt(technician, work, asked.now()), { startsAt: from, endsAt: to })
    return {
      id: technician.id,
      name: technician.name,
      skills: technician.skills,
      ownUnit: technician.businessUnitId === jobType.businessUnitId,
      shifts,
      busy: planned.get(technician.id) ?? [],
      blocked: blocks,
      onCall,
    }
  })
  const durationMinutes = question.durationMinutes ?? jobType.durationMinutes
  const availability = {
    slots,
    durationMinutes,
    skills: question.skills ?? jobType.skills,
    technicians,
    promised: promisedVisits(asked, from, to, jobTypes),
    now: asked.now(),
    technicianId: question.technicianId ?? null,
  }
  const laid = keptDays(availability)
  const answers = rankWindows(availability, laid)
  const firstDay = zeroOf(question.fromDay, company.zone)
  const unitNames = new Map(engine.run(all(businessUnitTable)).map((unit) => [unit.id, unit.name]))
  const unitOf = new Map(active.map((technician) => [technician.id, unitNames.get(technician.businessUnitId) ?? '']))
  return {
    gaps: gapsWithin(availability, { startsAt: firstDay, endsAt: endOfDay(firstDay) }, laid).map(({ technician, startsAt, endsAt }) => ({ technicianId: technician.id, technicianName: technician.name, startsAt, endsAt })),
    windows: answers.map((answer): WindowProposal => {
      const zero = zeroOf(answer.slot.day, windowZone)
      return {
        ...answer.slot,
        zone: windowZone,
        available: answer.fits.length > 0,
        fullness: answer.fullness,
        summary: summaryOf(answer),
        technicians: answer.fits.map((fit) => ({
          id: fit.technician.id,
          name: fit.technician.name,
          startsAt: fit.startsAt,
          endsAt: fit.startsAt + durationMinutes * MINUTE,
          why: whyFits(fit, unitOf.get(fit.technician.id) ?? '', zero),
        })),
        whyNot: answer.whyNot.map(({ technician, obstacle }) => ({ id: technician.id, name: technician.name, why: whyNotFits(obstacle, zero) })),
      }
    }),
  }
}
