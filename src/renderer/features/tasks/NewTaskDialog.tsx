import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import { useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { TASK_PRIORITIES, TASK_TYPES } from '../../../shared/domain/tasks/tables.ts'
import { TASK_TYPE_NAMES } from '../../../shared/domain/tasks/types.ts'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { formatDue } from '../../components/Due.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { useNow } from '../../stores/clock.ts'
import { useRoute } from '../../stores/route.ts'
import { useMay, usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { aboutOf, changeDraft, closeDraft, forgetDraft, startTask, type TaskDraft, useTaskDrafts } from './taskDraft.ts'
import { DueField, HolderField, holderInput, RemindField, usualDue } from './TaskFields.tsx'
import classes from './tasks.module.css'
import { PRIORITY_WORDS } from './taskWords.ts'

/** What the new task is about, and what is open about it already: nobody makes the same one twice. */
function AboutLine({ draft, onClear }: { readonly draft: TaskDraft; readonly onClear: () => void }) {
  const now = useNow()
  const zone = useZone()
  const { data } = useQuery('tasks.about', draft.about)
  if (draft.about === null) return <p className={classes['about']}>About no record. Open a customer, a job or a call first, and it is about that.</p>
  if (!data?.related) return <p className={classes['about']}>{data ? 'The record is not here any more.' : '\u00A0'}</p>
  const [first] = data.open
  const who = data.customerName === null || data.customerName === data.related.label ? '' : `, ${data.customerName}`
  return (
    <div className={classes['about']}>
      <p className="row">
        <span className="el">
          About <b className="m">{`${data.related.label}${who}`}</b>
        </span>
        <span className="sp" />
        <ActionButton small kind="quiet" label="About nothing" onClick={onClear} />
      </p>
      <p className={first ? 'hold-t' : 't3'}>
        {first ? `Open already: ${first.title}, with ${first.holder}, by ${formatDue(first.dueAt, now, zone)}${data.open.length > 1 ? `, and ${data.open.length - 1} more` : ''}.` : 'No other task is open about this customer.'}
      </p>
    </div>
  )
}

interface Refusal {
  readonly field: string | null
  readonly message: string
}

/** The related record as the command takes it: a visit's task is about its job. */
function relatedInput(draft: TaskDraft, resolved: { readonly kind: string; readonly id: string } | null | undefined) {
  if (draft.about === null || !resolved) return null
  return { kind: resolved.kind as Exclude<NonNullable<TaskDraft['about']>['kind'], 'appointment'>, id: resolved.id }
}

function NewTaskForm({ draftKey, draft }: { readonly draftKey: string; readonly draft: TaskDraft }) {
  const zone = useZone()
  const me = usePerson()
  const now = useNow()
  const about = useQuery('tasks.about', draft.about).data
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Refusal | null>(null)
  const title = useRef<HTMLInputElement>(null)
  const set = (change: Partial<TaskDraft>): void => changeDraft(draftKey, change)
  const at = (field: string): string | null => (error?.field === field ? error.message : null)
  const byMe = draft.holder === `person:${me.userId}`
  const dueAt = draft.dueAt ?? usualDue(draft.type, Math.floor(now / MINUTE) * MINUTE, zone)

  const save = async (): Promise<void> => {
    if (busy) return
    if (draft.title.trim() === '') {
      setError({ field: 'title', message: 'Say in a few words what is to be done.' })
      title.current?.focus()
      return
    }
    setBusy(true)
    setError(null)
    try {
      await api.command('task.create', {
        taskId: draft.taskId,
        title: draft.title,
        type: draft.type,
        callId: draft.callId,
        ...holderInput(draft.holder),
        dueAt,
        remindAt: draft.remindAt !== null && draft.remindAt <= dueAt ? draft.remindAt : null,
        priority: draft.priority,
        related: relatedInput(draft, about?.related),
        notes: draft.notes,
        signOffWanted: draft.signOff && !byMe,
        steps: draft.steps.split('\n').flatMap((line) => (line.trim() === '' ? [] : [{ id: newId(), title: line }])),
      })
      toast(`Task made: ${draft.title}`)
      forgetDraft(draftKey)
    } catch (thrown) {
      const { message, field } = asContractError(thrown)
      setError({ field: field ?? null, message })
      setBusy(false)
    }
  }
  useHotkeys('New task', [{ keys: 'Ctrl+Enter', label: 'Make the task', run: () => void save() }])
  return (
    <form
      className={classes['form']}
      aria-label="New task"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <AboutLine draft={draft} onClear={() => set({ about: null })} />
      <TextInput label="What is to be done" value={draft.title} onChange={(value) => set({ title: value })} maxLength={120} required autoFocus error={at('title')} inputRef={title} />
      <FieldRow>
        <Choice label="Kind" options={TASK_TYPES.map((value) => ({ value, label: TASK_TYPE_NAMES[value] }))} value={draft.type} onChange={(type) => set({ type, dueAt: null, remindAt: null })} error={at('type')} />
        <HolderField label="Who does it" value={draft.holder} onChange={(holder) => set({ holder })} error={at('assigneeId')} />
      </FieldRow>
      <FieldRow>
        <DueField label="Due" type={draft.type} value={draft.dueAt} onChange={(value) => set({ dueAt: value, remindAt: null })} error={at('dueAt')} />
      </FieldRow>
      <FieldRow>
        <RemindField dueAt={dueAt} value={draft.remindAt} onChange={(remindAt) => set({ remindAt })} />
        <Choice label="Priority" options={TASK_PRIORITIES.map((value) => ({ value, label: PRIORITY_WORDS[value] }))} value={draft.priority} onChange={(priority) => set({ priority })} />
      </FieldRow>
      <FieldRow>
        <TextInput label="Notes" rows={3} value={draft.notes} onChange={(notes) => set({ notes })} />
        <TextInput label="Steps, one a line" rows={3} value={draft.steps} onChange={(steps) => set({ steps })} error={at('steps')} />
      </FieldRow>
      <FormControlLabel
        control={<Checkbox size="small" checked={draft.signOff && !byMe} disabled={byMe} onChange={(event) => set({ signOff: event.target.checked })} />}
        label={byMe ? 'Sign-off: what you do yourself needs none' : 'I sign it off once it is done'}
      />
      {error && !['title', 'type', 'assigneeId', 'dueAt', 'steps'].includes(error.field ?? '') ? (
        <p className="alert-t m" role="alert">
          {error.message}
        </p>
      ) : null}
      <div className="row">
        <ActionButton kind="primary" label="Make the task" keys="Ctrl+Enter" busy={busy} onClick={() => void save()} />
        <ActionButton label="Close; it is kept" keys="Escape" onClick={closeDraft} />
      </div>
    </form>
  )
}

/** Alt+T, from anywhere: a new task about what is open on the screen, and about the call that is on. */
export function NewTaskDialog() {
  const route = useRoute()
  const me = usePerson()
  const may = useMay()
  const shown = useTaskDrafts((store) => store.shown)
  const draft = useTaskDrafts((store) => (store.shown === null ? undefined : store.drafts[store.shown]))
  const live = useCallsStore((store) => store.calls.find(({ call }) => isMine(call, me.userId)))
  const begin = (): void => {
    const callId = live?.call.callId ?? (route.area === 'calls' ? (route.path[0] ?? null) : (route.query['call'] ?? null))
    startTask({ about: aboutOf(route) ?? (callId === null ? null : { kind: 'call', id: callId }), callId }, me.userId)
  }
  useHotkeys('Everywhere', may('promise.work') ? [{ keys: 'Alt+T', label: 'New task', run: begin }] : [])
  return (
    <DialogFrame open={shown !== null && draft !== undefined} title="New task" width="sm" onClose={closeDraft}>
      {shown !== null && draft ? <NewTaskForm key={shown} draftKey={shown} draft={draft} /> : null}
    </DialogFrame>
  )
}
