import { useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import { addDays, isPlausibleDay } from '../../../shared/base/time.ts'
import { formatDay, instantOf } from '../../../shared/base/zone.ts'
import type { InvoiceDetail } from '../../../shared/contract/methods/invoices.ts'
import { api } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './money.module.css'
import { useAction } from '../../api/useAction.ts'

interface FinalizeProps {
  readonly invoice: InvoiceDetail
  readonly onClose: () => void
  readonly onDone?: () => void
}

function FinalizeForm({ invoice, onClose, onDone }: FinalizeProps) {
  const zone = useZone()
  const [day, setDay] = useState(invoice.proposal.day)
  const [dueDay, setDueDay] = useState(invoice.proposal.dueDay)
  const [missing, setMissing] = useState(false)
  const { run, busy, error } = useAction()
  const known = isPlausibleDay(day) && isPlausibleDay(dueDay)

  const changeDay = (next: string): void => {
    setDay(next)
    // The terms run from the invoice's day until somebody sets the due day by hand.
    if (isPlausibleDay(next) && isPlausibleDay(day) && dueDay === addDays(day, invoice.termsDays)) setDueDay(addDays(next, invoice.termsDays))
  }
  const finalize = (): void => {
    setMissing(!known)
    if (!known) return
    void run(() => api.command('invoice.finalize', { invoiceId: invoice.id, day, dueDay, dueAt: instantOf(addDays(dueDay, 1), 0, zone) - 1 })).then((done) => {
      if (!done) return
      toast(`The invoice for ${invoice.customerName} is final.`)
      onClose()
      onDone?.()
    })
  }
  useHotkeys('Finalize', [{ keys: 'Ctrl+Enter', label: 'Make the invoice final', run: finalize }])
  const wrong = (field: string): string | null => (error?.field === field ? error.message : missing ? 'Choose the day.' : null)
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        finalize()
      }}
    >
      <p className="t2">
        {invoice.customerName} owes {formatMoney(invoice.totalCents)}. The invoice gets its number and its lines stay as they are; what is wrong later is corrected by a new one.
      </p>
      <FieldRow>
        <div className="sp">
          <DayInput label="Invoice day" value={day} onChange={changeDay} error={wrong('day')} max={invoice.proposal.day} />
        </div>
        <div className="sp">
          <DayInput label="Due" value={dueDay} onChange={setDueDay} error={wrong('dueDay')} />
        </div>
      </FieldRow>
      {error && error.field !== 'day' && error.field !== 'dueDay' ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <ActionButton kind="primary" type="submit" label={known ? `Finalize as of ${formatDay(day)}` : 'Finalize'} keys="Ctrl+Enter" busy={busy} autoFocus onClick={() => undefined} />
        <ActionButton label="Cancel" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

/** The last look before the number is permanent. */
export function FinalizeDialog(props: FinalizeProps) {
  return (
    <DialogFrame open title={`Make the invoice for job ${props.invoice.job.number} final`} onClose={props.onClose} actions={null} width="sm">
      <FinalizeForm {...props} />
    </DialogFrame>
  )
}
