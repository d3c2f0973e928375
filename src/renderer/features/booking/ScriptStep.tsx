import type { ReactNode } from 'react'
import { Icon } from '../../components/icons.tsx'
import type { StepWords } from '../scripts/stepWords.ts'
import classes from './booking.module.css'
import { STEPS, type StepKey } from './steps.ts'

/** One row of the script: the words at the left, the fields they fill at the right. The row keeps its height when it becomes current. */
export function ScriptStep(props: {
  readonly step: StepKey
  readonly current: boolean
  readonly done: boolean
  readonly words: StepWords
  readonly children: ReactNode
}) {
  const index = STEPS.findIndex(({ key }) => key === props.step)
  const name = STEPS[index]?.name ?? ''
  const state = props.current ? classes['now'] : props.done ? classes['done'] : classes['next']
  return (
    <section className={`${classes['step']} ${state}`} data-step={props.step} aria-label={name} {...(props.current ? { 'aria-current': 'step' as const } : {})}>
      <span className={classes['number']}>
        {index + 1}
        {props.done ? <Icon name="tick" size={12} /> : null}
      </span>
      <div className={classes['say']}>
        <h2 className={classes['name']}>
          {name}
          {props.done ? <span className="spoken">, done</span> : null}
        </h2>
        <p className={classes['words']} data-said={props.words.said}>
          <span>{props.words.shown}</span>
        </p>
      </div>
      <div className={classes['enter']}>{props.children}</div>
    </section>
  )
}

/** A merge field in the words: underlined, so that the ear knows what is this caller's own. */
export function Merge({ children }: { readonly children: ReactNode }) {
  return <u className={classes['merge']}>{children}</u>
}
