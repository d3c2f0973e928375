import { useEffect, useRef, useState } from 'react'
import { formatMinute } from '../../../shared/base/zone.ts'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { PhoneInput } from '../../components/PhoneInput.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { isReadablePhone, UNREADABLE_PHONE } from '../../components/phoneText.ts'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { isBegun, isTyped, letGoOf } from '../../stores/booking.ts'
import { closeConclusion, said } from '../../stores/calls.ts'
import { afterCall } from '../../stores/roleMode.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './ConcludeDialog.module.css'
import { dropDraft, keepDraft, readDraft } from './concludeDrafts.ts'
import {
  callBackInstant,
  callBackOptions,
  type Conclusion,
  type Draft,
  OTHER,
  type Office,
  OUTCOME_WORDS,
  readReason,
  REASON_OPTIONS,
  REASONS,
  reasonText,
  resultWords,
  usualCallBack,
} from './conclusion.ts'
import { formatDuration, inOneLine, numberWords } from './callWords.ts'

type Detail = OutputOf<'calls.detail'>

const HALF_HOURS = Array.from({ length: 48 }, (_, index) => ({ value: String(index * 30), label: formatMinute(index * 30) }))

interface Problem {
  readonly field: string
  readonly message: string
}

function freshDraft(call: Detail, office: Office): Draft {
  const spoken = call.outcomeByRule ? '' : call.reason
  const outcome: Conclusion = call.outcome === 'excused' && !call.outcomeByRule ? 'excused' : call.outcome === 'notLead' || call.answeredAt === null ? 'notLead' : 'unbooked'
  return {
    outcome,
    ...readReason(spoken),
    callBack: usualCallBack(outcome, office, call.fromNumber !== null || call.customerId !== null),
    laterDay: '',
    laterMinute: office.opensAt + 60,
    number: call.callBackNumber ?? call.fromNumber ?? '',
    callerName: null,
    notes: null,
  }
}

/** What is missing or can't be, before the backend is asked; the first is where the cursor goes. */
function problemOf(draft: Draft, callBackBy: number | null, office: Office): Problem | null {
  if (reasonText(draft) === '') {
    return draft.reason === OTHER ? { field: 'words', message: 'Say it in a few words.' } : { field: 'reason', message: 'Choose why nothing was booked. Type the first letters.' }
  }
  if (!isReadablePhone(draft.number)) return { field: 'callBackNumber', message: UNREADABLE_PHONE }
  if (draft.callBack === 'later' && callBackBy === null) return { field: 'callBackBy', message: 'Choose the day.' }
  if (callBackBy !== null && callBackBy < office.now) return { field: 'callBackBy', message: 'This time has passed already.' }
  return null
}

