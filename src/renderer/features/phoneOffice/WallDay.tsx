import type { CSSProperties } from 'react'
import { formatPhone } from '../../../shared/base/phone.ts'
import { formatMinute, formatTime } from '../../../shared/base/zone.ts'
import type { Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { routeHref } from '../../stores/route.ts'
import classes from './wall.module.css'
import { ageWords } from './wallWords.ts'

const SHOWN = 5

function Hours({ hours }: { readonly hours: NonNullable<Wall['expected']>['hours'] }) {
  const most = Math.max(1, ...hours.map(({ usual, today }) => Math.max(usual, today)))
  const high = (value: number): CSSProperties => ({ height: `${Math.round((value / most) * 100)}%` })
  return (
    <ol className={classes['hours']} aria-label="Calls by hour: today, and usually on this weekday">
      {hours.map(({ hour, usual, today }) => (
        <li key={hour}>
          <span className={classes['bars']} aria-hidden="true">
            <i className={classes['usual']} style={high(usual)} />
            <i className={classes['today']} style={high(today)} />
          </span>
          <span className="micro t2" aria-hidden="true">
            {hour % 12 === 0 ? 12 : hour % 12}
          </span>
          <span className="spoken">{`${formatMinute(hour * 60)}: ${today} today, usually ${Math.round(usual)}`}</span>
        </li>
      ))}
    </ol>
  )
}

function Voicemails({ voicemails }: { readonly voicemails: Wall['voicemails'] }) {
  const now = useNow()
  return (
    <section className={classes['section']} aria-label="Voicemails open">
      <h2>Voicemails open</h2>
      <ul className={classes['waiting']}>
        {voicemails.slice(0, SHOWN).map(({ callId, name, number, lineName, leftAt, dueAt }) => (
          <li key={callId} className={dueAt < now ? classes['past'] : ''}>
            <a className="m el" href={routeHref({ area: 'worklists', path: ['voicemail'] })}>
              {name ?? (number === null ? 'Number withheld' : formatPhone(number))}
            </a>
            <span className="el t2">{lineName}</span>
            <b className={classes['time']}>{ageWords(now - leftAt)}</b>
          </li>
        ))}
        {voicemails.length > SHOWN ? <li className="t2">{`and ${voicemails.length - SHOWN} more`}</li> : null}
        {voicemails.length === 0 ? <li className="t2">All are answered.</li> : null}
      </ul>
    </section>
  )
}

function Outages({ outages, zone }: { readonly outages: Wall['outages']; readonly zone: string }) {
  if (outages.length === 0) return null
  return (
    <section className={classes['section']} aria-label="Telephones gone today">
      <h2>Telephones gone today</h2>
      <ul className={classes['outages']}>
        {outages.slice(0, SHOWN).map(({ outageId, deviceName, reason, downAt, upAt }) => (
          <li key={outageId} className={upAt === null ? classes['past'] : ''}>
            {upAt === null ? <StateGlyph state="alert" /> : null}
            <b className="m">{deviceName}</b> {upAt === null ? `since ${formatTime(downAt, zone)}` : `${formatTime(downAt, zone)} to ${formatTime(upAt, zone)}`}. <span className="t2">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What waits for an answer, what the day still brings, and where a telephone was gone. */
export function WallDay({ wall }: { readonly wall: Wall }) {
  const { expected, voicemails, outages, zone } = wall
  return (
    <>
      <Voicemails voicemails={voicemails} />
      {expected ? (
        <section className={classes['section']} aria-label="The day by hour">
          <h2>
            The day by hour <span className="t2">{`against ${expected.weeks === 1 ? 'last week' : `the last ${expected.weeks} weeks`}`}</span>
          </h2>
          <Hours hours={expected.hours} />
          <p className="micro t2">
            <i className={`${classes['key']} ${classes['today']}`} /> today <i className={`${classes['key']} ${classes['usual']}`} /> usual for this weekday
          </p>
        </section>
      ) : null}
      <Outages outages={outages} zone={zone} />
    </>
  )
}
