import type { ReactNode } from 'react'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { useQuery } from '../../api/api.ts'
import { Icon } from '../../components/icons.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { type RouteTarget, routeHref } from '../../stores/route.ts'
import classes from './desk.module.css'

interface Share {
  readonly part: number
  readonly of: number
}

interface NumberLineProps {
  readonly name: string
  /** The records behind the share: "33 of 34". */
  readonly counted?: Share
  readonly value: ReactNode
  /** Draws the bar; without any of a whole there is nothing to draw yet. */
  readonly share?: Share
  /** A share from 0 to 1 that the office has set itself. */
  readonly goal?: number
  readonly goalWords?: string
  readonly target: RouteTarget
}

const percent = ({ part, of }: Share): string => (of === 0 ? '\u2013' : `${Math.round((part / of) * 100)}%`)

/** One figure with its bar; it opens the records it was counted from. */
function NumberLine({ name, counted, value, share, goal, goalWords, target }: NumberLineProps) {
  const reached = share !== undefined && goal !== undefined && share.of > 0 && share.part / share.of >= goal
  return (
    <a className={classes['line']} href={routeHref(target)}>
      <span className="el">
        {name} {counted && counted.of > 0 ? <span className="t3 dense">{`${counted.part} of ${counted.of}`}</span> : null}
      </span>
      <span className={classes['value']}>{value}</span>
      <span className={`${classes['goal']} ${reached ? 'good-t' : ''}`}>
        {reached ? <Icon name="tick" size={12} /> : null}
        {goalWords}
      </span>
      {share ? (
        <span className={classes['bar']} aria-hidden="true">
          <i className={reached ? classes['reached'] : undefined} style={{ width: share.of === 0 ? 0 : `${(share.part / share.of) * 100}%` }} />
          {goal === undefined ? null : <b style={{ left: `calc(${goal * 100}% - ${goal === 1 ? 2 : 0}px)` }} />}
        </span>
      ) : null}
    </a>
  )
}

function HolderCount() {
  const summary = useQuery('promises.summary', {}).data
  if (!summary) return <div className={classes['zero']} />
  const { withoutHolder } = summary
  return (
    <a className={`${classes['zero']} ${withoutHolder > 0 ? classes['missing'] : ''}`} href={routeHref({ area: 'queues', path: ['without-holder'] })}>
      <span className={classes['figure']}>{withoutHolder}</span>
      <span>
        <span className="b">promises without a holder</span>
        <br />
        <span className="dense t3">In the whole office. It must be 0.</span>
      </span>
      <span className="sp" />
      {withoutHolder === 0 ? <Icon name="tick" className="good-t" /> : <StateGlyph state="alert" label="Alert" />}
    </a>
  )
}

function PeopleHere() {
  const people = useQuery('people.list', {}).data?.people
  if (!people) return null
  const staff = people.filter((person) => person.presence !== 'left')
  const here = staff.filter((person) => person.presence === 'active')
  const nameOf = (userId: string | null): string | undefined => people.find((person) => person.userId === userId)?.name
  return (
    <section className={classes['people']} aria-label="People">
      <h2 className="row">
        <span className="b">Here now</span>
        <span className="sp" />
        <span className="dense t3">
          {here.length} of {staff.length}
        </span>
      </h2>
      <ul>
        {[...here, ...staff.filter((person) => person.presence === 'away')].map((person) => (
          <li key={person.userId}>
            {person.presence === 'away' ? <StateGlyph state="hold" label="Away" /> : <StateGlyph state="working" className="good-t" label="Here" />}
            <span className="m">{person.name}</span>
            <span className="t2 dense el">
              {person.presence === 'away' ? (nameOf(person.coverUserId) === undefined ? 'away' : `away, ${nameOf(person.coverUserId)} covers`) : ROLE_NAMES[person.roles[0] ?? 'owner']}
            </span>
            <span className="sp" />
            <span className="t3 dense">{person.holding === 0 ? '' : `${person.holding} held`}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What can be counted honestly today; every figure opens its records. Practice calls are in none of them. */
export function DeskNumbers() {
  const calls = useQuery('calls.day', { day: null }).data?.counted
  const summary = useQuery('promises.summary', {}).data
  const leads = calls ? { part: calls.booked, of: calls.booked + calls.unbooked } : { part: 0, of: 0 }
  const answered = calls ? { part: calls.inTime, of: calls.incoming } : { part: 0, of: 0 }
  const kept = summary ? { part: summary.open - summary.overdue, of: summary.open } : { part: 0, of: 0 }
  const today: RouteTarget = { area: 'calls' }
  return (
    <aside className={classes['numbers']} aria-label="Today">
      <HolderCount />
      <h2 className="row">
        <span className="b">Today</span>
        <span className="sp" />
        <span className="dense t3">practice calls not counted</span>
      </h2>
      <NumberLine name="Within 3 rings" counted={answered} value={percent(answered)} share={answered} goal={1} goalWords="all" target={today} />
      <NumberLine name="Leads booked" counted={leads} value={percent(leads)} share={leads} target={today} />
      <NumberLine name="Missed calls" value={calls?.missed ?? '\u2013'} target={{ area: 'calls', query: { show: 'missed' } }} />
      <NumberLine name="Call-backs owed" value={calls?.callBacks ?? '\u2013'} target={{ area: 'queues', path: ['calls-to-return'] }} />
      <NumberLine name="Promises on time" counted={kept} value={percent(kept)} share={kept} goal={1} goalWords="all" target={{ area: 'queues' }} />
      <NumberLine name="Due within the hour" value={summary?.dueSoon ?? '\u2013'} target={{ area: 'queues' }} />
      <PeopleHere />
    </aside>
  )
}
