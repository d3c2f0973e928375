import { addDays, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { formatTime, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import type { Option } from '../../components/Choice.tsx'
import { bySameDay, type OfficeDay } from '../callPaths/due.ts'
import { callBackInstant } from '../calls/conclusion.ts'

export interface Back extends Option<string> {
  /** Epoch milliseconds. */
  readonly at: number
}

const QUARTER = 15 * MINUTE
const NO_DAY = { laterDay: '', laterMinute: 0 } as const

/** Two hours from now, on the quarter; before the office opens, its first hour. Null once it closes before that. */
function soonest({ now, zone, opensAt, closesAt }: OfficeDay): { readonly label: string; readonly at: number } | null {
  const { day } = wallTimeOf(now, zone)
  const inTwoHours = Math.ceil((now + 2 * HOUR) / QUARTER) * QUARTER
  const firstHour = instantOf(day, opensAt + 60, zone)
  if (inTwoHours < firstHour) return { label: 'This morning', at: firstHour }
  return inTwoHours <= instantOf(day, closesAt, zone) ? { label: 'In two hours', at: inTwoHours } : null
}

/**
 * When somebody who wanted to come today is called, gap or no gap, the soonest first: while somebody is in the office. Later
 * today and tomorrow are promised for when every other call back is.
 */
export function backOptions(office: OfficeDay): readonly Back[] {
  const { now, zone } = office
  const { day } = wallTimeOf(now, zone)
  const soon = soonest(office)
  const sameDay = bySameDay(office)
  const today = wallTimeOf(sameDay, zone).day === day && (soon === null || soon.at < sameDay) ? sameDay : null
  const morning = callBackInstant('tomorrow', office, NO_DAY) ?? sameDay
  const noon = instantOf(addDays(day, 1), 12 * 60, zone)
  const at = (value: string, label: string, instant: number): Back => ({ value, label, detail: `by ${formatTime(instant, zone)}`, at: instant })
  return [
    ...(soon ? [at('soon', soon.label, soon.at)] : []),
    ...(today === null ? [] : [at('today', 'Later today', today)]),
    at('morning', 'Tomorrow morning', morning),
    ...(noon > morning ? [at('noon', 'Tomorrow noon', noon)] : []),
  ]
}

/** When the next call is due for somebody who keeps waiting. */
export const nextCall = (office: OfficeDay): number => backOptions(office)[0]?.at ?? bySameDay(office)
