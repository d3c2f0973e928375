import type { ReactNode } from 'react'
import { Icon } from '../../components/icons.tsx'
import classes from './money.module.css'

export interface Step {
  readonly title: string
  readonly detail: ReactNode
  readonly state: 'done' | 'on' | 'ahead'
  /** Goes there; left out where there is nothing to go to. */
  readonly go?: () => void
}

/** Review, batch, post, export: where the day's money stands. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <nav className={classes['steps']} aria-label="Steps to the accountant">
      {steps.map(({ title, detail, state, go }, index) => {
        const className = [classes['step'], classes[state]].join(' ')
        const content = (
          <>
            <span className={classes['mark']} aria-hidden="true">
              {state === 'done' ? <Icon name="tick" size={12} /> : index + 1}
            </span>
            <span className={classes['words']}>
              <b className="el">{title}</b>
              <span className="dense el">{detail}</span>
            </span>
          </>
        )
        const current = state === 'on' ? ({ 'aria-current': 'step' } as const) : {}
        return go ? (
          <button key={index} type="button" className={className} onClick={go} {...current}>
            {content}
          </button>
        ) : (
          <div key={index} className={className} {...current}>
            {content}
          </div>
        )
      })}
    </nav>
  )
}
