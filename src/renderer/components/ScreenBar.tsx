import type { ReactNode } from 'react'
import classes from './ScreenBar.module.css'

/** The 40 px bar on top of a screen: title, a view switch (`children`), at most three actions at the right. */
export function ScreenBar(props: { readonly title: string; readonly detail?: ReactNode; readonly children?: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className={classes['bar']}>
      <h1 className="h2">{props.title}</h1>
      {props.detail === undefined ? null : <span className="t3 el">{props.detail}</span>}
      {props.children}
      <span className="sp" />
      {props.actions}
    </div>
  )
}
