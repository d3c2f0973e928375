import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { addDays, HOUR, type IsoDay } from '../../../shared/base/time.ts'
import { formatTime, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { DAY_PARTS, type DayPart } from '../../../shared/domain/waitlist/tables.ts'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { currentDraft, dropDraft } from '../../stores/booking.ts'
import { said } from '../../stores/calls.ts'
import { afterCall } from '../../stores/roleMode.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { keepCallNotes, recordCustomer } from '../booking/submit.ts'
import classes from '../drafts/drafts.module.css'
import { closeWaitList, useWaitStore } from './waitStore.ts'
import { PART_WORDS } from './waitWords.ts'

interface Back extends Option<string> {
  readonly at: number
}

const NOON = 12 * 60
const LATE = 16 * 60

/** When somebody calls, gap or no gap: soon, since they wanted to come today. */
function backOptions(now: number, zone: string): readonly Back[] {
  const { day } = wallTimeOf(now, zone)
  const at = (value: string, label: string, instant: number): Back => ({ value, label, detail: formatTime(instant, zone), at: instant })
  const today = instantOf(day, LATE, zone)
  const soon = Math.ceil((now + 2 * HOUR) / (HOUR / 4)) * (HOUR / 4)
  return [
    at('soon', 'In two hours', soon),
    ...(today > soon ? [at('today', 'This afternoon', today)] : []),
    at('morning', 'Tomorrow morning', instantOf(addDays(day, 1), 9 * 60, zone)),
    at('noon', 'Tomorrow noon', instantOf(addDays(day, 1), NOON, zone)),
  ]
}

/** Nobody spoke of a booking: the log says why there is none, and that somebody calls. */
async function concludeCall(callId: string, notes: string): Promise<void> {
  if (notes.trim() !== '') await keepCallNotes(callId, notes)
  const call = await api.query('calls.detail', { callId })
  if (call.outcome === 'booked') return
  await api.command('call.conclude', { callId, outcome: 'excused', reason: 'Full board, on the wait list', callBackBy: null, callBackNumber: null, callerName: call.callerName === '' ? call.name : call.callerName, notes: call.notes })
  said(callId)
}

function WaitForm({ draftKey }: { readonly draftKey: string }) {
  const zone = useZone()
  const [now] = useState(() => Date.now())
  const [entryId] = useState(newId)
  const today = wallTimeOf(now, zone).day
  const options = backOptions(now, zone)
  const [fromDay, setFromDay] = useState<IsoDay | ''>(today)
  const [toDay, setToDay] = useState<IsoDay | ''>(addDays(today, 3))
  const [part, setPart] = useState<DayPart>('any')
  const [back, setBack] = useState('soon')
  const { run, busy, error } = useAction()
  const send = (): void => {
    void run(async () => {
      const begun = currentDraft(draftKey)
      if (!begun) return
      await recordCustomer(begun)
      const draft = currentDraft(draftKey) ?? begun
      const { customerId, locationId, jobTypeId, callId, summary } = draft
      if (customerId === null || jobTypeId === null) throw new Error('Say first who it is for and what kind of job it is.')
      const callBackBy = options.find(({ value }) => value === back)?.at ?? now + 2 * HOUR
      await api.command('waitList.add', { entryId, customerId, locationId, jobTypeId, callId, summary, phone: null, fromDay, toDay, part, callBackBy })
      if (callId !== null) await concludeCall(callId, draft.callNotes)
      dropDraft(draftKey)
      closeWaitList()
      toast(`On the wait list. Somebody calls by ${formatTime(callBackBy, zone)}, and at once when a time comes free.`)
      navigate(afterCall({ area: 'customers', path: [customerId] }), { replace: true })
    })
  }
  useHotkeys('Wait list', [{ keys: 'Ctrl+Enter', label: 'Put them on the wait list', run: send }])
  return (
    <form
      className={classes['form']}
      aria-label="Wait list"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p>“I don’t have a time that suits you just now. May I put you on our list? When one comes free, you are the first we call.”</p>
      <Choice label="When we call, whatever happens" autoFocus options={options} value={back} onChange={setBack} />
      <FieldRow>
        <DayInput label="From" value={fromDay} onChange={setFromDay} min={today} />
        <DayInput label="to" value={toDay} onChange={setToDay} min={today} />
        <Choice label="Time of day" options={DAY_PARTS.map((value) => ({ value, label: PART_WORDS[value] }))} value={part} onChange={setPart} />
      </FieldRow>
      {error ? <ErrorNotice error={error} /> : null}
      <div className={classes['buttons']}>
        <ActionButton kind="primary" type="submit" label="Put them on the wait list" keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Go on booking" keys="Escape" onClick={closeWaitList} />
      </div>
    </form>
  )
}

/** Asks when we call back and which days would do (C14). */
export function WaitListDialog() {
  const { asking } = useWaitStore()
  return (
    <DialogFrame open={asking !== null} title="Put them on the wait list" width="sm" onClose={closeWaitList}>
      {asking === null ? null : <WaitForm key={asking} draftKey={asking} />}
    </DialogFrame>
  )
}
