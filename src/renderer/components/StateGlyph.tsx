import type { ReactNode } from 'react'
import type { StateName } from '../theme/tokens.ts'
import classes from './StateGlyph.module.css'

export type { StateName }

/** What people call each state. */
const STATE_WORDS: Readonly<Record<StateName, string>> = {
  scheduled: 'Scheduled',
  confirmed: 'Confirmed',
  dispatched: 'Dispatched',
  working: 'Working',
  hold: 'Hold',
  done: 'Done',
  canceled: 'Canceled',
  alert: 'Alert',
}

// The tick and the bars are cut out in the colour beneath: a coloured ground sets --glyph-ground.
const GROUND = 'var(--glyph-ground, var(--surface))'

const SHAPES: Readonly<Record<StateName, ReactNode>> = {
  scheduled: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  confirmed: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="M3.7 6.2 5.4 7.9 8.4 4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  dispatched: <path d="M1.5 6h7M5.8 2.7 9.3 6 5.8 9.3" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="square" />,
  working: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  hold: <path d="M3 1.5h2.2v9H3zM6.8 1.5H9v9H6.8z" fill="currentColor" />,
  done: (
    <>
      <circle cx="6" cy="6" r="5.25" fill="currentColor" />
      <path d="M3.5 6.2 5.3 8 8.6 4.3" fill="none" stroke={GROUND} strokeWidth="1.5" />
    </>
  ),
  canceled: <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="1.7" fill="none" />,
  alert: (
    <>
      <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />
      <path d="M6 4.3v3M6 8.7v.9" stroke={GROUND} strokeWidth="1.4" />
    </>
  ),
}

/** The 12 px sign of a state. Words or `label` say the same, so that no shape or colour stands alone. */
export function StateGlyph({ state, label, className }: { readonly state: StateName; readonly label?: string; readonly className?: string }) {
  return (
    <svg className={className} width="12" height="12" viewBox="0 0 12 12" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {SHAPES[state]}
    </svg>
  )
}

/** A state in a chip: glyph, pattern and word. `children` replaces the word ("Credit hold"). */
export function StateChip({ state, solid, children }: { readonly state: StateName; readonly solid?: boolean; readonly children?: ReactNode }) {
  return (
    <span className={[classes['chip'], classes[state], solid ? classes['solid'] : ''].join(' ')}>
      <StateGlyph state={state} />
      {children ?? STATE_WORDS[state]}
    </span>
  )
}

/** Done here while the hub does not hear of it: somebody else may have the time by then. */
export function TentativeChip() {
  return (
    <span className={[classes['chip'], classes['tentative']].join(' ')} title="Saved here. Until the hub has it, somebody else may take the time.">
      Tentative
    </span>
  )
}

/** A tag without a state; `gold` marks a member. */
export function PlainChip({ children, gold }: { readonly children: ReactNode; readonly gold?: boolean }) {
  return <span className={[classes['chip'], gold ? classes['gold'] : classes['plain']].join(' ')}>{children}</span>
}
