import { useEffect, useRef, useState } from 'react'
import { derivedId } from '../../../shared/base/id.ts'
import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { DAY_PARTS, type DayPart } from '../../../shared/domain/waitlist/tables.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { unlessDone } from '../../api/unlessDone.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { currentDraft, dropDraft } from '../../stores/booking.ts'
import { afterCall } from '../../stores/roleMode.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { recordCustomer } from '../booking/submit.ts'
import { type OfficeDay, spokenDue } from '../callPaths/due.ts'
import { concludeCall } from '../calls/concludeCall.ts'
import { isOnScreen } from '../drafts/draftKeys.ts'
import classes from '../drafts/drafts.module.css'
import { backOptions } from './backOptions.ts'
import { closeWaitList, useWaitStore } from './waitStore.ts'
import { PART_WORDS } from './waitWords.ts'

/** What the booking screen knows of the draft and the office. */
interface WaitListProps {
  readonly draftKey: string
  /** Who is calling. */
  readonly who: string
  readonly hours: Omit<OfficeDay, 'now'>
}

function WaitForm({ draftKey, who, hours: { zone, opensAt, closesAt } }: WaitListProps) {
  const { userId } = usePerson()
  // The times that are offered must not change under the person's hands.
  const [office] = useState<OfficeDay>(() => ({ now: Date.now(), zone, opensAt, closesAt }))
  const today = wallTimeOf(office.now, zone).day
  const options = backOptions(office)
  const [fromDay, setFromDay] = useState<IsoDay | ''>(today)
  const [toDay, setToDay] = useState<IsoDay | ''>(addDays(today, 3))
  const [part, setPart] = useState<DayPart>('any')
  const [back, setBack] = useState(options[0]?.value ?? '')
  const form = useRef<HTMLFormElement>(null)
  const { run, busy, error } = useAction()
  const close = (): void => closeWaitList(draftKey)

  const send = async (): Promise<void> => {
    const begun = currentDraft(draftKey)
    if (!begun) return
    await recordCustomer(begun)
    const draft = currentDraft(draftKey) ?? begun
    const { customerId, locationId, jobTypeId, callId, summary } = draft
    const chosen = options.find(({ value }) => value === back)
    if (customerId === null || jobTypeId === null || !chosen) throw new Error('The wait list was asked about before it was said for whom')
    // One draft, one entry: where the answer was lost or the call could not be concluded, sending it again adds nobody twice.
    const entryId = derivedId('wait', draft.ids.task)
    await unlessDone(['waitList.exists'], () => api.command('waitList.add', { entryId, customerId, locationId, jobTypeId, callId, summary, phone: null, fromDay, toDay, part, callBackBy: chosen.at }))
    // Nobody spoke of a booking: the log says why there is none, and that somebody calls.
    if (callId !== null) await concludeCall(callId, draft.callNotes, { outcome: 'excused', reason: 'Full board, on the wait list' })
    // As the list has it: the time that was promised first, where this was the second try.
    const callBackBy = (await api.query('waitList.get', { entryId }))?.dueAt ?? chosen.at
    // Whoever has answered another caller meanwhile stays with that caller.
    const here = isOnScreen(draftKey, userId)
    dropDraft(draftKey)
    close()
    toast(`${who} is on the wait list. Somebody calls ${spokenDue(callBackBy, office)}, and at once when a time comes free.`)
    if (here) navigate(afterCall({ area: 'customers', path: [customerId] }), { replace: true })
  }
  const put = (): void => {
    void run(async () => {
      try {
        await send()
      } catch (thrown) {
        // Whoever has gone to another caller meanwhile sees no form that could say it.
        if (form.current === null) toast(`${who} is not on the wait list yet: ${asContractError(thrown).message} Shift+F7 goes back to them.`)
        throw thrown
      }
    })
  }
  useHotkeys('Wait list', [{ keys: 'Ctrl+Enter', label: 'Put them on the wait list', run: put }])
  return (
    <form
      ref={form}
      className={classes['form']}
      aria-label="Wait list"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        put()
      }}
    >
      <p className="m">{who}</p>
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
        <ActionButton kind="quiet" label="Go on booking" keys="Escape" onClick={close} />
      </div>
    </form>
  )
}

/** Asks when we call back and which days would do (C14). It is about this draft's caller, and goes when the person goes to another. */
export function WaitListDialog(props: WaitListProps) {
  const { draftKey } = props
  const open = useWaitStore(({ asking }) => asking === draftKey)
  useEffect(() => () => closeWaitList(draftKey), [draftKey])
  return (
    <DialogFrame open={open} title="Put them on the wait list" width="sm" onClose={() => closeWaitList(draftKey)}>
      {open ? <WaitForm {...props} /> : null}
    </DialogFrame>
  )
}
