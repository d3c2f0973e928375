import { type FormEvent, useEffect, useRef, useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import type { SuspenseMoney } from '../../../shared/contract/methods/payments.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Icon } from '../../components/icons.tsx'
import classes from '../../components/Settle.module.css'
import { type Suggestion, TypeAhead } from '../../components/TypeAhead.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { consequence, invoiceOption, likelyInvoice, ON_ACCOUNT, payable } from './place.ts'

interface Payer {
  readonly customerId: string
  readonly name: string
}

interface Found extends Suggestion {
  readonly payer: Payer
}

const FIELDS: readonly (string | undefined)[] = ['customerId', 'invoiceId']

/** Who could have paid: whoever is typed, and before that whom the money was probably meant for. */
function usePayers(money: SuspenseMoney, typed: string | null) {
  const asked = typed !== null && typed.trim() !== '' ? typed : (money.wanted.name ?? '')
  const { data, outdated, error } = useQuery('search.query', asked === '' ? null : { text: asked, kinds: ['customer'], limit: 8 }, { keep: true })
  const hits = (data?.hits ?? []).map((hit): Found => ({ key: hit.customerId, label: hit.title, detail: hit.detail, warning: hit.flag, payer: { customerId: hit.customerId, name: hit.title } }))
  const searching = typed !== null && typed.trim() !== ''
  const likely = searching ? [] : money.likely.map(({ customerId, name, place, why }): Found => ({ key: customerId, label: name, detail: [why, place].filter(Boolean).join(' \u00B7 '), payer: { customerId, name } }))
  const known = new Set(likely.map(({ key }) => key))
  return { payers: [...likely, ...hits.filter(({ key }) => !known.has(key))], pending: searching && !error && (outdated || !data) }
}

/** Whose it is, and what it pays. Type a name, Enter, Ctrl+Enter. */
export function PlaceForm({ money, onPlaced }: { readonly money: SuspenseMoney; readonly onPlaced: (said: string) => void }) {
  // Only whom it was taken for stands there already; whoever is merely like them is offered and not chosen.
  const certain = money.likely.find(({ customerId }) => customerId === money.wanted.customerId)
  const [payer, setPayer] = useState<Payer | null>(certain ?? null)
  const [typed, setTyped] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [missing, setMissing] = useState(false)
  const [hurried, setHurried] = useState(false)
  const { run, busy, error } = useAction()
  const customerField = useRef<HTMLInputElement>(null)
  const invoiceField = useRef<HTMLInputElement>(null)
  const { payers, pending } = usePayers(money, typed)
  const answer = useQuery('customers.invoices', payer ? { customerId: payer.customerId } : null)
  const known = answer.data !== undefined
  const invoices = payable(answer.data?.rows ?? [])
  const value = chosen ?? likelyInvoice(invoices, money.amountCents, money.wanted.invoiceId)
  const invoice = invoices.find(({ id }) => id === value)
  // Whoever comes here was asked whose it is: the answer can be typed at once.
  useEffect(() => customerField.current?.focus(), [])

  const place = (): void => {
    if (!payer || typed !== null) {
      setMissing(true)
      return customerField.current?.focus()
    }
    // What it pays is proposed by what the customer owes: that has to be here first.
    setHurried(!known)
    if (!known) return
    const said = `${formatMoney(money.amountCents)} put to ${payer.name}, ${invoice ? invoiceOption(invoice).label.toLowerCase() : 'on account'}.`
    void run(() => api.command('payment.place', { suspenseId: money.id, customerId: payer.customerId, invoiceId: invoice?.id ?? null })).then((done) => (done ? onPlaced(said) : undefined))
  }
  useEffect(() => {
    if (hurried && known) place()
    // It was asked for once, and is done once.
    // eslint-disable-next-line react/exhaustive-deps
  }, [hurried, known])
  useHotkeys('Money in suspense', [{ keys: 'Ctrl+Enter', label: 'Place the money', run: place }])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    place()
  }
  const wrong = (field: string): string | null => (error?.field === field ? error.message : null)
  return (
    <form className={classes['form']} aria-label="Place the money" onSubmit={submit} noValidate>
      <TypeAhead
        label="Whose it is"
        text={typed ?? payer?.name ?? ''}
        onText={(text) => {
          setTyped(text)
          setMissing(false)
        }}
        suggestions={payers}
        pending={pending}
        onPick={(found) => {
          setPayer(found.payer)
          setTyped(null)
          setChosen(null)
          setMissing(false)
          invoiceField.current?.focus()
        }}
        {...(payer && typed === null ? { settled: true, onGoOn: () => invoiceField.current?.focus() } : {})}
        onLeave={() => setTyped(null)}
        placeholder="Name, phone or address"
        error={missing ? 'Choose whose money it is.' : wrong('customerId')}
        none="Nobody found."
        inputRef={customerField}
        required
        end={
          payer && typed === null ? (
            <span className="good-t row">
              <Icon name="tick" size={12} />
            </span>
          ) : null
        }
      />
      <Choice
        label="Put it to"
        options={[...invoices.map(invoiceOption), { value: ON_ACCOUNT, label: 'On account' }]}
        value={payer && known ? value : null}
        onChange={setChosen}
        placeholder={payer ? 'Choose' : 'Choose whose it is first'}
        error={wrong('invoiceId')}
        hint={payer && known ? consequence(invoice, money.amountCents) : ''}
        inputRef={invoiceField}
      />
      <ErrorNotice error={answer.error} {...(answer.error ? { onRetry: answer.refetch } : {})} />
      {error && !FIELDS.includes(error.field) ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <ActionButton kind="primary" type="submit" label={`Place ${formatMoney(money.amountCents)}`} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
      </div>
    </form>
  )
}
