import { z } from 'zod'
import type { Instant, IsoDay } from '../../base/time.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import { type Change, update } from '../kernel/changes.ts'
import { isNow, rowsSeenInput, stillAsSeen } from '../kernel/clockWord.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, instantInput } from '../kernel/inputs.ts'
import { getMany } from '../kernel/load.ts'

/** The states in which a visit of a past day was never done. */
export const NEVER_DONE: readonly Appointment['state'][] = ['scheduled', 'confirmed', 'dispatched', 'hold', 'working']

/** The begin of a day in the company's zone. */
export interface DayBegin {
  readonly day: IsoDay
  readonly zeroAt: Instant
}

const isOfItsHour = ({ truthDay, windowDay }: Appointment): boolean => truthDay === windowDay

/** Nobody is told today that we come at some time yesterday. */
function overdueCall(visit: Appointment, zeroAt: Instant): readonly Change[] {
  const { updateCall, expectedAt } = visit
  return updateCall === 'owed' && expectedAt !== null && expectedAt < zeroAt ? [update(appointmentTable, visit, { updateCall: null, expectedAt: null, expectedWith: null })] : []
}

/**
 * What becomes of a visit whose day is over. The day's Truth Comes Home Hour is over with it. Where a technician has the visit,
 * somebody finds out what became of it; without one it waits to be assigned, and on hold it waits for what it is held for:
 * there it is owed already.
 */
function afterItsDay(visit: Appointment, { day, zeroAt }: DayBegin): readonly Change[] {
  const { truthState, state, technicianId, endsAt } = visit
  if (visit.practice || visit.windowDay >= day || !NEVER_DONE.includes(state)) return []
  const ofItsHour = isOfItsHour(visit) ? truthState : null
  const call = overdueCall(visit, zeroAt)
  // Planned for today or later it is on a board that somebody looks at.
  if (endsAt !== null && endsAt > zeroAt) return [...call, ...(ofItsHour === 'open' || ofItsHour === 'left' ? [update(appointmentTable, visit, { truthDay: null, truthState: null })] : [])]
  const owed = technicianId !== null && state !== 'hold'
  return [...call, ...(ofItsHour === 'open' || (owed && ofItsHour !== 'left') ? [update(appointmentTable, visit, { truthDay: visit.windowDay, truthState: 'left' })] : [])]
}

/**
 * Which visits of past days are left over, and which are not any more because they are planned again.
 * @returns none where everything is as it was
 */
export function leftOver(visits: readonly Appointment[], today: DayBegin): readonly Change[] {
  return visits.flatMap((visit) => afterItsDay(visit, today))
}

// No fact: a clock that sees nothing to say leaves no trace.
export const leaveOver = defineIntention({
  name: 'dispatch.leaveOver',
  version: 1,
  summary: 'What the clock sees of past days: visits that a technician had and that were never done. Somebody finds out what became of them.',
  permission: 'dispatch.watch',
  input: z.strictObject({ day: dayInput, zeroAt: instantInput, at: instantInput, saw: rowsSeenInput.unwrap() }),
  *load(input) {
    return yield* getMany(appointmentTable, input.saw.map(({ id }) => id))
  },
  decide(input, visits, context) {
    return isNow(input.at, context) && input.zeroAt <= input.at ? accept(stillAsSeen(leftOver(visits, input), input.saw)) : accept()
  },
})
