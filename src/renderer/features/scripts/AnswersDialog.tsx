import { useState } from 'react'
import { DialogFrame } from '../../components/Confirm.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './answers.module.css'
import { AnswersPanel } from './AnswersPanel.tsx'
import { ANSWERS_KEY } from './useAnswers.ts'

function Content({ onClose }: { readonly onClose: () => void }) {
  useHotkeys('Common questions', [{ keys: ANSWERS_KEY, label: 'Back to where you were', run: onClose }])
  return (
    <div className={classes['dialog']}>
      <AnswersPanel onClose={onClose} />
    </div>
  )
}

/** The same questions from any other screen: the caller asks while their invoice or the board is open. A booking shows them beside it. */
export function AnswersDialog() {
  const [open, setOpen] = useState(false)
  const close = (): void => setOpen(false)
  // A booking listens to the same key later, and so before this.
  useHotkeys('Everywhere', [{ keys: ANSWERS_KEY, label: 'Common questions', run: () => setOpen(true) }])
  return (
    <DialogFrame open={open} title="Common questions" width="sm" onClose={close}>
      {open ? <Content onClose={close} /> : null}
    </DialogFrame>
  )
}
