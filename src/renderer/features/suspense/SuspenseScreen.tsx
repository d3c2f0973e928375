import { useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import { formatTime, formatWeekday } from '../../../shared/base/zone.ts'
import type { SuspenseMoney } from '../../../shared/contract/methods/payments.ts'
import { api, useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Facts } from '../../components/DetailPanel.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import classes from '../../components/Settle.module.css'
import { StateChip } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { goBack, navigate, type RouteTarget } from '../../stores/route.ts'
import { useMay, usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { ReasonDialog } from '../money/ReasonDialog.tsx'
import { PlaceForm } from './PlaceForm.tsx'
import { callNumber } from '../calls/callNumber.ts'

const QUEUE: RouteTarget = { area: 'queues', path: ['money-in-suspense'] }
const toQueue = (): void => navigate(QUEUE)

/** Where it was opened from has the next one. */
function onward(said: string): void {
  toast(said)
  if (!goBack()) toQueue()
}

const formWords = ({ form, checkNumber }: SuspenseMoney): string => (form === 'cash' ? 'Cash' : `Check ${checkNumber ?? 'without a number'}`)

function MoneySide({ money }: { readonly money: SuspenseMoney }) {
  const zone = useZone()
  const facts = [
    { name: 'How', value: formWords(money) },
    { name: 'Day', value: formatWeekday(money.day) },
    { name: 'Taken by', value: `${money.receivedBy === '' ? 'Somebody who is not here' : money.receivedBy}, ${formatTime(money.receivedAt, zone)}` },
    ...(money.workstation === null ? [] : [{ name: 'At', value: money.workstation }]),
    ...(money.memo === '' ? [] : [{ name: 'Memo', value: money.memo }]),
  ]
  return (
    <section className={classes['part']} aria-label="The money">
      <h2 className="cap">The money</h2>
      <p className={classes['amount']}>{formatMoney(money.amountCents)}</p>
      <Facts items={facts} />
    </section>
  )
}

function WantedSide({ money: { wanted, why } }: { readonly money: SuspenseMoney }) {
  return (
    <section className={classes['part']} aria-label="Whom it was meant for">
      <h2 className="cap">Whom it was meant for</h2>
      <p className={classes['title']}>{wanted.name ?? 'Nobody wrote it down'}</p>
      <ul className={classes['lines']}>
        {wanted.lines.map((line, index) => (
          // The same may have been done twice; they stand in the order in which they were done.
          <li key={`${index} ${line}`}>{line}</li>
        ))}
      </ul>
      <p className="t2">{why}</p>
    </section>
  )
}

/** What can be done: place it, give it back, look at what could not stand. */
function OpenHand({ money }: { readonly money: SuspenseMoney }) {
  const may = useMay()
  const [givingBack, setGivingBack] = useState(false)
  const { refusedChangeId, phone } = money.wanted
  const mayGiveBack = may('payment.void')
  const giveBack = (): void => setGivingBack(true)
  const showRefused = (): void => (refusedChangeId === null ? undefined : navigate({ area: 'queues', path: ['attention', refusedChangeId] }))
  const { userId } = usePerson()
  const call = (): void => (phone === null ? undefined : void callNumber({ number: phone }, userId))
  useHotkeys('Money in suspense', [
    ...(phone === null ? [] : [{ keys: 'Alt+L', label: 'Call the number', run: call }]),
    ...(mayGiveBack ? [{ keys: 'Alt+G', label: 'Give it back', run: giveBack }] : []),
    ...(refusedChangeId === null ? [] : [{ keys: 'Alt+W', label: 'Show what could not stand', run: showRefused }]),
  ])
  const amount = formatMoney(money.amountCents)
  return (
    <section className={`${classes['hand']} ${classes['beside']}`} aria-label="What to do">
      <PlaceForm money={money} onPlaced={onward} />
      <div className={classes['others']}>
        {phone === null ? null : <ActionButton icon="phone" label={`Call ${formatPhone(phone)}`} keys="Alt+L" onClick={call} />}
        {mayGiveBack ? <ActionButton label="Give it back" keys="Alt+G" onClick={giveBack} /> : null}
        {refusedChangeId === null ? null : <ActionButton label="Show what could not stand" keys="Alt+W" onClick={showRefused} />}
      </div>
      {givingBack ? (
        <ReasonDialog
          title={`Give ${amount} back`}
          action="Give it back"
          onGive={async (reason) => {
            await api.command('payment.giveBack', { suspenseId: money.id, reason })
            onward(`${amount} given back: ${reason}`)
          }}
          onClose={() => setGivingBack(false)}
        >
          <p>{`${formWords(money)}${money.wanted.name === null ? '' : `, taken for ${money.wanted.name}`}. The books take it out again under your name.`}</p>
        </ReasonDialog>
      ) : null}
    </section>
  )
}

function SettledHand({ money: { placed, refundReason } }: { readonly money: SuspenseMoney }) {
  const open = (): void => (placed ? navigate({ area: 'customers', path: [placed.customerId] }) : toQueue())
  const label = placed ? 'Open the customer' : 'Go to Money in suspense'
  useHotkeys('Money in suspense', [{ keys: 'Enter', label, run: open }])
  return (
    <section className={`${classes['hand']} ${classes['beside']}`} aria-label="What became of it">
      <p className={`m ${classes['settled']}`}>{placed ? `Put to ${placed.customerName}, ${placed.invoiceNumber === null ? 'on account' : `invoice ${placed.invoiceNumber}`}.` : `Given back: ${refundReason ?? ''}`}</p>
      <div className="row">
        <ActionButton kind="primary" label={label} keys="Enter" onClick={open} />
      </div>
    </section>
  )
}

const STATE_WORDS: Readonly<Record<SuspenseMoney['state'], string>> = {
  open: 'It is in the till and in the books, and nobody\u2019s yet.',
  placed: 'It was nobody\u2019s, and has found its customer.',
  refunded: 'It went back to whoever paid it.',
}

const STATE_CHIPS = {
  open: <StateChip state="alert">Open</StateChip>,
  placed: <StateChip state="done">Placed</StateChip>,
  refunded: <StateChip state="done">Given back</StateChip>,
} as const satisfies Readonly<Record<SuspenseMoney['state'], unknown>>

/** Money whose customer is not there: what it is, whom it was meant for, and at the right where it goes. */
export function SuspenseScreen({ id }: { readonly id: string }) {
  const { data: money, error, refetch } = useQuery('suspense.get', { id })
  if (money === undefined) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  if (money === null) {
    return (
      <EmptyState action={<ActionButton label="Go to Money in suspense" onClick={toQueue} />}>
        <h1 className="spoken">Money in suspense</h1>
        This money is not kept here. It was placed or given back at another workstation, or it is still on its way from there.
      </EmptyState>
    )
  }
  return (
    <div className={classes['screen']}>
      <ScreenBar title="Money in suspense" detail={STATE_WORDS[money.state]} actions={STATE_CHIPS[money.state]} />
      <div className={classes['halves']}>
        <div className={classes['facts']}>
          <MoneySide money={money} />
          <WantedSide money={money} />
        </div>
        {money.state === 'open' ? <OpenHand key={money.id} money={money} /> : <SettledHand money={money} />}
      </div>
    </div>
  )
}
