import { type ReactNode, useEffect, useRef, useState } from 'react'
import { derivedId } from '../../../shared/base/id.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { isSameWindow } from '../../../shared/domain/dispatch/arrivalWindow.ts'
import type { VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { tellIfLost } from '../booking/claiming.ts'
import { windowLabel } from '../booking/words.ts'
import { type PromisedWindow, useWindowPick } from '../windowPick/useWindowPick.ts'
import { WindowPickFields } from '../windowPick/WindowPickFields.tsx'
import { SETTLEMENT_WORDS, type SettlementKind } from './settlements.ts'

/** How far ahead another window is looked for. */
const DAYS_AHEAD = 14

export interface RescheduleFormProps {
  readonly appointmentId: string
  readonly detail: VisitDetail
  readonly how: SettlementKind
  readonly customerName: string
  /** The classes of the form and of its row of buttons, where it stands. */
  readonly className: string | undefined
  readonly buttonsClassName: string | undefined
  /** Above the fields: where what came of it is still to be chosen. */
  readonly children?: ReactNode
  readonly onCancel: () => void
  /** Tells what was done, once it is recorded. */
  readonly onDone: (said: string) => void
}

interface Said {
  readonly objection: string
  readonly words: string
  readonly customerName: string
  /** The window that is promised; null where none is. */
  readonly promised: PromisedWindow | null
}

/** When somebody on the list with a visit is called, gap or no gap: a day before it, and within the two weeks that a call may be promised for. */
function callBackBy({ windowDay, windowStart }: VisitDetail, now: number): number {
  const dayBefore = Date.parse(`${windowDay}T00:00:00Z`) + (windowStart * 60_000 - 24 * HOUR)
  return Math.min(Math.max(dayBefore, now + 4 * HOUR), now + 13 * 24 * HOUR)
}

async function record(how: SettlementKind, appointmentId: string, detail: VisitDetail, { objection, words, promised, customerName }: Said, today: string, now: number): Promise<void> {
  const { version: expectedVersion } = detail
  switch (how) {
    case 'asked':
      await api.command('reschedule.ask', { appointmentId, why: [objection, words].filter(Boolean).join(': '), expectedVersion })
      return
    case 'sooner':
      await api.command('waitList.add', {
        // The same visit and its window once: sent twice, they are on the list once.
        entryId: derivedId('wait-for-sooner', appointmentId, String(expectedVersion)),
        customerId: detail.customerId,
        locationId: detail.locationId,
        jobTypeId: detail.jobTypeId,
        callId: null,
        summary: words === '' ? detail.summary : words,
        phone: null,
        fromDay: today,
        toDay: detail.windowDay,
        part: 'any',
        callBackBy: callBackBy(detail, now),
        visitId: appointmentId,
      })
      return
    case 'moved': {
      if (!promised) throw new Error('A visit was moved to no window')
      return tellIfLost(customerName, appointmentId, await api.command('reschedule.settle', { appointmentId, how: { kind: how, ...promised }, objection, said: words, expectedVersion }))
    }
    case 'saved':
    case 'canceled':
    case 'unreached':
      await api.command('reschedule.settle', { appointmentId, how: { kind: how }, objection, said: words, expectedVersion })
      return
  }
}

/** What came of a visit that needs another time, with what speaks against the time: in the queue, or beside the board. */
export function RescheduleForm({ appointmentId, detail, how, customerName, className, buttonsClassName, children, onCancel, onDone }: RescheduleFormProps) {
  const zone = useZone()
  const now = useNow()
  const today = wallTimeOf(now, zone).day
  const moving = how === 'moved'
  const { data } = useQuery('dispatch.windows', moving ? { jobTypeId: detail.jobTypeId, locationId: detail.locationId, fromDay: today, days: DAYS_AHEAD, durationMinutes: detail.durationMinutes } : null)
  // What they have is no other window; a canceled visit may come back to its own.
  const own = { windowDay: detail.windowDay, windowStart: detail.windowStart, windowEnd: detail.windowEnd }
  const others = data?.windows.filter(({ day, start, end }) => detail.state === 'canceled' || !isSameWindow({ windowDay: day, windowStart: start, windowEnd: end }, own))
  const pick = useWindowPick({ of: appointmentId, fresh: others, first: (all) => all.find(({ available }) => available), today, none: 'No window is free in the next two weeks. Take a full one and say why, or write down that they need another time.' })
  const [objection, setObjection] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const { run, busy, error } = useAction()
  const form = useRef<HTMLFormElement>(null)
  const asksObjection = how !== 'unreached' && how !== 'sooner'
  // The key that opened the form was pressed to say something; where what came of it is chosen in it, that comes first.
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const submit = (): void => {
    if (asksObjection && objection === null) return setWrong('Say what speaks against the time.')
    const promised = moving ? pick.ready() : null
    if (moving && !promised) return
    const said = { objection: objection ?? '', words: words.trim(), promised, customerName }
    void run(() => pick.claim(() => record(how, appointmentId, detail, said, today, now))).then((done) => {
      if (!done) return
      const to = promised ? ` ${windowLabel({ day: promised.windowDay, start: promised.windowStart, end: promised.windowEnd }, today)}` : ''
      onDone(`${customerName}: ${SETTLEMENT_WORDS[how].label}${to}`)
    })
  }
  const { action } = SETTLEMENT_WORDS[how]
  const label = moving && pick.held ? `Promise ${windowLabel(pick.held, today)}` : action
  useHotkeys('Another time', [
    { keys: 'Ctrl+Enter', label: action, run: submit },
    { keys: 'Escape', label: 'Leave it as it is', run: onCancel },
  ])
  return (
    <form
      ref={form}
      className={className}
      aria-label="Another time"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {children}
      {asksObjection ? (
        <Choice
          label="What speaks against the time"
          options={detail.objections.map((value) => ({ value, label: value }))}
          value={objection}
          onChange={(value) => {
            setObjection(value)
            setWrong(null)
          }}
          onClear={() => setObjection(null)}
          error={wrong}
          required
        />
      ) : null}
      {moving ? <WindowPickFields pick={pick} label="New arrival window" /> : null}
      <TextInput label={how === 'sooner' ? 'What they want, if it is more than the job' : 'What they said'} value={words} onChange={setWords} maxLength={200} grow={2} />
      <ErrorNotice error={error} />
      <div className={buttonsClassName}>
        <ActionButton type="submit" kind="primary" label={label} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Cancel" keys="Escape" onClick={onCancel} />
      </div>
    </form>
  )
}
