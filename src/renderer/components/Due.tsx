import { addDays, type Instant, MINUTE } from '../../shared/base/time.ts'
import { formatDay, formatTime, formatWeekday, wallTimeOf } from '../../shared/base/zone.ts'
import { useNow } from '../stores/clock.ts'
import { useZone } from '../stores/session.ts'
import classes from './Due.module.css'
import { StateGlyph } from './StateGlyph.tsx'

export type DueTone = 'late' | 'soon' | 'ok'

export interface DueParts {
  readonly tone: DueTone
  /** Quarters of the allowed time that are left, 0 to 4. */
  readonly pips: number
}

/**
 * How pressing a due time is: late once passed, soon in its last quarter.
 * @param since when the allowed time began, epoch milliseconds
 */
export function dueParts(dueAt: Instant, since: Instant, now: Instant): DueParts {
  if (now > dueAt) return { tone: 'late', pips: 0 }
  const allowed = Math.max(dueAt - since, MINUTE)
  const pips = Math.min(4, Math.max(1, Math.ceil(((dueAt - now) / allowed) * 4)))
  return { tone: pips === 1 ? 'soon' : 'ok', pips }
}

/** `1:50 PM` today, `Wed, Jul 15` within a week, `Jul 31` beyond. */
export function formatDue(dueAt: Instant, now: Instant, zone: string): string {
  const due = wallTimeOf(dueAt, zone)
  const today = wallTimeOf(now, zone).day
  if (due.day === today) return formatTime(dueAt, zone)
  if (due.day > today && due.day <= addDays(today, 6)) return formatWeekday(due.day)
  return formatDay(due.day)
}

/** `in 8 min`, `6 min over`, `in 2 h`: only beside the promise in hand. */
export function formatRelative(dueAt: Instant, now: Instant): string {
  const minutes = Math.round(Math.abs(dueAt - now) / MINUTE)
  const amount = minutes < 60 ? `${minutes} min` : minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`
  return dueAt >= now ? `in ${amount}` : `${amount} over`
}

export interface DueProps {
  readonly dueAt: Instant
  /** When the allowed time began: the promise's creation. */
  readonly since: Instant
  /** Adds "in 8 min": for the one in hand only. */
  readonly relative?: boolean
}

/** A due time: four pips for the quarters left, or the red triangle, then the absolute time. */
export function Due({ dueAt, since, relative }: DueProps) {
  const now = useNow()
  const zone = useZone()
  const { tone, pips } = dueParts(dueAt, since, now)
  return (
    <span className={[classes['due'], classes[tone]].join(' ')}>
      <span className={classes['mark']}>
        {tone === 'late' ? (
          <StateGlyph state="alert" label="Late" />
        ) : (
          <span className={classes['pips']} aria-hidden="true">
            {[1, 2, 3, 4].map((pip) => (
              <i key={pip} className={pip <= pips ? classes['full'] : undefined} />
            ))}
          </span>
        )}
      </span>
      <span className={relative ? classes['counted'] : undefined}>
        {formatDue(dueAt, now, zone)}
        {relative ? `, ${formatRelative(dueAt, now)}` : ''}
      </span>
    </span>
  )
}
