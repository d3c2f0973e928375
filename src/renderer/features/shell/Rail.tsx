import { Icon, Mark } from '../../components/icons.tsx'
import { routeHref } from '../../stores/route.ts'
import type { Area } from '../routes.tsx'
import classes from './Shell.module.css'
import { usePromiseSummary } from './usePromiseSummary.ts'

function AreaLink({ area, current }: { readonly area: Area; readonly current: boolean }) {
  const counts = usePromiseSummary()
  const count = area.area === 'queues' ? (counts?.overdue || counts?.open || 0) : 0
  const overdue = (counts?.overdue ?? 0) > 0
  return (
    <li>
      <a className={classes['area']} href={routeHref({ area: area.area })} {...(current ? { 'aria-current': 'page' as const } : {})}>
        {area.icon ? <Icon name={area.icon} /> : null}
        <span>{area.label}</span>
        {count > 0 ? (
          <b className={[classes['count'], overdue ? classes['overdue'] : ''].join(' ')}>
            {count}
            <span className="spoken">{overdue ? ' overdue' : ' open'}</span>
          </b>
        ) : null}
      </a>
    </li>
  )
}

/** The areas, each with what is overdue or open in it; Settings at the bottom. */
export function Rail({ areas, current }: { readonly areas: readonly Area[]; readonly current: string }) {
  const shown = areas.filter((area) => area.icon !== undefined)
  const top = shown.filter((area) => area.area !== 'settings')
  const bottom = shown.filter((area) => area.area === 'settings')
  const link = (area: Area) => <AreaLink key={area.area} area={area} current={area.area === current} />
  return (
    <nav className={classes['rail']} aria-label="Main" data-pane="rail">
      <div className={classes['mark']}>
        <Mark />
      </div>
      <ul>{top.map(link)}</ul>
      <span className="sp" />
      {bottom.length > 0 ? <ul>{bottom.map(link)}</ul> : null}
    </nav>
  )
}
