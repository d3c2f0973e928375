import type { ReactNode } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import { dueParts, formatDue, formatRelative } from '../../components/Due.tsx'
import { Icon } from '../../components/icons.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { type RouteTarget, routeHref } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import classes from './queues.module.css'

export interface QueueEntry {
  readonly key: string
  readonly name: string
  readonly open: number
  /** The first due, and when its time began. */
  readonly next: { readonly dueAt: Instant; readonly since: Instant } | null
  readonly target: RouteTarget
  /** Said in place of the next due time. */
  readonly said?: ReactNode
  /** Needs somebody now, whatever its due time. */
  readonly alarming?: boolean
}

export interface QueueGroup {
  readonly title: string
  readonly entries: readonly QueueEntry[]
}

function NextDue({ next }: { readonly next: NonNullable<QueueEntry['next']> }) {
  const now = useNow()
  const zone = useZone()
  const { tone } = dueParts(next.dueAt, next.since, now)
  if (tone === 'late') {
    return (
      <span className={`${classes['due']} ${classes['late']}`}>
        <StateGlyph state="alert" label="Late" />
        {formatRelative(next.dueAt, now)}
      </span>
    )
  }
  return <span className={`${classes['due']} ${tone === 'soon' ? classes['soon'] : ''}`}>by {formatDue(next.dueAt, now, zone)}</span>
}

/** The queues with their counts and what is due first in each; the arrow of the eye goes to the red one. */
export function QueueNav({ label, groups, current }: { readonly label: string; readonly groups: readonly QueueGroup[]; readonly current: string }) {
  return (
    <nav className={classes['nav']} aria-label={label}>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h2>{group.title}</h2>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.key}>
                <a href={routeHref(entry.target)} className={classes['entry']} {...(entry.key === current ? { 'aria-current': 'page' as const } : {})}>
                  <span className={`el ${entry.open === 0 && !entry.said ? 't3' : ''}`}>{entry.name}</span>
                  <span className={classes['count']}>{entry.open === 0 ? <Icon name="tick" size={12} /> : entry.open}</span>
                  {entry.alarming ? (
                    <span className={`${classes['due']} ${classes['late']}`}>
                      <StateGlyph state="alert" label="Alert" />
                      {entry.said}
                    </span>
                  ) : entry.said ? (
                    <span className={classes['due']}>{entry.said}</span>
                  ) : entry.next ? (
                    <NextDue next={entry.next} />
                  ) : (
                    <span />
                  )}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
