import type { ReactNode } from 'react'
import classes from './booking.module.css'

/** A fact among fields: labelled like them, without an edge, never a stop for Tab. */
export function ReadOnly({ label, value, hint }: { readonly label: string; readonly value: ReactNode; readonly hint?: string }) {
  return (
    <dl className={classes['fact']}>
      <dt className="cap">{label}</dt>
      <dd className="el m">{value}</dd>
      {hint === undefined ? null : <dd className="dense t3">{hint}</dd>}
    </dl>
  )
}
