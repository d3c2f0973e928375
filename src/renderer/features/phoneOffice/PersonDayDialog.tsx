import { useState } from 'react'
import { addDays } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday } from '../../../shared/base/zone.ts'
import type { PersonDay, Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { STATUS_NAMES } from './statusWords.ts'
import classes from './wall.module.css'
import { spanWords } from './wallWords.ts'

function Day({ day: { spans, sums, calls, zone } }: { readonly day: PersonDay }) {
  return (
    <>
      <table className={classes['table']} aria-label="Sums">
        <thead>
          <tr>
            <th scope="col">In all</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {sums.map(({ status, milliseconds }) => (
            <tr key={status}>
              <th scope="row">{STATUS_NAMES[status]}</th>
              <td>{spanWords(milliseconds)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{calls.count === 1 ? 'On 1 call' : `On ${calls.count} calls`}</th>
            <td>{spanWords(calls.talkMs)}</td>
          </tr>
        </tbody>
      </table>
      {spans.length === 0 ? <p className="t2">Nothing was said on this day.</p> : null}
      <ol className={classes['spans']} aria-label="One after the other">
        {spans.map(({ status, from, to }) => (
          <li key={from}>
            <span className="t2 nw">{to === null ? `from ${formatTime(from, zone)}` : `${formatTime(from, zone)} to ${formatTime(to, zone)}`}</span>
            <span className="m">{STATUS_NAMES[status]}</span>
            <span className={classes['time']}>{to === null ? '' : spanWords(to - from)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

/** How somebody’s day went: when they were available, at lunch or in a meeting, and how long. */
export function PersonDayDialog({ wall, first, onClose }: { readonly wall: Wall; readonly first: string; readonly onClose: () => void }) {
  const [userId, setUserId] = useState(first)
  const [day, setDay] = useState(wall.day)
  const { data, error, refetch } = useQuery('phoneOffice.personDay', { userId, day }, { keep: true })
  return (
    <DialogFrame open title="A person’s day" onClose={onClose} width="sm">
      <Keys before={() => setDay(addDays(day, -1))} after={() => (day < wall.day ? setDay(addDays(day, 1)) : undefined)} />
      <Choice label="Person" autoFocus options={wall.people.map((person) => ({ value: person.userId, label: person.name }))} value={userId} onChange={setUserId} />
      <div className="row">
        <ActionButton small label="Day before" keys="Alt+[" onClick={() => setDay(addDays(day, -1))} />
        {day < wall.day ? <ActionButton small label="Day after" keys="Alt+]" onClick={() => setDay(addDays(day, 1))} /> : null}
        <span className="m">{formatWeekday(day)}</span>
      </div>
      {data ? <Day day={data} /> : error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />}
      <ActionButton kind="quiet" label="Back to the wall" keys="Escape" onClick={onClose} />
    </DialogFrame>
  )
}

function Keys({ before, after }: { readonly before: () => void; readonly after: () => void }) {
  useHotkeys('A person’s day', [
    { keys: 'Alt+[', label: 'The day before', run: before },
    { keys: 'Alt+]', label: 'The day after', run: after },
  ])
  return null
}
