import { useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { formatMoney } from '../../../shared/base/money.ts'
import type { InvoiceDetail } from '../../../shared/contract/methods/invoices.ts'
import { api } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { MoneyInput } from '../../components/MoneyInput.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { usePaymentOpen } from '../../stores/payments.ts'
import { toast } from '../../stores/toast.ts'
import classes from './money.module.css'
import { selectNumbers } from './selectOnFocus.ts'
import { useAction } from '../../api/useAction.ts'

interface PaymentProps {
  readonly invoice: InvoiceDetail
  readonly onClose: () => void
}

const FORMS = [
  { value: 'check', label: 'Check' },
  { value: 'cash', label: 'Cash' },
] as const

/** What the amount means for the invoice, said before it is recorded. */
function consequence(invoice: InvoiceDetail, amountCents: number | null): string {
  if (amountCents === null || amountCents <= 0) return ''
  if (invoice.state === 'draft') return 'The invoice is a draft: the money waits on the account and pays it once it is final.'
  const left = invoice.balanceCents - amountCents
  if (left === 0) return 'Paid in full.'
  return left > 0 ? `${formatMoney(left)} stays due.` : `${formatMoney(-left)} more than due: it stays on the customer\u2019s account.`
}

function PaymentForm({ invoice, onClose }: PaymentProps) {
  // One id for all tries: a lost answer can't record the money twice.
  const paymentId = useRef(newId())
  const [form, setForm] = useState<'check' | 'cash'>('check')
  const [amountCents, setAmountCents] = useState<number | null>(invoice.balanceCents > 0 ? invoice.balanceCents : null)
  const [checkNumber, setCheckNumber] = useState('')
  const [memo, setMemo] = useState('')
  const [day, setDay] = useState(invoice.proposal.day)
  const [missing, setMissing] = useState<'amountCents' | 'checkNumber' | 'day' | null>(null)
  const { run, busy, error } = useAction()
  const fields = useRef<HTMLFormElement>(null)
  usePaymentOpen()

  const take = (amountConfirmed: boolean): void => {
    const gap = amountCents === null || amountCents <= 0 ? 'amountCents' : form === 'check' && checkNumber.trim() === '' ? 'checkNumber' : day === '' ? 'day' : null
    setMissing(gap)
    if (gap !== null || amountCents === null) {
      fields.current?.querySelector<HTMLInputElement>(`[data-field=${gap}] input`)?.focus()
      return
    }
    const input = { paymentId: paymentId.current, customerId: invoice.customerId, invoiceId: invoice.id, form, amountCents, checkNumber: form === 'check' ? checkNumber : null, memo, day }
    void run(() => api.command('payment.record', amountConfirmed ? { ...input, amountConfirmed } : input)).then((done) => {
      if (!done) return
      toast(`${formatMoney(amountCents)} by ${form} from ${invoice.customerName}.`)
      onClose()
    })
  }
  const tooLarge = error?.code === 'payment.amountTooLarge'
  const wrong = (field: string, words: string): string | null => (error?.field === field ? error.message : missing === field ? words : null)
  useHotkeys('Take a payment', [
    { keys: 'Ctrl+Enter', label: 'Record the payment', run: () => take(false) },
    { keys: 'Alt+C', label: 'By check', run: () => setForm('check') },
    { keys: 'Alt+M', label: 'In cash', run: () => setForm('cash') },
  ])
  const action = amountCents !== null && amountCents > 0 ? `Take ${formatMoney(amountCents)}` : 'Take the payment'
  return (
    <form
      ref={fields}
      className={classes['form']}
      onFocus={selectNumbers}
      onSubmit={(event) => {
        event.preventDefault()
        take(false)
      }}
    >
      <SegmentedControl label="How it is paid" value={form} segments={FORMS} onChange={setForm} />
      <FieldRow>
        <div className="sp" data-field="amountCents">
          <MoneyInput label="Amount" value={amountCents} onChange={setAmountCents} error={tooLarge ? null : wrong('amountCents', 'Type the amount.')} hint={consequence(invoice, amountCents)} required autoFocus />
        </div>
        {form === 'check' ? (
          <div className="sp" data-field="checkNumber">
            <TextInput label="Check number" value={checkNumber} onChange={setCheckNumber} error={wrong('checkNumber', 'Type the number printed on the check.')} required maxLength={20} />
          </div>
        ) : null}
      </FieldRow>
      <FieldRow>
        <div className="sp" data-field="day">
          <DayInput label="Day it came" value={day} onChange={setDay} error={wrong('day', 'Choose the day.')} />
        </div>
        <div className="sp">
          <TextInput label="Memo" value={memo} onChange={setMemo} maxLength={200} />
        </div>
      </FieldRow>
      {error && (tooLarge || error.field === undefined || !['amountCents', 'checkNumber', 'day'].includes(error.field)) ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <ActionButton kind="primary" type="submit" label={action} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        {tooLarge && amountCents !== null ? <ActionButton label={`Yes, ${formatMoney(amountCents)} is right`} busy={busy} onClick={() => take(true)} /> : null}
        <ActionButton label="Cancel" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

/** Takes money for an invoice: check or cash, full or part. */
export function PaymentDialog(props: PaymentProps) {
  return (
    <DialogFrame open title={`Payment from ${props.invoice.customerName}, ${props.invoice.number === null ? 'draft' : `invoice ${props.invoice.number}`}`} onClose={props.onClose} actions={null} width="sm">
      <PaymentForm {...props} />
    </DialogFrame>
  )
}