function ConcludeForm({ call }: { readonly call: Detail }) {
  const zone = useZone()
  const { callId } = call
  // The times that are offered must not change under the person's hands.
  const [office] = useState<Office>(() => ({ now: Date.now(), zone, opensAt: call.opensAt, closesAt: call.closesAt }))
  // Until something is said here the form shows what the log has: a colleague may say it meanwhile.
  const [kept, setKept] = useState<Draft | null>(() => readDraft(callId))
  const draft = kept ?? freshDraft(call, office)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const callerName = draft.callerName ?? (call.callerName === '' ? call.name : call.callerName)
  const notes = draft.notes ?? call.notes
  const callBackBy = callBackInstant(draft.callBack, office, draft)
  const options = callBackOptions(office).filter(({ value }) => value !== 'none' || draft.outcome !== 'unbooked' || (draft.number === '' && call.customerId === null))

  useEffect(() => (kept ? keepDraft(callId, kept) : undefined), [callId, kept])
  const change = (changed: Partial<Draft>): void => {
    setProblem(null)
    setKept((before) => ({ ...(before ?? draft), ...changed }))
  }
  const become = (outcome: Conclusion): void => change({ outcome, callBack: usualCallBack(outcome, office, draft.number !== '' || call.customerId !== null) })
  const chooseReason = (reason: string): void => {
    const outcome = REASONS.find(({ label }) => label === reason)?.outcome
    if (outcome === undefined || reason === OTHER || call.answeredAt === null) return change({ reason })
    change({ reason, outcome, callBack: usualCallBack(outcome, office, draft.number !== '' || call.customerId !== null) })
  }

  const say = async (): Promise<void> => {
    const missing = problemOf(draft, callBackBy, office)
    setProblem(missing)
    if (missing) {
      form.current?.querySelector<HTMLInputElement>(`[data-field=${missing.field}] input`)?.focus()
      return
    }
    setBusy(true)
    try {
      await api.command('call.conclude', {
        callId,
        outcome: draft.outcome,
        reason: reasonText(draft),
        callBackBy,
        callBackNumber: draft.number === '' || draft.number === call.fromNumber ? null : draft.number,
        callerName,
        notes,
      })
      dropDraft(callId)
      letGoOf(callId, draft.outcome === 'unbooked' ? isBegun : isTyped)
      said(callId)
      const board = afterCall(null)
      if (board) navigate(board, { replace: true })
      const result = resultWords(draft.outcome, callBackBy, office)
      toast(callBackBy === null ? `${result}.` : `${result}. It is in the queue of calls to return.`)
    } catch (thrown) {
      const { field, message } = asContractError(thrown)
      setProblem({ field: field ?? '', message })
    } finally {
      setBusy(false)
    }
  }
  useHotkeys('How the call ended', [{ keys: 'Ctrl+Enter', label: resultWords(draft.outcome, callBackBy, office), run: () => void say() }])
  const errorOf = (field: string): string | null => (problem?.field === field ? problem.message : null)
  const placed = problem !== null && ['reason', 'words', 'callBackBy', 'callBackNumber', 'callerName', 'notes'].includes(problem.field)

  return (
    <div ref={form} className={classes['form']}>
      <p className="t2">
        {inOneLine(call.name === '' ? numberWords(call.fromNumber) : `${call.name}, ${numberWords(call.fromNumber)}`, call.lineName, call.answeredAt === null ? 'not answered' : `talked ${formatDuration(call.talkMs ?? 0)}`)}
      </p>
      <div data-field="reason">
        <Choice label="Why was nothing booked?" required autoFocus options={REASON_OPTIONS} value={draft.reason} onChange={chooseReason} error={errorOf('reason')} />
      </div>
      <div data-field="words">
        <TextInput label={draft.reason === OTHER ? 'In their words' : 'In their words, if it helps'} value={draft.words} onChange={(words) => change({ words })} maxLength={160} error={errorOf('words')} />
      </div>
      <div className={classes['outcome']}>
        <span className={classes['label']}>That makes it</span>
        <SegmentedControl<Conclusion>
          label="What the call was"
          value={draft.outcome}
          onChange={become}
          segments={(call.answeredAt === null ? (['excused', 'notLead'] as const) : (['unbooked', 'excused', 'notLead'] as const)).map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
        />
      </div>
      <FieldRow>
        <div data-field="callBackBy">
          <Choice label="Call back" options={options} value={draft.callBack} onChange={(callBack) => change({ callBack })} error={errorOf('callBackBy')} />
        </div>
        <div data-field="callBackNumber">
          <PhoneInput label="At this number" value={draft.number} onChange={(number) => change({ number })} error={errorOf('callBackNumber')} />
        </div>
      </FieldRow>
      {draft.callBack === 'later' ? (
        <FieldRow>
          <DayInput label="Day" value={draft.laterDay} onChange={(laterDay) => change({ laterDay })} />
          <Choice label="By" options={HALF_HOURS} value={String(draft.laterMinute)} onChange={(minute) => change({ laterMinute: Number(minute) })} />
        </FieldRow>
      ) : null}
      <TextInput label="The caller’s name" value={callerName} onChange={(callerName) => change({ callerName })} maxLength={120} error={errorOf('callerName')} />
      <TextInput label="Notes, kept with the call" rows={3} value={notes} onChange={(notes) => change({ notes })} maxLength={4000} error={errorOf('notes')} />
      {problem && !placed ? <ErrorNotice error={problem} /> : null}
      <div className={classes['actions']}>
        <ActionButton kind="primary" label={resultWords(draft.outcome, callBackBy, office)} keys="Ctrl+Enter" busy={busy} onClick={() => void say()} />
        <ActionButton label="Later" keys="Escape" onClick={closeConclusion} />
      </div>
    </div>
  )
}

/**
 * Asks how a call ended on which nothing was booked (C5). Closing it loses nothing: what was typed stays,
 * the call waits in the call cell, and until somebody says otherwise the caller is owed a call back.
 */
export function ConcludeDialog({ callId }: { readonly callId: string }) {
  const { data, error } = useQuery('calls.detail', { callId })
  return (
    <DialogFrame open title="How did this call end?" onClose={closeConclusion} width="sm" actions={null}>
      {error ? <ErrorNotice error={error} /> : null}
      {data ? <ConcludeForm call={data} /> : null}
    </DialogFrame>
  )
}
