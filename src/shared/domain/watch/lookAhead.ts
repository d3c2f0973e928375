import { z } from 'zod'
import { DAY, type Instant, overlaps } from '../../base/time.ts'
import { WAITING_STATES } from '../dispatch/states.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import type { TimeBlock, WorkTime } from '../dispatch/workTime.ts'
import { type Change, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { isNow, rowsSeenInput, stillAsSeen } from '../kernel/clockWord.ts'
import { dayInput, instantInput } from '../kernel/inputs.ts'
import { getMany, type Loading, range } from '../kernel/load.ts'
import type { Technician } from '../people/tables.ts'
import { queueId } from '../promises/queueParts.ts'
import { promiseTable } from '../promises/tables.ts'
import { type DispatchDay, type DayVisit, dayWork, loadDispatchDay } from './day.ts'

/** Reschedules are worked three days ahead (000). */
export const DAYS_AHEAD = 3

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

/** What only the clock writes as a reason, with a name before it. */
const CLOCKS_WORDS = /(?: has left| is away then| does not work then)$/

/**
 * Whose reschedule the clock may open. Where somebody has said that the time is kept, it is for what they knew of; another
 * reason is another matter. What a customer asked for is theirs.
 */
function mayOpen({ reschedule, rescheduleWhy }: Appointment, why: string): boolean {
  return reschedule === 'saved' ? rescheduleWhy !== why : reschedule !== 'asked'
}

/** What the clock says of a visit, as of now; nothing where that is said already. */
function afterLook(appointment: Appointment, why: string | null, opens: boolean): readonly Change[] {
  const { reschedule, rescheduleWhy } = appointment
  if (why === null) {
    // Nobody asked for another time but the clock: with its cause it goes, and one that comes back is said again.
    if (reschedule === 'needed') return [update(appointmentTable, appointment, { reschedule: null, rescheduleWhy: null })]
    return reschedule === 'saved' && rescheduleWhy !== null && CLOCKS_WORDS.test(rescheduleWhy) ? [update(appointmentTable, appointment, { rescheduleWhy: null })] : []
  }
  if (reschedule === 'needed') return why === rescheduleWhy ? [] : [update(appointmentTable, appointment, { rescheduleWhy: why })]
  return opens && mayOpen(appointment, why) ? [update(appointmentTable, appointment, { reschedule: 'needed', rescheduleWhy: why })] : []
}

/** Whether a visit is looked at on this day: where it is planned, and where it is promised while it is not planned. */
function isOfDay({ startsAt, windowDay }: Appointment, { day, zeroAt }: Pick<DispatchDay, 'day' | 'zeroAt'>): boolean {
  return startsAt === null ? windowDay === day : startsAt >= zeroAt && startsAt < zeroAt + DAY
}

/**
 * Which visits of a day need another time because nobody can come as planned, and which need it no longer: somebody else has
 * them, or the time off is gone. Each visit is looked at on one day, that of its plan: what is promised for Tuesday and planned
 * on Wednesday is no matter of Tuesday’s shifts.
 * @param opens whether the day is one that is worked ahead; on others only what is over ends
 */
export function reschedulesNeeded(day: DispatchDay, opens: boolean): readonly Change[] {
  const technicians = new Map(day.technicians.map((technician) => [technician.id, technician]))
  const works = new Map<string, WorkTime>()
  const workOf = (technician: Technician): WorkTime => {
    const work = works.get(technician.id) ?? dayWork(technician, day)
    works.set(technician.id, work)
    return work
  }
  return day.visits.flatMap((visit): readonly Change[] => {
    const { appointment } = visit
    if (!isOfDay(appointment, day)) return []
    const technician = technicians.get(appointment.technicianId ?? '')
    const why = technician && WAITING_STATES.includes(appointment.state) ? whyNot(visit, technician, workOf(technician)) : null
    return afterLook(appointment, why, opens)
  })
}

/** The visits whose other time is owed, wherever they are by now: each is looked at until what it is owed for is over. */
export function* loadNeeded(): Loading<readonly Appointment[]> {
  const open = yield* range(promiseTable, 'byQueue', [queueId('reschedules'), 'open'])
  return (yield* getMany(appointmentTable, open.map(({ subjectId }) => subjectId))).filter(({ reschedule }) => reschedule === 'needed')
}

/** Whether a day that begins then is worked ahead, looked at now. */
export function isWorkedAhead(zeroAt: Instant, at: Instant): boolean {
  return zeroAt > at && zeroAt < at + (DAYS_AHEAD + 1) * DAY
}

// No fact: a clock that sees nothing to say leaves no trace, and what it saw of another day is about nothing any more.
export const lookAhead = defineIntention({
  name: 'reschedule.lookAhead',
  version: 1,
  summary: 'What the clock sees of one day: which of the coming visits nobody can come to as planned, and which are needed no longer.',
  permission: 'dispatch.watch',
  input: z.strictObject({ day: dayInput, zeroAt: instantInput, at: instantInput, saw: rowsSeenInput }),
  *load(input) {
    return yield* loadDispatchDay(input.day, input.zeroAt)
  },
  decide(input, day, context) {
    return isNow(input.at, context) ? accept(stillAsSeen(reschedulesNeeded(day, isWorkedAhead(input.zeroAt, input.at)), input.saw)) : accept()
  },
})
