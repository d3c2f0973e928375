import type { IsoDay } from '../../base/time.ts'
import type { LineHours } from './tables.ts'

/** A time of the wall clock. */
export interface WallMoment {
  readonly day: IsoDay
  /** 0 is Sunday. */
  readonly weekday: number
  readonly minute: number
}

interface Opening {
  /** Days from today, 0 to 7. */
  readonly inDays: number
  readonly minute: number
}

interface Office {
  readonly opensAt: number
  readonly closesAt: number
}

const hoursOn = (weekday: number, hours: readonly LineHours[], office: Office): Office | undefined =>
  hours.length === 0 ? office : hours.find((one) => one.weekday === weekday)

/**
 * When a line opens next; null while it is open. A message left meanwhile is answered from then on (overnight messages, C6).
 * A line without any open day opens as the office does.
 */
export function opensNext({ weekday, minute }: Pick<WallMoment, 'weekday' | 'minute'>, hours: readonly LineHours[], office: Office): Opening | null {
  const today = hoursOn(weekday, hours, office)
  if (today && minute >= today.opensAt && minute < today.closesAt) return null
  if (today && minute < today.opensAt) return { inDays: 0, minute: today.opensAt }
  for (let inDays = 1; inDays <= 7; inDays++) {
    const day = hoursOn((weekday + inDays) % 7, hours, office)
    if (day) return { inDays, minute: day.opensAt }
  }
  return { inDays: 1, minute: office.opensAt }
}
