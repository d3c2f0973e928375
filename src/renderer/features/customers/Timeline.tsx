import { useRef, useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { TIMELINE_KINDS, type TimelineEntry } from '../../../shared/contract/methods/customers.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Icon, type IconName } from '../../components/icons.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { navigate, routeHref, type RouteTarget } from '../../stores/route.ts'
import classes from './customers.module.css'

type Kind = TimelineEntry['kind']

const NAMES: Readonly<Record<Kind | 'everything', string>> = { everything: 'Everything', call: 'Calls', visit: 'Visits', money: 'Money', note: 'Notes', change: 'Changes' }
const ICONS: Readonly<Record<Kind, IconName>> = { call: 'phone', visit: 'board', money: 'money', note: 'document', change: 'customers' }
const PAGE = 100
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

function target({ opens }: TimelineEntry): RouteTarget | null {
  if (!opens) return null
  switch (opens.kind) {
    case 'job':
      return { area: 'jobs', path: [opens.id] }
    case 'invoice':
      return { area: 'money', path: ['invoices', opens.id] }
    case 'call':
      return { area: 'calls', path: [opens.id] }
  }
}

/** `Today`, `July 2026`, `2025`: the nearer, the finer. */
function groupOf(day: string, today: string): string {
  if (day === today) return 'Today'
  return day.slice(0, 4) === today.slice(0, 4) ? `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}` : day.slice(0, 4)
}

function Entry({ entry, zone, today, selected, onSelect }: { readonly entry: TimelineEntry; readonly zone: string; readonly today: string; readonly selected: boolean; readonly onSelect: () => void }) {
  const { day } = wallTimeOf(entry.at, zone)
  const to = target(entry)
  const title = entry.practice ? `${entry.title} (practice)` : entry.title
  return (
    <li className={`${classes['entry']} ${selected ? classes['selected'] : ''}`} onClick={onSelect} {...(selected ? { 'aria-current': true } : {})}>
      <span className={classes['when']}>{day === today ? formatTime(entry.at, zone) : formatDay(day)}</span>
      <span className={classes['point']}>
        <Icon name={ICONS[entry.kind]} size={12} />
      </span>
      <div className={classes['what']}>
        <div className="m el">
          {to ? (
            <a className={classes['plainLink']} href={routeHref(to)}>
              {title}
            </a>
          ) : (
            title
          )}
        </div>
        <div className={`t2 ${entry.kind === 'note' ? '' : 'el'}`}>{entry.detail}</div>
      </div>
      <div className="r">
        <div className="m">{entry.amountCents === null ? '\u00a0' : formatMoney(entry.amountCents)}</div>
        <div className="dense t3">{entry.who || 'Baton'}</div>
      </div>
    </li>
  )
}

/** What happened, newest first: J and K move, Enter opens, the switch narrows. */
export function Timeline({ customerId }: { readonly customerId: string }) {
  const [kind, setKind] = useState<Kind | 'everything'>('everything')
  const [limit, setLimit] = useState(PAGE)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const { data, error, refetch } = useQuery('customers.timeline', { customerId, kind: kind === 'everything' ? null : kind, limit }, { keep: true })
  const now = useNow()
  const entries = data?.entries ?? []
  const zone = data?.zone ?? 'UTC'
  const today = wallTimeOf(now, zone).day
  const index = entries.findIndex(({ id }) => id === selectedId)

  const select = (next: number): void => {
    const entry = entries[Math.min(Math.max(next, 0), entries.length - 1)]
    if (!entry) return
    setSelectedId(entry.id)
    requestAnimationFrame(() => list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }))
  }
  const openSelected = (): void | false => {
    const entry = entries[index]
    const to = entry ? target(entry) : null
    return to ? navigate(to) : false
  }
  const cycle = (): void => {
    const order = ['everything', ...TIMELINE_KINDS] as const
    setKind(order[(order.indexOf(kind) + 1) % order.length] ?? 'everything')
    setSelectedId(null)
  }
  useHotkeys('Timeline', [
    { keys: ['J', 'ArrowDown'], label: 'Next entry', run: () => select(index + 1) },
    { keys: ['K', 'ArrowUp'], label: 'Previous entry', run: () => select(index - 1) },
    { keys: 'Enter', label: 'Open the entry', run: openSelected },
    { keys: '/', label: 'Show another kind', run: cycle },
  ])

  const groups = Map.groupBy(entries, ({ at }) => groupOf(wallTimeOf(at, zone).day, today))
  return (
    <>
      <div className={classes['timelineBar']}>
        <SegmentedControl
          label="Kind of entry"
          value={kind}
          segments={(['everything', ...TIMELINE_KINDS] as const).map((value) => ({ value, label: NAMES[value] }))}
          onChange={(next) => {
            setKind(next)
            setSelectedId(null)
          }}
        />
        <span className="sp" />
        <span className={`t3 dense nw ${classes['entryCount']}`}>{data ? `${data.total} ${data.total === 1 ? 'entry' : 'entries'}` : ''}</span>
      </div>
      <ErrorNotice error={error} onRetry={refetch} />
      <div ref={list} className={classes['timeline']} tabIndex={-1}>
        {[...groups].map(([name, group]) => (
          <section key={name}>
            <h2 className={classes['month']}>{name}</h2>
            <ul>
              {group.map((entry) => (
                <Entry key={entry.id} entry={entry} zone={zone} today={today} selected={entry.id === selectedId} onSelect={() => setSelectedId(entry.id)} />
              ))}
            </ul>
          </section>
        ))}
        {data && entries.length === 0 ? <EmptyState>Nothing of this kind yet.</EmptyState> : null}
        {data && data.total > entries.length ? (
          <div className={classes['more']}>
            <ActionButton small label={`Show ${Math.min(PAGE, data.total - entries.length)} more`} onClick={() => setLimit(Math.min(500, limit + PAGE))} />
          </div>
        ) : null}
      </div>
    </>
  )
}
