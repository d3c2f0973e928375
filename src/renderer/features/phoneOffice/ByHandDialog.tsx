import { useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { PhoneInput } from '../../components/PhoneInput.tsx'
import { isReadablePhone, UNREADABLE_PHONE } from '../../components/phoneText.ts'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { type ByHandDraft, closeByHand, draftByHand, loggedByHand, useByHand } from './byHandStore.ts'
import classes from './phoneOffice.module.css'

const NO_INPUT = {} as const

const NUMBER_FIELD = 'by-hand-number'

const AGO = [0, 5, 10, 15, 30, 45, 60, 90, 120, 180, 240]

const FOLLOWS: readonly Option<ByHandDraft['follows']>[] = [
  { value: 'callBack', label: 'Call back within the hour', detail: 'we talked, and more is to be done' },
  { value: 'unheard', label: 'Nobody has talked with them', detail: 'a message or a missed call; to be called back' },
  { value: 'booking', label: 'Book it now', detail: 'opens the booking for this call' },
  { value: 'nothing', label: 'Nothing more', detail: 'it was answered' },
]

function useLogging(): { readonly busy: boolean; readonly error: { readonly message: string } | null; readonly fieldError: (field: string) => string | undefined; readonly log: () => void } {
  const { draft } = useByHand()
  const lines = useQuery('phoneOffice.settings', NO_INPUT).data?.lines ?? []
  const { run, busy, error } = useAction()
  const FIELDS = ['callerName', 'fromNumber', 'notes', 'at']
  const unreadable = !isReadablePhone(draft.fromNumber)
  const [tried, setTried] = useState(false)
  const log = (): void => {
    // Said at the field, and nothing is lost: the backend would only say the same.
    setTried(true)
    if (unreadable) return document.getElementById(NUMBER_FIELD)?.querySelector('input')?.focus()
    const id = newId()
    const line = lines.find(({ number }) => number === draft.lineNumber)
    void run(() =>
      api.command('call.logByHand', {
        id,
        callerName: draft.callerName,
        fromNumber: draft.fromNumber === '' ? null : draft.fromNumber,
        notes: draft.notes,
        at: draft.at,
        lineName: line?.name ?? '',
        lineNumber: line?.number ?? '',
        customerId: null,
        callBackBy: draft.follows === 'callBack' ? Date.now() + HOUR : null,
        answered: draft.follows !== 'unheard',
        reason: '',
      }),
    ).then((done) => {
      if (!done) return
      loggedByHand()
      if (draft.follows === 'booking') navigate({ area: 'booking', query: { call: id } })
      else toast(draft.follows === 'nothing' ? 'In the call log.' : 'In the call log, and under Calls to return.')
    })
  }
  return { busy, error: error && !FIELDS.includes(error.field ?? '') ? error : null, fieldError: (field) => (field === 'fromNumber' && unreadable && tried ? UNREADABLE_PHONE : error?.field === field ? error.message : undefined), log }
}

/** A call on a mobile or the back-up number: who, what about, when, and what comes of it. */
export function ByHandDialog() {
  const { draft, openedAt: opened } = useByHand()
  const lines = useQuery('phoneOffice.settings', NO_INPUT).data?.lines.filter(({ active }) => active) ?? []
  const zone = useZone()
  const may = useMay()
  const form = useRef<HTMLFormElement>(null)
  const { busy, error, fieldError, log } = useLogging()
  // The times that are offered stand still, and what was chosen stays chosen however long the form is open.
  const offered = AGO.map((minutes): Option<string> => ({ value: String(opened - minutes * MINUTE), label: minutes === 0 ? 'Just now' : formatTime(opened - minutes * MINUTE, zone), detail: minutes === 0 ? formatTime(opened, zone) : `${minutes} min ago` }))
  const at = String(draft.at)
  const when = offered.some(({ value }) => value === at) ? offered : [{ value: at, label: formatTime(draft.at, zone), detail: 'as it was begun' }, ...offered]
  return (
    <DialogFrame open title="Log a call by hand" width="sm" onClose={closeByHand}>
      <form
        ref={form}
        className={classes['form']}
        aria-label="Log a call by hand"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          log()
        }}
      >
        <Keys log={log} />
        <FieldRow>
          <TextInput label="Who called" autoFocus value={draft.callerName} onChange={(callerName) => draftByHand({ callerName })} maxLength={120} error={fieldError('callerName')} grow={2} />
          <div id={NUMBER_FIELD} style={{ flex: 1 }}>
            <PhoneInput label="Number" value={draft.fromNumber} onChange={(fromNumber) => draftByHand({ fromNumber })} error={fieldError('fromNumber')} />
          </div>
        </FieldRow>
        <TextInput label="What it was about" rows={3} value={draft.notes} onChange={(notes) => draftByHand({ notes })} maxLength={4000} error={fieldError('notes')} />
        <FieldRow>
          <Choice label="When" options={when} value={at} onChange={(chosen) => draftByHand({ at: Number(chosen) })} error={fieldError('at')} />
          {lines.length > 0 ? (
            <Choice label="Line" placeholder="Not known" options={lines.map(({ number, name }) => ({ value: number, label: name }))} value={draft.lineNumber === '' ? null : draft.lineNumber} onChange={(lineNumber) => draftByHand({ lineNumber })} onClear={() => draftByHand({ lineNumber: '' })} />
          ) : null}
        </FieldRow>
        <Choice label="What comes of it" options={may('job.book') ? FOLLOWS : FOLLOWS.filter(({ value }) => value !== 'booking')} value={draft.follows} onChange={(follows) => draftByHand({ follows })} />
        {error ? <ErrorNotice error={error} /> : null}
        <div className={classes['buttons']}>
          <ActionButton kind="primary" type="submit" label="Put it in the log" keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
          <ActionButton kind="quiet" label="Later, keep what I typed" keys="Escape" onClick={closeByHand} />
        </div>
      </form>
    </DialogFrame>
  )
}

function Keys({ log }: { readonly log: () => void }) {
  useHotkeys('Log a call by hand', [{ keys: 'Ctrl+Enter', label: 'Put it in the log', run: log }])
  return null
}
