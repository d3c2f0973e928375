import { useEffect, useState } from 'react'
import { formatTime } from '../../../shared/base/zone.ts'
import type { OpenAlert } from '../../../shared/contract/methods/alerts.ts'
import { EMERGENCY_RULES } from '../../../shared/domain/alerts/kinds.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { routeHref } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './alerts.module.css'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

const NO_INPUT = {} as const

/** As many as are read at a glance; the others follow as these are acknowledged. */
const SHOWN = 2

function AlertRow({ alert, first, busy, onAcknowledge }: { readonly alert: OpenAlert; readonly first: boolean; readonly busy: boolean; readonly onAcknowledge: () => void }) {
  const zone = useZone()
  const late = useNow() > alert.dueAt
  const who = [alert.caller || 'Caller not named yet', alert.place].filter(Boolean).join(', ')
  return (
    <li className={classes['alert']}>
      <StateGlyph state="alert" />
      <b className="nw">
        {alert.practice ? 'Practice emergency' : 'Emergency'}: {EMERGENCY_RULES[alert.kind].name}
      </b>
      {alert.callId === null ? <span className="el">{who}</span> : <a className="el" href={routeHref({ area: 'calls', path: [alert.callId] })}>{who}</a>}
      {alert.phone === null ? null : <PhoneNumber number={alert.phone} name={alert.caller} />}
      <span className={`${classes['summary']} el`}>{alert.summary}</span>
      <span className="sp" />
      <span className="nw">
        {alert.raisedBy}, {formatTime(alert.raisedAt, zone)}
        {late ? ', late' : ''}
      </span>
      <ActionButton small label="Acknowledge" {...(first ? { keys: 'Alt+Y' } : {})} busy={busy} onClick={onAcknowledge} />
    </li>
  )
}

/**
 * On every screen of dispatch and management until a person acknowledges it. It has a place of its own under the top bar:
 * it takes no focus and lies over nothing that somebody types in.
 */
export function AlertBar() {
  const { data } = useQuery('alerts.open', NO_INPUT)
  const { run, busy, error, clear } = useAction()
  const [tried, setTried] = useState<string | null>(null)
  const alerts = data?.alerts ?? []
  const [first] = alerts
  const acknowledge = ({ alertId, kind, caller }: OpenAlert): void => {
    if (busy) return
    setTried(alertId)
    void run(() => api.command('alert.acknowledge', { alertId })).then((done) => {
      if (done) toast(`You have it: ${EMERGENCY_RULES[kind].name}${caller === '' ? '' : `, ${caller}`}. Send somebody.`)
    })
  }
  // A refusal is said beneath the alert it is about, and in a toast where that is gone: never beneath another emergency.
  const lost = error !== null && !alerts.some(({ alertId }) => alertId === tried)
  useEffect(() => {
    if (!lost) return
    toast(error.message)
    clear()
  }, [lost, error, clear])
  useHotkeys('Everywhere', [{ keys: 'Alt+Y', label: 'Acknowledge the emergency', always: true, run: () => (first ? acknowledge(first) : false) }])
  return (
    <section className={classes['bar']} aria-label="Emergencies" role="alert">
      {first ? (
        <ul data-alerts={Math.min(alerts.length, SHOWN + 1)}>
          {alerts.slice(0, SHOWN).map((alert) => (
            <AlertRow key={alert.alertId} alert={alert} first={alert === first} busy={busy} onAcknowledge={() => acknowledge(alert)} />
          ))}
          {alerts.length > SHOWN ? <li className={classes['alert']}>{`and ${alerts.length - SHOWN} more emergencies`}</li> : null}
          {error && !lost ? <li className={classes['alert']}>{error.message}</li> : null}
        </ul>
      ) : null}
    </section>
  )
}
