import classes from './SearchBox.module.css'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'

/** The search in the top bar. */
export function SearchBox() {
  return (
    <div className={classes['search']}>
      <Icon name="search" />
      <span className="sp el">Name, phone, address, job or invoice</span>
      <Keycap keys="Ctrl+K" />
    </div>
  )
}
