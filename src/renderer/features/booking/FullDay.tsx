import { useRef } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import type { DayGap } from '../../../shared/contract/methods/dispatch.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { useZone } from '../../stores/session.ts'
import classes from './booking.module.css'
import type { Booking } from './useBooking.ts'
import { lengthLabel } from './words.ts'

/** The longest list that is read while somebody waits at the other end. */
const MOST_GAPS = 3

/** Nothing that could be promised is left of today. */
export const isFullToday = ({ windows, today }: Pick<Booking, 'windows' | 'today'>): boolean => windows !== undefined && !windows.some(({ available, taken, over, day }) => available && !taken && !over && day === today)

const lengthOf = ({ startsAt, endsAt }: DayGap): number => Math.round((endsAt - startsAt) / MINUTE)

/** Those the visit fits into come first: dispatch has something else to say about them. */
function shownGaps(gaps: readonly DayGap[], durationMinutes: number): readonly DayGap[] {
  return gaps.toSorted((left, right) => Number(lengthOf(right) >= durationMinutes) - Number(lengthOf(left) >= durationMinutes)).slice(0, MOST_GAPS)
}

function EmergencySlots({ booking }: { readonly booking: Booking }) {
  const { emergencySlots, emergenciesToday } = booking.desk
  const left = Math.max(0, emergencySlots - emergenciesToday)
  const kept = emergencySlots === 1 ? '1 emergency slot is' : `${emergencySlots} emergency slots are`
  if (emergencySlots === 0) return <p className="t2">No emergency slots are kept. A service manager sets how many.</p>
  return (
    <p className={left === 0 ? 'alert-t' : undefined}>
      {`${kept} kept a day, ${left === 0 ? 'none is left today' : `${left} left today`}.`}{' '}
      <span className="t2">
        {booking.emergency ? 'This is an emergency: full windows of today can be promised while one is left.' : 'Only for an emergency:'} {booking.emergency ? null : <Keycap keys="Alt+E" />}
      </span>
    </p>
  )
}

/** Whether today was full when its windows were first seen: what others do during the call moves nothing beneath. */
function useStoodFull(booking: Booking): boolean {
  const first = useRef<{ readonly jobTypeId: string; readonly full: boolean } | null>(null)
  const { jobType, windows } = booking
  if (!jobType) first.current = null
  else if (windows && first.current?.jobTypeId !== jobType.id) first.current = { jobTypeId: jobType.id, full: isFullToday(booking) }
  return first.current?.full ?? false
}

/** Somebody wants to come today and the board is full (C14): what can be said to them, from the best to the last. */
export function FullDay({ booking }: { readonly booking: Booking }) {
  const zone = useZone()
  const stood = useStoodFull(booking)
  const { gaps, jobType } = booking
  if (!jobType || !stood) return null
  const shown = shownGaps(gaps, jobType.durationMinutes)
  return (
    <section className={classes['fullDay']} aria-label="Today is full">
      <h3 className="b">{isFullToday(booking) ? 'Today is full' : 'A time of today has come free'}</h3>
      <EmergencySlots booking={booking} />
      {shown.length === 0 ? (
        <p className="t2">Nobody with the skill has half an hour left today.</p>
      ) : (
        <>
          <p className="t2">{`Left today, for dispatch to decide; this takes ${lengthLabel(jobType.durationMinutes)}:`}</p>
          <ul aria-label="Gaps of today">
            {shown.map((gap) => (
              <li key={`${gap.technicianId}/${gap.startsAt}`} className="row">
                <span className="m nw">{lengthLabel(lengthOf(gap))}</span>
                <span className="nw">
                  {formatTime(gap.startsAt, zone)} to {formatTime(gap.endsAt, zone)}
                </span>
                <span className="el">{gap.technicianName}</span>
                {lengthOf(gap) < jobType.durationMinutes ? <span className="hold-t nw">{`${lengthLabel(jobType.durationMinutes - lengthOf(gap))} short`}</span> : null}
              </li>
            ))}
          </ul>
          {gaps.length > shown.length ? <p className="t3">{gaps.length - shown.length} more on the board.</p> : null}
        </>
      )}
      <p>
        <Keycap keys="Alt+L" /> wait list: “When a time comes free today, you are the first we call.”
      </p>
    </section>
  )
}
