import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { HOUR, type Instant } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import type { WallDay } from '../../../shared/contract/methods/watch.ts'
import { useConnection, useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { useHub } from '../../stores/hub.ts'
import { useCompany } from '../../stores/session.ts'
import { alertWords } from '../board/boardWords.ts'
import { wallClock, type WallClock } from '../board/timeline/axis.ts'
import classes from './DayWall.module.css'
import { type LateVisit, type WallCounts, wallPage, wallSpan, wallView, type WallView, type WallVisit } from './wallRows.ts'

const NO_INPUT = {} as const

interface Hours {
  readonly from: Instant
  readonly to: Instant
}

const share = (at: Instant, { from, to }: Hours): number => Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100))

/** How many rows of the given height have room. */
function useRoom(list: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(1)
  useEffect(() => {
    const element = list.current
    if (!element) return undefined
    const measure = (): void => setRoom(Math.max(1, Math.floor(element.clientHeight / (parseFloat(getComputedStyle(element).fontSize) * ROW_EM))))
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [list])
  return room
}

/** As in the stylesheet. */
const ROW_EM = 2.5
const LINE_EM = 2.75

function Figure({ label, value, alert }: { readonly label: string; readonly value: string; readonly alert?: boolean }) {
  return (
    <div className={`${classes['figure']} ${alert ? classes['loud'] : ''}`}>
      <dt>{label}</dt>
      <dd>
        {alert ? <StateGlyph state="alert" className={classes['glyph'] ?? ''} /> : null}
        {value}
      </dd>
    </div>
  )
}

function Figures({ counts }: { readonly counts: WallCounts }) {
  return (
    <dl className={classes['figures']}>
      <Figure label="Out now" value={String(counts.out)} />
      <Figure label="Done" value={`${counts.done} of ${counts.all}`} />
      <Figure label="Unassigned" value={String(counts.unassigned)} alert={counts.unassigned > 0} />
      <Figure label="Late" value={String(counts.late)} alert={counts.late > 0} />
      <Figure label="Truth hour" value={counts.hour === null ? '\u2013' : String(counts.hour)} alert={counts.hour !== null && counts.hour > 0} />
    </dl>
  )
}

function Ruler({ hours, clock }: { readonly hours: Hours; readonly clock: WallClock }) {
  const first = Math.ceil(hours.from / HOUR) * HOUR
  const marks = Array.from({ length: 12 }, (_, index) => first + index * HOUR).filter((at) => at < hours.to - HOUR / 3)
  return (
    <div className={classes['ruler']} aria-hidden="true">
      {marks.map((at) => (
        <span key={at} style={{ left: `${share(at, hours)}%` }}>
          {clock.time(at).replace(':00', '')}
        </span>
      ))}
    </div>
  )
}

/** A bar of which so few percent of the hours are seen has room for no sign, or for one alone: the edge of the hours cuts it. */
const ONE_SIGN = 4
const TWO_SIGNS = 7

function Bar({ visit, hours, late, clock }: { readonly visit: WallVisit; readonly hours: Hours; readonly late: boolean; readonly clock: WallClock }) {
  if (visit.startsAt === null || visit.endsAt === null || visit.endsAt <= hours.from || visit.startsAt >= hours.to) return null
  const [left, right] = [share(visit.startsAt, hours), share(visit.endsAt, hours)]
  const room = right - left
  return (
    <li className={`${classes['bar']} ${classes[visit.state] ?? ''}`} style={{ left: `${left}%`, width: `calc(${right - left}% - 2px)` }}>
      <span className="spoken">
        {visit.state}, {clock.span(visit.startsAt, visit.endsAt)}
        {late ? ', late' : ''}
      </span>
      {room < (late ? TWO_SIGNS : ONE_SIGN) ? null : <StateGlyph state={visit.state} className={classes['glyph'] ?? ''} />}
      {room < ONE_SIGN ? null : (
        <span className="el">
          <b className="b">{visit.jobNumber}</b> {visit.jobTypeName}
        </span>
      )}
      {late && room >= ONE_SIGN ? <StateGlyph state="alert" className={`${classes['glyph']} ${classes['lateSign']}`} /> : null}
    </li>
  )
}

function Rows({ view, hours, now, clock }: { readonly view: WallView; readonly hours: Hours; readonly now: Instant; readonly clock: WallClock }) {
  const list = useRef<HTMLUListElement>(null)
  const { shown, page, pages } = wallPage(view.rows, useRoom(list), now)
  const late = new Set(view.late.map(({ visit }) => visit.id))
  return (
    <section className={classes['day']} aria-label="Technicians">
      <div className={classes['head']}>
        <span className={classes['name']}>{pages > 1 ? `Technicians ${page} of ${pages}` : 'Technicians'}</span>
        <Ruler hours={hours} clock={clock} />
      </div>
      <ul ref={list} className={classes['rows']}>
        {shown.map(({ technician, visits }) => (
          <li key={technician.id} className={classes['row']}>
            <b className={`el ${classes['name']}`}>{technician.name}</b>
            <ul className={classes['track']}>
              {technician.blocks.map(({ startsAt, endsAt, kind }) =>
                endsAt <= hours.from || startsAt >= hours.to ? null : (
                  <li key={`${startsAt}`} className={classes['block']} style={{ left: `${share(startsAt, hours)}%`, width: `${share(endsAt, hours) - share(startsAt, hours)}%` }}>
                    <span className="el">{kind === 'lunch' ? 'Lunch' : 'Away'}</span>
                  </li>
                ),
              )}
              {visits.map((visit) => (
                <Bar key={visit.id} visit={visit} hours={hours} late={late.has(visit.id)} clock={clock} />
              ))}
            </ul>
          </li>
        ))}
        <li className={classes['now']} aria-hidden="true" style={{ '--at': share(now, hours) / 100 } as never} />
      </ul>
    </section>
  )
}

/** A list with as many lines as have room; what has none is counted. */
function Side<Item>({ title, empty, items, line }: { readonly title: string; readonly empty: string; readonly items: readonly Item[]; readonly line: (item: Item) => { readonly key: string; readonly first: string; readonly second: string; readonly glyph: 'alert' | 'scheduled' } }) {
  const list = useRef<HTMLUListElement>(null)
  const room = Math.max(1, Math.floor((useRoom(list) * ROW_EM) / LINE_EM))
  const most = items.length > room ? room - 1 : room
  return (
    <section className={classes['side']} aria-label={title}>
      <h2>
        {title} <b>{items.length}</b>
      </h2>
      <ul ref={list} className={classes['lines']}>
        {items.length === 0 ? <li className={classes['none']}>{empty}</li> : null}
        {items.slice(0, most).map((item) => {
          const { key, first, second, glyph } = line(item)
          return (
            <li key={key} className={classes['line']}>
              <StateGlyph state={glyph} className={`${classes['glyph']} ${glyph === 'alert' ? classes['lateSign'] : ''}`} />
              <span className={classes['words']}>
                <b className="el">{first}</b>
                <span className="el">{second}</span>
              </span>
            </li>
          )
        })}
        {items.length > most ? <li className={classes['none']}>And {items.length - most} more</li> : null}
      </ul>
    </section>
  )
}

const jobOf = ({ jobNumber, jobTypeName }: WallVisit): string => `${jobNumber}, ${jobTypeName}`

function Stale() {
  const connection = useConnection()
  const hub = useHub()
  const { zone } = useCompany()
  const since = connection.kind === 'offline' ? connection.since : hub && (hub.link === 'offline' || hub.link === 'stopped') ? hub.since : null
  return since === null ? null : (
    <span className={classes['stale']} role="status">
      <StateGlyph state="hold" className={classes['glyph'] ?? ''} /> No news from others since {formatTime(since, zone)}
    </span>
  )
}

function Wall({ wall }: { readonly wall: WallDay }) {
  const now = useNow()
  const company = useCompany()
  const clock = useMemo(() => wallClock(wall.zone), [wall.zone])
  const view = useMemo(() => wallView(wall, now), [wall, now])
  const hours = wallSpan(now)
  const lateLine = ({ visit, alert, technicianName }: LateVisit) => ({ key: visit.id, first: `${technicianName}, ${visit.jobNumber}`, second: alertWords(alert, clock, now), glyph: 'alert' as const })
  const freeLine = (visit: WallVisit) => ({ key: visit.id, first: `Promised ${formatWindow(visit.windowStart, visit.windowEnd)}`, second: jobOf(visit), glyph: visit.windowEndsAt <= now || visit.priorityRank <= 1 ? ('alert' as const) : ('scheduled' as const) })
  return (
    <div className={classes['wall']}>
      <header className={classes['top']}>
        <h1>{formatWeekday(wall.day)}</h1>
        <Figures counts={view.counts} />
        <span className="sp" />
        <Stale />
        <time className={classes['clock']}>{formatTime(now, wall.zone)}</time>
      </header>
      <Rows view={view} hours={hours} now={now} clock={clock} />
      <div className={classes['sides']}>
        <Side title="Late" empty="Nobody is late." items={view.late} line={lateLine} />
        <Side title="Unassigned" empty="Every visit of today has a technician." items={view.unassigned} line={freeLine} />
      </div>
      <footer className={classes['foot']}>{company.name}</footer>
    </div>
  )
}

/** The day for a screen on the wall: it follows now, has nothing to press, and nothing that a visitor should not read. */
export function DayWallScreen() {
  const { data, error, refetch } = useQuery('dispatch.wall', NO_INPUT)
  const now = useNow()
  const over = data !== undefined && wallTimeOf(now, data.zone).day !== data.day
  useEffect(() => (over ? refetch() : undefined), [over, refetch])
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  return <Wall wall={data} />
}
