import { api, useQuery } from '../../api/api.ts'
import { asContractError, RequestError } from '../../api/errors.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useNow } from '../../stores/clock.ts'
import { claimedWords } from '../booking/claiming.ts'
import { asOfNow } from '../booking/offeredWindows.ts'
import { Merge } from '../booking/ScriptStep.tsx'
import { useSteadyWindows } from '../booking/useSteadyWindows.ts'
import { chosenWindow, type EmergencyRoom, windowKey } from '../booking/wishedWindow.ts'
import { spokenDay, spokenHours, windowLabel } from '../booking/words.ts'
import { isFree, promisable, standingOf } from '../windowPick/pick.ts'
import type { PathEnd } from './finish.ts'
import { movingTo } from './movingTo.ts'
import { callerGap, callerStep, setPath, useVisits, VisitChoice } from './parts.tsx'
import classes from './PathFrame.module.css'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'

const REASONS = ['Not at home', 'Work or school', 'Illness', 'Weather', 'Wants an earlier time', 'Wants another technician', 'Money', 'Our own delay'] as const
const DAYS_AHEAD = 14

/** A visit that moves is no emergency: a full window is promised with its reason. */
const NO_ROOM: EmergencyRoom = { emergency: false, today: '', slotsLeft: 0 }

/** Nothing suits now: the visit stays, and the customer relations liaison has the call about it as a promise. */
const LATER = { value: 'later', label: 'None of these: somebody calls them', detail: 'Reschedules' } as const

