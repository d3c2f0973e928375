import { StateGlyph } from '../../components/StateGlyph.tsx'
import { routeHref } from '../../stores/route.ts'
import { useMay } from '../../stores/session.ts'
import { useWatch } from './useWatch.ts'
import classes from './watch.module.css'

/** Whoever never dispatches asks for nothing: the day is read anew at every change. */
export function DispatchCell() {
  const may = useMay()
  return may('visit.progress') ? <Counts /> : null
}

/**
 * In the status bar of whoever holds dispatch: what asks for somebody now, and the hour while it lasts. It has its place and
 * takes no focus: nobody is pulled off a call by it.
 */
function Counts() {
  const { day, alerts, truth } = useWatch()
  if (!day?.holder.mine) return null
  const loud = alerts.filter((alert) => alert.loud).length
  return (
    <span role="status" className={classes['cells']}>
      {truth.length > 0 ? (
        <a className={classes['cell']} href={routeHref({ area: 'truthHour' })} title="Truth Comes Home Hour: Alt+Shift+V">
          <b className="m">Truth hour {truth.length}</b>
        </a>
      ) : null}
      {loud > 0 ? (
        <a className={`${classes['cell']} ${classes['loud']}`} href={routeHref({ area: 'alerts' })} title="Alerts: Alt+Shift+A">
          <StateGlyph state="alert" />
          <b className="m">{loud === 1 ? '1 alert' : `${loud} alerts`}</b>
        </a>
      ) : null}
    </span>
  )
}
