import type { Shift } from '../../src/shared/domain/people/tables.ts'

/** The same hours on every day of the week, in minutes of the day. */
export function dayShifts(start: number, end: number): readonly Shift[] {
  return [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start, end }))
}
