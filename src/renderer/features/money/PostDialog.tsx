import { useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import type { BatchDetail } from '../../../shared/contract/methods/accounting.ts'
import { api } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { toast } from '../../stores/toast.ts'
import classes from './money.module.css'
import { useAction } from '../../api/useAction.ts'
import { plural } from './words.ts'

interface PostProps {
  readonly batch: BatchDetail
  readonly onClose: () => void
}

function PostForm({ batch, onClose }: PostProps) {
  const only = batch.posters.length === 1 ? (batch.posters[0]?.userId ?? null) : null
  const [userId, setUserId] = useState<string | null>(only)
  const [pin, setPin] = useState('')
  const [missing, setMissing] = useState(false)
  const { run, busy, error, clear } = useAction()
  const post = (): void => {
    const complete = userId !== null && pin !== ''
    setMissing(!complete)
    if (!complete) return
    void run(() => api.command('batch.post', { batchId: batch.id }, { approval: { userId, pin } })).then((done) => {
      if (!done) {
        setPin('')
        return
      }
      toast(`Batch ${batch.number} is posted by ${batch.posters.find((poster) => poster.userId === userId)?.name ?? ''}.`)
      onClose()
    })
  }
  useHotkeys('Post', [{ keys: 'Ctrl+Enter', label: 'Post the batch', run: post }])
  if (batch.posters.length === 0) {
    return (
      <div className={classes['form']}>
        <p>Nobody else here may post batches and has a PIN. In settings, give a second person a role that posts, and a PIN.</p>
        <div className="row">
          <ActionButton label="Close" keys="Escape" onClick={onClose} autoFocus />
        </div>
      </div>
    )
  }
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        post()
      }}
    >
      <p className="t2">
        {plural(batch.totals.invoices, 'invoice')} for {formatMoney(batch.totals.invoicedCents)} and {plural(batch.totals.payments, 'payment')} for {formatMoney(batch.totals.paidCents)}. What is posted is locked.{' '}
        {batch.preparedBy} prepared it, so somebody else signs in here for it.
      </p>
      <FieldRow>
        <Choice
          label="Posted by"
          options={batch.posters.map((poster) => ({ value: poster.userId, label: poster.name }))}
          value={userId}
          onChange={(next) => {
            clear()
            setUserId(next)
          }}
          error={missing && userId === null ? 'Choose who posts.' : null}
          autoFocus={only === null}
          required
          grow={2}
        />
        <TextInput
          label="PIN"
          type="password"
          inputMode="numeric"
          value={pin}
          onChange={(next) => {
            clear()
            setPin(next)
          }}
          error={missing && pin === '' ? 'Type the PIN.' : null}
          autoFocus={only !== null}
          autoComplete="off"
          maxLength={12}
          required
          grow={1}
        />
      </FieldRow>
      <ErrorNotice error={error} />
      <div className="row">
        <ActionButton kind="primary" type="submit" label={`Post batch ${batch.number}`} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton label="Cancel" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

/** A second person signs in for this one thing. */
export function PostDialog(props: PostProps) {
  return (
    <DialogFrame open title={`Post batch ${props.batch.number}`} onClose={props.onClose} actions={null} width="sm">
      <PostForm {...props} />
    </DialogFrame>
  )
}
