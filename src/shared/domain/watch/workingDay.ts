import { addDays, type IsoDay } from '../../base/time.ts'
import { type DispatchDay, dayWork } from './day.ts'

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const

/** No office is closed for longer than this without somebody who prepares what comes after it. */
const LONGEST_REST = 7

/**
 * Whether the company works on a day as it usually does: at least half as many technicians as on its fullest weekday have a
 * shift. A Saturday with two of twenty on emergencies is none, and neither is a holiday that was entered as a day off.
 */
function isWorkingDay(day: DispatchDay): boolean {
  const technicians = day.technicians.filter(({ active }) => active)
  const usual = Math.max(...WEEKDAYS.map((weekday) => technicians.filter(({ shifts }) => shifts.some((shift) => shift.weekday === weekday)).length))
  return technicians.filter((technician) => dayWork(technician, day).shifts.length > 0).length * 2 >= usual
}

/**
 * The days that are prepared on a day: this one until its first van is out, and every coming one until the next on which the
 * company works as usual, that one included. So a Friday prepares its Saturday, and Monday as well.
 * @param dayOf reads a day of dispatch
 */
export function preparedDays(today: IsoDay, dayOf: (day: IsoDay) => DispatchDay): readonly IsoDay[] {
  const days = [today]
  for (let ahead = 1; ahead <= LONGEST_REST; ahead++) {
    const day = addDays(today, ahead)
    days.push(day)
    if (isWorkingDay(dayOf(day))) break
  }
  return days
}
