import { useState } from 'react'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useRoute } from '../../stores/route.ts'
import classes from './PracticeCard.module.css'

/** What the practice caller says, line by line, for the person who trains or the one who plays the caller. */
export function PracticeCard({ card, digits }: { readonly card: NonNullable<LiveCall['card']>; readonly digits: string }) {
  const booking = useRoute().area === 'booking'
  // Out where the words are needed, folded where they would lie over a list; the person may choose otherwise.
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? booking
  const toggle = (): void => setChosen(!open)
  useHotkeys('Practice caller', [{ keys: 'Alt+K', label: 'Fold the practice caller\u2019s words away or out', run: toggle, always: true }])
  return (
    <section className={`${classes['card']} ${booking ? classes['aboveNotes'] : ''}`} aria-label="Practice caller">
      <button type="button" className={classes['head']} aria-expanded={open} onClick={toggle}>
        <b className="b el">
          Practice: {card.title}
          {digits === '' ? '' : `, heard ${digits}`}
        </b>
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
