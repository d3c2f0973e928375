import { z } from 'zod'
import { DAY, MINUTE, overlaps } from '../../base/time.ts'
import { WAITING_STATES } from '../dispatch/states.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import type { TimeBlock, WorkTime } from '../dispatch/workTime.ts'
import { type Change, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, instantInput } from '../kernel/inputs.ts'
import type { Technician } from '../people/tables.ts'
import { type DispatchDay, type DayVisit, dayWork, loadDispatchDay } from './day.ts'

/** Reschedules are worked three days ahead (000). */
export const DAYS_AHEAD = 3

/** A clock says something about now; what it said long ago is about another time. */
const FRESH = 10 * MINUTE

const AWAY: ReadonlySet<TimeBlock['kind']> = new Set(['timeOff', 'training'])

/** Why a technician cannot come to a visit as it is planned; null where they can. */
function whyNot({ appointment, overbooked }: DayVisit, technician: Technician | undefined, work: WorkTime): string | null {
  const { startsAt, endsAt } = appointment
  if (!technician || startsAt === null || endsAt === null || overbooked) return null
  if (!technician.active) return `${technician.name} has left`
  if (work.blocks.some((block) => AWAY.has(block.kind) && overlaps(block.startsAt, block.endsAt, startsAt, endsAt))) return `${technician.name} is away then`
  const works = [...work.shifts, ...work.onCall].some((span) => overlaps(span.startsAt, span.endsAt, startsAt, endsAt))
  return works ? null : `${technician.name} does not work then`
}

/** Whose reschedule the clock may open: nobody has it in hand, and nobody has said that the time is kept. */
const mayOpen = ({ reschedule }: Appointment): boolean => reschedule === null || reschedule === 'moved' || reschedule === 'canceled' || reschedule === 'unreached'

/**
 * Which visits of a day need another time because nobody can come as planned, and which need it no longer: somebody else has
 * them, or the time off is gone. What a customer asked for is theirs and stays.
 */
export function reschedulesNeeded(day: DispatchDay): readonly Change[] {
  const technicians = new Map(day.technicians.map((technician) => [technician.id, technician]))
  const works = new Map<string, WorkTime>()
  const workOf = (technician: Technician): WorkTime => {
    const work = works.get(technician.id) ?? dayWork(technician, day)
    works.set(technician.id, work)
    return work
  }
  return day.visits.flatMap((visit): readonly Change[] => {
    const { appointment } = visit
    const technician = technicians.get(appointment.technicianId ?? '')
    const why = technician && WAITING_STATES.includes(appointment.state) ? whyNot(visit, technician, workOf(technician)) : null
    if (appointment.reschedule === 'needed') {
      if (why === appointment.rescheduleWhy) return []
      return [update(appointmentTable, appointment, why === null ? { reschedule: null, rescheduleWhy: null } : { rescheduleWhy: why })]
    }
    return why === null || !mayOpen(appointment) ? [] : [update(appointmentTable, appointment, { reschedule: 'needed', rescheduleWhy: why })]
  })
}

// No fact: a clock that sees nothing to say leaves no trace, and what it saw of another day is about nothing any more.
export const lookAhead = defineIntention({
  name: 'reschedule.lookAhead',
  version: 1,
  summary: 'What the clock sees of one of the coming days: which visits nobody can come to as planned.',
  permission: 'dispatch.watch',
  input: z.strictObject({ day: dayInput, zeroAt: instantInput, at: instantInput }),
  *load(input) {
    return yield* loadDispatchDay(input.day, input.zeroAt)
  },
  decide(input, day, context) {
    const fresh = Math.abs(input.at - context.at) <= FRESH && input.zeroAt > input.at - DAY && input.zeroAt < input.at + (DAYS_AHEAD + 1) * DAY
    return fresh ? accept(reschedulesNeeded(day)) : accept()
  },
})
