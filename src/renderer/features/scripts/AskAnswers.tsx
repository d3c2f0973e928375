import { Keycap } from '../../components/Keycap.tsx'
import classes from './answers.module.css'
import { ANSWERS_KEY, type Answers } from './useAnswers.ts'

/** The line beside a call that says which key answers a question; it stays where it is while the answers are open. */
export function AskAnswers({ answers: { open, show, close } }: { readonly answers: Answers }) {
  return (
    // Pressed with the mouse, it leaves the cursor where it is.
    <button type="button" tabIndex={-1} className={classes['ask']} aria-expanded={open} onMouseDown={(event) => event.preventDefault()} onClick={open ? close : show}>
      {open ? 'Back to the customer' : 'Common questions'}
      <span className="sp" />
      <Keycap keys={ANSWERS_KEY} />
    </button>
  )
}
