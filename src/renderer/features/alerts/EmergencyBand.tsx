import { formatTime } from '../../../shared/base/zone.ts'
import { EMERGENCY_RULES } from '../../../shared/domain/alerts/kinds.ts'
import { useQuery } from '../../api/api.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useZone } from '../../stores/session.ts'
import { type AlertProblem, problemWords } from './alertProblem.ts'
import classes from './alerts.module.css'
import type { Emergency } from './useEmergency.ts'

/** Whether somebody of dispatch or management has it, in words. */
function Standing({ alertId, problem }: { readonly alertId: string; readonly problem: AlertProblem | null }) {
  const zone = useZone()
  const { data } = useQuery('alerts.get', { alertId })
  if (problem !== null) return <p className="b">{problemWords(problem)}</p>
  if (!data) return <p>Alerting dispatch.</p>
  if (data.state === 'acknowledged') return <p className="m">{`${data.acknowledgedBy ?? 'Dispatch'} has it, ${formatTime(data.acknowledgedAt ?? data.raisedAt, zone)}`}</p>
  return <p>{`Dispatch and the manager were alerted at ${formatTime(data.raisedAt, zone)}. Nobody has acknowledged it yet.`}</p>
}

/** Above the script, before anything else is asked: what to say for everybody's safety. It takes no focus. */
export function EmergencyBand({ alertId, emergency, etaMinutes }: { readonly alertId: string; readonly emergency: Emergency; readonly etaMinutes: number }) {
  if (emergency.kind === null) return null
  const { name, danger, say, advice } = EMERGENCY_RULES[emergency.kind]
  return (
    <section className={classes['band']} aria-label="Emergency">
      <div className={classes['kind']}>
        <h2>
          <StateGlyph state="alert" /> {name}
        </h2>
        {danger ? <span className={classes['call911']}>Leave, then 911</span> : null}
        <span className="dense">
          <Keycap keys="Alt+E" /> what it is, false alarm
        </span>
      </div>
      <div className={classes['words']} role="alert">
        <p className={classes['say']}>“{say}”</p>
        <p className="dense">
          {advice} Then: “Somebody calls you within {etaMinutes} minutes to say when we are with you.”
        </p>
      </div>
      <div className={classes['standing']} aria-live="polite">
        <Standing alertId={alertId} problem={emergency.problem} />
      </div>
    </section>
  )
}
