import type { ReactNode } from 'react'
import type { Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { useNow } from '../../stores/clock.ts'
import { routeHref } from '../../stores/route.ts'
import { useSecond } from './useSecond.ts'
import classes from './wall.module.css'
import { ageWords, percentOf, waitWords } from './wallWords.ts'

interface FigureProps {
  readonly label: string
  readonly value: ReactNode
  readonly detail: ReactNode
  readonly tone?: 'alert' | 'hold' | undefined
  readonly href?: string
}

function Figure({ label, value, detail, tone, href }: FigureProps) {
  const body = (
    <>
      <span className={classes['label']}>{label}</span>
      <b className={classes['value']}>{value}</b>
      <span className={classes['detail']}>{detail}</span>
    </>
  )
  const look = [classes['figure'], tone ? classes[tone] : ''].join(' ')
  return <li className={look}>{href === undefined ? <div>{body}</div> : <a href={href}>{body}</a>}</li>
}

/** How long the one who has waited longest waits, to the second. */
function Longest({ since, limitSeconds }: { readonly since: number; readonly limitSeconds: number }) {
  const at = useSecond()
  const waited = at - since
  return <>{`longest ${waitWords(waited)}${waited > limitSeconds * 1000 ? ', past three rings' : ''}`}</>
}

/** The figures a manager looks at from across the room; each opens what it counts. */
export function WallFigures({ wall }: { readonly wall: Wall }) {
  const { waiting, today, missed, voicemails, expected } = wall
  const now = useNow()
  const [first] = waiting
  const [oldest] = voicemails
  const share = percentOf(today.inTime, today.measured)
  const lateVoicemails = voicemails.filter(({ dueAt }) => dueAt < now).length
  return (
    <ul className={classes['figures']} aria-label="Now and today">
      <Figure label="Waiting now" value={waiting.length} tone={first ? 'alert' : undefined} detail={first ? <Longest since={first.since} limitSeconds={first.limitSeconds} /> : 'nobody waits'} />
      <Figure label="Answered within three rings" value={share === null ? '\u2013' : `${share} %`} tone={share !== null && share < 80 ? 'hold' : undefined} detail={`${today.inTime} of ${today.measured} answered`} href={routeHref({ area: 'calls' })} />
      <Figure label="Abandoned" value={today.abandoned} detail={`of ${today.incoming} calls today`} href={routeHref({ area: 'calls' })} />
      <Figure
        label="Missed, to return"
        value={missed.owed}
        tone={missed.late > 0 ? 'alert' : undefined}
        detail={missed.late > 0 ? `${missed.late} past the deadline` : `${missed.returnedInTime} returned in time, ${missed.returnedLate} late`}
        href={routeHref({ area: 'worklists', path: ['missed'] })}
      />
      <Figure
        label="Voicemails open"
        value={voicemails.length}
        tone={lateVoicemails > 0 ? 'alert' : undefined}
        detail={oldest ? `oldest ${ageWords(now - oldest.leftAt)}${lateVoicemails > 0 ? `, ${lateVoicemails} late` : ''}` : 'all answered'}
        href={routeHref({ area: 'worklists', path: ['voicemail'] })}
      />
      <Figure label="Still expected today" value={expected ? expected.usualRest : '\u2013'} detail={expected ? `${today.incoming} so far, usually ${expected.usualSoFar}` : 'no past weeks to go by yet'} />
    </ul>
  )
}
