import { type ReactNode, useState } from 'react'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './money.module.css'
import { useAction } from '../../api/useAction.ts'

interface ReasonProps {
  readonly title: string
  readonly children?: ReactNode
  /** The result as the button says it: "Take the payment back". */
  readonly action: string
  readonly onGive: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

function ReasonForm({ children, action, onGive, onClose }: ReasonProps) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const { run, busy, error } = useAction()
  const give = (): void => {
    if (reason.trim() === '') setMissing(true)
    else void run(() => onGive(reason)).then((done) => (done ? onClose() : undefined))
  }
  useHotkeys('This question', [{ keys: 'Ctrl+Enter', label: action, run: give }])
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        give()
      }}
    >
      {children}
      <TextInput label="Reason" value={reason} onChange={setReason} error={missing && reason.trim() === '' ? 'Say why, in a few words.' : null} autoFocus required maxLength={200} />
      <ErrorNotice error={error} />
      <div className="row">
        <ActionButton kind="primary" type="submit" label={action} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton label="Cancel" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

/** Asks why, before something is taken back. */
export function ReasonDialog(props: ReasonProps) {
  return (
    <DialogFrame open title={props.title} onClose={props.onClose} actions={null}>
      <ReasonForm {...props} />
    </DialogFrame>
  )
}
