import { addDays, type Instant, overlaps } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay, BoardTechnician } from '../../../shared/contract/methods/dispatch.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useMay } from '../../stores/session.ts'
import classes from './board.module.css'
import { rowsOf, isPlanned } from './boardLayout.ts'
import { wallClock } from './timeline/axis.ts'

interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** Somebody who will not be there, and the board of the day that is about. */
export interface Away extends Span {
  readonly technicianId: string
  readonly day: BoardDay
}

export interface BookedThenProps {
  readonly technician: BoardTechnician
  readonly span: Span
  /** How many more spans of a series follow. */
  readonly further: number
  /** The board's zone. */
  readonly zone: string
  readonly mend: (away: Away) => void
}

/** As much as the board shows at once. */
const MOST_DAYS = 7

function daysOf(span: Span, zone: string): { readonly day: string; readonly days: number } {
  const [day, last] = [wallTimeOf(span.startsAt, zone).day, wallTimeOf(span.endsAt - 1, zone).day]
  let days = 1
  while (days < MOST_DAYS && addDays(day, days) <= last) days += 1
  return { day, days }
}

/** Warns that somebody is booked when their time is to be kept, names each visit, and leads to whoever could take them. */
export function BookedThen({ technician, span, further, zone, mend }: BookedThenProps) {
  const may = useMay()
  const { data: day } = useQuery('board.day', daysOf(span, zone))
  const visits = (day?.planned ?? [])
    .filter(isPlanned)
    .filter((visit) => rowsOf(visit).includes(technician.id) && visit.state !== 'done' && visit.state !== 'canceled' && overlaps(visit.startsAt, visit.endsAt, span.startsAt, span.endsAt))
    .sort((left, right) => left.startsAt - right.startsAt)
  const mends = visits.length > 0 && day !== undefined && may('visit.assign')
  const go = (): void => {
    if (day) mend({ technicianId: technician.id, ...span, day })
  }
  useHotkeys('Keep time', [{ keys: 'Alt+M', label: 'Mend the day first: others take the visits', run: go }], { enabled: mends })
  const clock = wallClock(zone)
  const several = wallTimeOf(span.startsAt, zone).day !== wallTimeOf(span.endsAt - 1, zone).day
  return (
    <div role="status" aria-label="Booked then" className={classes['bookedThen']}>
      {visits.length === 0 ? null : (
        <>
          <p className={`row ${classes['late']}`}>
            <StateGlyph state="alert" label="Warning" /> {technician.name} is booked then{visits.length > 1 ? `, ${visits.length} times` : ''}:
          </p>
          <ul>
            {visits.map((visit) => (
              <li key={visit.id}>
                <b className="m">{visit.shortName}</b> {several ? `${clock.day(visit.startsAt)}, ` : ''}
                {clock.span(visit.startsAt, visit.endsAt)}
                {visit.locked ? <span className="t2"> · promised as it is</span> : null}
              </li>
            ))}
          </ul>
          <p className="t2">Kept as it is, the time lies over {visits.length === 1 ? 'this visit' : 'these visits'}.</p>
          {mends ? <ActionButton small label="Mend the day first" keys="Alt+M" onClick={go} /> : null}
        </>
      )}
      {further > 0 ? <p className="t3">The other {further} {further === 1 ? 'day is' : 'days are'} looked at when the time is kept.</p> : null}
    </div>
  )
}
