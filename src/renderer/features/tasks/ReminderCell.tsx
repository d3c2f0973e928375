import { useEffect } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import { useQuery } from '../../api/api.ts'
import { Icon } from '../../components/icons.tsx'
import { useNow } from '../../stores/clock.ts'
import { routeHref } from '../../stores/route.ts'
import classes from './tasks.module.css'

const NO_INPUT = {} as const

/** In the status bar: what wants to be remembered by now. It stands still and takes no focus. */
export function ReminderCell() {
  const { data, refetch } = useQuery('tasks.reminders', NO_INPUT)
  const minute = Math.floor(useNow() / MINUTE)
  // Only the clock makes a reminder come.
  useEffect(refetch, [minute, refetch])
  const [first, ...more] = data?.due ?? []
  if (!first) return null
  return (
    <a className={classes['reminder']} href={routeHref({ area: 'tasks', path: [first.taskId] })} title={first.title}>
      <Icon name="clock" size={12} />
      <span className="el">
        Reminder: <b className="b">{first.title}</b>
      </span>
      {more.length > 0 ? <span className="nw">{`and ${more.length} more`}</span> : null}
    </a>
  )
}
