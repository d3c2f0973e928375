import type { ContractError } from '../../../shared/contract/frames.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import classes from './recordings.module.css'

/** What happened, where the sound would have been: as high as that, whatever is said. */
export function InPlace({ error }: { readonly error: Pick<ContractError, 'message'> }) {
  return (
    <p className={classes['wrong']} role="alert" title={error.message}>
      <StateGlyph state="alert" />
      <span>{error.message}</span>
    </p>
  )
}
