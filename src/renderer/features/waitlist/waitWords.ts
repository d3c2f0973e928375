import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { WaitListEntry } from '../../../shared/contract/methods/waitlist.ts'
import type { DayPart } from '../../../shared/domain/waitlist/tables.ts'

export const PART_WORDS: Readonly<Record<DayPart, string>> = { any: 'Any time', morning: 'Mornings', afternoon: 'Afternoons' }

const oneDay = (day: IsoDay, today: IsoDay): string => (day === today ? 'today' : day === addDays(today, 1) ? 'tomorrow' : formatDay(day))

/** `today to Jul 17, mornings`: the days that would do. */
export function daysWords({ fromDay, toDay, part }: Pick<WaitListEntry, 'fromDay' | 'toDay' | 'part'>, today: IsoDay): string {
  const days = fromDay === toDay ? oneDay(fromDay, today) : `${oneDay(fromDay, today)} to ${oneDay(toDay, today)}`
  return part === 'any' ? days : `${days}, ${PART_WORDS[part].toLowerCase()}`
}
