import type { ReactNode } from 'react'
import classes from './DetailPanel.module.css'

/** The selected record at the right, 368 wide (`wide`: 456). It scrolls inside itself. */
export function DetailPanel(props: {
  readonly label: string
  readonly title?: ReactNode
  /** Chips and small facts on the title's line. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** Stays at the bottom: the record's actions. */
  readonly footer?: ReactNode
  readonly wide?: boolean
}) {
  return (
    <aside className={[classes['panel'], props.wide ? classes['wide'] : ''].join(' ')} aria-label={props.label}>
      {props.title === undefined ? null : (
        <header className={classes['head']}>
          <h2 className="h1 el">{props.title}</h2>
          <span className="sp" />
          {props.aside}
        </header>
      )}
      <div className={classes['body']}>{props.children}</div>
      {props.footer === undefined ? null : <footer className={classes['foot']}>{props.footer}</footer>}
    </aside>
  )
}

/** A part of the panel between hairlines. */
export function PanelSection(props: { readonly title?: string; readonly aside?: ReactNode; readonly children: ReactNode; readonly tone?: 'yours' }) {
  return (
    <section className={[classes['section'], props.tone === 'yours' ? classes['yours'] : ''].join(' ')}>
      {props.title === undefined ? null : (
        <div className={classes['sectionHead']}>
          <h3 className="b">{props.title}</h3>
          <span className="sp" />
          {props.aside}
        </div>
      )}
      {props.children}
    </section>
  )
}

/** Facts as name and value, in two columns. */
export function Facts({ items, end }: { readonly items: readonly { readonly name: string; readonly value: ReactNode }[]; readonly end?: boolean }) {
  return (
    <dl className={[classes['facts'], end ? classes['end'] : ''].join(' ')}>
      {items.map(({ name, value }) => (
        <div key={name}>
          <dt className="t3">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