/** Another arrival window for a visit that has not begun. */
export function Reschedule({ booking }: PathProps) {
  const { draft, today, customer } = booking
  const { visits, chosen } = useVisits(booking, ({ state }) => state !== 'working' && state !== 'done')
  const { data } = useQuery('dispatch.windows', chosen ? { jobTypeId: chosen.jobTypeId, fromDay: today, days: DAYS_AHEAD, locationId: chosen.locationId, durationMinutes: chosen.durationMinutes } : null)
  const now = useNow()
  const { window, reason, other: later, overbookWhy = '' } = draft.path
  const { others, moved, held } = movingTo(window, chosen, data?.windows, now)
  const { windows = [] } = useSteadyWindows(chosen?.appointmentId ?? '', others, now, () => [])
  const full = window?.full === 'asked' && held !== undefined && !isFree(held) && !held.over
  const gap: PathGap | null =
    callerGap(booking) ??
    (chosen ? null : { field: 'visit', message: 'There is no visit that can move. Book a new one instead.' }) ??
    (window || later ? null : { field: 'window', message: 'Choose the new arrival window, or that somebody calls them about it.' }) ??
    (full && !later && overbookWhy.trim() === '' ? { field: 'overbook', message: 'Say why it is promised though nobody is free, or take another window.' } : null) ??
    (reason ? null : { field: 'reason', message: 'Ask why it has to move.' })
  /** Nobody is free in it any more: from now on the reason is asked. */
  const sayFull = (): void => {
    if (window) setPath(booking, { window: { ...window, full: 'asked', technicianName: null } })
  }
  const options = windows.map((proposal) => {
    const promised = moved && window !== null && windowKey(proposal) === windowKey(window)
    return { value: windowKey(proposal), label: windowLabel(proposal, today), detail: promised ? 'Promised' : proposal.over ? 'Over' : proposal.taken ? 'Just taken' : proposal.summary, muted: !promised && !isFree(proposal) }
  })
  // What is no longer among those that are asked for stays readable.
  const gone = window && !windows.some((proposal) => windowKey(proposal) === windowKey(window)) ? [{ value: windowKey(window), label: windowLabel(window, today), detail: moved ? 'Promised' : 'no longer offered' }] : []
  return (
    <PathFrame
      booking={booking}
      kind="reschedule"
      steps={[
        callerStep(booking),
        {
          key: 'visit',
          name: 'Which visit',
          words: chosen ? (
            <>
              “That is your {chosen.jobTypeName.toLowerCase()} <Merge>{spokenDay(chosen.windowDay, today)}, {spokenHours({ start: chosen.windowStart, end: chosen.windowEnd })}</Merge>, is that right?”
            </>
          ) : (
            '\u201cLet me see what you have with us.\u201d'
          ),
          fields: <VisitChoice booking={booking} visits={visits} chosen={chosen} none="No visit can move" />,
        },
        {
          key: 'window',
          name: 'New window',
          words: window ? (
            <>
              “I have <Merge>{spokenDay(window.day, today)}, {spokenHours(window)}</Merge>. Does that suit you?”
            </>
          ) : later ? (
            '\u201cI have written down that it has to move. We call you with a time that suits.\u201d'
          ) : (
            '\u201cOf course. When does it suit you better?\u201d'
          ),
          fields: (
            <>
              <div data-field="window" className={classes['grow']}>
                <Choice
                  tight
                  label="New arrival window"
                  options={[...gone, ...options, LATER]}
                  value={later ? LATER.value : window ? windowKey(window) : null}
                  onChange={(value) => {
                    if (value === LATER.value) return setPath(booking, { window: null, other: true })
                    const proposal = windows.find((candidate) => windowKey(candidate) === value)
                    if (proposal) setPath(booking, { window: chosenWindow(asOfNow(proposal), NO_ROOM), other: false })
                  }}
                  loading={chosen !== undefined && chosen !== null && !data}
                  placeholder="Type a day"
                  hint={held && !later && !isFree(held) ? <span className={`hold-t ${classes['hintLine']}`}>{standingOf(held)}</span> : null}
                />
              </div>
              {full && !later ? (
                <div data-field="overbook" className={classes['grow']}>
                  <TextInput tight label="Why promise it though full" value={overbookWhy} maxLength={200} onChange={(words) => setPath(booking, { overbookWhy: words })} />
                </div>
              ) : null}
              <div data-field="reason" className={classes['grow']}>
                <Choice tight label="Why it moves" options={REASONS.map((value) => ({ value, label: value }))} value={reason} onChange={(value) => setPath(booking, { reason: value })} />
              </div>
            </>
          ),
        },
      ]}
      label={later ? 'Write down that it has to move' : window ? `Move it to ${windowLabel(window, today)}` : 'Move the visit'}
      gap={gap}
      act={async () => {
        if (chosen && later && reason) {
          await api.command('reschedule.ask', { appointmentId: chosen.appointmentId, why: reason, expectedVersion: chosen.version })
          return { outcome: 'excused', reason: `Reschedule or cancel: ${reason}`, done: `${customer?.name ?? 'The customer'} is called about another time. Until then the visit stays as it is.` }
        }
        if (!chosen || !window || !reason) throw new Error('A visit was moved with gaps')
        const end = async (said: { readonly commandId?: string }): Promise<PathEnd> => ({
          outcome: 'excused',
          reason: `Reschedule or cancel: ${reason}`,
          done: `${customer?.name ?? 'The visit'} is moved to ${windowLabel(window, today)}.${await claimedWords(chosen.appointmentId, said)}`,
        })
        // What was promised before the call could be finished is not promised again.
        if (moved) return end({})
        const promised = promisable(held, overbookWhy, 'Choose the new arrival window.', today)
        if (promised.kind === 'wrong') {
          sayFull()
          throw new RequestError({ code: 'dispatch.windowFull', message: promised.problem.message })
        }
        try {
          const said = await api.command('appointment.reschedule', {
            appointmentId: chosen.appointmentId,
            windowDay: window.day,
            windowStart: window.start,
            windowEnd: window.end,
            windowStartsAt: window.startsAt,
            windowEndsAt: window.endsAt,
            reason,
            capacity: promised.capacity,
            expectedVersion: chosen.version,
          })
          return await end(said)
        } catch (thrown) {
          if (asContractError(thrown).code === 'dispatch.windowFull') sayFull()
          throw thrown
        }
      }}
    />
  )
}
