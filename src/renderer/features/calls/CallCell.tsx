import { Icon } from '../../components/icons.tsx'
import classes from './CallCell.module.css'

/** The telephone in the top bar; it never moves. */
export function CallCell() {
  return (
    <div className={classes['cell']}>
      <Icon name="headset" />
      <span className="m">Ready</span>
    </div>
  )
}
