import LinearProgress from '@mui/material/LinearProgress'
import { useId } from 'react'
import type { HubState } from '../../../shared/contract/methods/hub.ts'
import classes from './workstations.module.css'
import { joinedPercent } from './hubWords.ts'

const rows = new Intl.NumberFormat('en-US')

/** How much of the company is here, in rows. */
export function JoinBar({ hub }: { readonly hub: HubState }) {
  const labelId = useId()
  const percent = joinedPercent(hub.progress)
  return (
    <div className={classes['progress']}>
      <LinearProgress variant="determinate" value={percent} aria-labelledby={labelId} />
      <div className="row">
        <span id={labelId}>{hub.progress && hub.progress.of > 0 ? `${rows.format(hub.progress.rows)} of ${rows.format(hub.progress.of)} rows` : 'Asking the hub'}</span>
        <span className="sp" />
        <span className="t2">{percent} %</span>
      </div>
    </div>
  )
}
