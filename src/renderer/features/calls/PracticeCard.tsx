import { useState } from 'react'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './PracticeCard.module.css'

/** What the practice caller says, line by line, for the person who trains or the one who plays the caller. */
export function PracticeCard({ card }: { readonly card: NonNullable<LiveCall['card']> }) {
  const [open, setOpen] = useState(true)
  const toggle = (): void => setOpen((was) => !was)
  useHotkeys('Practice caller', [{ keys: 'Alt+K', label: 'Fold the practice caller\u2019s words away or out', run: toggle, always: true }])
  return (
    <section className={classes['card']} aria-label="Practice caller">
      <button type="button" className={classes['head']} aria-expanded={open} onClick={toggle}>
        <b className="b el">Practice: {card.title}</b>
        <Keycap keys="Alt+K" />
      </button>
      {open ? (
        <div className={classes['body']}>
          <p className="t2 dense">{card.goal}</p>
          <ul>
            {card.lines.map((line) => (
              <li key={line}>{line.startsWith('(') ? line : `\u201c${line}\u201d`}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  )
}
