import type { ContractError } from '../../shared/contract/frames.ts'
import { ActionButton } from './ActionButton.tsx'
import { StateGlyph } from './StateGlyph.tsx'
import classes from './states.module.css'

/** What happened, in place, as a sentence; `onRetry` offers to try again. Shows nothing without an error. */
export function ErrorNotice({ error, onRetry }: { readonly error: Pick<ContractError, 'message'> | null | undefined; readonly onRetry?: () => void }) {
  if (!error) return null
  return (
    <div className={classes['error']} role="alert">
      <StateGlyph state="alert" />
      <span className="sp">{error.message}</span>
      {onRetry ? <ActionButton small label="Try again" onClick={onRetry} /> : null}
    </div>
  )
}
